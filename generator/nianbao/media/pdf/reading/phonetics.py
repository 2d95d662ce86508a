"""Small letters over characters that say how these are read: no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nianbao.media.pdf.reading.glyphs import Glyph

SMALL = 0.65  # of the size of what they stand over
OVER = 0.45  # of that size, by which they may be away from its upper edge, either way
STEP = 24.0  # points: what they stand over is looked for by squares of this size
_LETTER = re.compile("[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡˉˊˇˋ˙\u3105-\u312f'’]")


def phonetics(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The letters of phonetic guides among the characters of a page, in their order."""
    letters = [glyph for glyph in glyphs if _LETTER.fullmatch(glyph.text)]
    sizes = [glyph.size for glyph in glyphs if not glyph.text.isspace()]
    if not letters or min(glyph.size for glyph in letters) > SMALL * max(sizes):
        return []
    squares: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.text.isspace() and not _LETTER.fullmatch(glyph.text):
            squares.setdefault((int(glyph.left // STEP), int(glyph.top // STEP)), []).append(glyph)
    over = [glyph for glyph in letters if any(_is_over(glyph, other) for other in _below(glyph, squares))]
    runs = {(round(glyph.base), round(glyph.size, 1)) for glyph in over}
    return [glyph for glyph in letters if _is_beside(glyph, over, runs)]


def _below(glyph: Glyph, squares: dict[tuple[int, int], list[Glyph]]) -> Iterable[Glyph]:
    across, down = int(glyph.left // STEP), int(glyph.top // STEP)
    for x in (across - 1, across, across + 1):
        for y in (down - 1, down, down + 1):
            yield from squares.get((x, y), ())


def _is_over(glyph: Glyph, other: Glyph) -> bool:
    """Whether a letter stands on the upper edge of a larger character."""
    return (
        glyph.size <= SMALL * other.size
        and other.left <= (glyph.left + glyph.right) / 2 <= other.right
        and abs(glyph.bottom - other.top) <= OVER * other.size
    )


def _is_beside(glyph: Glyph, over: Sequence[Glyph], runs: set[tuple[int, float]]) -> bool:
    """Whether a letter is one of these, or goes on with them: a reading may be wider than its character."""
    if (round(glyph.base), round(glyph.size, 1)) not in runs:
        return False
    return any(
        abs(glyph.base - other.base) < 1 and abs(glyph.left - other.left) < 3 * other.size for other in over
    )
