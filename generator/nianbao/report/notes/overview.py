"""How the reports of all organs stand: who has handed in what, who has not, who is late, who has errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nianbao.report.catalogue import rule
from nianbao.report.dates import write_date
from nianbao.report.notes.compose import numbered, overdue, report_name, table, words
from nianbao.report.notes.note import Block, Note
from nianbao.report.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in, and what is open of it; one that is not `readable` is no report.

    Blank or None is what nobody knows. `expected` is whether its organ is on the roster, where there is one.
    """

    file: str
    organ: str = ""
    year: int | None = None
    findings: tuple[Problem, ...] = ()
    readable: bool = True
    due: date | None = None
    received: date | None = None
    expected: bool = True

    def count(self, severity: Severity) -> int:
        """How many of the findings are of this severity."""
        return sum(problem.severity is severity for problem in self.findings)

    @property
    def wrong(self) -> bool:
        """Whether it is a report with errors."""
        return self.readable and self.count(Severity.ERROR) > 0

    @property
    def doubtful(self) -> bool:
        """Whether it is a report with warnings and without errors."""
        return self.readable and not self.wrong and self.count(Severity.WARNING) > 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """An organ that has handed in nothing, and when it is to."""

    organ: str
    due: date | None = None
    superior: str = ""


def overview(
    year: int | None,
    handed_in: Sequence[HandedIn],
    awaited: Sequence[Awaited] = (),
    *,
    expected: int = 0,
    office: str = "",
    day: date | None = None,
) -> Note:
    """The list an office works by; `expected` is how many are on the roster, 0 where there is none."""
    unread = [file for file in handed_in if not file.readable]
    late = [file for file in handed_in if overdue(file.due, file.received)]
    wrong = sorted((file for file in handed_in if file.wrong), key=_errors_first)
    doubtful = sorted((file for file in handed_in if file.doubtful), key=_errors_first)
    strange = [file for file in handed_in if file.readable and not file.expected]
    parts = [
        _part("missing", [(line.organ, line.superior, *_due(line.due, day)) for line in awaited]),
        _part("unreadable", [(*_whose(file), _why(file)) for file in unread]),
        _part(
            "overdue", [(file.organ, _day(file.received), *_due(file.due, file.received)) for file in late]
        ),
        _part(
            "erring",
            [
                (*_whose(file, Severity.ERROR, Severity.WARNING), _names(file, Severity.ERROR))
                for file in wrong
            ],
        ),
        _part(
            "verify",
            [(*_whose(file, Severity.WARNING), _names(file, Severity.WARNING)) for file in doubtful],
        ),
        _part("strangers", [(file.organ, file.file) for file in strange]),
    ]
    said = words()["overview"]
    sound = len(handed_in) - len(unread) - len(wrong) - len(doubtful)
    counts = {"sound": sound, "doubtful": len(doubtful), "wrong": len(wrong), "unread": len(unread)}
    kinds = "，".join(said[kind].format(count=count) for kind, count in counts.items() if count)
    opening = said["day"].format(day=write_date(day)) if day else ""
    opening += said["expected"].format(expected=expected, missing=len(awaited)) if expected else ""
    opening += said["received"].format(count=len(handed_in)) + (f"：{kinds}。" if kinds else "。")
    opening += said["late"].format(count=len(late)) if late else ""
    title = said["title"].format(report=report_name(year))
    return Note(title, "", (opening, *numbered(parts), said["closing"]), office, day)


def _part(key: str, rows: Sequence[Sequence[str]]) -> tuple[str, list[Block]]:
    """A heading that says how many there are, and their table."""
    said = words()["overview"][key]
    return said["heading"].format(count=len(rows)), table(said, rows)


def _errors_first(file: HandedIn) -> tuple[int, int]:
    return -file.count(Severity.ERROR), -file.count(Severity.WARNING)


def _due(due: date | None, day: date | None) -> tuple[str, str]:
    """The day, and by how much it is past: as of another one."""
    said, days = words()["overview"], overdue(due, day)
    late = said["days"].format(days=days) if days else said["early"] if due and day else said["none"]
    return _day(due), late


def _day(day: date | None) -> str:
    return write_date(day) if day else words()["overview"]["none"]


def _whose(file: HandedIn, *severities: Severity) -> tuple[str, ...]:
    """The organ, its file, and how many of its findings are of each severity."""
    organ = file.organ or words()["overview"]["none"]
    return organ, file.file, *(str(file.count(severity)) for severity in severities)


def _why(file: HandedIn) -> str:
    return "；".join(problem.what for problem in file.findings)


def _names(file: HandedIn, severity: Severity) -> str:
    """The names of the rules that its findings of a severity break, those with most findings first."""
    names = Counter(rule(problem.code).name for problem in file.findings if problem.severity is severity)
    said = words()["overview"]
    shown = "、".join(name for name, _ in names.most_common(said["most"]))
    return said["more"].format(names=shown, count=len(names)) if len(names) > said["most"] else shown
