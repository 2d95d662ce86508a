"""Whether a word put in another's place leaves good Chinese around it."""

from __future__ import annotations

import re

AROUND = 4  # characters on either side that a replacement may run into
_DOUBLED = re.compile(r"(?=(?P<twice>(?P<word>[一-鿿]{2,4})(?P=word)))")


def fits(text: str, start: int, end: int, right: str) -> bool:
    """Whether text[start:end] may be replaced: what is right is not there already, and nothing is doubled.

    耕地力 in 耕地力地力 is not to become 耕地地力: then 地力 would stand there twice.
    """
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    first, last = len(before), len(before) + len(right)
    doubled = _DOUBLED.finditer(before + right + after)
    clean = all(twice.end("twice") <= first or twice.start("twice") >= last for twice in doubled)
    return clean and right not in before + text[start:end] + after
