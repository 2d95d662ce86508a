"""When two wordings are the same label: exactly, but for signs and spaces, but for the number, or nearly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from nianbao.report.invisible import UNSEEN
from nianbao.report.published import note_marks
from nianbao.report.regex import regex

SAME, SIGNS, NUMBERED = 1.0, 0.98, 0.95  # equal; but for spaces and signs; but for the number in front
_SIGNS = regex(r"[\W_]+")
_NUMBER = regex(
    r"^(?:第[一二三四五六七八九十]+[部章]分?|[(（]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[)）、.．,，:：])+"
)


def bare(text: str) -> str:
    """Text without any white space, seen or unseen."""
    return UNSEEN.sub("", text)


@lru_cache(4096)
def letters(text: str) -> str:
    """The letters and digits alone, in their usual width: what is left of a label without its signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", bare(note_marks.part(text)[0])))


@lru_cache(4096)
def core(text: str) -> str:
    """The letters of a label without the number in front of it: 一、 or （三） or 1."""
    return letters(_NUMBER.sub("", bare(text))) or letters(text)


@lru_cache(65536)
def likeness(text: str, wanted: str) -> float:
    """How much a text is a label: SAME, SIGNS, NUMBERED, or less, down to 0."""
    if bare(text) == bare(wanted):
        return SAME
    if letters(text) == letters(wanted):
        return SIGNS
    ours, theirs = core(text), core(wanted)
    if ours == theirs:
        return NUMBERED
    if not ours or not theirs or min(len(ours), len(theirs)) * 3 < max(len(ours), len(theirs)):
        return 0.0
    return 0.9 * SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


@lru_cache(16384)
def nearest(text: str, wanted: frozenset[str]) -> float:
    """The greatest likeness of a text with any of the labels."""
    return max((likeness(text, label) for label in wanted), default=0.0)


def closest(text: str, wanted: Iterable[str]) -> str:
    """The label that a text is most like; "" where there is none to choose from."""
    return max(sorted(wanted), key=lambda label: likeness(text, label), default="")


@lru_cache(65536)
def without_groups(text: str, groups: tuple[str, ...]) -> str:
    """A label whose cell has the labels of its groups too, without those."""
    whole = bare(text)
    for group in groups:
        whole = whole.replace(bare(group), "", 1)
    return whole or text
