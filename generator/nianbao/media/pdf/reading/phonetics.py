"""Small letters and digits over characters, that say how these are read or of which note they are.

They are no part of the text. No figure has a digit on top of another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from nianbao.media.pdf.reading.glyphs import DIGITS, Glyph

SMALL = 0.65  # of the size of what they stand over
TINY = 0.5  # so much smaller are digits that are certainly none of the figure's
OVER = 0.45  # of that size, by which they may be away from its upper edge, either way
HIGH = 0.65  # of that size, by which digits are above its base line: the mark of a note is lower
STEP = 24.0  # points: what they stand over is looked for by squares of this size
_LETTER = re.compile("[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡˉˊˇˋ˙\u3105-\u312f'’]")


def phonetics(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters of phonetic guides among the characters of a page, in their order."""
    letters = [glyph for glyph in glyphs if _LETTER.fullmatch(glyph.text)]
    others = (glyph for glyph in glyphs if not _LETTER.fullmatch(glyph.text))
    return _above(letters, others, SMALL, partial(_is_over, most=SMALL))


def digits_above(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The digits on top of a figure's own, tiny beside those of the whole page, in their order."""
    digits = [glyph for glyph in glyphs if glyph.text in DIGITS]
    sizes = Counter(round(glyph.size, 1) for glyph in digits)
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    tiny = [glyph for glyph in digits if glyph.size <= TINY * usual]  # not a row's own over a larger digit
    return _above(tiny, digits, TINY, _is_high_over)


def _above(
    small: Sequence[Glyph], others: Iterable[Glyph], most: float, is_over: Callable[[Glyph, Glyph], bool]
) -> list[Glyph]:
    """Those over one of the others, which is larger by so much at least, and those beside them."""
    least = min((glyph.size for glyph in small), default=0) / most
    squares: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in others:
        if small and glyph.size >= least and not glyph.text.isspace():
            squares.setdefault((int(glyph.left // STEP), int(glyph.top // STEP)), []).append(glyph)
    if not squares:
        return []
    over = [glyph for glyph in small if any(is_over(glyph, other) for other in _below(glyph, squares))]
    runs = {(round(glyph.base), round(glyph.size, 1)) for glyph in over}
    return [glyph for glyph in small if _is_beside(glyph, over, runs)]


def _below(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> Iterable[Glyph]:
    across, down = int(glyph.left // STEP), int(glyph.top // STEP)
    for x in (across - 1, across, across + 1):
        for y in (down - 1, down, down + 1):
            yield from squares.get((x, y), ())


def _is_high_over(glyph: Glyph, other: Glyph) -> bool:
    return _is_over(glyph, other, TINY) and other.base - glyph.base >= HIGH * other.size


def _is_over(glyph: Glyph, other: Glyph, most: float) -> bool:
    """Whether it stands on the upper edge of a larger character."""
    return (
        glyph.size <= most * other.size
        and other.left <= (glyph.left + glyph.right) / 2 <= other.right
        and abs(glyph.bottom - other.top) <= OVER * other.size
    )


def _is_beside(glyph: Glyph, over: Sequence[Glyph], runs: set[tuple[int, float]]) -> bool:
    """Whether it is one of these, or goes on with them: a reading may be wider than its character."""
    if (round(glyph.base), round(glyph.size, 1)) not in runs:
        return False
    return any(
        abs(glyph.base - other.base) < 1 and abs(glyph.left - other.left) < 3 * other.size for other in over
    )
