"""What a note mark is, for the readers of all kinds of files: raised in a line, of full size at a figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from nianbao.report.invisible import EDGE
from nianbao.report.regex import regex

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CIRCLED = "①-⑳㉑-㉟⓪❶-❿➀-➓⓵-⓾ⓐ-ⓩ⑴-⒇㊀-㊉㈠-㈩"
_SIGN = f"*＊†‡§¶#＃※☆★{_CIRCLED}{_SUPERSCRIPTS}"
_ARROW = "△▲"  # before a figure they are a minus
_OPEN, _CLOSE = "\\[［〔【", "\\]］〕】"
_BETWEEN = ",，、;；~～\\-−–—"  # two marks of one place: 1,2 or 1—3
_DIGIT = "0-9０-９"
LETTER = regex(rf"[{_DIGIT}A-Za-zＡ-Ｚａ-ｚ注{_SIGN}{_ARROW}{_OPEN}{_CLOSE}(（)）{_BETWEEN}]")

_NUMBER = rf"(?:注?[{_DIGIT}]{{1,3}}[)）]?|注|[A-Za-zＡ-Ｚａ-ｚ])"
_BRACKETED = rf"[{_OPEN}(（](?:注?[{_DIGIT}]{{0,3}}|[A-Za-z])[{_CLOSE})）]"
_APART = rf"(?:(?:[{_SIGN}{_ARROW}]|{_BRACKETED}){_NUMBER}?)"
_RAISED = regex(rf"(?:{_NUMBER}|{_APART})(?:{_APART}|(?:[{_BETWEEN}]\s*|\s+)(?:{_NUMBER}|{_APART}))*")
_LONGEST = 16  # of a raised mark

# Of full size a letter is a mark behind a figure only, and only one of the first: l and o are typed for
# 1 and 0, k and w for thousands.
_CLOSED = rf"[{_SIGN}]|[{_OPEN}]注?[{_DIGIT}]{{1,2}}[{_CLOSE}]"
_FULL = rf"{_CLOSED}|注[{_DIGIT}]{{1,2}}"
_SPACE = rf"[\s{EDGE}]*"
_AFTER = regex(
    rf"(?P<text>.*?[\w）)])(?P<mark>(?:{_SPACE}(?:{_FULL}|[{_ARROW}]|(?<=[{_DIGIT}]){_SPACE}[a-hａ-ｈ]))+)",
    flags=re.DOTALL,
)
_AHEAD = regex(
    rf"(?P<mark>(?:(?:{_CLOSED}|注[{_DIGIT}]{{1,2}}(?=\s)){_SPACE})+)(?P<text>[{_DIGIT}].*)", flags=re.DOTALL
)
_LABEL = 200  # characters: a longer text is none, nor a figure
_SMALL = regex(rf"(?:{_FULL}|[{_ARROW}a-zａ-ｚ]|[{_OPEN}(（][{_DIGIT}a-z]{{1,2}}[{_CLOSE})）])+")

_UNIT = regex(r"(?:^|[^A-Za-z])(?:[kcdmnμ]?m|h|s|ft|in|[A-Za-z])$")
_POWER = regex(r"[-−－]?[1-9]")
_LENGTH = regex(rf"(?:[㎜㎝㎞]|[{_DIGIT}公厘]\s*米|公里)$")
_TEN = regex(r"(?<![0-9.,，])10$")
_TIMES = regex(r"[×xX*＊·]\s*10$")
_EXPONENT = regex(r"[-−－]?[0-9]{1,2}")
_COUNTED = regex(r"\s*[件个条项次份起宗部人家场期篇册元万亿]")
_POWERS = str.maketrans("0123456789-−－", f"{_SUPERSCRIPTS}⁻⁻⁻")
_UNICODE = regex(f"([{_SUPERSCRIPTS}⁻⁺]+)")


class Piece(NamedTuple):
    """Letters of a line, level or raised."""

    text: str
    raised: bool


class Read(NamedTuple):
    """What is read of a piece, powers as raised digits, and the note mark that is not."""

    text: str
    mark: str = ""


def read(line: Sequence[Piece]) -> list[Read]:
    """What is read of each piece of a line; raised ones side by side are one mark, told with the first.

    Where everything is raised, nothing is a mark.
    """
    if all(piece.raised or not piece.text.strip(EDGE) for piece in line):
        return [Read(piece.text) for piece in line]
    found: list[Read] = []
    before, after = "", "".join(piece.text for piece in line)
    for raised, pieces in groupby(line, lambda piece: piece.raised):
        texts = [piece.text for piece in pieces]
        whole = "".join(texts)
        after = after[len(whole) :]
        if raised and is_exponent(whole, before, after):
            texts = [unicodedata.normalize("NFKC", text).translate(_POWERS) for text in texts]
        elif raised and is_mark(whole):
            found += [Read("", whole.strip(EDGE)), *[Read("")] * (len(texts) - 1)]
            continue
        found += map(Read, texts)
        before += whole
    return found


def parted(text: str) -> Iterator[Piece]:
    """A text apart from what Unicode has as small raised digits."""
    return (Piece(part, bool(at % 2)) for at, part in enumerate(_UNICODE.split(text)) if part)


def is_mark(raised: str) -> bool:
    """Whether raised letters are what points to a note, and not a word that is set small."""
    bare = raised.strip(EDGE)
    return len(bare) <= _LONGEST and _RAISED.fullmatch(bare) is not None


def is_sign(small: str) -> bool:
    """Whether letters that are smaller than a figure beside them, and level with it, point to a note."""
    return _SMALL.fullmatch(small.strip(EDGE)) is not None


def is_exponent(raised: str, before: str, after: str) -> bool:
    """Whether raised digits are part of a unit or of a number: m², 3×10⁴; not of 共10¹件."""
    raised = unicodedata.normalize("NFKC", raised).strip(EDGE)
    before, after = before.rstrip(EDGE), after.rstrip(EDGE)
    if _POWER.fullmatch(raised) and _UNIT.search(before):
        return True
    if raised in ("2", "3") and _LENGTH.search(before):
        return True
    if not _EXPONENT.fullmatch(raised) or raised == "1" or not _TEN.search(before):
        return False
    if not after:  # 10² alone may be either, and is asked about
        return _TIMES.search(before) is not None or before.strip(EDGE) == "10"
    return _TIMES.search(before) is not None or not _COUNTED.match(after)


@lru_cache(4096)
def part(text: str) -> tuple[str, str]:
    """A label or a figure, and the note marks of full size around it, "" where there are none: 58①, *58."""
    bare, marks = text.strip(EDGE), ""
    if len(bare) > _LABEL:
        return text, ""
    match = _AFTER.fullmatch(bare)
    if match and not is_exponent(match["mark"], match["text"], ""):
        bare, marks = match["text"], match["mark"].strip(EDGE)
    if match := _AHEAD.fullmatch(bare):
        bare, marks = match["text"], match["mark"].strip(EDGE) + marks
    return (bare, marks) if marks else (text, "")
