"""The reports that are compared: their order, what each is called, and which is held against which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.report.report import Report


@dataclass(frozen=True)
class Column:
    """One report of the comparison; no two have the same label."""

    label: str
    report: Report


@dataclass(frozen=True, slots=True)
class Step:
    """One report held against an earlier one, by their places among the columns.

    `whole` where they are the first and the last of an organ's years, with others between them.
    """

    before: int
    after: int
    whole: bool = False


def columns(reports: Sequence[Report]) -> tuple[Column, ...]:
    """The reports by year, those of one year as given."""
    ordered = sorted(reports, key=lambda report: report.year)
    return tuple(map(Column, _labels(ordered), ordered))


def steps(ordered: Sequence[Column]) -> tuple[Step, ...]:
    """Each report against the same organ's before it, or, where it has none, against the one before it.

    After them, the first of an organ against its last.
    """
    of_organ: dict[str, list[int]] = {}
    neighbours = []
    for at, column in enumerate(ordered):
        before = of_organ.setdefault(column.report.organ, [])
        if at:
            neighbours.append(Step(before[-1] if before else at - 1, at))
        before.append(at)
    wholes = [Step(places[0], places[-1], whole=True) for places in of_organ.values() if len(places) > 2]
    return (*neighbours, *wholes)


def _labels(reports: Sequence[Report]) -> list[str]:
    """The year; before it the organ where there are several, behind it the file where that is not enough."""
    several = len({report.organ for report in reports}) > 1
    labels = [f"{report.organ if several else ''}{report.year}年" for report in reports]
    for more in ([report.file for report in reports], map(str, range(1, len(reports) + 1))):
        times = Counter(labels)
        labels = [
            f"{label}（{word}）" if times[label] > 1 else label
            for label, word in zip(labels, more, strict=True)
        ]
    return labels
