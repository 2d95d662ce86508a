"""Small raised signs behind a word or a figure: they point to a note; behind a unit they are its power."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.media.pdf.reading.glyphs import Glyph

SMALL = 0.86  # of the size of what it stands behind, up to which a sign is small; browsers make it 0.83
RAISED, HIGHEST = 0.15, 0.75  # of that size, by which it stands above the base line
BESIDE = 0.6  # of a size: a mark follows no further away
STEP = 24.0  # points: neighbours are looked for by squares of this size
POWERS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SIGN = re.compile(r"[0-9０-９A-Za-z*＊†‡§※#＃①-⑳⓪❶-❿➀-➓,，、;；(（)）\[\]［］〔〕【】~～\-—–]")
_SQUARED = re.compile("[mM㎜㎝㎞]")
_MULTIPLIED = re.compile("[×xX·*][0-9]")


def note_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The marks among the characters of a page, in their order; real powers become raised digits instead."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len({round(glyph.size, 1) for glyph in printed}) < 2:
        return []
    squares: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in printed:
        squares.setdefault(_square(glyph), []).append(glyph)
    bodies: dict[int, Glyph] = {}  # of each mark, what it stands behind
    for glyph in sorted((glyph for glyph in printed if _SIGN.fullmatch(glyph.text)), key=_left):
        before = _before(glyph, squares)
        body = bodies.get(id(before), before)
        if body is None or not _is_raised(glyph, body):
            continue
        if _is_power(glyph, body, squares):
            glyph.text = glyph.text.translate(POWERS)
        else:
            bodies[id(glyph)] = body
    return [glyph for glyph in glyphs if id(glyph) in bodies]


def _left(glyph: Glyph) -> float:
    return glyph.left


def _is_raised(glyph: Glyph, body: Glyph) -> bool:
    rise = body.base - glyph.base
    return glyph.size <= SMALL * body.size and RAISED * body.size <= rise <= HIGHEST * body.size


def _square(glyph: Glyph) -> tuple[int, int]:
    return int(glyph.left // STEP), int(glyph.middle // STEP)


def _before(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> Glyph | None:
    """The character that it follows on its line."""
    across, down = _square(glyph)
    near = [
        other
        for x in (across - 1, across)
        for y in (down - 1, down, down + 1)
        for other in squares.get((x, y), ())
        if other.left < glyph.left
        and other is not glyph
        and glyph.left - other.right < BESIDE * max(other.size, glyph.size)
        and abs(other.base - glyph.base) <= HIGHEST * max(other.size, glyph.size)
    ]
    return max(near, key=_left, default=None)


def _is_power(glyph: Glyph, before: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Whether it is the 2 of m², or the 4 of 3×10⁴."""
    if glyph.text not in "0123456789-":
        return False
    if _SQUARED.fullmatch(before.text):
        return glyph.text in "23"
    text, at = before.text, before
    while len(text) < 3 and (other := _before(at, squares)) is not None:
        text, at = other.text + text, other
    return text[-2:] == "10" and _MULTIPLIED.match(text) is not None
