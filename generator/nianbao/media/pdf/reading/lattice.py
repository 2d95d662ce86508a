"""The tables of a page: from the rectangles between its rules to cells on a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from nianbao.media.pdf.reading.cell_text import cell_text
from nianbao.media.pdf.reading.drawing import lightness
from nianbao.media.pdf.reading.glyphs import Glyph, Heights
from nianbao.media.pdf.reading.known_labels import all_labels
from nianbao.report.published.tables import belongs

NEAR = 2.5  # points: edges nearer than this are one
THIN = 2.0  # points, up to which a rectangle is a line
FLUSH = 1.0  # points, by which an underline and its words may differ in length
NEXT = 1.5  # points, nearer than which a character goes on with the words before it
BELOW = 0.15  # of a character's size, by which it may stand below it
SHORTEST = 6.0  # points, above which an edge is a rule and not the end of one
WHITE = 0.995  # lightness of an area that nobody sees on paper
GROUND = 0.5  # of a page, above which an area without a border of its own is no cell
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Cell(NamedTuple):
    """A cell on its table's grid: `row` and `column` count from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    doubt: str = ""  # why a figure in it cannot be read for certain
    box: Box = (0, 0, 0, 0)  # where rules show it


@dataclass(frozen=True)
class Table:
    """One table of a page: where it begins, its cells, and the characters in it."""

    top: float
    cells: tuple[Cell, ...]
    glyphs: tuple[Glyph, ...]

    @cached_property
    def key(self) -> str:
        """The key of the statutory table, of any edition, that it is a piece of; "" for any other."""
        return belongs((cell.text for cell in self.cells), all_labels().forms)


def outside(glyphs: Iterable[Glyph], tables: Iterable[Table]) -> list[Glyph]:
    """The characters that are in none of the tables."""
    inside = {id(glyph) for table in tables for glyph in table.glyphs}
    return [glyph for glyph in glyphs if id(glyph) not in inside]


def ruled(boxes: Sequence[Box], glyphs: Iterable[Glyph]) -> tuple[Table | None, list[Glyph]]:
    """The table that the cells' boxes make of the glyphs in them, and the glyphs that are in none.

    Boxes in one column make no table: they are the ground behind lines of text, or a frame.
    """
    across = _edges(edge for left, _, right, _ in boxes for edge in (left, right))
    down = _edges(edge for _, top, _, bottom in boxes for edge in (top, bottom))
    if len(across) < 3 or len(down) < 2:
        return None, list(glyphs)
    inside: list[list[Glyph]] = [[] for _ in boxes]
    rest: list[Glyph] = []
    holders = list(zip(boxes, inside, strict=True))
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.middle
        holding = (
            held for (left, top, right, bottom), held in holders if left <= x <= right and top <= y <= bottom
        )
        next(holding, rest).append(glyph)
    cells = []
    for (left, top, right, bottom), held in zip(boxes, inside, strict=True):
        row, column = _at(down, top), _at(across, left)
        spans = (_at(down, bottom) - row, _at(across, right) - column)
        text = cell_text(held, right - left)
        cells.append(Cell(row, column, *spans, *text, (left, top, right, bottom)))
    return Table(down[0], tuple(sorted(cells)), tuple(chain(*inside))), rest


def is_underline(shape: Mapping[str, Any], lines: Heights) -> bool:
    """Whether a level line is drawn under words, from the first of them to the last: no rule of a table.

    A rule may have words above it too, but they do not begin and end with it.
    """
    if shape["object_type"] not in ("line", "rect") or shape["height"] > THIN or shape["width"] < THIN:
        return False
    left, right, height = shape["x0"], shape["x1"], (shape["top"] + shape["bottom"]) / 2
    line = [glyph for glyph in lines.at(height) if glyph.middle < height <= glyph.bottom + BELOW * glyph.size]
    words = [glyph for glyph in line if glyph.left < right and glyph.right > left]
    if not words:
        return False
    first, last = min(glyph.left for glyph in words), max(glyph.right for glyph in words)
    goes_on = any(
        glyph not in words and (abs(first - glyph.right) < NEXT or abs(glyph.left - last) < NEXT)
        for glyph in line
    )
    return abs(first - left) <= FLUSH and abs(last - right) <= FLUSH and not goes_on


def grounds(areas: Iterable[Mapping[str, Any]], page: float) -> list[Mapping[str, Any]]:
    """The areas whose edges are no rules: as white as the paper that they lie on, or the ground of a page.

    `areas` are in the order in which they are drawn; `page` is the page's area in square points. Browsers
    print the grounds of a page and of its text; a table may begin a hair beside them.
    """
    found: list[Mapping[str, Any]] = []
    dark: list[Mapping[str, Any]] = []
    for area in areas:
        if not area["fill"] or area["stroke"] or min(area["width"], area["height"]) <= THIN:
            continue
        white = lightness(area["non_stroking_color"]) >= WHITE
        if area["width"] * area["height"] > GROUND * page or (
            white and not any(_overlap(area, other) for other in dark)
        ):
            found.append(area)
        elif not white:
            dark.append(area)
    return found


def _overlap(area: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    across = area["x0"] < other["x1"] and other["x0"] < area["x1"]
    return bool(across and area["top"] < other["bottom"] and other["top"] < area["bottom"])


def open_ends(edges: Iterable[Mapping[str, Any]]) -> list[float]:
    """The heights at which a page's end cuts the uprights of a table and no rule closes them.

    There a row goes on overleaf; browsers draw no border at the cut.
    """
    long = [edge for edge in edges if max(edge["width"], edge["height"]) > SHORTEST]
    level = [edge["top"] for edge in long if edge["orientation"] == "h"]
    upright = sorted((edge["top"], edge["bottom"], edge["x0"]) for edge in long if edge["orientation"] == "v")
    ends: list[float] = []
    for top, bottom, places in _stretches(upright):
        if len(places) > 2:
            ends += [end for end in (top, bottom) if all(abs(end - rule) > NEAR for rule in level)]
    return ends


def _stretches(upright: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, set[int]]]:
    """From where to where uprights follow one another without a gap, and at which places across."""
    stretches: list[tuple[float, float, set[int]]] = []
    for top, bottom, across in upright:
        place = round(across / NEAR)
        if stretches and top <= stretches[-1][1] + NEAR:
            first, last, places = stretches[-1]
            stretches[-1] = (first, max(last, bottom), places | {place})
        else:
            stretches.append((top, bottom, {place}))
    return stretches


def _edges(values: Iterable[float]) -> list[float]:
    """The places of the rules in one direction, those near one another taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return min(bisect_left(edges, value - NEAR), len(edges) - 1)
