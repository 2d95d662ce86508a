"""When two wordings are the same label: exactly, but for signs and spaces, but for the number, or nearly."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

SAME, SIGNS, NUMBERED = 1.0, 0.98, 0.95  # equal; but for spaces and signs; but for the number in front
_BLANK = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u2060\ufeff]+")
_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十]+[部章]分?|[(（]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[)）、.．,，:：])+"
)


def bare(text: str) -> str:
    """Text without any white space, seen or unseen."""
    return _BLANK.sub("", text)


def number(text: str) -> str:
    """The number in front of a label with its sign, blank where there is none: 一、 or （三） or 1."""
    found = _NUMBER.match(bare(text))
    return found[0] if found else ""


@lru_cache(4096)
def letters(text: str) -> str:
    """The letters and digits alone, in their usual width: what is left of a label without its signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", bare(text)))


@lru_cache(4096)
def core(text: str) -> str:
    """The letters of a label without the number in front of it."""
    whole = bare(text)
    return letters(whole[len(number(whole)) :]) or letters(whole)


@lru_cache(65536)
def likeness(found: str, wanted: str) -> float:
    """How much of a label is found: SAME, SIGNS, NUMBERED, or less, down to 0."""
    if bare(found) == bare(wanted):
        return SAME
    if letters(found) == letters(wanted):
        return SIGNS
    ours, theirs = core(found), core(wanted)
    if ours == theirs:
        return NUMBERED
    if not ours or not theirs or min(len(ours), len(theirs)) * 3 < max(len(ours), len(theirs)):
        return 0.0
    return 0.9 * SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
