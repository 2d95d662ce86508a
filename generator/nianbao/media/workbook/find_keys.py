"""Find what a workbook's cells are by its hidden keys, wherever they have been moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from nianbao.media.workbook import strays
from nianbao.media.workbook.appearance import Appearance
from nianbao.media.workbook.keys import CAPTION, COLUMNS, META_SHEET, TEXT, VALUE
from nianbao.media.workbook.opened import Opened
from nianbao.media.workbook.printed import unmarked
from nianbao.media.workbook.rich_text import RichText
from nianbao.media.workbook.rows import NOTHING, Row, Seen
from nianbao.report import Place, Value


class Keyed(NamedTuple):
    """A cell that has a key, or is a paragraph; `appearance` is None where it is what it seems.

    `beside` and `above` are the labels in its row and over it.
    """

    cell: Seen
    file: str
    sheet: str
    spot: str  # C9
    appearance: Appearance | None
    beside: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.file, self.sheet, cell=self.spot)


@dataclass
class Found:
    """What the keys lead to, before anybody knows which edition it is of.

    `cells` is by full key; `again` has the places of a key's second and further cells. `strays` are words
    to which no key leads, by sheet and the letter of its column of paragraphs, "" where it has none.
    """

    file: str
    cells: dict[str, Keyed] = field(default_factory=dict)
    again: dict[str, list[Place]] = field(default_factory=dict)
    paragraphs: dict[str, list[Keyed]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)  # of tables, sections and particulars
    strays: dict[tuple[str, str], list[Value]] = field(default_factory=dict)
    hidden: list[Keyed] = field(default_factory=list)  # in hidden rows, columns and sheets
    covered: list[Keyed] = field(default_factory=list)  # under pictures, boxes and controls
    nought: list[Keyed] = field(default_factory=list)  # on sheets that show no noughts
    bare: list[str] = field(default_factory=list)  # sheets without a key


def scan(file: str, sheets: Sequence[Opened]) -> Found:
    """Go through all sheets, in their order."""
    scanned = Found(file)
    for sheet in sheets:
        _sheet(sheet, scanned)
    return scanned


def bare(label: object) -> str:
    """A label without the spaces and line breaks that people put into it; "" for what is no text."""
    if isinstance(label, RichText):
        label = unmarked(label)
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


def _sheet(sheet: Opened, scanned: Found) -> None:
    rows = sheet.rows
    cells = ((index, cell) for row in rows for index, cell in enumerate(row.cells))
    key_column = next((index for index, cell in cells if cell.value == COLUMNS), None)
    if key_column is None:
        scanned.bare.append(sheet.name)
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
                scanned.places.setdefault(section, Place(scanned.file, sheet.name))
        elif key == CAPTION:
            continue
        elif texts:
            _paragraph(row, texts, sheet, scanned)
        elif isinstance(key, str) and columns:
            _figures(key, row, columns, above, sheet, scanned)
        else:
            above.add(row)
    if not columns:
        scanned.bare.append(sheet.name)
    elif sheet.name != META_SHEET:
        found = [
            Value(words, _place(scanned, sheet.name, column, row))
            for words, column, row in strays.strays(rows, key_column, texts)
        ]
        if found:
            scanned.strays[sheet.name, "".join(get_column_letter(column + 1) for column in texts)] = found


def _paragraph(row: Row, texts: dict[int, str], sheet: Opened, scanned: Found) -> None:
    for column, section in texts.items():
        cell = row.cell(column)
        if cell.formula or cell.value is not None:
            scanned.paragraphs.setdefault(section, []).append(_keyed(cell, column, row, sheet, scanned))


def _figures(
    key: str, row: Row, columns: dict[int, str], above: _Heads, sheet: Opened, scanned: Found
) -> None:
    beside = frozenset([bare(cell.value) for cell in row.cells])
    table = key.partition(".")[0]
    for column, word in columns.items():
        full = key if word == VALUE else f"{key}.{word}"
        if full in scanned.cells:
            scanned.again.setdefault(full, []).append(_place(scanned, sheet.name, column, row))
            continue
        scanned.cells[full] = _keyed(
            row.cell(column), column, row, sheet, scanned, beside, above.labels(column)
        )
        if table not in scanned.places:
            scanned.places[table] = Place(scanned.file, sheet.name)


def _keyed(
    cell: Seen,
    column: int,
    row: Row,
    sheet: Opened,
    scanned: Found,
    beside: frozenset[str] = frozenset(),
    above: frozenset[str] = frozenset(),
) -> Keyed:
    """A cell with how it appears; whether anybody sees it is noted, too."""
    spot = f"{get_column_letter(column + 1)}{row.number}"
    if cell is NOTHING or sheet.appearances is None:
        return Keyed(cell, scanned.file, sheet.name, spot, None, beside, above)
    appearance = sheet.appearances.of(cell, column, row.number)
    keyed = Keyed(cell, scanned.file, sheet.name, spot, appearance, beside, above)
    if cell.value is not None and sheet.name != META_SHEET:
        if row.hidden or sheet.hidden or sheet.layout.hides(column):
            scanned.hidden.append(keyed)
        if sheet.covered and any(area.has(column, row.number) for area in sheet.covered):
            scanned.covered.append(keyed)
        if not sheet.layout.zeros and cell.value == 0 and type(cell.value) is not bool:
            scanned.nought.append(keyed)
    return keyed


def _place(scanned: Found, sheet: str, column: int, row: Row) -> Place:
    return Place(scanned.file, sheet, cell=f"{get_column_letter(column + 1)}{row.number}")
