"""What a sheet says besides its rows: hidden columns, merged cells, conditional formats, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils import get_column_letter

Element = ElementTree.Element
_AREA = re.compile(r"\b([A-Z]{1,3})([0-9]+)(?::([A-Z]{1,3})([0-9]+))?\b")
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
            for area in areas(" ".join(self.merges))
            for column in range(area.left, min(area.right, area.left + _MOST_COLUMNS) + 1)
            for row in range(area.top, min(area.bottom, area.top + _MOST_ROWS) + 1)
            if (column, row) != (area.left, area.top)
        )


def areas(references: str) -> Iterator[Area]:
    """The areas of a list such as A1:B2 C3; of what is beyond the columns that are read, none."""
    for left, top, right, bottom in _AREA.findall(references.replace("$", "")):
        if left in _COLUMNS and (right or left) in _COLUMNS:
            yield Area(_COLUMNS[left], int(top), _COLUMNS[right or left], int(bottom or top))


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
    """Take in conditional formats, of any Excel: later ones have the format itself, and areas as a child."""
    where = formatting.get("sqref") or ""
    rules: list[Element] = []
    for child in formatting:
        if child.tag.endswith("}cfRule"):
            rules.append(child)
        elif child.tag.endswith("}sqref"):
            where = child.text or ""
    for rule in rules:
        format_: str | Element | None = rule.get("dxfId")
        formulas: list[str] = []
        for child in rule:
            if child.tag.endswith("}dxf"):
                format_ = child
            elif child.tag.endswith(("}formula", "}f")):
                formulas.append(child.text or "")
        if format_ is not None:
            words = rule.get("type", ""), rule.get("operator", "")
            layout.conditions.append(Condition(tuple(areas(where)), *words, tuple(formulas), format_))


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
