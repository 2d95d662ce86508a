"""Letters that lie over or under the text of pages and are no part of it, at whatever angle and colour."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from nianbao.media.pdf.reading.drawing import Box
from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.media.pdf.reading.sheets import MARGIN, Sheet, is_square

FAINT = 120  # ink, below which a letter is faint
PALE = 0.5  # lightness, from which on it is
LARGE = 1.6  # of the usual size
FEWEST = 4  # letters that make a slope, and those that make a text which pages repeat
STEEP = 0.05  # of a letter's size, by which each letter of a slope stands higher or lower than the one before
FURTHEST = 4.0  # of its size, beyond which letters do not follow one another
ALIKE = 0.2  # by which the slope from letter to letter may differ
CORE = 0.2  # of a letter's box, on each side, that may be touched by another
THIN = 2.0  # points, up to which a shape is a line
STEP = 24.0  # points: what may touch a letter is looked for by squares of this size
Look = tuple[str, int, float]


def find_watermarks(sheets: Sequence[Sheet]) -> list[list[Glyph]]:
    """The letters of watermarks on each sheet."""
    repeated = _repeated(sheets)
    return [_on(sheet, repeated) for sheet in sheets]


def _on(sheet: Sheet, repeated: set[tuple[str, int, int]]) -> list[Glyph]:
    glyphs = [glyph for glyph in sheet.drawing.glyphs if not glyph.text.isspace()]
    found = {id(glyph) for glyph in glyphs if glyph.artifact == "Watermark" or not is_square(glyph)}
    upright = [glyph for glyph in glyphs if id(glyph) not in found and glyph.angle == 0]
    found |= {id(glyph) for run in _slopes(upright) for glyph in run}
    upright = [glyph for glyph in upright if id(glyph) not in found]
    if not upright:
        return [glyph for glyph in glyphs if id(glyph) in found]
    usual = statistics.median(glyph.size for glyph in upright)
    by_look: dict[Look, list[Glyph]] = {}
    for glyph in upright:
        by_look.setdefault(_look(glyph), []).append(glyph)
    height = sheet.drawing.view.size[1]
    for alike in by_look.values():
        again = [glyph for glyph in alike if _spot(glyph) in repeated]
        everywhere = len(again) == len(alike) and all(_is_inside(glyph, height) for glyph in alike)
        if _is_faint(alike):
            runs, others = [alike], upright
        elif len(again) >= FEWEST:
            runs = [run for run in _runs(alike, again) if len(run) >= FEWEST]
            others = [glyph for glyph in upright if _spot(glyph) not in repeated]  # heads are repeated too
            everywhere = everywhere and statistics.median(glyph.size for glyph in alike) > LARGE * usual
        else:
            continue
        for run in runs:
            if everywhere or _touch(run, others, sheet):
                found |= {id(glyph) for glyph in run}
    return [glyph for glyph in glyphs if id(glyph) in found]


def _is_faint(alike: Sequence[Glyph]) -> bool:
    """Whether letters are pale; where one lies over a text, there is the text's ink too."""
    return alike[0].lightness >= PALE or sorted(glyph.ink for glyph in alike)[len(alike) // 4] < FAINT


def _look(glyph: Glyph) -> Look:
    return glyph.font, round(glyph.size), round(glyph.lightness, 2)


def _spot(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.left), round(glyph.top)


def _is_inside(glyph: Glyph, height: float) -> bool:
    return MARGIN * height < glyph.middle < (1 - MARGIN) * height


def _repeated(sheets: Sequence[Sheet]) -> set[tuple[str, int, int]]:
    """Which letters stand where on half of the pages at least, and on two."""
    spots = Counter(
        spot
        for sheet in sheets
        for spot in {_spot(glyph) for glyph in sheet.drawing.glyphs if glyph.angle == 0}
    )
    often = max(2, len(sheets) / 2)
    return {spot for spot, times in spots.items() if times >= often and not spot[0].isspace()}


def _slopes(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Letters that follow one another on a slope: no text is set so."""
    run: list[Glyph] = []
    slope = 0.0
    for glyph in glyphs:
        step = _step(run[-1], glyph) if run else None
        if step is not None and (len(run) == 1 or abs(step - slope) < ALIKE):
            run.append(glyph)
        else:
            if len(run) >= FEWEST:
                yield run
            run = [run[-1], glyph] if step is not None else [glyph]
        slope = step if step is not None else 0.0
    if len(run) >= FEWEST:
        yield run


def _step(glyph: Glyph, after: Glyph) -> float | None:
    """How steep it is from one letter to the next; None where they are not on a slope."""
    across, down = after.left - glyph.left, after.base - glyph.base
    if not 0.1 * glyph.size < across < FURTHEST * glyph.size:
        return None
    return down / across if STEEP * glyph.size < abs(down) < FURTHEST * glyph.size else None


def _runs(glyphs: Iterable[Glyph], wanted: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Those of the glyphs that are wanted, parted where one between them is not."""
    keys = {id(glyph) for glyph in wanted}
    return (list(run) for chosen, run in groupby(glyphs, lambda glyph: id(glyph) in keys) if chosen)


def _touch(alike: Sequence[Glyph], glyphs: Sequence[Glyph], sheet: Sheet) -> bool:
    """Whether letters lie over letters of another look, or a rule runs through one of them."""
    own = {id(glyph) for glyph in alike}
    squares: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if id(glyph) not in own:
            squares.setdefault((int(glyph.left // STEP), int(glyph.top // STEP)), []).append(glyph)
    rules = list(_rules(sheet))
    return any(
        any(_meet(_core(glyph), _core(other)) for other in _near(glyph, squares))
        or any(_meet(_core(glyph), rule) for rule in rules)
        for glyph in alike
    )


def _rules(sheet: Sheet) -> Iterator[Box]:
    """The lines on a sheet: thin shapes, and the edges of those that are drawn round."""
    height = sheet.drawing.view.size[1]
    for shape in sheet.drawing.shapes:
        left, top, right, bottom = shape.x0, height - shape.y1, shape.x1, height - shape.y0
        if min(right - left, bottom - top) < THIN:
            yield left, top, right, bottom
        elif getattr(shape, "stroke", False):
            yield from ((left, top, right, top), (left, bottom, right, bottom))
            yield from ((left, top, left, bottom), (right, top, right, bottom))


def _near(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> Iterator[Glyph]:
    for x in range(int((glyph.left - STEP) // STEP), int(glyph.right // STEP) + 1):
        for y in range(int((glyph.top - STEP) // STEP), int(glyph.bottom // STEP) + 1):
            yield from squares.get((x, y), ())


def _core(glyph: Glyph) -> Box:
    side, end = CORE * (glyph.right - glyph.left), CORE * (glyph.bottom - glyph.top)
    return glyph.left + side, glyph.top + end, glyph.right - side, glyph.bottom - end


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
