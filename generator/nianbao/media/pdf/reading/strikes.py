"""Characters that a line is drawn through: what is struck is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot
from typing import Any, NamedTuple

from nianbao.media.pdf.reading.glyphs import Glyph, Heights

THIN = 2.0  # points, up to which a rectangle is a line
CORE = 0.35  # of its size, from the middle of a character, where a slanting line crosses it
CROSSED = "有斜线划过"
SAME = 1.0  # points, within which pieces of lines are one line
ZONE = (0.1, 0.62)  # of a character's size above its base line, where a line strikes it
COVERED = 0.6  # of a character's width that the line covers
BEYOND = 0.8  # of its size, by which the line may reach beyond what it strikes: a rule goes further
Box = tuple[float, float, float, float]


class Stroke(NamedTuple):
    """A level line: from where to where, at which height, and which shapes draw it."""

    left: float
    right: float
    level: float
    shapes: tuple[int, ...]  # by their identity


def find_strikes(shapes: Iterable[Mapping[str, Any]], lines: Heights) -> list[tuple[Stroke, list[Glyph]]]:
    """The lines and thin rectangles, of pdfplumber's shapes, that strike characters, and these."""
    strokes = (stroke for stroke in _strokes(shapes) if lines.at(stroke.level))
    return [(stroke, struck) for stroke in strokes if (struck := _struck(stroke, lines.at(stroke.level)))]


def _strokes(shapes: Iterable[Mapping[str, Any]]) -> list[Stroke]:
    """The level lines; pieces that go on where another ends are one, as the rules of a table are."""
    pieces = sorted(
        (
            round((shape["top"] + shape["bottom"]) / 2 / SAME),
            shape["x0"],
            shape["x1"],
            shape["top"],
            id(shape),
        )
        for shape in shapes
        if shape["height"] <= THIN <= shape["width"]
    )
    strokes: list[Stroke] = []
    step = None
    for level, left, right, top, shape in pieces:
        if strokes and step == level and left <= strokes[-1].right + SAME:
            before = strokes[-1]
            strokes[-1] = before._replace(right=max(before.right, right), shapes=(*before.shapes, shape))
        else:
            strokes.append(Stroke(left, right, top, (shape,)))
        step = level
    return strokes


def _struck(stroke: Stroke, glyphs: Iterable[Glyph]) -> list[Glyph]:
    left, right, level, _ = stroke
    found = [
        glyph
        for glyph in glyphs
        if ZONE[0] * glyph.size < glyph.base - level < ZONE[1] * glyph.size
        and min(right, glyph.right) - max(left, glyph.left) >= COVERED * (glyph.right - glyph.left)
    ]
    if all(glyph.text.isspace() for glyph in found):
        return []
    size = max(glyph.size for glyph in found)
    first, last = min(glyph.left for glyph in found), max(glyph.right for glyph in found)
    return found if first - left < BEYOND * size and right - last < BEYOND * size else []


def doubt_crossed(shape: Mapping[str, Any], lines: Heights) -> bool:
    """Whether one of pdfplumber's lines slants; then what it crosses may be struck, and is in doubt."""
    if shape["object_type"] != "line" or min(shape["width"], shape["height"]) <= THIN:
        return False
    (x, y), (across, down) = shape["pts"][:2]
    for glyph in lines.between(shape["top"], shape["bottom"]):
        middle = (glyph.left + glyph.right) / 2
        level = y + (middle - x) / (across - x) * (down - y)
        if shape["x0"] <= middle <= shape["x1"] and abs(level - glyph.middle) < CORE * glyph.size:
            glyph.doubt = CROSSED
    return True


def doubt_drawn_through(pieces: Iterable[Box], lines: Heights) -> None:
    """Put what a pen's line goes through in doubt; `pieces` go each from a point to another."""
    for left, top, right, bottom in pieces:
        across, down = right - left, bottom - top
        length = max(across * across + down * down, 1e-6)
        for glyph in lines.between(min(top, bottom), max(top, bottom)):
            x, y = (glyph.left + glyph.right) / 2 - left, glyph.middle - top
            along = min(1.0, max(0.0, (x * across + y * down) / length))
            if hypot(x - along * across, y - along * down) < CORE * glyph.size:
                glyph.doubt = CROSSED


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
