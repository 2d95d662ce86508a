"""The pages of a document as somebody would hold them: text upright, two or four on one sheet parted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nianbao.media.pdf.reading.drawing import Box, Drawing, View, draw, view_of
from nianbao.media.pdf.reading.glyphs import APART, Glyph, Row, rows

SKEW = 3  # degrees, by which a text may lean and still be upright
GUTTER = 0.02  # of a sheet's width, on either side of its middle, which two pages leave blank
LEVEL_GUTTER = 0.005  # of its height, which four leave blank: page numbers stand near the edge
WIDE = 0.55  # of a page's width: a line or a table as wide fills it
FILLED = 2  # such lines that make a page
MARGIN = 0.12  # of the height, above and below, where page numbers stand
_NUMBER = re.compile(r"\D{0,4}?([0-9]{1,3})\D{0,4}")


@dataclass
class Sheet:
    """A page, or a half or a quarter of one: its number, pdfplumber's page, and what it draws."""

    number: int
    page: Any
    drawing: Drawing

    @property
    def index(self) -> int:
        """Which page of the file it is, from 0."""
        return self.number - 1


def sheets(pages: Iterable[Any], resources: Any, bounded: Callable[[int, int], None]) -> list[Sheet]:
    """Look at pages of pdfplumber's, in the order of reading; `bounded` hears how full each is."""
    whole = []
    for page in pages:
        sheet = _upright(page, resources)
        bounded(sheet.number, len(sheet.drawing.glyphs))
        whole.append(sheet)
    shapes: dict[tuple[int, int], list[Sheet]] = {}
    for sheet in whole:
        width, height = sheet.drawing.view.size
        shapes.setdefault((round(width), round(height)), []).append(sheet)
    parted = {shape for shape, alike in shapes.items() if _are_double(alike)}
    if not parted:
        return whole
    parts: list[Sheet] = []
    for shape, alike in shapes.items():
        down = 2 if _are_fourfold(alike) else 1
        for sheet in alike:
            parts += _parts(sheet, down, resources) if shape in parted else [sheet]
    return _in_order(sorted(parts, key=lambda sheet: sheet.number))


def _upright(page: Any, resources: Any) -> Sheet:
    """A page turned so that most of its text is upright, whatever the file says of it."""
    view = view_of(page.page_obj)
    drawing = draw(page.page_obj, view, resources)
    turns = Counter(round(glyph.angle / 90) * 90 % 360 for glyph in drawing.glyphs if is_square(glyph))
    turn = max(turns, key=lambda turn: (turns[turn], -turn), default=0)
    if turn:
        drawing = draw(page.page_obj, view.turned(turn), resources)
    return Sheet(page.page_number, page, drawing)


def is_square(glyph: Glyph) -> bool:
    """Whether a character stands on one of the four sides of the page, and is no blank."""
    return abs((glyph.angle + 45) % 90 - 45) <= SKEW and not glyph.text.isspace()


def _are_double(alike: Sequence[Sheet]) -> bool:
    """Whether sheets of one shape hold two pages each: blank down the middle, and filled beside it."""
    return all(_has_gutter(sheet.drawing) for sheet in alike) and any(
        all(_is_filled(sheet.drawing, left) for left in (True, False)) for sheet in alike
    )


def _are_fourfold(alike: Sequence[Sheet]) -> bool:
    """Whether sheets with two pages side by side have two more below: blank between them."""
    return all(
        sheet.drawing.view.size[1] > sheet.drawing.view.size[0] and _has_level_gutter(sheet.drawing)
        for sheet in alike
    )


def _has_level_gutter(drawing: Drawing) -> bool:
    height = drawing.view.size[1]
    top, bottom = height * (0.5 - LEVEL_GUTTER), height * (0.5 + LEVEL_GUTTER)
    crossed = any(
        glyph.top < bottom and glyph.bottom > top for glyph in drawing.glyphs if not glyph.text.isspace()
    )
    return not crossed and not any(
        shape.y0 < height - bottom and shape.y1 > height - top and shape.height < 0.95 * height
        for shape in drawing.shapes
    )


def _has_gutter(drawing: Drawing) -> bool:
    width, height = drawing.view.size
    left, right = width * (0.5 - GUTTER), width * (0.5 + GUTTER)
    crossed = any(
        glyph.left < right and glyph.right > left and MARGIN * height < glyph.middle < (1 - MARGIN) * height
        for glyph in drawing.glyphs
        if not glyph.text.isspace() and abs(glyph.angle) <= SKEW
    )
    return not crossed and not any(
        shape.x0 < left and shape.x1 > right and shape.width < 0.95 * width for shape in drawing.shapes
    )


def _is_filled(drawing: Drawing, left: bool) -> bool:
    """Whether a half looks like a page: lines of text that run over it, or rules."""
    middle = drawing.view.size[0] / 2
    glyphs = [glyph for glyph in drawing.glyphs if ((glyph.left + glyph.right) / 2 < middle) is left]
    lines = [line for line in rows(glyphs) if line.right - line.left > WIDE * middle and _runs(line)]
    inside = [shape for shape in drawing.shapes if (shape.x1 <= middle if left else shape.x0 >= middle)]
    ruled = max((shape.x1 for shape in inside), default=0) - min((shape.x0 for shape in inside), default=0)
    return len(lines) >= FILLED or ruled > WIDE * middle


def _runs(line: Row) -> bool:
    """Whether a line is one text without gaps, as no row of a table is."""
    return all(after.left - before.right < APART * after.size for before, after in pairwise(line.glyphs))


def _parts(sheet: Sheet, down: int, resources: Any) -> list[Sheet]:
    """The two columns of a sheet as it is seen, or its four quarters row by row; one without text is none."""
    view = sheet.drawing.view
    boxes = [_box(view, across, row, down) for row in range(down) for across in range(2)]
    drawn = (draw(sheet.page.page_obj, view._replace(box=box), resources) for box in boxes)
    parts = [part.within(level=down > 1) for part in drawn]
    return [
        Sheet(sheet.number, sheet.page, part)
        for part in parts
        if any(not glyph.text.isspace() for glyph in part.glyphs)
    ]


def _box(view: View, across: int, row: int, down: int) -> Box:
    """One part of a view's box, that is turned, counted as it is seen from the upper left corner."""
    left, bottom, right, top = view.box
    level, upright = (across, 2), (row, down)
    x, y = (level, upright) if view.turn in (0, 180) else (upright, level)
    if view.turn in (180, 270):
        x = x[1] - 1 - x[0], x[1]
    if view.turn in (0, 270):
        y = y[1] - 1 - y[0], y[1]
    wide, high = (right - left) / x[1], (top - bottom) / y[1]
    return left + x[0] * wide, bottom + y[0] * high, left + (x[0] + 1) * wide, bottom + (y[0] + 1) * high


def _in_order(halves: Sequence[Sheet]) -> list[Sheet]:
    """By the numbers they bear, as a booklet must be; as they lie where one bears none."""
    numbers = [_printed_number(sheet.drawing) for sheet in halves]
    if None in numbers or len(set(numbers)) < len(numbers):
        return list(halves)
    return [halves[at] for at in sorted(range(len(halves)), key=lambda at: numbers[at] or 0)]


def _printed_number(drawing: Drawing) -> int | None:
    height = drawing.view.size[1]
    foot = rows(
        glyph for glyph in drawing.glyphs if glyph.middle > (1 - MARGIN) * height and glyph.angle == 0
    )
    match = _NUMBER.fullmatch(foot[-1].text.strip()) if foot else None
    return int(match[1]) if match else None
