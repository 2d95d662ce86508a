"""Marks that lead to a note: behind a figure, before it, and raised in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.report.invisible import EDGE

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789-", f"{_SUPERSCRIPTS}⁻")
_BRACKETED = r"[\[［〔【(（]?注?\d{1,2}[\]］〕】)）]?"
_CIRCLED = "①-⑳❶-❿⓪㊀-㊉㈠-㈩"
_MARK = re.compile(
    rf"(?:{_BRACKETED}|注|[a-zａ-ｚA-Z]|[{_CIRCLED}{_SUPERSCRIPTS}*＊†‡※#]+)(?:[,，、]\d{{1,2}})*"
)
_ALONE = rf"[{_CIRCLED}{_SUPERSCRIPTS}*＊†‡※]+|[\[［〔【]注?\d{{1,2}}[\]］〕】]"
_BEHIND = re.compile(rf"(.*[\d０-９])[{EDGE}]*({_ALONE}|[a-zａ-ｚ])", re.DOTALL)
_BEFORE = re.compile(rf"({_ALONE})[{EDGE}]*([\d０-９].*)", re.DOTALL)
_POWER = re.compile(rf"(?:.*\D)?10[{_SUPERSCRIPTS}]+", re.DOTALL)
_BASE = re.compile(r"(?:[A-Za-zμ]|\b10)$")  # of an exponent: m², 10⁴


def is_mark(words: str) -> bool:
    """Whether raised characters are a note mark."""
    return _MARK.fullmatch(words) is not None


def around(words: str) -> tuple[str, list[str]]:
    """A figure without the note marks behind and before it, and the marks; a power of ten has none."""
    bare = words.strip(EDGE)
    if bare.isdecimal() or _POWER.fullmatch(bare):
        return words, []
    marks = []
    if behind := _BEHIND.fullmatch(bare):
        bare = behind[1]
        marks.append(behind[2])
    if before := _BEFORE.fullmatch(bare):
        bare = before[2]
        marks.append(before[1])
    return (bare, marks) if marks else (words, [])


def raised_in_text(pieces: Sequence[tuple[str, int]]) -> tuple[str, list[str]]:
    """A text of pieces with their rise, without its note marks, and the marks; exponents stay, raised."""
    words, marks = "", []
    for text, rise in pieces:
        bare = text.strip(EDGE)
        if rise <= 0 or not bare or not is_mark(bare):
            words += text
        elif bare.lstrip("-").isdecimal() and _BASE.search(words):
            words += text.translate(_RAISE)
        else:
            marks.append(bare)
    return words, marks
