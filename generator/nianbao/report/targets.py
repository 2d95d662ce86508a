"""Where on the form a finding belongs: at a figure, a particular, a paragraph, or a whole section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from nianbao.mandate import Mandate
from nianbao.report.particulars import SHEET, lines
from nianbao.report.problem import Place, Problem
from nianbao.report.report import PREFACE_NAME, Report

SHOWN = 3  # spots that are named in one finding's line


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

    @classmethod
    def parse(cls, word: str) -> Target:
        """The target of such a word; raises ValueError where it is none."""
        area, _, rest = word.partition(":")
        key, _, number = rest.partition(":")
        return cls(Area(area), key, int(number or 0))


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


def spots(mandate: Mandate, targets: Iterable[Target]) -> str:
    """The spots in words: 三 › 本年新收 › 自然人、商业企业；基本信息 › 成文日期. Beyond SHOWN: 等."""
    named = list(dict.fromkeys(_words(mandate, target) for target in targets))
    together: dict[str, list[str]] = {}
    for leading, last in named[:SHOWN]:
        together.setdefault(leading, []).append(last)
    lines_ = [" › ".join(filter(None, (leading, "、".join(last)))) for leading, last in together.items()]
    return "；".join(lines_) + ("等" if len(named) > SHOWN else "")


def _words(mandate: Mandate, target: Target) -> tuple[str, str]:
    """What a spot is in, and its own name."""
    if target.area is Area.PARTICULAR:
        names = {line.key: line.name for line in lines(mandate)}
        return SHEET, names.get(target.key, "")
    if target.area is Area.FIGURE:
        slot = mandate.slots[target.key]
        row, _, column = slot.name.rpartition(".")
        return f"{_number(mandate, slot.table)} › {row}", column
    headings = {section.key: section.heading for section in mandate.sections}
    if target.number:
        number = _number(mandate, target.key) if target.key in headings else PREFACE_NAME
        return number, f"第 {target.number} 段"
    return "", headings.get(target.key, PREFACE_NAME)


def _number(mandate: Mandate, key: str) -> str:
    """The number that a section's heading begins with: 三."""
    return next(one.heading for one in mandate.sections if one.key == key).partition("、")[0]


def _area(report: Report, key: str) -> Area:
    sections = {section.key for section in report.mandate.sections}
    return Area.SECTION if key in sections or key in report.narratives else Area.PARTICULAR
