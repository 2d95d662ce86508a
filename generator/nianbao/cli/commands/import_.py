"""`nianbao import`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FORCE, SOURCE, YEAR, in_full, output, text
from nianbao.cli.parser import Command


@click.command("import", cls=Command)
@SOURCE
@output("工作簿.xlsx", "写成工作簿或交换文件（.json）；不给则用原来的文件名，放在当前文件夹")
@text("--organ", "机关", "机关全称；报告自己没有写明时用")
@YEAR
@text("--reporter", "类型", "机关类型，例如 部门、县级政府汇总；不给则看名称和文字")
@FORCE
@AS_JSON
def import_published(
    source: Path,
    output: Path | None,
    organ: str,
    year: int | None,
    reporter: str,
    force: bool,
    as_json: bool,
) -> int:
    """读入已发布的报告（Word、网页、有文字的 PDF），写成工作簿或交换文件。

    读不出的、与规定格式不同的逐一列出，不作猜测。

    例：nianbao import 2024年报.pdf -o 2024.xlsx
    """
    from nianbao.app import published
    from nianbao.app.reading import Given

    given = Given(organ, year, reporter)
    output = in_full(output or Path(f"{source.stem}.xlsx"), [source])
    taken = published.take(source, output, given, force=force)
    if as_json:
        messages.document(published.to_json(taken, output))
        return taken.code
    messages.tell(taken.problems)
    if taken.report is not None and taken.made:
        messages.say(published.summary(taken.report))
        messages.say(str(output))
    return taken.code
