"""Which cells of a table are headers, and of what.

Word marks only rows that are repeated on each page. In a table of figures the rest can be told: what
stands before a row's figures is its label, and a row of words above figures is their heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.media.pdf.weasyprint.structure_tree import Node

COLUMN, ROW = "Column", "Row"
MOST_LEVELS = 4  # of headings above one another; more words than that are a text in a table
_FIGURE = re.compile(
    r"[+\-−]?[\d０-９]+([,，][\d０-９]+)*([.．][\d０-９]+)?[^\d\s.．、年月日]{0,2}([(（].*[)）])?"
    r"|[/\\\-–—]*|无|不适用"
)
_SCOPES = {"col": COLUMN, "colgroup": COLUMN, "row": ROW, "rowgroup": ROW}


@dataclass(slots=True, eq=False)
class Place:
    """A cell on the table's grid; `scope` makes it a header."""

    node: Node
    row: int
    column: int
    rowspan: int
    colspan: int
    scope: str = ""
    figure: bool = False


def find(table: Node) -> Mapping[Node, tuple[Place, tuple[Node, ...]]]:
    """Every cell with its place and, unless it is a header itself, the headers it stands under."""
    rows = list(_lay_out(table))
    for row in rows:
        _label(row)
    _head(rows)
    grid = {
        (row, column): place
        for places in rows
        for place in places
        for row in range(place.row, place.row + place.rowspan)
        for column in range(place.column, place.column + place.colspan)
    }
    return {
        place.node: (place, () if place.scope else (*_labels(place, grid), *heads))
        for place, heads in _under(rows, grid)
    }


def _lay_out(table: Node) -> Iterator[list[Place]]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(node for node in table.walk() if node.kind == "TR" and _of(node, table)):
        places, column = [], 0
        for cell in row.nodes():
            while (number, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((number + y, column + x) for y in range(down) for x in range(across))
            place = Place(cell, number, column, down, across, figure=bool(_FIGURE.fullmatch(cell.text)))
            if cell.kind == "TH":
                place.scope = _SCOPES.get(cell.element.get("scope", "col"), COLUMN)
            places.append(place)
            column += across
        yield places


def _of(row: Node, table: Node) -> bool:
    above = row.parent
    while above is not None and above.kind != "Table":
        above = above.parent
    return above is table


def _span(cell: Node, name: str) -> int:
    span = cell.element.get(name, "1")
    return min(max(int(span), 1), 1000) if span.isascii() and span.isdigit() else 1


def _label(row: list[Place]) -> None:
    """The words before a row's first figure are its labels."""
    if not _counts(row):
        return
    for place in row[: next(index for index, place in enumerate(row) if place.figure)]:
        place.scope = place.scope or ROW


def _counts(row: list[Place]) -> bool:
    """Whether a row is words, if any, and then only figures or blanks."""
    first = next((index for index, place in enumerate(row) if place.figure), len(row))
    return first < len(row) and all(place.figure for place in row[first:])


def _head(rows: list[list[Place]]) -> None:
    """Rows of words just above a row of figures are its columns' headings."""
    levels = 0
    for row in reversed(rows):
        if _counts(row):
            levels = MOST_LEVELS if any(place.figure and place.node.text for place in row) else levels
        elif levels and not any(place.figure and place.node.text for place in row):
            levels -= 1
            for place in row:
                place.scope = place.scope or COLUMN
        else:
            levels = 0


def _labels(place: Place, grid: Mapping[tuple[int, int], Place]) -> Iterable[Node]:
    """The labels of a cell's rows."""
    rows = range(place.row, place.row + place.rowspan)
    before = (grid.get((row, column)) for column in range(place.column) for row in rows)
    return dict.fromkeys(other.node for other in before if other is not None and other.scope == ROW)


def _under(
    rows: list[list[Place]], grid: Mapping[tuple[int, int], Place]
) -> Iterator[tuple[Place, tuple[Node, ...]]]:
    """Every cell with the nearest headings over its columns, from the top; others ended with a figure."""
    heads: dict[int, list[Node]] = {}
    ended: set[int] = set()
    for number, places in enumerate(rows):
        for place in places:
            columns = range(place.column, place.column + place.colspan)
            yield place, tuple(dict.fromkeys(head for column in columns for head in heads.get(column, ())))
        for column in range(max((place.column + place.colspan for place in places), default=0)):
            other = grid.get((number, column))
            if other is None or other.scope != COLUMN:
                ended.add(column)
                continue
            if column in ended:
                heads[column] = []
                ended.discard(column)
            if other.node not in heads.setdefault(column, []):
                heads[column].append(other.node)
