"""The grid of a table: rows, cells with their spans, widths of columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from nianbao.media.word.html.borders import Spot
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    measure,
    name,
    number,
    points,
    switch,
    unwrapped,
    value,
)

WIDEST_SPAN = 1000  # columns; Word itself has no more than 63


@dataclass(slots=True)
class Cell:
    """One cell of the grid; a vertical merge ends in its last element, which has the lower edge."""

    element: Element
    row: int
    left: int
    right: int
    last: Element
    rows: int = 1

    @property
    def spot(self) -> Spot:
        """Where it lies."""
        return Spot(self.row, self.left, self.row + self.rows, self.right)


@dataclass(slots=True)
class Row:
    """One row: what its `w:trPr` says, and the cells that begin in it, left to right."""

    begins: int  # the column of its first cell, and the one after its last
    ends: int
    height: float | None  # the least height in points, the only one if `exact`
    exact: bool
    heading: bool  # repeated on every page, if it is among the first
    whole: bool  # not parted between pages
    element: Element
    exceptions: Element | None  # what it says otherwise than its table
    cells: list[Cell] = field(default_factory=list)


def read_rows(table: Element) -> list[Row]:
    """The rows with their cells; a vertically merged cell stands where it begins, `rows` high."""
    rows: list[Row] = []
    open_cells: dict[int, Cell] = {}
    for element in _within(table, "w:tr"):
        index = len(rows)
        properties = child(element, "w:trPr")
        if switch(properties, "w:hidden"):
            continue
        column = min(number(value(properties, "w:gridBefore")) or 0, WIDEST_SPAN)
        row = Row(
            begins=column,
            ends=column,
            height=points(value(properties, "w:trHeight")),
            exact=value(properties, "w:trHeight", "w:hRule") == "exact",
            heading=bool(switch(properties, "w:tblHeader")),
            whole=bool(switch(properties, "w:cantSplit")),
            element=element,
            exceptions=child(element, "w:tblPrEx"),
        )
        last: Cell | None = None
        reached: dict[int, Cell] = {}
        for cell_element in _within(element, "w:tc"):
            cell_properties = child(cell_element, "w:tcPr")
            span = min(max(number(value(cell_properties, "w:gridSpan")) or 1, 1), WIDEST_SPAN)
            if last is not None and _goes_on(child(cell_properties, "w:hMerge")):
                # As old Word merged cells: those after the first say so, each with its own width.
                last.right = max(last.right, column + span)
                column += span
                continue
            merge = child(cell_properties, "w:vMerge")
            above = open_cells.get(column)
            if _goes_on(merge) and above:
                above.rows, above.last = above.rows + 1, cell_element
                reached[column] = last = above
            else:
                cell = last = Cell(cell_element, index, column, column + span, cell_element)
                row.cells.append(cell)
                if merge is not None:
                    reached[column] = cell
            column += span
        row.ends = column
        open_cells = reached
        rows.append(row)
    return rows


def _goes_on(merge: Element | None) -> bool:
    return merge is not None and attribute(merge, "w:val") != "restart"


def widths(table: Element, rows: list[Row], available: float | None) -> list[float]:
    """The width of each column; cells' own widths where the grid is silent or too short.

    `available` is the measure, if it is known: shares, and columns of which nothing is said come from it.
    """
    grid = [measure(column, "w:w") or 0.0 for column in children(child(table, "w:tblGrid"), "w:gridCol")]
    columns = max((row.ends for row in rows), default=0)
    grid = (grid + [0.0] * columns)[:columns]
    width = child(child(table, "w:tblPr"), "w:tblW")
    share = percent(width)
    whole = available * share / 100 if available and share else None
    for row in rows:
        for cell in row.cells:
            own = _own(cell, whole or available)
            if cell.right - cell.left == 1 and own and not grid[cell.left]:
                grid[cell.left] = own
    if blank := grid.count(0.0):
        absolute = measure(width, "w:w") if attribute(width, "w:type") == "dxa" else None
        rest = max(((whole or absolute or available or 0.0) - sum(grid)) / blank, 20.0)
        grid = [column or rest for column in grid]
    if whole and sum(grid):
        grid = [column * whole / sum(grid) for column in grid]
    return grid


def percent(width: Element | None) -> float | None:
    """A `w:tblW` or `w:tcW` that is a share of what is around it: fiftieths of a per cent, or 50%."""
    if attribute(width, "w:type") != "pct":
        return None
    share = attribute(width, "w:w") or ""
    return points(share.rstrip("%"), 1 if "%" in share else 50)


def _own(cell: Cell, whole: float | None) -> float | None:
    width = child(child(cell.element, "w:tcPr"), "w:tcW")
    if attribute(width, "w:type") in ("auto", "nil"):
        return None
    if (share := percent(width)) is not None:
        return whole * share / 100 if whole else None
    return measure(width, "w:w")


def _within(parent: Element, short: str) -> list[Element]:
    tag = name(short)
    return [element for element in unwrapped(parent) if element.tag == tag]
