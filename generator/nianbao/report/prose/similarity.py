"""How alike two texts are, and which sentences of one are another's: word for word, or nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nianbao.report.prose.statements import Statement

ALIKE = 0.55  # likeness; of published reports, copies with a word changed begin at 0.59
SHINGLE = 2  # characters
CANDIDATES = 2  # sentences of the other text that are compared with one of this


def repeated(now: Sequence[Statement], before: Sequence[Statement]) -> list[Statement]:
    """The sentences that the text before has too, word for word or nearly so.

    Of the sentences before only those are compared that share most shingles by an index in which
    the last to use a shingle stands for it; rare shingles, which tell sentences apart, stay true.
    """
    same = {sentence.bare for sentence in before}
    sets = [shingles(sentence.bare) for sentence in before]
    index: dict[str, int] = {}
    for number, own in enumerate(sets):
        index.update(dict.fromkeys(own, number))

    def nearly(bare: str) -> bool:
        mine = shingles(bare)
        votes = Counter(index[shingle] for shingle in mine if shingle in index)
        return any(likeness(mine, sets[number]) >= ALIKE for number, _ in votes.most_common(CANDIDATES))

    return [sentence for sentence in now if sentence.bare in same or nearly(sentence.bare)]


def shingles(bare: str) -> set[str]:
    """Every two characters that stand beside one another."""
    return {bare[start : start + SHINGLE] for start in range(len(bare) - SHINGLE + 1)}


def likeness(first: set[str], other: set[str]) -> float:
    """Of the shingles of either text, the part that both have (Jaccard)."""
    shared = len(first & other)
    return shared / ((len(first) + len(other) - shared) or 1)
