"""Which paragraph of one text has become which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.narrative import Paragraph
from nianbao.report.prose.similarity import ALIKE, likeness, shingles
from nianbao.report.prose.statements import bare

REWRITTEN = 0.25  # likeness from which a paragraph in its place is the other one rewritten
SAME_PART = 0.1  # and from which it is, where both are numbered and open with the same words
OPENING = 4  # characters
MOST_PAIRS = 60_000  # of paragraphs that are all held against one another; of more, only equal ones are found


class Pair(NamedTuple):
    """A paragraph of either text, by its place; None where it has no counterpart."""

    before: int | None
    after: int | None
    alike: float = 0.0
    moved: bool = False


class _Known(NamedTuple):
    """What is compared of a paragraph."""

    text: str
    bare: str
    shingles: set[str]
    numbered: bool


def align(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Pair]:
    """Pair the paragraphs, in the order of the later text; what was dropped stands where it was.

    Paragraphs are paired in their order so that most characters find their like; of those left over,
    such as are alike wherever they stand have been moved.
    """
    first, second = [_known(paragraph) for paragraph in before], [_known(paragraph) for paragraph in after]
    start = 0
    while start < min(len(first), len(second)) and first[start].text == second[start].text:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end].text == second[-1 - end].text:
        end += 1
    rows, columns = range(start, len(first) - end), range(start, len(second) - end)
    scores = _scores(first, second, rows, columns)
    kept = [Pair(at, at, 1.0) for at in range(start)]
    kept += _in_order(first, second, rows, columns, scores)
    kept += [Pair(len(first) - left, len(second) - left, 1.0) for left in range(end, 0, -1)]
    return list(_merged(kept, _moved(kept, scores), len(first), len(second)))


def _known(paragraph: Paragraph) -> _Known:
    text = paragraph.text.strip()
    stripped = bare(text)
    return _Known(text, stripped, shingles(stripped), paragraph.level > 0)


def _alike(paragraph: _Known, other: _Known) -> float:
    if paragraph.text == other.text or (paragraph.bare and paragraph.bare == other.bare):
        return 1.0
    return likeness(paragraph.shingles, other.shingles)


Scores = dict[tuple[int, int], float]


def _scores(first: Sequence[_Known], second: Sequence[_Known], rows: range, columns: range) -> Scores:
    """How alike any two paragraphs are, of those that could be paired."""
    if len(rows) * len(columns) > MOST_PAIRS:
        at: dict[str, list[int]] = {}
        for column in reversed(columns):
            at.setdefault(second[column].text, []).append(column)
        return {(row, at[first[row].text].pop()): 1.0 for row in rows if at.get(first[row].text)}
    scores = {}
    for row in rows:
        for column in columns:
            old, new = first[row], second[column]
            score = _alike(old, new)
            same_part = old.numbered and new.numbered and old.bare[:OPENING] == new.bare[:OPENING]
            if score >= (SAME_PART if same_part else REWRITTEN):
                scores[row, column] = score
    return scores


def _in_order(
    first: Sequence[_Known], second: Sequence[_Known], rows: range, columns: range, scores: Scores
) -> list[Pair]:
    """The pairs in order that leave most characters with their like."""
    weights: dict[int, list[tuple[int, float]]] = {}
    for (row, column), score in scores.items():
        size = len(first[row].text) + len(second[column].text)
        weights.setdefault(row, []).append((column, score * size))
    chains: list[tuple[int, int, int]] = []  # row, column, and which chain goes before
    reached = [0.0] * (len(columns) + 1)  # the most that rows so far reach up to each column
    last = [-1] * (len(columns) + 1)  # and the chain that reaches it
    for row in rows:
        following, ends = reached.copy(), last.copy()
        for column, weight in sorted(weights.get(row, ())):
            at = column - columns.start
            if reached[at] + weight > following[at + 1]:
                chains.append((row, column, last[at]))
                following[at + 1], ends[at + 1] = reached[at] + weight, len(chains) - 1
        for at in range(1, len(following)):
            if following[at - 1] > following[at]:
                following[at], ends[at] = following[at - 1], ends[at - 1]
        reached, last = following, ends
    pairs = []
    chain = last[-1]
    while chain >= 0:
        row, column, chain = chains[chain]
        pairs.append(Pair(row, column, scores[row, column]))
    return pairs[::-1]


def _moved(kept: Sequence[Pair], scores: Scores) -> list[Pair]:
    """Of the paragraphs left over, those alike, most alike first."""
    taken_before, taken_after = {pair.before for pair in kept}, {pair.after for pair in kept}
    pairs = []
    for (row, column), score in sorted(scores.items(), key=lambda scored: (-scored[1], scored[0])):
        if score >= ALIKE and row not in taken_before and column not in taken_after:
            taken_before.add(row)
            taken_after.add(column)
            pairs.append(Pair(row, column, score, moved=True))
    return pairs


def _merged(kept: Sequence[Pair], moved: Sequence[Pair], first: int, second: int) -> Iterator[Pair]:
    came_from = {pair.after: pair for pair in moved}
    left = {pair.before for pair in moved}
    row = column = 0
    for pair in (*kept, Pair(first, second)):
        assert pair.before is not None  # those kept are pairs, and the last closes both texts
        assert pair.after is not None
        yield from (Pair(at, None) for at in range(row, pair.before) if at not in left)
        yield from (came_from.get(at, Pair(None, at)) for at in range(column, pair.after))
        if pair.before < first:
            yield pair
        row, column = pair.before + 1, pair.after + 1
