"""Borders: what Word says of an edge, its CSS, and which edges a cell of a table asks for.

Where two cells disagree, CSS's collapsing model lets the heavier edge win, as Word does.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from nianbao.media.word.html.css import color, length
from nianbao.media.word.html.wordml import Element, attribute, child, local, measure

_SIDES = {"start": "left", "end": "right"}
_DOUBLE = (
    "double", "triple", "doubleWave", "thinThickSmallGap", "thickThinSmallGap", "thinThickThinSmallGap",
    "thinThickMediumGap", "thickThinMediumGap", "thinThickThinMediumGap", "thinThickLargeGap",
    "thickThinLargeGap", "thinThickThinLargeGap",
)  # fmt: skip
_STYLES = dict.fromkeys(_DOUBLE, "double") | {
    "single": "solid", "thick": "solid", "dotted": "dotted", "dashed": "dashed", "dashSmallGap": "dashed",
    "dotDash": "dashed", "dotDotDash": "dashed", "dashDotStroked": "dashed", "threeDEmboss": "solid",
    "threeDEngrave": "solid", "wave": "solid", "inset": "inset", "outset": "outset",
}  # fmt: skip
DASHES = {"dotted": "1 2", "dashed": "4 3", "dashSmallGap": "4 2", "dotDash": "4 2 1 2"}  # of lines in SVG
_THIN = 1.5  # points: the thin line beside a thick one, with the way between them
_NONE = frozenset({"nil", "none"})
BORDER_STYLES = _NONE.union(_STYLES)


@dataclass(frozen=True, slots=True)
class Border:
    """One edge: Word's style name, the width in points, the colour as rrggbb or auto, the way to the text."""

    style: str
    width: float
    color: str
    space: float = 0.0


Edges = dict[str, Border]
Widths = dict[tuple[int, int], float]


class Spot(NamedTuple):
    """Where a cell lies on the grid: first row and column, and the ones after its last."""

    top: int
    left: int
    bottom: int
    right: int


class GridLines(NamedTuple):
    """How thick the lines of a table are, by (row, column): left of a cell, and above it."""

    upright: Widths
    level: Widths


def read_borders(parent: Element) -> tuple[tuple[str, Border], ...]:
    """The edges a `w:pBdr` or `w:pgBorders` names, in its order."""
    return tuple((local(edge)[2:], read_border(edge, spaced=True)) for edge in parent)


def read_border(edge: Element, spaced: bool = False) -> Border:
    """What one edge says; with the way to the text, if `spaced`."""
    return Border(
        style=attribute(edge, "w:val") or "nil",
        width=measure(edge, "w:sz", 8) or 0.0,
        color=attribute(edge, "w:color") or "auto",
        space=(measure(edge, "w:space", 1) or 0.0) if spaced else 0.0,
    )


def sides(parent: Element | None) -> Edges:
    """The edges an element names, by side, start and end being left and right."""
    edges = () if parent is None else parent
    return {_SIDES.get(side := local(edge)[2:], side): read_border(edge) for edge in edges}


def diagonals(own: Edges) -> dict[str, str]:
    """The lines from corner to corner of a cell that names these edges, as a background that fills it."""
    lines = "".join(
        _line(border, begin, end)
        for side, begin, end in (("tl2br", "0", "100%"), ("tr2bl", "100%", "0"))
        if (border := own.get(side)) is not None and visible(border)
    )
    if not lines:
        return {}
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">{lines}</svg>'
    return {
        "background-image": f"url(data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()})",
        "background-size": "100% 100%",
        "background-repeat": "no-repeat",
        "background-origin": "border-box",
    }


def _line(border: Border, begin: str, end: str) -> str:
    """A line downwards; two side by side for a double one."""
    apart = thickness(border) / 3 if border.style == "double" else 0.0
    stroke, dashes = color(border.color) or "#000", DASHES.get(border.style, "none")
    line = (
        f'<line x1="{begin}" y1="0" x2="{end}" y2="100%" stroke="{stroke}"'
        f' stroke-width="{max(border.width, 0.25):g}pt" stroke-dasharray="{dashes}"/>'
    )
    return "".join(f'<g transform="translate(0 {down:g})">{line}</g>' for down in sorted({apart, -apart}))


def visible(border: Border | None) -> bool:
    """Whether an edge is drawn at all."""
    return border is not None and border.style not in _NONE


def thickness(border: Border | None) -> float:
    """How wide an edge is drawn, in points."""
    if border is None or border.style in _NONE:
        return 0.0
    width = max(border.width, 0.25)
    if border.style not in _DOUBLE:
        return width
    return width + _THIN if border.style.startswith("thi") else 3 * width


def edge(border: Border) -> str:
    """A border as CSS writes it."""
    if border.style in _NONE:
        return "none"
    style = _STYLES.get(border.style, "solid")
    return f"{length(thickness(border))} {style} {color(border.color) or '#000'}"


def own_edges(first: Element, last: Element) -> Edges:
    """The edges a cell names itself; of a vertical merge, the lower one is its last cell's."""
    own, lower = (sides(child(child(cell, "w:tcPr"), "w:tcBorders")) for cell in (first, last))
    own.pop("bottom", None)
    return own | ({"bottom": lower["bottom"]} if "bottom" in lower else {})


def at_edges(spot: Spot, rows: int, columns: int) -> dict[str, bool]:
    """On which sides a cell lies at the edge of its table."""
    return {
        "top": spot.top == 0,
        "bottom": spot.bottom >= rows,
        "left": spot.left == 0,
        "right": spot.right >= columns,
    }


def cell_edges(own: Edges, table: Edges, spot: Spot, rows: int, columns: int) -> Edges:
    """The four edges of one cell: its own, else the table's outer or inner ones."""
    cell: Edges = {}
    for side, at_edge in at_edges(spot, rows, columns).items():
        inner = "insideH" if side in ("top", "bottom") else "insideV"
        border = own.get(side) or table.get(f"own-{side}") or table.get(side if at_edge else inner)
        if border is not None:
            cell[side] = border
    return cell


def grid_lines(cells: Iterable[tuple[Spot, Edges]]) -> GridLines:
    """How thick the borders where cells meet are: the heavier of both sides."""
    lines = GridLines(defaultdict(float), defaultdict(float))
    for spot, edges in cells:
        for side, column in (("left", spot.left), ("right", spot.right)):
            _thicken(lines.upright, ((row, column) for row in range(spot.top, spot.bottom)), edges.get(side))
        for side, row in (("top", spot.top), ("bottom", spot.bottom)):
            _thicken(lines.level, ((row, column) for column in range(spot.left, spot.right)), edges.get(side))
    return lines


def _thicken(widths: Widths, places: Iterable[tuple[int, int]], border: Border | None) -> None:
    width = thickness(border)
    for place in places:
        widths[place] = max(widths[place], width)


def framing(level: Widths, spot: Spot) -> float:
    """How much of a row's height the borders above and below a cell take: half of each."""
    return sum(
        max((level[row, column] for column in range(spot.left, spot.right)), default=0.0) / 2
        for row in (spot.top, spot.bottom)
    )
