"""A sheet that lists something: heading, advice, column heads, rows that may be filtered and sorted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.media.workbook import cells, styles
from nianbao.report import Place
from nianbao.report.narrative import without_control

FIRST = 4  # row of the first line
HEAD = FIRST - 1
MOST_LINES = 20_000
LONGEST = 600  # characters of a text in a list
SIZE = 10  # points
_NARROW = re.compile("[\x20-\x7e]{1,2}")
WARN = PatternFill("solid", fgColor="FFEB9C")
ALARM = PatternFill("solid", fgColor="FFC7CE")
Value = str | int | float | Decimal | date | None


class Column(NamedTuple):
    """A column: its head, its width in digits, how its cells look (text, word, number, percent, day).

    `value` is what stands in the row of an item, for `values`.
    """

    head: str
    width: float
    look: str = "text"
    value: Callable[[Any], Value] = lambda item: None


class Palette:
    """The looks of cells in one workbook, each made once: dressing cell by cell takes most of the time."""

    def __init__(self, book: Workbook) -> None:
        scratch: Worksheet = book.create_sheet("_")
        self._patterns: dict[str, Cell | MergedCell] = {}
        plain = {"text": "left", "word": "center", "number": "right", "percent": "right", "day": "center"}
        fills = {"": None, "-warn": WARN, "-alarm": ALARM, "-sum": styles.TOTAL}
        for at, (name, side) in enumerate(plain.items(), 1):
            for below, (suffix, fill) in enumerate(fills.items(), 1):
                cell = scratch.cell(below, at)
                cell.font = Font(name=styles.FONT, size=SIZE, bold=suffix == "-sum")
                cell.border = styles.EDGES
                cell.alignment = Alignment(
                    horizontal=side,
                    vertical="center",
                    wrap_text=side != "right",
                    indent=int(side != "center"),
                )
                cell.number_format = {"percent": "0.0%", "day": "yyyy-mm-dd"}.get(name, "General")
                if fill is not None:
                    cell.fill = fill
                self._patterns[name + suffix] = cell
        head = scratch.cell(1, len(plain) + 1)
        styles.label(head)
        self._patterns["head"] = head
        book.remove(scratch)

    def dress(self, cell: Cell | MergedCell, name: str) -> None:
        """Give a cell one of the looks."""
        # openpyxl has no public way to share a style, and MergedCell none in its stub.
        cell._style = copy(self._patterns[name]._style)  # type: ignore[union-attr] # noqa: SLF001


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value; a text as text, printable, of bearable length, and never one of the hidden keys."""
    if isinstance(value, str):
        text = without_control(value, Place(""))[0]
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}…"
        cells.put(cell, f"＃{text[1:]}" if text.startswith("#") else text)
    elif value is not None:
        cell.value = value


def values(columns: Iterable[Column], item: object) -> list[Value]:
    """The row of an item."""
    return [column.value(item) for column in columns]


def add(
    book: Workbook,
    palette: Palette,
    name: str,
    advice: str,
    columns: Sequence[Column],
    lines: Iterable[tuple[Sequence[Value], str]],
) -> Worksheet:
    """Add the sheet; each line has a value for every column and a mark: "", warn, alarm or sum.

    Where there are no lines, one says so.
    """
    sheet: Worksheet = book.create_sheet(name)
    last = len(columns)
    styles.widths(sheet, {get_column_letter(at): column.width for at, column in enumerate(columns, 1)})
    styles.top(sheet, range(1, last + 1), name, advice)
    for at, column in enumerate(columns, 1):
        palette.dress(sheet.cell(HEAD, at), "head")
        put(sheet.cell(HEAD, at), column.head)
        styles.fit(sheet, HEAD, column.head, range(at, at + 1), least=24)
    row = HEAD
    for row, (values, mark) in enumerate(lines, FIRST):
        if row - FIRST == MOST_LINES:
            put(sheet.cell(row, 1), f"只列出前 {MOST_LINES} 行")
            break
        _line(sheet, palette, row, columns, values, mark)
    if row == HEAD:
        put(sheet.cell(FIRST, 1), "没有")
        styles.across(sheet, FIRST, range(1, last + 1))
        palette.dress(sheet.cell(FIRST, 1), "word")
    else:
        sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(last)}{row}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    styles.page(sheet, landscape=True)
    show(sheet, freeze=f"A{FIRST}")
    return sheet


def show(sheet: Worksheet, *, freeze: str) -> None:
    """Without lines between cells, and free to be sorted: nothing on the sheet is read back."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = styles.TO_LOOK_AT
    sheet.freeze_panes = freeze


def height(text: str, width: float) -> float:
    """The points that a text of a list takes in a column; two Latin characters are as wide as one Chinese."""
    return styles.height(_NARROW.sub("x", text[:LONGEST]), width, SIZE)


def _line(
    sheet: Worksheet,
    palette: Palette,
    row: int,
    columns: Sequence[Column],
    values: Sequence[Value],
    mark: str,
) -> None:
    tall = 20.0
    for at, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        cell = sheet.cell(row, at)
        palette.dress(cell, f"{column.look}-{mark}" if mark else column.look)
        put(cell, value)
        if isinstance(value, str):
            tall = max(tall, height(value, column.width))
    sheet.row_dimensions[row].height = tall
