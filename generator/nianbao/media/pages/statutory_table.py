"""A statutory table laid out for HTML: the official cells with their spans, and the headers of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nianbao.mandate import Role, Table
from nianbao.mandate.form import Cell, Node
from nianbao.mandate.geometry import width

WIDE = 6  # columns: a table with more scrolls sideways on a phone
LONG = 16  # rows: a table with more may be cut by a page
_HEADS = (Role.BANNER, Role.CORNER, Role.HEAD)

Row = list[tuple[Cell, dict[str, str | int | None]]]  # cells with their attributes; None for one they lack


class Layout(NamedTuple):
    """A table but for its figures: the spans of its groups of columns, and its thead and tbody in rows.

    Only a table with one head has groups of columns; in a stack of blocks each has its own columns.
    """

    classes: str
    column_groups: list[int]
    row_groups: list[tuple[str, list[Row]]]


@cache
def layout(table: Table) -> Layout:
    """Lay out a table: a body for each block and each group of rows, and for each figure its headers."""
    classes = {"wide": len(table.grid) > WIDE, "short": table.row_count <= LONG}
    stub = [Node("", span=table.stub)] if table.stub else []
    columns = list(_column_groups([*stub, *table.blocks[0].columns])) if table.header_rows else []
    titles = (cell for cell in table.cells if cell.role is not Role.FIGURE)
    names = {cell: f"{table.key}-{number}" for number, cell in enumerate(titles, 1)}
    headers = {figure: " ".join(names[cell] for cell in cells) for figure, cells in _headers(table)}
    rows: list[Row] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        spans = {name: getattr(cell, name) for name in ("colspan", "rowspan") if getattr(cell, name) > 1}
        if cell.role is Role.FIGURE:
            attributes = {**spans, "headers": headers[cell]}
        else:
            label = "label" if cell.role is Role.LABEL else None
            attributes = {"id": names[cell], "scope": _scope(cell, columns), **spans, "class": label}
        rows[cell.row].append((cell, attributes))
    groups = [
        ("thead" if first < table.header_rows else "tbody", rows[first:last])
        for first, last in _row_groups(table)
    ]
    return Layout(" ".join(filter(classes.get, classes)), [span for _, span in columns], groups)


def _row_groups(table: Table) -> Iterable[tuple[int, int]]:
    """First row and the row after the last of the head, of each block and of each group of rows."""
    bounds = {0, table.header_rows, table.row_count}
    for cell in table.cells:
        if cell.role is Role.BANNER:
            bounds.add(cell.row)
        elif cell.role is Role.LABEL and _is_group(cell):
            bounds |= {cell.row, cell.row + cell.rowspan}
    return pairwise(sorted(bounds))


def _column_groups(heads: Sequence[Node], column: int = 0) -> Iterator[tuple[int, int]]:
    """Place and span of the groups of columns: those of the lowest spanning headings, and single columns."""
    for head in heads:
        if any(width(child) > 1 for child in head.children):
            yield from _column_groups(head.children, column)
        else:
            yield column, width(head)
        column += width(head)


def _scope(cell: Cell, columns: Sequence[tuple[int, int]]) -> str:
    """What a header is the header of: its row or column, or the group of them that is the table's own."""
    match cell.role:
        case Role.BANNER:
            return "rowgroup"
        case Role.LABEL:
            return "rowgroup" if _is_group(cell) else "row"
        case Role.HEAD if cell.colspan > 1 and (cell.column, cell.colspan) in columns:
            return "colgroup"
        case _:
            return "col"


def _is_group(label: Cell) -> bool:
    return label.column == 0 and label.rowspan > 1


def _headers(table: Table) -> Iterator[tuple[Cell, list[Cell]]]:
    """For each figure the line across, the column's headings from the top, the row's labels from the left."""
    block: list[Cell] = []
    for before, cell in pairwise((table.cells[0], *table.cells)):
        if cell.role in _HEADS and before.role not in _HEADS:
            block = []  # heads begin another block where figures stood before
        block.append(cell)
        if cell.role is Role.FIGURE:
            above = [head for head in block if _over(head, cell)]
            beside = [label for label in block if _beside(label, cell)]
            yield cell, above + beside


def _over(head: Cell, figure: Cell) -> bool:
    across = head.column < figure.column + figure.colspan and figure.column < head.column + head.colspan
    return head.role is Role.BANNER or (head.role is Role.HEAD and across)


def _beside(label: Cell, figure: Cell) -> bool:
    return label.role is Role.LABEL and label.row <= figure.row < label.row + label.rowspan
