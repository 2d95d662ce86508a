"""`nianbao new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from nianbao.app.outcome import DONE, PROBLEMS, Usage
from nianbao.cli import messages
from nianbao.cli.options import FORCE, PATH, path, text
from nianbao.cli.parser import Command
from nianbao.report.problem import Severity


@click.command(cls=Command)
@click.argument("book", metavar="工作簿.xlsx", type=PATH, help="要建的工作簿")
@click.option("--year", metavar="年度", type=int, help="报告年度，例如 2025")
@text("--organ", "机关", "机关全称")
@text("--reporter", "类型", "机关类型，例如 部门、县级政府汇总")
@path("--from source", "文件", "把已有报告的内容填进去")
@path("--last-year", "文件", "上年的报告：带入机关、上年结转，上年的数列在各格批注中")
@FORCE
def new(
    book: Path,
    year: int | None,
    organ: str,
    reporter: str,
    source: Path | None,
    last_year: Path | None,
    force: bool,
) -> int:
    """新建一份工作簿，空白的，或从已有报告填好的。

    例：nianbao new 2025.xlsx --year 2025 --organ 某某市财政局

    例：nianbao new 2025.xlsx --from 某某市财政局.json

    例：nianbao new 2026.xlsx --year 2026 --last-year 2025年报.docx
    """
    from nianbao.app import files, new
    from nianbao.app.reading import Given

    files.require(book, (".xlsx",), "工作簿的文件名应以 .xlsx 结尾")
    if source is not None and last_year is not None:
        raise Usage("--from 与 --last-year 不能一起用：前者照填一份报告，后者为下一年新建")
    if last_year is not None and reporter:
        raise Usage("机关类型照上年报告，--reporter 不能与 --last-year 一起用")
    if last_year is not None:
        problems = new.begin(book, last_year, year, organ, force=force)
    elif source is not None:
        problems = new.carry(source, book, year, force=force)
    elif year is not None and organ:
        given = Given(organ, year, reporter)
        possible = [reporter] if reporter else new.possible(organ, year)
        kind = possible[0] if len(possible) == 1 else _asked(possible)
        problems = new.blank(book, replace(given, reporter=kind), force=force)
        if not reporter and (not kind or len(possible) == 1):
            _tell(kind, possible)
    else:
        raise Usage("请给出 --year 和 --organ，或用 --from、--last-year 给出已有的报告")
    messages.tell(problems)
    messages.say(str(book))
    return PROBLEMS if any(problem.severity is not Severity.NOTICE for problem in problems) else DONE


def _asked(possible: Sequence[str]) -> str:
    """The kind of reporter that somebody at a terminal names; blank without one, or who does not know."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return ""
    for number, name in enumerate(possible, 1):
        messages.say(f"  {number}. {name}", err=True)
    numbers = click.IntRange(0, len(possible))
    chosen: int = click.prompt("机关类型（填序号，不知道的填 0）", type=numbers, default=0, err=True)
    return possible[chosen - 1] if chosen else ""


def _tell(kind: str, possible: Sequence[str]) -> None:
    """Say which kind of reporter the workbook has, or that it has none."""
    if kind:
        messages.say(f"机关类型：{kind}（按机关名称；不对的请加 --reporter，或在工作簿里改）", err=True)
    else:
        names = "、".join(possible)
        messages.say(f"机关类型看不出，没有填：请加 --reporter，或在工作簿里选 {names}", err=True)
