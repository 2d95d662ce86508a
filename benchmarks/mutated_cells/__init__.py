"""One printed cell of a report changed as offices change it, and what the reader makes of it.

`python -m benchmarks.mutated_cells [MEDIUM ...] [--count N] [--seed S]`: every medium is a module of this
package with `mutations(random, count)`. A value other than the right one that nobody is told of is what must
never happen; a doubt must name the cell, a refusal its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from random import Random
from typing import NamedTuple, Protocol

from nianbao.app.reading import read_content
from nianbao.report import Problem, ProblemsFound, Report, State


class Mutation(NamedTuple):
    """A file in which one cell was changed; `right` is what a person would read there, None for a blank.

    `key` is the changed figure's; `kind` names the change, `base` the report that was changed.
    """

    content: bytes
    file: str
    base: Report
    key: str
    right: object
    kind: str


class Medium(Protocol):
    """A module of this package."""

    def mutations(self, random: Random, count: int) -> Iterator[Mutation]:
        """So many changed files."""


class Verdict(StrEnum):
    """What became of a changed cell."""

    RIGHT = "read right"
    ASKED = "asked about"
    REFUSED = "file refused"
    WRONG = "wrong, and nobody is told"


def judge(mutation: Mutation) -> tuple[Verdict, tuple[Problem, ...]]:
    """Read a changed file, and say what became of its cell; all other figures must be as they were."""
    try:
        report = read_content(mutation.content, mutation.file)
    except ProblemsFound as caught:
        return Verdict.REFUSED, caught.problems
    found = report.figures.get(mutation.key)
    others = {key: figure.number for key, figure in report.figures.items() if key != mutation.key}
    sound = {key: figure.number for key, figure in mutation.base.figures.items() if key != mutation.key}
    if others != sound:
        return Verdict.WRONG, report.reading
    if found is not None and found.number == mutation.right and found.state is not State.UNREADABLE:
        return Verdict.RIGHT, report.reading
    named = any(_names(problem, mutation) for problem in report.reading)
    unread = found is None or found.number is None
    return (Verdict.ASKED if named and unread else Verdict.WRONG), report.reading


def _names(problem: Problem, mutation: Mutation) -> bool:
    """Whether a problem names the cell by the labels of its row and column."""
    slot = mutation.base.mandate.slots[mutation.key]
    return any((place.row, place.column) == (slot.row, slot.column) for place in problem.places)


def tally(verdicts: Mapping[str, Mapping[Verdict, int]]) -> str:
    """A line for each kind of change."""
    return "\n".join(
        f"  {kind:<32} " + "  ".join(f"{word.value} {counts[word]}" for word in Verdict if counts.get(word))
        for kind, counts in sorted(verdicts.items())
    )
