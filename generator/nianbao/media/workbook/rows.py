"""The rows of one sheet, each cell with its value or what its formula last gave, and its layout, in one pass.

What a cell means is as openpyxl has it, which goes over a sheet once for its formulas and once
for what they gave; tests/workbook_reading/ holds both beside each other. The parser is the same,
so that both take the same XML for sound and for damaged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from nianbao.media.workbook.cell_looks import Looks
from nianbao.media.workbook.cells import taken
from nianbao.media.workbook.rich_text import text_of, unescaped
from nianbao.media.workbook.sheet_layout import NAMES, Layout

MOST_ROWS, MOST_COLUMNS = 5_000, 60  # far beyond any sheet of ours; a stray cell may be in XFD1048576
SMALL = 1024 * 1024  # of XML; what is larger is read row by row, and not to its end where it is too long
ROW, VALUE, FORMULA, INLINE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "v", "f", "is"))
_COLUMNS = {get_column_letter(number): number for number in range(1, MOST_COLUMNS + 1)}
_DIGITS = "0123456789"


class Seen(NamedTuple):
    """One cell: its value, or what its formula last gave; and the number of its style.

    A formula is `calculated` if it has ever been; what it gave may be nothing.
    """

    value: object
    formula: bool = False
    calculated: bool = True
    style: str = "0"


NOTHING = Seen(None)


class Row(NamedTuple):
    """A row that holds anything, with its number."""

    number: int
    cells: list[Seen]
    hidden: bool = False

    def cell(self, column: int) -> Seen:
        """The cell in a column, counted from 0; NOTHING beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else NOTHING


class Book(NamedTuple):
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    looks: Looks
    epoch: datetime


def rows(part: bytes, book: Book, most: int = MOST_ROWS) -> tuple[list[Row], Layout]:
    """The rows that hold anything, of a sheet's XML; raise ValueError or the like where it is damaged.

    A row that comes after one with a higher number, or than `most`, does not count. The stated
    dimension is not looked at: WPS writes A1.
    """
    filled: list[Row] = []
    layout = Layout()
    number = last = 0
    for element in _elements(part, layout):
        said_number = element.get("r")
        number = number + 1 if said_number is None else _number(said_number)
        if number > most:
            break
        if number > last:
            last = number
            cells = _cells(element, book)
            if cells.count(NOTHING) < len(cells):
                filled.append(Row(number, cells, _is_hidden(element, layout)))
    return filled, layout


def _is_hidden(row: ElementTree.Element, layout: Layout) -> bool:
    stated = row.get("hidden")
    if stated is not None:
        return stated in ("1", "true")
    height = row.get("ht")
    return layout.zero_height if height is None else not float(height)


def _elements(part: bytes, layout: Layout) -> Iterator[ElementTree.Element]:
    """The rows, while `layout` takes in all else; of a large sheet as far as it has been read."""
    if len(part) <= SMALL:
        root = ElementTree.fromstring(part)
        for child in root:
            layout.take(child)
        yield from root.iter(ROW)
        return
    for _, element in ElementTree.iterparse(io.BytesIO(part)):
        if element.tag == ROW:
            yield element
            element.clear()
        elif element.tag.rpartition("}")[2] in NAMES:
            layout.take(element)


def _number(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        if (number := float(word)).is_integer():  # as some programs write it: 3.0
            return int(number)
        raise


def _cells(row: ElementTree.Element, book: Book) -> list[Seen]:
    """The cells by column; the row is as wide as its last cell says."""
    cells: list[Seen] = []
    column = width = 0
    for element in row:
        place = element.get("r")
        if place:
            letters = place.rstrip(_DIGITS)
            column = (_COLUMNS.get(letters) if letters != place else 0) or coordinate_to_tuple(place)[1]
        else:
            column += 1
        seen = _seen(element, book) if len(element) else NOTHING
        if column <= width:
            cells[column - 1] = seen
        elif column <= MOST_COLUMNS:
            if column > width + 1:
                cells += [NOTHING] * (column - width - 1)
            cells.append(seen)
            width = column
    del cells[column:]
    return cells


def _seen(cell: ElementTree.Element, book: Book) -> Seen:
    kind = cell.get("t", "n")
    style = cell.get("s", "0")
    only = cell[0] if len(cell) == 1 else None  # of nearly all cells: a value, or a text
    value: object = None
    if kind == "inlineStr":
        inline = only if only is not None and only.tag == INLINE else cell.find(INLINE)
        if inline is not None:
            string = text_of(inline)
            value = unescaped(string) if "_x" in string else string
    elif text := only.text if only is not None and only.tag == VALUE else cell.findtext(VALUE):
        value = _value(text, kind, style, book)
    if (only is None or only.tag == FORMULA) and cell.find(FORMULA) is not None:
        # a text may be left out where a formula has given an empty one
        return Seen(value, True, value is not None or kind == "str", style)
    return NOTHING if value is None else Seen(value, False, True, style)


def _value(text: str, kind: str, style: str, book: Book) -> object:
    if kind == "s":
        string = book.strings[int(text)]
        return unescaped(string) if "_x" in string else string
    if kind == "n":
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        return _day(number, style, book) if style in book.looks.dates else number
    if kind == "b":
        return bool(int(text))
    if kind == "d":
        return from_ISO8601(text)  # type: ignore[no-untyped-call] # openpyxl's stubs leave it open
    return taken(text)


def _day(number: float, style: str, book: Book) -> object:
    try:
        return from_excel(number, book.epoch, timedelta=style in book.looks.durations)
    except (OverflowError, ValueError):
        return "#VALUE!"  # beyond the years that there are
