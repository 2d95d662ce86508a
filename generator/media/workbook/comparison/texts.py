"""The sheet of written sections: what became of each paragraph, with the changed words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.media.workbook import cells, look
from generator.media.workbook.rollup import listing
from generator.media.workbook.rollup.listing import Column, Palette, Value
from generator.report import Place
from generator.report.comparison import Comparison, Fate, Passage, Run, wording
from generator.report.comparison.passages import TURN_ORDER, Turn
from generator.report.narrative import without_control

OLD, NEW = 6, 7  # columns
COLUMNS = (
    Column("部分", 16),
    Column("比较", 20),
    Column("情形", 12, "word"),
    Column("原段", 6, "word"),
    Column("现段", 6, "word"),
    Column("原文", 58),
    Column("现文", 58),
)
LONGEST = 600  # characters of a paragraph in one row, which has no room for more
MARKED = {
    Fate.GONE: InlineFont(rFont=look.FONT, sz=listing.SIZE, color="8C1D18", strike=True),
    Fate.NEW: InlineFont(rFont=look.FONT, sz=listing.SIZE, color="14532D", u="single", b=True),
}
KEPT = InlineFont(rFont=look.FONT, sz=listing.SIZE)
SUMMARY = "小计"
FOLLOWS = "（续）"
