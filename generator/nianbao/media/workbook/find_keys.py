"""Find what a workbook's cells are by its hidden keys, wherever they have been moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from nianbao.media.workbook import strays
from nianbao.media.workbook.keys import CAPTION, COLUMNS, META_SHEET, TEXT, VALUE
from nianbao.media.workbook.rows import Row, Seen
from nianbao.report import Place, Value


class Keyed(NamedTuple):
    """A cell that has a key, with the labels in its row and above it."""

    cell: Seen
    place: Place
    beside: frozenset[str]
    above: frozenset[str]


@dataclass
class Found:
    """What the keys lead to, before anybody knows which edition it is of.

    `cells` is by full key; `again` has the places of a key's second and further cells. `strays` are words
    to which no key leads, by sheet and the letter of its column of paragraphs, "" where it has none.
    """

    file: str
    cells: dict[str, Keyed] = field(default_factory=dict)
    again: dict[str, list[Place]] = field(default_factory=dict)
    paragraphs: dict[str, list[tuple[Seen, Place]]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)  # of tables, sections and particulars
    strays: dict[tuple[str, str], list[Value]] = field(default_factory=dict)


def scan(file: str, sheets: Sequence[tuple[str, list[Row]]]) -> Found:
    """Go through all sheets, in their order."""
    scanned = Found(file)
    for name, rows in sheets:
        _sheet(name, rows, scanned)
    return scanned


def bare(label: object) -> str:
    """A label without the spaces and line breaks that people put into it; "" for what is no text."""
    return "".join(label.split()) if isinstance(label, str) else ""


class _Heads:
    """Rows without a key since the last key row: they have the columns' labels."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._labels: dict[int, frozenset[str]] = {}  # by column, for every row below asks again

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self._labels = {}

    def labels(self, column: int) -> frozenset[str]:
        if column not in self._labels:
            self._labels[column] = frozenset(bare(row.cell(column).value) for row in self._rows)
        return self._labels[column]


def _sheet(sheet: str, rows: Sequence[Row], scanned: Found) -> None:
    cells = ((index, cell) for row in rows for index, cell in enumerate(row.cells))
    key_column = next((index for index, cell in cells if cell.value == COLUMNS), None)
    if key_column is None:
        return
    columns: dict[int, str] = {}  # what the last key row says of each column
    texts: dict[int, str] = {}  # those of them that are columns of paragraphs
    above = _Heads()
    for row in rows:
        key = row.cell(key_column).value
        if key == COLUMNS:
            columns = {
                index: cell.value
                for index, cell in enumerate(row.cells)
                if index != key_column and isinstance(cell.value, str)
            }
            above = _Heads()
            texts = {
                index: word.removeprefix(TEXT) for index, word in columns.items() if word.startswith(TEXT)
            }
            for section in texts.values():
                scanned.places.setdefault(section, Place(scanned.file, sheet))
        elif key == CAPTION:
            continue
        elif texts:
            _paragraph(row, texts, sheet, scanned)
        elif isinstance(key, str) and columns:
            _figures(key, row, columns, above, sheet, scanned)
        else:
            above.add(row)
    if sheet != META_SHEET:
        found = [
            Value(words, _place(scanned, sheet, column, row))
            for words, column, row in strays.strays(rows, key_column, texts)
        ]
        if found:
            scanned.strays[sheet, "".join(get_column_letter(column + 1) for column in texts)] = found


def _paragraph(row: Row, texts: dict[int, str], sheet: str, scanned: Found) -> None:
    for column, section in texts.items():
        cell = row.cell(column)
        if cell.formula or cell.value is not None:
            scanned.paragraphs.setdefault(section, []).append((cell, _place(scanned, sheet, column, row)))


def _figures(key: str, row: Row, columns: dict[int, str], above: _Heads, sheet: str, scanned: Found) -> None:
    beside = frozenset([bare(cell.value) for cell in row.cells])
    table = key.partition(".")[0]
    for column, word in columns.items():
        full = key if word == VALUE else f"{key}.{word}"
        place = _place(scanned, sheet, column, row)
        if full in scanned.cells:
            scanned.again.setdefault(full, []).append(place)
            continue
        scanned.cells[full] = Keyed(row.cell(column), place, beside, above.labels(column))
        if table not in scanned.places:
            scanned.places[table] = Place(scanned.file, sheet)


def _place(scanned: Found, sheet: str, column: int, row: Row) -> Place:
    return Place(scanned.file, sheet, cell=f"{get_column_letter(column + 1)}{row.number}")
