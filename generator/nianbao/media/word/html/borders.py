"""Which edges a cell asks for.

Where two cells disagree, CSS's collapsing model lets the heavier edge win, as Word does.
"""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.media.word.html.css import thickness
from nianbao.media.word.html.formats import Border, read_borders
from nianbao.media.word.html.wordml import Element, child

Edges = dict[str, Border]
Walls = dict[tuple[int, int], float]
_SIDES = {"start": "left", "end": "right"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell lies on the grid: first row and column, and the ones after its last."""

    top: int
    left: int
    bottom: int
    right: int


def sides(named: tuple[tuple[str, Border], ...]) -> Edges:
    """Edges by side, start and end being left and right."""
    return {_SIDES.get(side, side): border for side, border in named}


def own_edges(first: Element, last: Element) -> Edges:
    """The edges a cell names itself; of a vertical merge, the lower one is its last cell's."""
    own = sides(read_borders(child(child(first, "w:tcPr"), "w:tcBorders")))
    if last is first:
        return own
    lower = sides(read_borders(child(child(last, "w:tcPr"), "w:tcBorders")))
    own.pop("bottom", None)
    return own | ({"bottom": lower["bottom"]} if "bottom" in lower else {})


def cell_edges(own: Edges, table: Edges, spot: Spot, rows: int, columns: int) -> Edges:
    """The four edges of one cell: its own, else the table's outer or inner ones."""
    outer = {
        "top": spot.top == 0,
        "bottom": spot.bottom >= rows,
        "left": spot.left == 0,
        "right": spot.right >= columns,
    }
    inner = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}
    found: Edges = {}
    for side, at_edge in outer.items():
        border = own.get(side) or table.get(f"own-{side}") or table.get(side if at_edge else inner[side])
        if border is not None:
            found[side] = border
    return found


def walls(cells: list[tuple[Spot, Edges]]) -> Walls:
    """How thick the upright border before each column is, by (row, column): the heavier of both sides."""
    found: Walls = {}
    for spot, edges in cells:
        for column, side in ((spot.left, "left"), (spot.right, "right")):
            width = thickness(edges.get(side))
            for row in range(spot.top, spot.bottom):
                found[row, column] = max(found.get((row, column), 0.0), width)
    return found


def levels(cells: list[tuple[Spot, Edges]]) -> Walls:
    """How thick the level border above each row is, by (row, column): the heavier of both sides."""
    found: Walls = {}
    for spot, edges in cells:
        for row, side in ((spot.top, "top"), (spot.bottom, "bottom")):
            width = thickness(edges.get(side))
            for column in range(spot.left, spot.right):
                found[row, column] = max(found.get((row, column), 0.0), width)
    return found


def framing(level: Walls, spot: Spot) -> float:
    """How much of a row's height the borders above and below a cell take: half of each."""
    return sum(
        max((level[row, column] for column in range(spot.left, spot.right)), default=0.0) / 2
        for row in (spot.top, spot.bottom)
    )
