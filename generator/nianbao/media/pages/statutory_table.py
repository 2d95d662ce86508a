"""A statutory table laid out for HTML: the official cells with their spans, and the headers of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nianbao.mandate import Role, Table
from nianbao.mandate.form import Cell

WIDE = 6  # columns: a table with more scrolls sideways on a phone
LONG = 16  # rows: a table with more may be cut by a page
_HEADS = (Role.BANNER, Role.CORNER, Role.HEAD)


class Element(NamedTuple):
    """One cell: a header has its text, a figure's cell its key. An attribute that is None is left out."""

    tag: str
    attributes: Mapping[str, str | int | None]
    text: str
    key: str


class RowGroup(NamedTuple):
    """The head that is repeated on every page, or a body."""

    tag: str
    rows: list[list[Element]]


class Layout(NamedTuple):
    """A table but for its figures; a group of columns is told by how many it has."""

    classes: str
    column_groups: list[int]
    row_groups: list[RowGroup]


@cache
def layout(table: Table) -> Layout:
    """Lay out a table: a body for each block and each group of rows, and for each figure its headers."""
    classes = ["wide"] * (len(table.grid) > WIDE) + ["short"] * (table.row_count <= LONG)
    columns = _column_groups(table)
    titles = [cell for cell in table.cells if cell.role is not Role.FIGURE]
    names = {cell: f"{table.key}-{number}" for number, cell in enumerate(titles, 1)}
    headers = {figure: " ".join(names[cell] for cell in cells) for figure, cells in _headers(table)}

    def element(cell: Cell, rows: tuple[int, int]) -> Element:
        spans = {"colspan": _several(cell.colspan), "rowspan": _several(cell.rowspan)}
        if cell.role is Role.FIGURE:
            return Element("td", {**spans, "headers": headers[cell]}, "", cell.key)
        start = {"id": names[cell], "scope": _scope(cell, rows, columns)}
        label = "label" if cell.role is Role.LABEL else None
        return Element("th", {**start, **spans, "class": label}, cell.text, "")

    groups = []
    for first, last in _row_groups(table):
        rows = [[cell for cell in table.cells if cell.row == row] for row in range(first, last)]
        elements = [[element(cell, (first, last)) for cell in cells] for cells in rows]
        groups.append(RowGroup("thead" if first < table.header_rows else "tbody", elements))
    return Layout(" ".join(classes), [span for _, span in columns], groups)


def _several(span: int) -> int | None:
    return span if span > 1 else None


def _row_groups(table: Table) -> Iterator[tuple[int, int]]:
    """First row and the row after the last of the head, of each block and of each group of rows."""
    bounds = {0, table.header_rows, table.row_count}
    for cell in table.cells:
        if cell.role is Role.BANNER:
            bounds.add(cell.row)
        elif cell.role is Role.LABEL and cell.column == 0 and cell.rowspan > 1:
            bounds |= {cell.row, cell.row + cell.rowspan}
    return pairwise(sorted(bounds))


def _scope(cell: Cell, rows: tuple[int, int], columns: Sequence[tuple[int, int]]) -> str:
    """What a header is the header of; `rows` are those of its group, from the first to before the last."""
    match cell.role:
        case Role.BANNER:
            return "rowgroup"
        case Role.LABEL:
            return "rowgroup" if cell.rowspan > 1 and rows == (cell.row, cell.row + cell.rowspan) else "row"
        case Role.HEAD if cell.colspan > 1 and (cell.column, cell.colspan) in columns:
            return "colgroup"
        case _:
            return "col"


def _headers(table: Table) -> Iterator[tuple[Cell, list[Cell]]]:
    """For each figure the line across, the column's headings from the top, the row's labels from the left."""
    for block in _blocks(table):
        lines = [cell for cell in block if cell.role is Role.BANNER]
        heads = [cell for cell in block if cell.role is Role.HEAD]
        labels = [cell for cell in block if cell.role is Role.LABEL]
        for figure in (cell for cell in block if cell.role is Role.FIGURE):
            above = [head for head in heads if _over(head, figure)]
            beside = [label for label in labels if label.row <= figure.row < label.row + label.rowspan]
            yield figure, [*lines, *above, *beside]


def _blocks(table: Table) -> list[list[Cell]]:
    """The cells of each block: heads begin one where figures stood before."""
    blocks: list[list[Cell]] = [[]]
    for before, cell in pairwise((table.cells[0], *table.cells)):
        if cell.role in _HEADS and before.role not in _HEADS:
            blocks.append([])
        blocks[-1].append(cell)
    return blocks


def _over(head: Cell, cell: Cell) -> bool:
    return head.column < cell.column + cell.colspan and cell.column < head.column + head.colspan


def _column_groups(table: Table) -> list[tuple[int, int]]:
    """Place and width of the groups of columns: the labels', and those of the lowest spanning headings.

    Only a table with one head has any; in a stack of blocks each has its own columns.
    """
    if not table.header_rows:
        return []
    heads = [cell for cell in table.cells if cell.role is Role.HEAD and cell.colspan > 1]
    spans = {0: table.stub} if table.stub else {}
    for head in heads:
        if not any(other.row > head.row and _over(head, other) for other in heads):
            spans[head.column] = head.colspan
    groups, column = [], 0
    while column < len(table.grid):
        groups.append((column, spans.get(column, 1)))
        column += groups[-1][1]
    return groups
