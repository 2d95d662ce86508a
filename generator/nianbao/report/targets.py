"""Where on the form a finding belongs: at a figure, a particular, a paragraph, or a whole section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nianbao.report.problem import Place, Problem
from nianbao.report.report import Report


class Area(StrEnum):
    """What part of the form a target is."""

    FIGURE = "figure"
    PARTICULAR = "particular"
    PARAGRAPH = "paragraph"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Target:
    """One spot of the form: `key` is a figure's, a particular's or a section's.

    `number` counts the paragraphs of a section from 1; 0 where it is no paragraph.
    """

    area: Area
    key: str
    number: int = 0

    def __str__(self) -> str:
        """The target in a word that pages use as a name: figure:requests.received.total, paragraph:five:2."""
        return f"{self.area}:{self.key}" + (f":{self.number}" if self.number else "")


class Targets:
    """The targets of one report's places."""

    def __init__(self, report: Report) -> None:
        """Note where everything of a report stands."""
        self._spots: dict[Place, Target] = {}
        for key, place in report.places.items():
            self._spots.setdefault(place, Target(_area(report, key), key))
        for section, paragraphs in report.narratives.items():
            for number, paragraph in enumerate(paragraphs, 1):
                self._spots.setdefault(paragraph.place, Target(Area.PARAGRAPH, section, number))
        self._labels: dict[tuple[str, str], list[Target]] = {}
        for key, figure in report.figures.items():
            target = Target(Area.FIGURE, key)
            self._spots[figure.place] = target
            place = figure.place
            self._labels.setdefault((f"{place.within}", place.row), []).append(target)

    def of(self, problem: Problem) -> tuple[Target, ...]:
        """The spots that a finding names, each once, in its order; none where it is about the whole."""
        found = (target for place in problem.places for target in self.at(place))
        return tuple(dict.fromkeys(found))

    def at(self, place: Place) -> Iterable[Target]:
        """The spot of a place, or those of a whole row."""
        if place in self._spots:
            return (self._spots[place],)
        if place.row and not place.column:  # a whole row
            return self._labels.get((f"{place.within}", place.row), ())
        return ()


def targets(report: Report, problems: Iterable[Problem]) -> Mapping[Problem, tuple[Target, ...]]:
    """The spots of each finding in a report."""
    spots = Targets(report)
    return {problem: spots.of(problem) for problem in problems}


def _area(report: Report, key: str) -> Area:
    sections = {section.key for section in report.mandate.sections}
    return Area.SECTION if key in sections or key in report.narratives else Area.PARTICULAR
