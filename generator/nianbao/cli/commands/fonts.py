"""`nianbao fonts`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FILLED_IN, PATH, TEMPLATE, text
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
@text("--install", "字体文件", "先装上一种字体：字体文件、含有它的 .deb，或写 debian，由 apt-get 下载")
@AS_JSON
def fonts(source: Path | None, template: Path | None, install: str, as_json: bool) -> int:
    """列出要用的字体有没有安装、由什么代替，报告里有没有印不出的字。

    没有仿宋的，--install 装上一种，只供本程序使用。

    例：nianbao fonts 2025.xlsx

    例：nianbao fonts --install debian
    """
    from nianbao.app import fonts, missing_glyphs

    if install:
        messages.say(f"已装上 {fonts.install(install)}", err=as_json)
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
            messages.say(fonts.line(substitution))
        messages.tell(problems, err=False)
    return messages.exit_code(problems)
