"""The tables of a page: from the rectangles between its rules to cells on a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nianbao.media.pdf.reading.glyphs import Glyph, rows

NEAR = 2.5  # points: edges nearer than this are one
THIN = 2.0  # points, up to which a rectangle is a line
FLUSH = 1.0  # points, by which an underline and its words may differ in length
NEXT = 1.5  # points, nearer than which a character goes on with the words before it
BELOW = 0.15  # of a character's size, by which it may stand below it
SHORTEST = 6.0  # points, above which an edge is a rule and not the end of one
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Ruled:
    """One table of a page: its box, and for each cell row, column, rowspan, colspan and text."""

    box: Box
    cells: tuple[tuple[int, int, int, int, str], ...]


def ruled(boxes: Sequence[Box], found: Iterable[Glyph]) -> tuple[Ruled | None, list[Glyph]]:
    """The table that the cells' boxes make, with the glyphs in them, and the glyphs that are in none.

    Boxes in one column make no table: they are the ground behind lines of text, or a frame.
    """
    across = _edges(edge for box in boxes for edge in (box[0], box[2]))
    down = _edges(edge for box in boxes for edge in (box[1], box[3]))
    if len(across) < 3 or len(down) < 2:
        return None, list(found)
    inside: dict[int, list[Glyph]] = {index: [] for index in range(len(boxes))}
    rest: list[Glyph] = []
    for glyph in found:
        middle = (glyph.left + glyph.right) / 2
        index = next(
            (
                number
                for number, box in enumerate(boxes)
                if box[0] <= middle <= box[2] and box[1] <= glyph.middle <= box[3]
            ),
            None,
        )
        (rest if index is None else inside[index]).append(glyph)
    cells = []
    for index, box in enumerate(boxes):
        left, right = _at(across, box[0]), _at(across, box[2])
        top, bottom = _at(down, box[1]), _at(down, box[3])
        text = "\n".join(row.text for row in rows(inside[index]))
        cells.append((top, left, bottom - top, right - left, text))
    whole = (across[0], down[0], across[-1], down[-1])
    return Ruled(whole, tuple(sorted(cells))), rest


def is_underline(shape: Mapping[str, Any], found: Sequence[Glyph]) -> bool:
    """Whether a level line is drawn under words, from the first of them to the last: no rule of a table.

    A rule may have words above it too, but they do not begin and end with it.
    """
    if shape["object_type"] not in ("line", "rect") or shape["height"] > THIN or shape["width"] < THIN:
        return False
    left, right, height = shape["x0"], shape["x1"], (shape["top"] + shape["bottom"]) / 2
    line = [one for one in found if one.middle < height <= one.bottom + BELOW * one.size]
    words = [one for one in line if one.left < right and one.right > left]
    if not words:
        return False
    first, last = min(one.left for one in words), max(one.right for one in words)
    goes_on = any(
        one not in words and (abs(first - one.right) < NEXT or abs(one.left - last) < NEXT) for one in line
    )
    return abs(first - left) <= FLUSH and abs(last - right) <= FLUSH and not goes_on


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
            ends += [end for end in (top, bottom) if all(abs(end - one) > NEAR for one in level)]
    return ends


def _stretches(upright: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, set[int]]]:
    """From where to where uprights follow one another without a gap, and at which places across."""
    found: list[tuple[float, float, set[int]]] = []
    for top, bottom, across in upright:
        if found and top <= found[-1][1] + NEAR:
            first, last, places = found[-1]
            found[-1] = (first, max(last, bottom), places | {round(across / NEAR)})
        else:
            found.append((top, bottom, {round(across / NEAR)}))
    return found


def _edges(values: Iterable[float]) -> list[float]:
    """The places of the rules in one direction, those near one another taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    place = bisect_left(edges, value - NEAR)
    return min(place, len(edges) - 1)
