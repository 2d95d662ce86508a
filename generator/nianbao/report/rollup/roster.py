"""Who should have reported, held against who has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from nianbao.mandate import Reporter
from nianbao.report.catalogue import rule
from nianbao.report.dates import write_date
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.rollup.member import Member, Unread, normal
from nianbao.report.suggestion import suggestion

OWN_OFFICE = "government_office"  # the key of the reporter that is the government's own office


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the roster: who is to report; what is not said there is blank or None."""

    organ: str
    place: Place
    reporter: Reporter | None = None
    superior: str = ""
    due: date | None = None
    received: date | None = None
    remark: str = ""

    @property
    def name(self) -> str:
        """The name as names are compared."""
        return normal(self.organ)


class State(StrEnum):
    """What became of one organ's report."""

    COUNTED = "已计入"
    LEFT_OUT = "有错误，未计入"
    UNREAD = "读不出，未计入"
    MISSING = "未报送"
    THROUGH = "随上级汇总报送"
    APART = "由所属单位分别报送"


@dataclass(frozen=True, slots=True)
class Line:
    """One organ: what the roster expects of it, what it has handed in, what became of it."""

    organ: str
    state: State
    reporter: Reporter | None = None
    due: date | None = None
    received: date | None = None
    late: bool = False
    member: Member | None = None
    unread: Unread | None = None
    expected: Expected | None = None


def superiors(roster: Iterable[Expected]) -> dict[str, str]:
    """Each organ's superior by its name, both normal; of those for whom the roster says it."""
    return {line.name: normal(line.superior) for line in roster if line.superior}


def above(name: str, superiors: Mapping[str, str]) -> list[str]:
    """An organ's superiors from the next one upwards; a circle ends where it closes."""
    chain: list[str] = []
    at = superiors.get(name, "")
    while at and at != name and at not in chain:
        chain.append(at)
        at = superiors.get(at, "")
    return chain


def lines(
    roster: Sequence[Expected],
    members: Sequence[Member],
    left_out: Sequence[Member],
    unread: Sequence[Unread],
    lying: Sequence[Unread] = (),
) -> tuple[Line, ...]:
    """Every organ's line: the roster's in its order, then reports of organs that are not on it.

    A file that could not be read, or was `lying` there unread, is the organ's that it or its path names.
    """
    handed_in: dict[tuple[str, bool], tuple[Member, State]] = {}
    for members_in, state in ((left_out, State.LEFT_OUT), (members, State.COUNTED)):
        for member in members_in:
            handed_in[member.name, member.aggregate] = (member, state)
    chart = _Chart(roster, members)
    owned = _owned([line for line in roster if _match(line, handed_in) is None], (*unread, *lying))
    listed = []
    for expected in roster:
        key = _match(expected, handed_in)
        if key is None:
            line = chart.absent(expected)
            file = owned.get(expected.name) if line.state is State.MISSING else None
            listed.append(line if file is None else replace(line, state=State.UNREAD, unread=file))
        else:
            listed.append(_present(*handed_in.pop(key), expected))
    listed += [_present(member, state) for member, state in handed_in.values()]
    named = [line.unread for line in listed]
    return (*listed, *(Line("", State.UNREAD, unread=file) for file in unread if file not in named))


def _owned(missing: Sequence[Expected], files: Sequence[Unread]) -> dict[str, Unread]:
    """The file of each organ that is named in it or in its path: by the longest name of an organ there."""
    owned: dict[str, Unread] = {}
    for file in files:
        path = normal(file.organ or file.file)
        name = max((line.name for line in missing if line.name and line.name in path), key=len, default="")
        if name:
            owned.setdefault(name, file)
    return owned


def _match(expected: Expected, handed_in: Mapping[tuple[str, bool], object]) -> tuple[str, bool] | None:
    """The report that a line of the roster means: of the kind it names, where it names one."""
    kinds = [False, True] if expected.reporter is None else [expected.reporter.aggregate]
    exact = next(((expected.name, kind) for kind in kinds if (expected.name, kind) in handed_in), None)
    if exact is not None or expected.reporter is None or expected.reporter.key == OWN_OFFICE:
        return exact
    other = (expected.name, not expected.reporter.aggregate)
    return other if other in handed_in else None


def _present(member: Member, state: State, expected: Expected | None = None) -> Line:
    kind = expected and expected.reporter
    due = (expected and expected.due) or (kind.deadline(member.year) if kind else member.due)
    received = (expected and expected.received) or member.day
    late = received is not None and received > due
    return Line(member.organ, state, member.reporter, due, received, late, member, None, expected)


class _Chart:
    """Who belongs to whom by the roster, and who of them has a report in the sum."""

    def __init__(self, roster: Sequence[Expected], members: Sequence[Member]) -> None:
        self.superiors = superiors(roster)
        self.present = {member.name for member in members}
        self.aggregates = {member.name for member in members if member.aggregate}
        self.expected = {
            line.name for line in roster if line.reporter is not None and line.reporter.aggregate
        }
        self.with_parts = {over for member in members for over in above(member.name, self.superiors)}

    def absent(self, expected: Expected) -> Line:
        """An organ without a report of its own: another one's may contain it, or its parts' stand for it."""
        over = above(expected.name, self.superiors)
        whole = expected.reporter is not None and expected.reporter.aggregate
        if self.aggregates & set(over):
            state = State.THROUGH
        elif whole and expected.name in self.with_parts:
            state = State.APART
        elif any(superior in self.expected - self.present - self.with_parts for superior in over):
            state = State.THROUGH  # that its superior's is missing is said there
        else:
            state = State.MISSING
        return Line(
            expected.organ, state, expected.reporter, expected.due, expected.received, expected=expected
        )


def differences(listed: Sequence[Line], *, given: bool) -> Iterator[Problem]:
    """What a person has to follow up; without a roster given only who is late."""
    missing = [line for line in listed if line.state is State.MISSING]
    for line in listed:
        if line.late:
            yield _late(line)
        if not given:
            continue
        if line.state is State.MISSING and line.expected:
            yield _missing(line, line.expected)
        elif line.unread and line.expected:
            yield _unread(line, line.unread, line.expected)
        elif line.member and line.expected is None:
            yield _unexpected(line.member, line.state, [line.organ for line in missing])
        elif line.member and line.expected:
            yield from _kind(line.member, line.expected)


def _late(line: Line) -> Problem:
    assert line.member is not None  # only what was handed in can be late
    assert line.received is not None
    assert line.due is not None
    place = line.expected.place if line.expected and line.expected.received else None
    what = f"“{quote(line.organ)}”逾期：{write_date(line.received)}，截止日期是 {write_date(line.due)}"
    mend = "请核对日期；确已逾期的按规定处理"
    return rule("reported-late").broken(what, mend, (place or line.member.place,))


def _missing(line: Line, expected: Expected) -> Problem:
    if line.reporter is not None and line.reporter.key == OWN_OFFICE:
        what = f"名册上的“{quote(line.organ)}”（{line.reporter.name}）没有报告，汇总不全"
        mend = "请补报；政府的汇总要包括本机关的报告"
        return rule("own-office-missing").broken(what, mend, (expected.place,))
    what = f"名册上的“{quote(line.organ)}”没有报送"
    return rule("not-reported").broken(what, "请催报，或核对名称", (expected.place,))


def _unread(line: Line, file: Unread, expected: Expected) -> Problem:
    what = f"名册上的“{quote(line.organ)}”有报送的文件，没有读入，没有计入"
    mend = "请先处理这个文件；不是它的报告的，请催报"
    return rule("report-unread").broken(what, mend, (Place(file.file), expected.place))


def _unexpected(member: Member, state: State, missing: Sequence[str]) -> Problem:
    near = suggestion(member.organ, missing)
    hint = f"，是否就是没有报送的“{quote(near)}”" if near else ""
    what = f"“{quote(member.organ)}”不在名册上，{state}{hint}"
    return rule("not-on-roster").broken(what, "请核对名称，或把它加进名册", (member.place,))


def _kind(member: Member, expected: Expected) -> Iterator[Problem]:
    if member.reporter is None or expected.reporter is None:
        return
    if expected.reporter.key != member.reporter.key:
        what = (
            f"“{quote(member.organ)}”报的机关类型是“{member.reporter.name}”，"
            f"名册上是“{expected.reporter.name}”"
        )
        yield rule("roster-kind-differs").broken(what, "请核对，改正其中一处", (member.place, expected.place))
