"""The sheet on what each sum is made of: how many organs, whose is the most, who left it blank."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import grid, listing
from nianbao.media.workbook.rollup.listing import Column, Palette
from nianbao.media.workbook.rollup.submissions import PART, WHOLE
from nianbao.report.figure import plain
from nianbao.report.rollup import Member, Rollup, Share, Total

SHEET = "汇总构成"
NAMED = 10  # organs without a number that are named
COLUMNS = (
    Column("行", 30, "text", lambda total: total.slot.row),
    Column("列", 15, "text", lambda total: total.slot.column),
    Column("合计", 13, "number", lambda total: total.number),
    Column(f"其中{PART}", 13, "number", lambda total: total.of(aggregate=False) if total.given else None),
    Column(f"其中{WHOLE}", 12, "number", lambda total: total.of(aggregate=True) if total.given else None),
    Column("有数的单位", 8, "number", lambda total: total.given),
    Column("不为零的", 8, "number", lambda total: len(total.shares)),
    Column("未填的", 7, "number", lambda total: len(total.blank)),
    Column("最多的单位", 22, "text", lambda total: "".join(share.member.organ for share in total.shares[:1])),
    Column("数", 12, "number", lambda total: total.shares[0].number if total.shares else None),
    Column("占比", 8, "percent", lambda total: _part(total.shares[0], total) if total.shares else None),
    Column(
        "第二、第三", 30, "text", lambda total: "；".join(_words(share, total) for share in total.shares[1:3])
    ),
    Column("未填的单位", 24, "text", lambda total: _named(total.blank)),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    advice = (
        f"{len(content.members)} 个单位各项之和；每个单位每一格是多少，见“{grid.SHEET}”："
        "它的一列就是一个合计的全部来源。"
        f"“{PART}”是单位自己的报告，“{WHOLE}”是下级的汇总报告。空白和“/”不计入合计，也不当作 0。"
    )
    mandate = content.report.mandate
    numbers = Column("部分", 6, "word", lambda total: mandate.section(total.slot.table).number)
    columns = (numbers, *COLUMNS)
    lines = ((listing.values(columns, total), "warn" if total.blank else "") for total in content.totals)
    listing.add(book, palette, SHEET, advice, columns, lines)


def _part(share: Share, total: Total) -> float | None:
    """What part of the sum it is; None where some are negative, for then there are no parts."""
    if not total.number or any(part.number < 0 for part in total.shares):
        return None
    return float(share.number / total.number)


def _words(share: Share, total: Total) -> str:
    part = _part(share, total)
    return f"{share.member.organ} {plain(share.number)}" + (f"（{part:.1%}）" if part is not None else "")


def _named(members: Sequence[Member]) -> str:
    named = "、".join(member.organ for member in members[:NAMED])
    return named if len(members) <= NAMED else f"{named} 等 {len(members)} 个"
