"""The sheet on what each sum is made of: how many organs, whose is the most, who left it blank."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import grid, listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.media.workbook.rollup.submissions import PART, WHOLE
from nianbao.report.figure import plain
from nianbao.report.rollup import Member, Rollup, Share, Total

SHEET = "汇总构成"
NAMED = 10  # organs without a number that are named
COLUMNS = (
    Column("部分", 6, "word"),
    Column("行", 30),
    Column("列", 15),
    Column("合计", 13, "number"),
    Column(f"其中{PART}", 13, "number"),
    Column(f"其中{WHOLE}", 12, "number"),
    Column("有数的单位", 8, "number"),
    Column("不为零的", 8, "number"),
    Column("未填的", 7, "number"),
    Column("最多的单位", 22),
    Column("数", 12, "number"),
    Column("占比", 8, "percent"),
    Column("第二、第三", 30),
    Column("未填的单位", 24),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    advice = (
        f"{len(content.members)} 个单位各项之和；每个单位每一格是多少，见“{grid.SHEET}”："
        "它的一列就是一个合计的全部来源。"
        f"“{PART}”是单位自己的报告，“{WHOLE}”是下级的汇总报告。空白和“/”不计入合计，也不当作 0。"
    )
    numbers = {section.key: section.number for section in content.report.mandate.sections}
    lines = (
        (_values(total, numbers[total.slot.table]), "warn" if total.blank else "") for total in content.totals
    )
    listing.add(book, palette, SHEET, advice, COLUMNS, lines)


def _values(total: Total, number: str) -> list[Value]:
    slot, first = total.slot, next(iter(total.shares), None)
    return [
        number,
        slot.row,
        slot.column,
        total.number,
        total.of(aggregate=False) if total.given else None,
        total.of(aggregate=True) if total.given else None,
        total.given,
        len(total.shares),
        len(total.blank),
        first.member.organ if first else "",
        first.number if first else None,
        _part(first, total),
        "；".join(_said(share, total) for share in total.shares[1:3]),
        _named(total.blank),
    ]


def _part(share: Share | None, total: Total) -> float | None:
    """What part of the sum it is; None where some are negative, for then there are no parts."""
    if share is None or not total.number or any(one.number < 0 for one in total.shares):
        return None
    return float(share.number / total.number)


def _said(share: Share, total: Total) -> str:
    part = _part(share, total)
    return f"{share.member.organ} {plain(share.number)}" + (f"（{part:.1%}）" if part is not None else "")


def _named(members: Sequence[Member]) -> str:
    named = "、".join(member.organ for member in members[:NAMED])
    return named if len(members) <= NAMED else f"{named} 等 {len(members)} 个"
