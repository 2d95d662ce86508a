"""What the characters of one cell say, and why a figure among them may not be read for certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nianbao.media.pdf.reading.glyphs import DIGITS, Glyph, Row, rows
from nianbao.report.published.document import SPREAD

SMALLER = 0.8  # of the others' size, up to which a digit is not one of them
MOVED = 0.12  # of its size, by which a digit may stand above or below the others of its line
FAINT = 0.4  # of the others' ink, below which a digit is not one of them
OVER = 0.45  # of its width, nearer than which two characters lie over one another
ROOM = 0.6  # of a cell's width: digits that fill less are not broken over two lines for want of room
GAP = 0.8  # of a digit's size, wider than which a gap is none that stands for thousands
UNEVEN = 0.3  # of its size, by which the gaps of digits set apart evenly may differ
_FIGURE = DIGITS | frozenset(".,-．，－")
SIZES = "字的大小不同"
LEVELS = "字的高低不同"
INKS = "字的深浅不同"
OVERLAID = "字与字重叠"
LINES = "数字分在两行"


class CellText(NamedTuple):
    """The text of a cell, and why a figure in it is in doubt."""

    text: str
    doubt: str


def cell_text(glyphs: Sequence[Glyph], width: float = 0.0) -> CellText:
    """Read a cell; `width` is its own, 0 where nothing says it."""
    lines = rows(glyphs)
    text = "\n".join(line.text for line in lines)
    return CellText(text, _doubt(lines, width) if any(glyph.text in DIGITS for glyph in glyphs) else "")


def _doubt(lines: Sequence[Row], width: float) -> str:
    figures = [[glyph for glyph in line.glyphs if glyph.text in _FIGURE] for line in lines]
    each = [glyph for line in figures for glyph in line]
    digits = [glyph for glyph in each if glyph.text in DIGITS]
    size = max(
        Counter(round(glyph.size, 1) for glyph in digits).items(), key=lambda item: (item[1], item[0])
    )[0]
    told = next((glyph.doubt for glyph in each if glyph.doubt), "")
    if told:
        return told
    if any(glyph.size < SMALLER * size or glyph.size * SMALLER > size for glyph in digits):
        return SIZES
    if any(_is_moved(line, size) for line in figures):
        return LEVELS
    strongest = max(glyph.ink for glyph in digits)
    if any(glyph.ink < FAINT * strongest for glyph in digits):
        return INKS
    if any(_is_over(glyph, after) for line in lines for glyph, after in pairwise(line.glyphs)):
        return OVERLAID
    if any(_is_spread(line) for line in lines):
        return SPREAD
    return LINES if width and _is_parted(lines, width) else ""


def _is_moved(line: Sequence[Glyph], size: float) -> bool:
    bases = [glyph.base for glyph in line]
    return bool(bases) and max(bases) - min(bases) > MOVED * size


def _is_over(glyph: Glyph, after: Glyph) -> bool:
    if glyph.text.isspace() or after.text.isspace():
        return False
    narrow = min(glyph.right - glyph.left, after.right - after.left)
    return min(glyph.right, after.right) - max(glyph.left, after.left) > OVER * narrow


def _is_spread(line: Row) -> bool:
    """Whether some digits of a line are near one another, and others far: they may be two numbers."""
    shown = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    gaps = [
        0.0 if after.joined else (after.left - glyph.right) / line.size
        for glyph, after in pairwise(shown)
        if glyph.text in DIGITS and after.text in DIGITS
    ]
    return bool(gaps) and max(gaps) > GAP and max(gaps) - min(gaps) > UNEVEN


def _is_parted(lines: Sequence[Row], width: float) -> bool:
    """Whether digits stand in two lines though the first has room for more."""
    return any(
        all(glyph.text in _FIGURE for glyph in (*line.glyphs, *after.glyphs))
        and line.right - line.left + line.size / 2 < ROOM * width
        for line, after in pairwise(lines)
    )
