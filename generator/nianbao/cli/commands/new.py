"""`nianbao new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from nianbao.app.outcome import DONE, PROBLEMS, Usage
from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FORCE, PATH, output, path, text
from nianbao.cli.parser import Command
from nianbao.report.problem import Severity


@click.command(cls=Command)
@click.argument("book", metavar="工作簿.xlsx", type=PATH, required=False, help="要建的工作簿")
@click.option("--year", metavar="年度", type=int, help="报告年度，例如 2025")
@text("--organ", "机关", "机关全称")
@text("--reporter", "类型", "机关类型，例如 部门、县级政府汇总")
@path("--from source", "文件", "把已有报告的内容填进去")
@path(
    "--last-year",
    "文件",
    "上年的报告：带入机关、上年结转，上年的数列在各格批注中；与 --roster 一起用时可以是文件夹",
)
@path("--roster", "名册.xlsx", "照名册给每个机关各建一份，放入 -o 的文件夹")
@output("文件夹", "与 --roster 一起用：放在哪里")
@FORCE
@AS_JSON
def new(
    book: Path | None,
    year: int | None,
    organ: str,
    reporter: str,
    source: Path | None,
    last_year: Path | None,
    roster: Path | None,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """新建一份工作簿，空白的，或从已有报告填好的；给出名册的，一次建好各机关的。

    给出名册的，按“上级”分文件夹；已有人填写过的工作簿不动，可以随时补上新加的机关再运行一次。

    例：nianbao new 2025.xlsx --year 2025 --organ 某某市财政局

    例：nianbao new 2025.xlsx --from 某某市财政局.json

    例：nianbao new 2026.xlsx --year 2026 --last-year 2025年报.docx

    例：nianbao new --roster 名册.xlsx --year 2026 --last-year 上年各单位 -o 发放
    """
    from nianbao.app import files, new
    from nianbao.app.reading import Given

    if roster is not None:
        if book is not None or organ or reporter or source is not None:
            raise Usage(
                "--roster 照名册建各机关的工作簿，不能与工作簿.xlsx、--organ、--reporter、--from 一起用"
            )
        if year is None or output is None:
            raise Usage("--roster 要与 --year（报告年度）和 -o（放在哪个文件夹）一起用")
        return _distribute(roster, year, output, last_year, force=force, as_json=as_json)
    if output is not None or as_json:
        raise Usage("-o、--json 要与 --roster 一起用")
    if book is None:
        raise Usage("请给出要建的工作簿.xlsx，或用 --roster 照名册建")
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


def _distribute(
    roster: Path, year: int, folder: Path, last_year: Path | None, *, force: bool, as_json: bool
) -> int:
    """Make the workbooks of all on a roster; tell what was made, what was left, what is to be seen to."""
    from nianbao.app import distribution, distribution_summary, files

    files.require(roster, (".xlsx",), "名册的文件名应以 .xlsx 结尾")
    files.require_folder(folder, "-o 要给文件夹")
    outcome = distribution.distribute(roster, year, folder, last_year, force=force, watch=messages.progress)
    if as_json:
        messages.document(distribution_summary.to_json(outcome))
        return outcome.code
    messages.tell(outcome.problems)
    left = (distribution.State.UNCHANGED, distribution.State.KEPT)
    for book in outcome.handed:
        if book.state not in left:
            messages.say(str(book.path))
    messages.say(distribution_summary.summary(outcome))
    return outcome.code


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
