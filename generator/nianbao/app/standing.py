"""How the organs of a roster stand: what was inspected of whom, who is late, who has handed in nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nianbao.app.check import Inspected
from nianbao.app.passed_over import Passed, lying_of
from nianbao.mandate import Mandate, editions, load
from nianbao.report import Problem
from nianbao.report.notes import Awaited, HandedIn
from nianbao.report.reporters import kinds
from nianbao.report.rollup import Expected, Line, Member, State, Unread, differences, lines, normal

_BY_OTHERS = (State.THROUGH, State.APART)  # of whom no report of its own is awaited
_LATE = "date-too-late"
_FOLLOWED = ("not-reported", "own-office-missing", "reported-late")  # codes of what the others do not say


@dataclass(frozen=True)
class Standing:
    """`handed_in` has an entry for each file that was inspected, in their order; `more` one for each file of
    an organ on the roster that was not read at all.

    `expected` is how many organs are to report by the roster, 0 where there is none; `problems` are what has
    to be followed up, `superiors` each organ's by its normal name.
    """

    year: int | None
    handed_in: tuple[HandedIn, ...]
    more: tuple[HandedIn, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    expected: int = 0
    problems: tuple[Problem, ...] = ()
    superiors: Mapping[str, str] = field(default_factory=dict)


def standing(
    inspected: Sequence[Inspected],
    called: Sequence[str],
    roster: Sequence[Expected] = (),
    passed: Sequence[Passed] = (),
) -> Standing:
    """How the organs stand whose files were inspected; `called` is each file's path below its folder.

    `passed` are the files that were not read at all.
    """
    pairs = list(zip(inspected, called, strict=True))
    members = [result.member for result in inspected if result.member is not None]
    unread = {name: Unread(name, result.found.open) for result, name in pairs if result.member is None}
    lying = lying_of(passed, roster)
    listed = lines(roster, members, (), list(unread.values()), lying)
    of_member = {id(line.member): line for line in listed if line.member is not None}
    of_file = {line.unread.file: line for line in listed if line.unread is not None}
    known = {line.name for line in roster}

    def entry(member: Member | None, name: str) -> HandedIn:
        if member is None:
            return _unread(unread[name], of_file.get(name))
        return _read(member, name, of_member.get(id(member)), on_roster=not roster or member.name in known)

    above = {normal(line.superior) for line in roster if normal(line.superior) != line.name}
    owed = [line for line in listed if line.expected and not _is_others(line, above)]
    missing = [line for line in owed if line.state is State.MISSING]
    followed = [_unsaid(line) for line in listed if line.state is not State.MISSING or line in missing]
    years = Counter(member.year for member in members)
    year = years.most_common(1)[0][0] if years else None
    return Standing(
        year,
        tuple(entry(result.member, name) for result, name in pairs),
        tuple(_unread(file, of_file[file.file]) for file in lying if file.file in of_file),
        tuple(
            _awaited(line, year, members[0].mandate if members else load(editions()[-1])) for line in missing
        ),
        len(owed),
        tuple(problem for problem in differences(followed, given=True) if problem.code in _FOLLOWED)
        if roster
        else (),
        {line.name: line.superior for line in roster},
    )


def _is_others(line: Line, above: Container[str]) -> bool:
    """Whether the report of an organ is one that others make: its superior's, its parts', or their sum.

    `above` are those who are somebody's superiors, by their normal names.
    """
    whole = line.reporter is None and line.expected is not None and line.expected.name in above
    return line.state in _BY_OTHERS or (line.state is State.MISSING and whole)


def _unsaid(line: Line) -> Line:
    """A line without being late where the report's own findings say that."""
    said = line.member is not None and any(problem.code == _LATE for problem in line.member.problems)
    return replace(line, late=line.late and not said)


def _read(member: Member, name: str, line: Line | None, *, on_roster: bool) -> HandedIn:
    due, received = (line.due, line.received) if line else (member.due, member.day)
    return HandedIn(name, member.organ, member.year, member.problems, True, due, received, on_roster)


def _unread(file: Unread, line: Line | None) -> HandedIn:
    return HandedIn(file.file, line.organ if line else file.organ, None, file.problems, readable=False)


def _awaited(line: Line, year: int | None, mandate: Mandate) -> Awaited:
    """Who has handed in nothing; due by the form where the roster gives no day."""
    assert line.expected is not None  # only the roster knows of it
    return Awaited(line.organ, line.due or _due(line, year, mandate), line.expected.superior)


def _due(line: Line, year: int | None, mandate: Mandate) -> date | None:
    if year is None:
        return None
    possible = [line.reporter] if line.reporter else kinds(mandate, line.organ, "")
    return max(kind.deadline(year) for kind in possible)
