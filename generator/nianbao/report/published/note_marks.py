"""Marks that point to a note: small raised signs in a text, and what stands close behind a figure."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGN = "*＊†‡§¶#＃※△▲☆★"
_RAISED = re.compile(
    rf"(?:注?[0-9]{{1,3}}|[{_SIGN}]{{1,4}}|[①-⑳㉑-㉟]|[\[［〔【(（]注?[0-9]{{0,3}}[\]］〕】)）]|注|[a-zA-Z])"
    rf"(?:[,，、-]\s*[0-9①-⑳]{{1,3}}){{0,4}}"
)
_BEHIND = re.compile(
    rf"([+＋−-]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)\s*"
    rf"((?:[\[［〔]注?[0-9]{{1,2}}[\]］〕]|[①-⑳㉑-㉟]|[{_SIGN}]{{1,3}}|[a-km-np-z]|注[0-9]{{0,2}})+)"
)  # not l and o, which are typed for 1 and 0
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcdmnμ]?m|h|s|ft|in|[A-Za-z])$")
_POWER = re.compile(r"[-−－]?[1-9]")
_TEN = re.compile(r"(?<![0-9.])10$")
_TIMES = re.compile(r"[×xX*＊·]\s*10$")
_EXPONENT = re.compile(r"[-−－]?[0-9]{1,2}")
_COUNTED = re.compile(r"\s*[件个条项次份起宗部人家场期篇册元万亿]")

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FULL_SIZE = rf"[{_SUPERSCRIPTS}①-⑳❶-❿*＊†‡※]|[\[〔【][0-9０-９]{{1,2}}[\]〕】]"
_AFTER = re.compile(rf"(?P<text>.*?[\w）)])\s*(?P<mark>(?:\s*(?:{_FULL_SIZE}))+)", re.DOTALL)
_AHEAD = re.compile(rf"(?P<mark>(?:(?:{_FULL_SIZE})\s*)+)(?P<text>[0-9０-９].*)", re.DOTALL)
_POWERED = re.compile(r"(?:[kcdm]?m|㎞|米|里|10)$")


def is_mark(raised: str) -> bool:
    """Whether raised letters are what points to a note, and not a word that is set small."""
    return _RAISED.fullmatch(raised.strip()) is not None


def is_exponent(raised: str, before: str, after: str) -> bool:
    """Whether raised digits are part of a unit or of a number: m², 3×10⁴; not of 共10¹件."""
    raised = raised.strip()
    if _POWER.fullmatch(raised) and _UNIT.search(before):
        return True
    if not _EXPONENT.fullmatch(raised) or raised == "1" or not _TEN.search(before):
        return False
    return _TIMES.search(before) is not None or not (after == "" or _COUNTED.match(after))


def behind_figure(text: str) -> tuple[str, str]:
    """A figure without the mark close behind it, and that mark: 58[1], 58*, 58①; "" where there is none."""
    match = _BEHIND.fullmatch(text.strip())
    return (match[1], match[2]) if match else (text, "")


@lru_cache(4096)
def part(text: str) -> tuple[str, str]:
    """A cell's text and the note marks of full size around it, "" where there are none; m² has none."""
    bare = text.strip()
    match = _AFTER.fullmatch(bare) or _AHEAD.fullmatch(bare)
    if match is None or (match["mark"][:1] in _SUPERSCRIPTS and _POWERED.search(match["text"])):
        return text, ""
    return match["text"], match["mark"].strip()
