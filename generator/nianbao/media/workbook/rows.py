"""The rows of one sheet, each cell with its value or what its formula last gave, in one pass.

What a cell means is as openpyxl has it, which goes over a sheet once for its formulas and once
for what they gave; tests/workbook_reading/ holds both beside each other. The parser is the same,
so that both take the same XML for sound and for damaged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from nianbao.media.workbook.cells import taken
from nianbao.media.workbook.workbook_xml import Formats, text_of

MOST_ROWS, MOST_COLUMNS = 5_000, 60  # far beyond any sheet of ours; a stray cell may be in XFD1048576
SMALL = 1024 * 1024  # of XML; what is larger is read row by row, and not to its end where it is too long
ROW, VALUE, FORMULA, INLINE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "v", "f", "is"))
_COLUMNS = {get_column_letter(number): number for number in range(1, MOST_COLUMNS + 1)}
_DIGITS = "0123456789"


class Seen(NamedTuple):
    """One cell: its value, or what its formula last gave.

    A formula is `calculated` if it has ever been; what it gave may be nothing.
    """

    value: object
    formula: bool = False
    calculated: bool = True


NOTHING = Seen(None)


class Row(NamedTuple):
    """A row that holds anything, with its number."""

    number: int
    cells: list[Seen]

    def cell(self, column: int) -> Seen:
        """The cell in a column, counted from 0; NOTHING beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else NOTHING


def rows(part: bytes, strings: Sequence[str], formats: Formats, most: int = MOST_ROWS) -> list[Row]:
    """The rows that hold anything, of a sheet's XML; raise ValueError or the like where it is damaged.

    A row that comes after one with a higher number, or than `most`, does not count. The stated
    dimension is not looked at: WPS writes A1.
    """
    filled: list[Row] = []
    number = last = 0
    for element in _elements(part):
        said_number = element.get("r")
        number = number + 1 if said_number is None else _number(said_number)
        if number > most:
            break
        if number > last:
            last = number
            cells = _cells(element, strings, formats)
            if any(cell is not NOTHING for cell in cells):
                filled.append(Row(number, cells))
    return filled


def _elements(part: bytes) -> Iterator[ElementTree.Element]:
    if len(part) <= SMALL:
        yield from ElementTree.fromstring(part).iter(ROW)
        return
    for _, element in ElementTree.iterparse(io.BytesIO(part)):
        if element.tag == ROW:
            yield element
            element.clear()


def _number(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        if (number := float(word)).is_integer():  # as some programs write it: 3.0
            return int(number)
        raise


def _cells(row: ElementTree.Element, strings: Sequence[str], formats: Formats) -> list[Seen]:
    """The cells by column; the row is as wide as its last cell says."""
    cells: list[Seen] = []
    column = 0
    for element in row:
        place = element.get("r")
        if place:
            letters = place.rstrip(_DIGITS)
            column = (_COLUMNS.get(letters) if letters != place else 0) or coordinate_to_tuple(place)[1]
        else:
            column += 1
        seen = _seen(element, strings, formats) if len(element) else NOTHING
        missing = column - len(cells) - 1
        if missing < 0:
            cells[column - 1] = seen
        elif column <= MOST_COLUMNS:
            if missing:
                cells += [NOTHING] * missing
            cells.append(seen)
    del cells[column:]
    return cells


def _seen(cell: ElementTree.Element, strings: Sequence[str], formats: Formats) -> Seen:
    kind = cell.get("t", "n")
    value: object = None
    if kind == "inlineStr":
        if (inline := cell.find(INLINE)) is not None:
            value = taken(text_of(inline))
    elif text := cell.findtext(VALUE):
        value = _value(text, kind, cell, strings, formats)
    if cell.find(FORMULA) is not None:
        # a text may be left out where a formula has given an empty one
        return Seen(value, formula=True, calculated=value is not None or kind == "str")
    return NOTHING if value is None else Seen(value)


def _value(
    text: str, kind: str, cell: ElementTree.Element, strings: Sequence[str], formats: Formats
) -> object:
    if kind == "s":
        return taken(strings[int(text)])
    if kind == "n":
        number = float(text) if "." in text or "E" in text or "e" in text else int(text)
        style = int(cell.get("s") or 0)
        return _day(number, style, formats) if style in formats.dates else number
    if kind == "b":
        return bool(int(text))
    if kind == "d":
        return from_ISO8601(text)  # type: ignore[no-untyped-call] # openpyxl's stubs leave it open
    return taken(text)


def _day(number: float, style: int, formats: Formats) -> object:
    try:
        return from_excel(number, formats.epoch, timedelta=style in formats.durations)
    except (OverflowError, ValueError):
        return "#VALUE!"  # beyond the years that there are
