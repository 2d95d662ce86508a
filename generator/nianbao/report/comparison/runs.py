"""The words that changed within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?[%％]?|[A-Za-z]+|\s+|.", re.DOTALL)
_FIGURE = re.compile(r"[\d.,，%％]*\d[\d.,，%％]*")
MOST_TOKENS = 2_500  # of a paragraph whose words are compared; a longer one is shown as replaced
ISLAND, SHORTEST_ISLAND = 4, 2  # tokens that stay as they were, between changes: fewer are taken for chance


class Fate(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


class Run(NamedTuple):
    """Words that share one fate; `figure` where they are nothing but a number or year."""

    fate: Fate
    text: str
    figure: bool = False


def runs(before: str, after: str, *, near: bool) -> tuple[Run, ...]:
    """How one paragraph became the other; numbers are compared whole.

    What was kept between two changes counts only where it is long enough not to be chance: longer
    where the two are not `near`.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) > MOST_TOKENS or len(new) > MOST_TOKENS:
        return _told(before, after)
    found: list[Run] = []
    for kept, first, second in _blocks(old, new, SHORTEST_ISLAND if near else ISLAND):
        if kept:
            found.append(Run(Fate.KEPT, second))
        else:
            found += _told(first, second)
    return tuple(found)


def _blocks(old: Sequence[str], new: Sequence[str], island: int) -> Iterator[tuple[bool, str, str]]:
    """Blocks in turn kept and changed, each with its words before and after."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    first = second = 0
    matches = [one for one in matcher.get_matching_blocks() if one.size]
    for one in matches:
        edge = (one.a == one.b == 0) or (one.a + one.size, one.b + one.size) == (len(old), len(new))
        if one.size < island and not edge:
            continue
        if first < one.a or second < one.b:
            yield False, "".join(old[first : one.a]), "".join(new[second : one.b])
        first, second = one.a + one.size, one.b + one.size
        yield True, "".join(old[one.a : first]), "".join(new[one.b : second])
    if first < len(old) or second < len(new):
        yield False, "".join(old[first:]), "".join(new[second:])


def _told(before: str, after: str) -> tuple[Run, ...]:
    parts = ((Fate.GONE, before), (Fate.NEW, after))
    return tuple(Run(fate, text, bool(_FIGURE.fullmatch(text))) for fate, text in parts if text)
