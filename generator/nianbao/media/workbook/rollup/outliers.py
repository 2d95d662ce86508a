"""The sheet on figures that stand out: a wrong unit, a digit too many, half of a sum from one organ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette
from nianbao.report.groups import grouped
from nianbao.report.rollup import Rollup, Striking, Why

SHEET = "占比异常"
COLUMNS = (
    Column("机关", 26, "text", lambda figure: figure.member.organ),
    Column("机关类型", 14, "word", lambda figure: figure.member.reporter_name),
    Column("情形", 16, "word", lambda figure: figure.why.value),
    Column("部分", 6, "word", lambda figure: figure.member.mandate.section(figure.slot.table).number),
    Column("行", 30, "text", lambda figure: figure.slot.row),
    Column("列", 15, "text", lambda figure: figure.slot.column),
    Column("这个单位的数", 13, "number", lambda figure: figure.number),
    Column("占合计", 8, "percent", lambda figure: figure.share / 100),
    Column("合计", 13, "number", lambda figure: figure.total),
    Column("同类其余最大", 13, "number", lambda figure: figure.normal),
    Column("单元格", 8, "word", lambda figure: figure.member.places[figure.slot.key].cell),
    Column("文件", 20, "text", lambda figure: figure.member.file),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    advice = (
        "供核对单位和位数：红行多半填错，其余是一个单位占合计一半以上的项，职责使然的不必理会。"
        "只看五个以上单位不为零的项，与机关类型相同的单位相比。规则见 docs/organs.md。"
    )
    lines = (
        (listing.values(COLUMNS, figure), "" if figure.why is Why.SHARE else "alarm")
        for figure in _by_organ(content.striking)
    )
    listing.add(book, palette, SHEET, advice, COLUMNS, lines)


def _by_organ(figures: Sequence[Striking]) -> Iterator[Striking]:
    """Organ by organ, those with most figures out of proportion first."""
    organs = grouped(figures, lambda figure: figure.member.name)

    def weight(group: list[Striking]) -> tuple[int, int]:
        return sum(figure.why is not Why.SHARE for figure in group), len(group)

    yield from chain(*sorted(organs.values(), key=weight, reverse=True))
