"""Marks of notes beside a figure or a label that are no letters of their own size: 58①, 58[1], 58*."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGN = r"[⁰¹²³⁴-⁹①-⑳❶-❿*＊†‡※]|[\[〔【][0-9０-９]{1,2}[\]〕】]"
_BEHIND = re.compile(rf"(?P<text>.*?[\w）)])\s*(?P<mark>(?:\s*(?:{_SIGN}))+)", re.DOTALL)
_BEFORE = re.compile(rf"(?P<mark>(?:(?:{_SIGN})\s*)+)(?P<text>[0-9０-９].*)", re.DOTALL)
_POWER = re.compile(r"(?:[kcdm]?m|㎞|米|里|10)$")


@lru_cache(4096)
def part(text: str) -> tuple[str, str]:
    """A cell's text and the note marks around it, "" where there are none; m² has none."""
    bare = text.strip()
    match = _BEHIND.fullmatch(bare) or _BEFORE.fullmatch(bare)
    if match is None or (match["mark"][:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" and _POWER.search(match["text"])):
        return text, ""
    return match["text"], match["mark"].strip()
