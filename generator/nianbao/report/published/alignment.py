"""Two sequences laid beside each other, in order, so that they agree most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Present = TypeVar("Present")
Wanted = TypeVar("Wanted")


def align(
    present: Sequence[Present], wanted: Sequence[Wanted], score: Callable[[Present, Wanted], float]
) -> list[int | None]:
    """For each of `wanted`, the index in `present` that it is laid beside, None where there is none.

    Indices rise; the sum of the scores is the greatest there is, and pairs that score 0 are none. Of equal
    ways the one that takes the later of `present` wins.
    """
    rows, columns = len(wanted), len(present)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    scores = [[score(item, target) for item in present] for target in wanted]
    for row in range(1, rows + 1):
        line, above = best[row], best[row - 1]
        value = 0.0
        for column, gain in enumerate(scores[row - 1], 1):
            if gain > 0 and above[column - 1] + gain > value:
                value = above[column - 1] + gain
            if above[column] > value:
                value = above[column]
            line[column] = value
    beside: list[int | None] = [None] * rows
    row, column = rows, columns
    while row and column:
        gain = scores[row - 1][column - 1]
        if gain > 0 and best[row][column] == best[row - 1][column - 1] + gain:
            row, column = row - 1, column - 1
            beside[row] = column
        elif best[row][column] == best[row][column - 1]:
            column -= 1
        else:
            row -= 1
    return beside
