"""How wide numbers are, and whether a merged document has one that may be wider than its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nianbao.media.word import layout

SHORT = 4  # characters that fit in any column of ours, in any font
LARGEST = 21  # half-points, of the letters in our tables
NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
DIGIT, EVEN_DIGIT = 0.56, 0.5  # em: of the widest font in use, and of that for figures
_WIDTHS = {".": 0.34, ",": 0.34, "-": 0.37, "+": 0.6, "%": 0.93}  # em, in the widest
_FIGURES = re.compile(rf'w:styleId="{layout.TABLE_FIGURE}">.*?</w:style>'.encode(), re.DOTALL)
_CELL_WIDTH = re.compile(r'<w:tcW (?=[^>]*w:type="dxa")[^>]*w:w="(\d+)"')


def em(number: str, digit: float) -> float:
    """The width of a number in em, where a digit has so much."""
    return sum(_WIDTHS.get(sign, digit) for sign in number)


def widest_digit(styles: bytes) -> float:
    """How wide a digit may be in the tables of a template, in em: ours have a font for figures."""
    style = _FIGURES.search(styles)
    return EVEN_DIGIT if style and layout.DIGITS.encode() in style[0] else DIGIT


def crowded(document: str, numbers: Iterable[str], digit: float) -> bool:
    """Whether one of these numbers may be too wide for a cell of a merged document."""
    for number in sorted({number for number in numbers if len(number) > SHORT}):
        needed = em(number, digit) * LARGEST * 10 + 2 * layout.CELL_MARGIN
        at = document.find(f">{number}<")
        while at >= 0:
            start = document.rfind("<w:tc>", 0, at)
            wide = _CELL_WIDTH.search(document, start, at) if start >= 0 else None
            if wide is None or int(wide[1]) < needed:
                return True
            at = document.find(f">{number}<", at + 1)
    return False
