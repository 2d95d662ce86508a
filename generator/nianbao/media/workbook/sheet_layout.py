"""What a sheet says besides its rows: hidden columns, merged cells, conditional formats, drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils import get_column_letter

Element = ElementTree.Element
_DIGITS = "0123456789"
_LAST_ROW = 1_048_576
_COLUMNS = {get_column_letter(number): number - 1 for number in range(1, 703)}  # beyond ZZ nothing is read
_TRUE = ("1", "true", "on")
_MOST_COLUMNS, _MOST_ROWS = 200, 20_000  # of an area that is gone through cell by cell


class Area(NamedTuple):
    """Cells from one corner to the other, columns counted from 0 and rows from 1, both ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def has(self, column: int, row: int) -> bool:
        """Whether a cell lies in it."""
        return self.left <= column <= self.right and self.top <= row <= self.bottom


class Condition(NamedTuple):
    """A conditional format and where it holds; `format_` is its number or, in later Excels, the format."""

    areas: tuple[Area, ...]
    kind: str
    operator: str
    formulas: tuple[str, ...]
    format_: str | Element


@dataclass
class Layout:
    """What the XML of a sheet says besides its rows."""

    zeros: bool = True  # whether a cell that is 0 shows it
    zero_height: bool = False  # whether rows of which nothing is said are hidden
    hidden: list[Area] = field(default_factory=list)  # columns
    merges: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)  # ids of relations
    _hides: dict[int, bool] = field(default_factory=dict)

    def take(self, element: Element) -> None:
        """Take in a child of the sheet's root, or of the lists of extensions."""
        if (take := _TAKEN.get(element.tag.rpartition("}")[2])) is not None:
            take(self, element)

    def hides(self, column: int) -> bool:
        """Whether a column, counted from 0, is hidden."""
        if column not in self._hides:
            self._hides[column] = any(area.left <= column <= area.right for area in self.hidden)
        return self._hides[column]

    @cached_property
    def covered(self) -> frozenset[tuple[int, int]]:
        """The cells (column, row) of merged ones that are not their first: nobody sees what is in them."""
        return frozenset(
            (column, row)
            for reference in self.merges
            for area in areas(reference)
            for column in range(area.left, min(area.right, area.left + _MOST_COLUMNS) + 1)
            for row in range(area.top, min(area.bottom, area.top + _MOST_ROWS) + 1)
            if (column, row) != (area.left, area.top)
        )


def areas(references: str) -> Iterator[Area]:
    """The areas of a list such as A1:B2 C3."""
    for reference in references.replace("$", "").split():
        first, _, last = reference.partition(":")
        letters, end = first.rstrip(_DIGITS), (last or first).rstrip(_DIGITS)
        if letters in _COLUMNS and end in _COLUMNS and letters != first:
            bottom = (last or first)[len(end) :]
            yield Area(_COLUMNS[letters], int(first[len(letters) :]), _COLUMNS[end], int(bottom or _LAST_ROW))


def _views(layout: Layout, views: Element) -> None:
    view = next(iter(views), None)
    layout.zeros = view is None or view.get("showZeros", "1") in _TRUE


def _rows(layout: Layout, usual: Element) -> None:
    layout.zero_height = usual.get("zeroHeight", "0") in _TRUE


def _columns(layout: Layout, columns: Element) -> None:
    for column in columns:
        if column.get("hidden", "0") in _TRUE or not float(column.get("width") or 1):
            first, last = (int(column.get(name) or 1) - 1 for name in ("min", "max"))
            layout.hidden.append(Area(first, 1, last, 1))


def _merged(layout: Layout, merges: Element) -> None:
    layout.merges += [merge.get("ref") or "" for merge in merges]


def _conditional(layout: Layout, formatting: Element) -> None:
    inner = formatting.find("{*}sqref")
    where = tuple(areas(formatting.get("sqref") or ("" if inner is None else inner.text or "")))
    for rule in formatting.iterfind("{*}cfRule"):
        own = rule.find("{*}dxf")
        format_ = rule.get("dxfId") if own is None else own
        if where and format_ is not None:
            formulas = tuple(
                formula.text or "" for name in ("formula", "f") for formula in rule.iterfind(f"{{*}}{name}")
            )
            layout.conditions.append(
                Condition(where, rule.get("type", ""), rule.get("operator", ""), formulas, format_)
            )


def _drawing(layout: Layout, drawing: Element) -> None:
    layout.drawings += [word for name, word in drawing.attrib.items() if name.endswith("}id")]


def _extensions(layout: Layout, extensions: Element) -> None:
    for formatting in extensions.iterfind("{*}ext/{*}conditionalFormattings/{*}conditionalFormatting"):
        _conditional(layout, formatting)


_TAKEN = {
    "sheetViews": _views,
    "sheetFormatPr": _rows,
    "cols": _columns,
    "mergeCells": _merged,
    "conditionalFormatting": _conditional,
    "drawing": _drawing,
    "legacyDrawing": _drawing,
    "extLst": _extensions,
}
NAMES = frozenset(_TAKEN)
