"""The tables of a page: from the rectangles between its rules to cells on a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.media.pdf.reading.glyphs import Glyph, rows

NEAR = 2.5  # points: edges nearer than this are one
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
