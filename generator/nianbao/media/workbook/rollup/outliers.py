"""The sheet on figures that stand out: a wrong unit, a digit too many, half of a sum from one organ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report.rollup import Rollup, Striking, Why

SHEET = "占比异常"
COLUMNS = (
    Column("机关", 26),
    Column("机关类型", 14, "word"),
    Column("情形", 16, "word"),
    Column("部分", 6, "word"),
    Column("行", 30),
    Column("列", 15),
    Column("这个单位的数", 13, "number"),
    Column("占合计", 8, "percent"),
    Column("合计", 13, "number"),
    Column("同类其余最大", 13, "number"),
    Column("单元格", 8, "word"),
    Column("文件", 20),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    advice = (
        "供核对单位和位数：红行多半填错，其余是一个单位占合计一半以上的项，职责使然的不必理会。"
        "只看五个以上单位不为零的项，与机关类型相同的单位相比。规则见 docs/organs.md。"
    )
    listing.add(book, palette, SHEET, advice, COLUMNS, _lines(content.striking))


def _lines(found: Sequence[Striking]) -> Iterator[tuple[Sequence[Value], str]]:
    """Organ by organ, those with most figures out of proportion first."""
    organs: dict[str, list[Striking]] = {}
    for one in found:
        organs.setdefault(one.member.name, []).append(one)

    def weight(group: Sequence[Striking]) -> tuple[int, int]:
        return sum(one.why is not Why.SHARE for one in group), len(group)

    for group in sorted(organs.values(), key=weight, reverse=True):
        for one in group:
            yield _values(one), "" if one.why is Why.SHARE else "alarm"


def _values(one: Striking) -> list[Value]:
    return [
        one.member.organ,
        one.member.reporter.name,
        one.why.value,
        one.member.mandate.section(one.slot.table).number,
        one.slot.row,
        one.slot.column,
        one.number,
        one.share / 100,
        one.total,
        one.normal,
        one.member.places[one.slot.key].cell,
        one.member.file,
    ]
