"""Small raised signs behind a word or a figure: they point to a note; behind a unit they are its power."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nianbao.media.pdf.reading.glyphs import Glyph

SMALL = 0.8  # of its neighbour's size, up to which a sign is small
RAISED = 0.15  # of the neighbour's size, from which on a sign stands above its base line
BESIDE = 3.0  # of the neighbour's size, up to which it is one: a mark may have several signs
WITHIN = 1.0  # of it, by which their middles may differ in height
STEP = 24.0  # points: neighbours are looked for by squares of this size
POWERS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SIGN = re.compile(r"[0-9０-９A-Za-z*＊†‡§※#＃①-⑳⓪❶-❿➀-➓,，、;；(（)）\[\]［］〔〕【】~～\-—–]")
_SQUARED = re.compile("[mM㎜㎝㎞]")
_MULTIPLIED = re.compile("[×xX·*][0-9]")


def note_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The marks among the characters of a page, in their order; real powers become raised digits instead."""
    candidates = [glyph for glyph in glyphs if glyph.text and _SIGN.fullmatch(glyph.text)]
    if len({round(glyph.size, 1) for glyph in glyphs if not glyph.text.isspace()}) < 2:
        return []
    squares: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.text.isspace():
            squares.setdefault(_square(glyph), []).append(glyph)
    marks = []
    for glyph in candidates:
        if all(other.size * SMALL < glyph.size for other in _around(glyph, squares)):
            continue
        before = _before(glyph, squares, taller=True)
        if before is None or not glyph.base < before.base - RAISED * before.size:
            continue
        if _is_power(glyph, before, squares):
            glyph.text = glyph.text.translate(POWERS)
        else:
            marks.append(glyph)
    return marks


def _square(glyph: Glyph) -> tuple[int, int]:
    return int(glyph.left // STEP), int(glyph.middle // STEP)


def _around(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> Iterable[Glyph]:
    across, down = _square(glyph)
    for x in (across - 2, across - 1, across, across + 1, across + 2):
        for y in (down - 1, down, down + 1):
            yield from squares.get((x, y), ())


def _before(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]], *, taller: bool) -> Glyph | None:
    """The nearest character before it on its line, of the larger ones only or of any."""
    near = [
        other
        for other in _around(glyph, squares)
        if other is not glyph
        and (not taller or glyph.size <= SMALL * other.size)
        and other.left < glyph.left
        and glyph.left - other.right < BESIDE * other.size
        and abs(other.middle - glyph.middle) < WITHIN * max(other.size, glyph.size)
    ]
    return max(near, key=lambda other: other.left, default=None)


def _is_power(glyph: Glyph, before: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Whether it is the 2 of m², or the 4 of 3×10⁴."""
    if glyph.text not in "0123456789-":
        return False
    if _SQUARED.fullmatch(before.text):
        return glyph.text in "23"
    text, at = before.text, before
    while len(text) < 3 and (other := _before(at, squares, taller=False)) is not None:
        text, at = other.text + text, other
    return text[-2:] == "10" and _MULTIPLIED.match(text) is not None
