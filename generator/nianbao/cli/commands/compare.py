"""`nianbao compare`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from nianbao.app.outcome import Usage
from nianbao.cli import log, messages
from nianbao.cli.options import ANY, AS_JSON, FORCE, output, sources, text
from nianbao.cli.parser import Command


@click.command(cls=Command)
@sources(f"两份以上的报告：{ANY}，或放有它们的文件夹")
@text("--format form", "样式", "text、json、xlsx 或 html；不给则看 -o 的结尾，印在屏幕上用 text")
@output("文件", "写到哪里；不给则印在屏幕上")
@click.option("--all", "every", is_flag=True, help="没有变化的也列出；json 和 xlsx 总是列出全部")
@AS_JSON
@FORCE
def compare(
    sources: Sequence[Path], form: str, output: Path | None, every: bool, as_json: bool, force: bool
) -> int:
    """比较两份以上的报告：逐格的增减和百分比、比率、各部分文字的改动；网页还有图。

    可以比较一个机关的各年、同一年的草稿和发布稿、几个机关，两版格式也可以。

    例：nianbao compare 2023.pdf 2024.xlsx 2025.xlsx

    例：nianbao compare 2024.xlsx 2025.xlsx -o 比较.html

    例：nianbao compare 2024.xlsx 2025.xlsx -o 比较.xlsx
    """
    from nianbao.app import compare, files
    from nianbao.app.sources import sure, survey

    if as_json and form not in ("", compare.JSON):
        raise Usage(f"--json 不能与 --format {form} 一起用")
    form = compare.form_of(compare.JSON if as_json else form, output)
    found = sure(survey(sources))
    reports = found.paths
    with log.step(f"读入并比较 {'、'.join(map(str, reports))}"):
        compared = compare.compare(reports)
    messages.tell([*found.problems, *compared.problems])
    width = compare.WIDTH if output else shutil.get_terminal_size((compare.WIDTH, 0)).columns
    content, lacking = compare.write(compared.comparison, form, width, every=every)
    messages.tell(lacking)
    if output is None and form == compare.TEXT:
        messages.say(content.decode("utf-8"), end="")
    elif output is None:
        messages.put_out(content.decode("utf-8"))
    else:
        files.put({output: content}, force=force)
        messages.say(str(output))
    return compared.code
