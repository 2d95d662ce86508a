"""`nianbao fonts`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FILLED_IN, PATH, TEMPLATE
from nianbao.cli.parser import Command


@click.command(cls=Command)
@click.argument(
    "source",
    metavar="[文件]",
    type=PATH,
    required=False,
    help=f"{FILLED_IN.replace('、', '或')}；不给则列出全部字体",
)
@TEMPLATE
@AS_JSON
def fonts(source: Path | None, template: Path | None, as_json: bool) -> int:
    """列出要用的字体有没有安装、由什么代替，报告里有没有印不出的字。

    例：nianbao fonts 2025.xlsx
    """
    from nianbao.app import fonts, missing_glyphs

    substitutions, problems = fonts.show(source, template)
    if as_json:
        messages.document(
            {
                "fonts": list(map(missing_glyphs.to_json, substitutions)),
                "problems": [problem.to_json() for problem in problems],
            }
        )
    else:
        for substitution in substitutions:
            click.echo(fonts.line(substitution))
        messages.tell(problems, err=False)
    return messages.exit_code(problems)
