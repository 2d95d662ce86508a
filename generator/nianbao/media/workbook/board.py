"""The board of an office as a workbook: a row for each organ, with how far its report is; written only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from openpyxl.workbook import Workbook

from nianbao.media.workbook import writer
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette

NAME = "一览"
ADVICE = "可按列筛选、排序。“剩余天数”为负的已经逾期，已报送的不计。"


class Line(NamedTuple):
    """How far one organ's report is; `days` are left until it is due, None where it is with the office."""

    organ: str
    reporter: str
    superior: str
    state: str
    due: date
    days: int | None
    errors: int
    warnings: int
    number: int
    changed: str
    done: str
    who: str


COLUMNS = (
    Column("机关", 36),
    Column("类型", 16, "word"),
    Column("上级", 28),
    Column("状态", 9, "word"),
    Column("截止", 12, "day"),
    Column("剩余天数", 10, "number"),
    Column("错误", 7, "number"),
    Column("警告", 7, "number"),
    Column("报送次数", 10, "number"),
    Column("最后改动", 17, "word"),
    Column("改动", 10, "word"),
    Column("何人", 22),
)


def write(title: str, lines: Sequence[Line]) -> bytes:
    """The workbook's bytes; late ones are marked."""
    made = Workbook()
    palette = Palette(made)
    marked = ((line, "warn" if line.days is not None and line.days < 0 else "") for line in lines)
    listing.add(made, palette, NAME, f"{title}。{ADVICE}", COLUMNS, marked)
    made.remove(made.worksheets[0])
    made.properties.title = title
    return writer.save(made)
