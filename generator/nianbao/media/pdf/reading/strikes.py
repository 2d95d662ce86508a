"""Characters that a line is drawn through: what is struck is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nianbao.media.pdf.reading.glyphs import Glyph, Heights

THIN = 2.0  # points, up to which a rectangle is a line
ZONE = (0.1, 0.62)  # of a character's size above its base line, where a line strikes it
COVERED = 0.6  # of a character's width that the line covers
BEYOND = 0.8  # of its size, by which the line may reach beyond what it strikes: a rule goes further
Box = tuple[float, float, float, float]


def struck_by(shape: Mapping[str, Any], lines: Heights) -> list[Glyph]:
    """The characters that one of pdfplumber's shapes strikes; none where it is a rule."""
    if (
        shape["object_type"] not in ("line", "rect", "curve")
        or shape["height"] > THIN
        or shape["width"] < THIN
    ):
        return []
    level = (shape["top"] + shape["bottom"]) / 2
    return _struck(shape["x0"], shape["x1"], level, lines.at(level))


def _struck(left: float, right: float, level: float, glyphs: Iterable[Glyph]) -> list[Glyph]:
    found = [
        glyph
        for glyph in glyphs
        if ZONE[0] * glyph.size < glyph.base - level < ZONE[1] * glyph.size
        and min(right, glyph.right) - max(left, glyph.left) >= COVERED * (glyph.right - glyph.left)
    ]
    if not found or all(glyph.text.isspace() for glyph in found):
        return []
    size = max(glyph.size for glyph in found)
    first, last = min(glyph.left for glyph in found), max(glyph.right for glyph in found)
    return found if first - left < BEYOND * size and right - last < BEYOND * size else []


def struck_within(boxes: Iterable[Box], glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters that a reader's own strike-out covers; boxes from the upper left corner."""
    places = list(boxes)
    return [
        glyph
        for glyph in glyphs
        if any(
            left <= (glyph.left + glyph.right) / 2 <= right and top <= glyph.middle <= bottom
            for left, top, right, bottom in places
        )
    ]
