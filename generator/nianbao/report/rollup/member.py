"""One organ's part in a roll-up: what has to be kept of its report once the report is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nianbao.mandate import Mandate, Reporter
from nianbao.report.checks.names.organ_names import names
from nianbao.report.invisible import UNSEEN
from nianbao.report.problem import Place, Problem, Severity
from nianbao.report.prose.statements import Statement, statements
from nianbao.report.regex import regex
from nianbao.report.report import Report

Number = int | Decimal
_OURSELVES = regex("[我本](?:[局委办厅省市县区州旗镇乡院所队署]|街道|单位|机关|部门|中心|政府)")


@dataclass(frozen=True, slots=True)
class Member:
    """A report in a roll-up: `numbers` and `places` are by figure key, `numbers` without those that are none.

    `statements` are the sentences to compare with other organs', bare also of the organ's own name.
    `problems` are what the check has found and nobody has settled.
    """

    file: str
    organ: str
    name: str
    year: int
    mandate: Mandate
    kinds: tuple[Reporter, ...]
    day: date | None
    place: Place
    numbers: Mapping[str, Number]
    places: Mapping[str, Place]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]

    @property
    def reporter(self) -> Reporter | None:
        """The kind of reporter; None where it is neither stated nor certain."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def reporter_name(self) -> str:
        """The name of its kind; blank where that is not known."""
        return self.reporter.name if self.reporter else ""

    @property
    def aggregate(self) -> bool:
        """Whether it certainly sums up other organs itself."""
        return all(kind.aggregate for kind in self.kinds)

    @property
    def due(self) -> date:
        """The day its report is due; the last of those that it may have."""
        return max(kind.deadline(self.year) for kind in self.kinds)

    def count(self, severity: Severity) -> int:
        """How many of its problems are of this severity."""
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Its errors."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no report, and why; `organ` is whose it is, where that is known all the same."""

    file: str
    problems: tuple[Problem, ...]
    organ: str = ""


def take(report: Report, problems: Sequence[Problem]) -> Member:
    """Keep of a report only what a roll-up needs; `problems` are its open findings."""
    return replace(
        whose(report, problems),
        numbers={key: figure.number for key, figure in report.figures.items() if figure.number is not None},
        places={key: figure.place for key, figure in report.figures.items()},
        statements=tuple(_statements(report)),
    )


def whose(report: Report, problems: Sequence[Problem]) -> Member:
    """Keep of a report whose it is and of when, nothing of what it says."""
    return Member(
        file=report.file,
        organ=report.organ,
        name=normal(report.organ),
        year=report.year,
        mandate=report.mandate,
        kinds=report.kinds,
        day=report.date,
        place=report.place("organ"),
        numbers={},
        places={},
        statements=(),
        problems=tuple(problems),
    )


def normal(organ: str) -> str:
    """The name as names are compared: half-width, without spaces."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", organ))


def _statements(report: Report) -> list[Statement]:
    """The sentences of the written sections but the last, in which all say that there is nothing."""
    own = _own_names(report)
    sentences = []
    for section in report.mandate.narratives[:-1]:
        for sentence in statements(report.narratives.get(section.key, ())):
            bare = _OURSELVES.sub("", own.sub("", sentence.bare))
            sentences.append(replace(sentence, bare=bare))
    return sentences


def _own_names(report: Report) -> re.Pattern[str]:
    """The organ's names as its own texts have them: whole, the place, the kind with its level before it."""
    words = set()
    for name in names(report.organ):
        words |= {name.whole, name.place}
        if len(name.kind) > 1:
            words.add(name.kind)
    bare = sorted((re.sub(r"[\W_0-9]+", "", word) for word in words), key=len, reverse=True)
    pattern = "|".join(f"[全本我]?[省市县区州旗镇乡]?{re.escape(word)}" for word in bare if len(word) > 1)
    return regex(pattern or r"(?!)")
