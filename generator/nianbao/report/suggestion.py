"""What somebody perhaps meant: one of the words that are known, where it is near and of the same kind."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from nianbao.report.invisible import UNSEEN

NEAR = 0.6  # how much two words must have in common
SHORT = 0.5  # the same where there are a few short words to choose from
_NEGATIONS = frozenset("不未无非")


def suggestion(written: str, known: Iterable[str], near: float = NEAR) -> str:
    """The word that was perhaps meant, "" where none is so near that it could be.

    None that looks like what is written, nor one that says the contrary. Of words in parts (本年新收.总计)
    each part must be near.
    """
    close = difflib.get_close_matches(written, list(known), n=3, cutoff=near)
    return next((word for word in close if _may_be_meant(written, word)), "")


def _may_be_meant(written: str, word: str) -> bool:
    if _seen(written) == _seen(word) or _NEGATIONS & set(written) != _NEGATIONS & set(word):
        return False
    ours, theirs = written.split("."), word.split(".")
    if len(ours) != len(theirs):
        return True
    pairs = zip(ours, theirs, strict=True)
    return all(difflib.SequenceMatcher(None, part, other).ratio() >= SHORT for part, other in pairs)


def _seen(text: str) -> str:
    """What of a text a person tells apart: neither the width of its signs nor the spaces."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))
