"""The words that changed within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from nianbao.report.regex import regex

_TOKEN = regex(r"\d+(?:[,，]\d{3})*(?:\.\d+)?[%％]?|[A-Za-z]+|\s+|.", flags=re.DOTALL)
_FIGURE = regex(r"[\d.,，%％]*\d[\d.,，%％]*")
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
    changes: list[Run] = []
    for kept, first, second in _blocks(old, new, SHORTEST_ISLAND if near else ISLAND):
        if kept:
            changes.append(Run(Fate.KEPT, second))
        else:
            changes += _told(first, second)
    return tuple(changes)


def _blocks(old: Sequence[str], new: Sequence[str], island: int) -> Iterator[tuple[bool, str, str]]:
    """Blocks in turn kept and changed, each with its words before and after."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    first = second = 0
    matches = [block for block in matcher.get_matching_blocks() if block.size]
    for block in matches:
        ends = (block.a + block.size, block.b + block.size)
        edge = block.a == block.b == 0 or ends == (len(old), len(new))
        if block.size < island and not edge:
            continue
        if first < block.a or second < block.b:
            yield False, "".join(old[first : block.a]), "".join(new[second : block.b])
        first, second = ends
        yield True, "".join(old[block.a : first]), "".join(new[block.b : second])
    if first < len(old) or second < len(new):
        yield False, "".join(old[first:]), "".join(new[second:])


def _told(before: str, after: str) -> tuple[Run, ...]:
    parts = ((Fate.GONE, before), (Fate.NEW, after))
    return tuple(Run(fate, text, bool(_FIGURE.fullmatch(text))) for fate, text in parts if text)
