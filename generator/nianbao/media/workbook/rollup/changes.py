"""The sheet on what has changed since the last roll-up."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.workbook import Workbook

from nianbao.mandate import Slot
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report.rollup import Changes
from nianbao.report.rollup.member import Number

SHEET, ADVICE = "变动", "与上一次汇总相比"
COLUMNS = (
    Column("变动", 12, "word"),
    Column("机关", 28),
    Column("部分", 6, "word"),
    Column("行", 34),
    Column("列", 18),
    Column("原数", 13, "number"),
    Column("现数", 13, "number"),
    Column("相差", 13, "number"),
    Column("说明", 40),
)
Line = tuple[list[Value], str]


def add(book: Workbook, palette: Palette, changes: Changes) -> None:
    """Add the sheet."""
    counts = {
        "新增单位": len(changes.new),
        "减少单位": len(changes.gone),
        "改报单位": len(changes.anew),
        "合计变动": len(changes.sums),
        "人工改过": len(changes.typed),
    }
    told = "，".join(f"{word} {count}" for word, count in counts.items() if count)
    advice = f"{ADVICE}：{told or '没有变动'}。先列单位，再列合计，最后列各单位改报的数。"
    listing.add(book, palette, SHEET, advice, COLUMNS, _lines(changes))


def _lines(changes: Changes) -> Iterator[Line]:
    for organ in changes.new:
        yield ["新增单位", organ, *[None] * 7], ""
    for organ in changes.gone:
        yield ["减少单位", organ, *[None] * 7], "alarm"
    for typed in changes.typed:
        why = "没有单位填数，照旧" if typed.stays else "换成了各单位之和"
        remark = f"工作簿里填的是 {typed.figure.text or '空白'}，{why}"
        yield _figure("人工改过", "", typed.slot, typed.before, typed.after, remark), "warn"
    for change in changes.sums:
        yield _figure("合计变动", "", *change), ""
    for anew in changes.anew:
        for change in anew.figures:
            yield _figure("单位改报", anew.organ, *change), ""


def _figure(
    word: str, organ: str, slot: Slot, before: Number | None, after: Number | None, remark: str = ""
) -> list[Value]:
    step = None if before is None or after is None else after - before
    return [word, organ, slot.section.partition("、")[0], slot.row, slot.column, before, after, step, remark]
