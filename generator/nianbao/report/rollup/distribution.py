"""Who on the roster gets which workbook: its place, its kind, and last year's report that it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from nianbao.mandate import Mandate, Reporter
from nianbao.report.catalogue import rule
from nianbao.report.figure import plain
from nianbao.report.groups import grouped
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.report import Report
from nianbao.report.reporters import kinds
from nianbao.report.rollup.member import normal
from nianbao.report.rollup.roster import Expected
from nianbao.report.suggestion import suggestion

MOST_SUGGESTED = 100  # names among which one is looked for that is perhaps meant


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organ that gets a workbook; `reporter` is None where neither roster nor name tells its kind.

    `name` is the organ's as names are compared.
    """

    expected: Expected
    reporter: Reporter | None
    name: str

    @property
    def superior(self) -> str:
        """The organ into whose sum its report goes; blank where the roster names none.

        A government's own office goes into the government's, a sum never into itself.
        """
        itself = self.aggregate and normal(self.expected.superior) == self.name
        return "" if itself else self.expected.superior

    @property
    def aggregate(self) -> bool:
        """Whether its report sums up others'."""
        return self.reporter is not None and self.reporter.aggregate

    def due(self, year: int) -> date | None:
        """The day its report is due: the roster's, or the mandate's for its kind."""
        return self.expected.due or (self.reporter.deadline(year) if self.reporter else None)


class Match(NamedTuple):
    """A recipient by its place on the roster; `exact` where the report is of the very kind."""

    recipient: int
    exact: bool


@dataclass(frozen=True, slots=True)
class LastReport:
    """A report among last year's: in which file, whose, of which year, and for whom, None where for nobody.

    `figures` are by key, as numbers; two reports of one organ are held against one another by them.
    """

    file: str
    organ: str
    place: Place
    year: int
    match: Match | None
    figures: tuple[str, ...]


def recipients(expected: Sequence[Expected], mandate: Mandate) -> tuple[Recipient, ...]:
    """Everybody on the roster, in its order."""
    superiors = {normal(line.superior) for line in expected if normal(line.superior) != line.name}
    return tuple(Recipient(line, _kind(line, superiors, mandate), line.name) for line in expected)


def _kind(line: Expected, superiors: set[str], mandate: Mandate) -> Reporter | None:
    """The kind that the roster says, or the only one that an organ of this name can be.

    A superior without a kind is taken for the aggregate, as the sum takes it.
    """
    if line.reporter is not None:
        return line.reporter
    possible = kinds(mandate, line.organ, "")
    if line.name in superiors:
        possible = tuple(kind for kind in possible if kind.aggregate)
    return possible[0] if len(possible) == 1 else None


def find(report: Report, whom: Sequence[Recipient], year: int) -> LastReport:
    """Whose report of the year before it is."""
    figures = (
        f"{key}={'' if figure.number is None else plain(figure.number)}"
        for key, figure in report.figures.items()
    )
    match = _match(report, whom) if report.year == year - 1 else None
    return LastReport(report.file, report.organ, report.place("organ"), report.year, match, tuple(figures))


def _match(report: Report, whom: Sequence[Recipient]) -> Match | None:
    """The recipient of this name: of the report's kind, or the only one there is."""
    name = normal(report.organ)
    lines = [at for at, recipient in enumerate(whom) if recipient.name == name]
    aggregate = all(kind.aggregate for kind in report.kinds)
    exact = [at for at in lines if whom[at].aggregate is aggregate]
    if exact:
        return Match(exact[0], True)
    return Match(lines[0], False) if len(lines) == 1 else None


def tell(
    whom: Sequence[Recipient],
    reports: Sequence[LastReport],
    chosen: Sequence[LastReport],
    year: int,
    *,
    given: bool,
) -> Iterator[Problem]:
    """What a person has to look at; `chosen` are those begun with, `given` whether there is a last year."""
    unknown = [recipient for recipient in whom if recipient.reporter is None]
    if unknown:
        what = f"这 {len(unknown)} 个机关名册没有写类型，名称也看不出，工作簿里没有填机关类型"
        mend = "请在名册的“类型”一栏写明，再运行一次"
        yield rule("kind-unknown").broken(what, mend, [recipient.expected.place for recipient in unknown])
    if not given:
        return
    served = {last.match.recipient for last in chosen if last.match}
    without = [recipient.expected for at, recipient in enumerate(whom) if at not in served]
    strange = [last for last in reports if last.year == year - 1 and last.match is None]
    yield from _without(without, strange, year)
    yield from _strange(strange, without)
    yield from _twice(reports, chosen)
    if others := [last for last in reports if last.year != year - 1]:
        what = f"这 {len(others)} 份不是 {year - 1} 年的报告，没有用"
        yield rule("another-year").broken(what, "知道就行", [last.place for last in others])


def _without(without: Sequence[Expected], strange: Sequence[LastReport], year: int) -> Iterator[Problem]:
    for line in without:
        near = suggestion(line.organ, [last.organ for last in strange[:MOST_SUGGESTED]])
        hint = f"，是否就是上年的“{quote(near)}”" if near else ""
        kind = f"（{line.reporter.name}）" if line.reporter else ""
        what = f"“{quote(line.organ)}”{kind}没有找到 {year - 1} 年的报告，建的是空白的{hint}"
        mend = "新设的机关不必处理；应有的请补上报告、核对名称，再运行一次"
        yield rule("last-year-missing").broken(what, mend, (line.place,))


def _strange(strange: Sequence[LastReport], without: Sequence[Expected]) -> Iterator[Problem]:
    for last in strange:
        near = suggestion(last.organ, [line.organ for line in without[:MOST_SUGGESTED]])
        hint = f"，是否就是名册上的“{quote(near)}”" if near else ""
        what = f"“{quote(last.organ)}”有上年的报告，不在名册上{hint}"
        mend = "撤并的机关不必处理；应报的请加进名册，改过名称的请核对"
        yield rule("last-year-unlisted").broken(what, mend, (last.place,))


def _twice(reports: Iterable[LastReport], chosen: Sequence[LastReport]) -> Iterator[Problem]:
    by_recipient = grouped(
        (last for last in reports if last.match), lambda last: last.match and last.match.recipient
    )
    taken = {last.match.recipient: last for last in chosen if last.match}
    for recipient, group in by_recipient.items():
        used = taken.get(recipient) if recipient is not None else None
        differing = [last for last in group if used is not None and last.figures != used.figures]
        if used is not None and differing:
            what = f"“{quote(used.organ)}”有几份上年的报告，数不相同，用了 {used.file}"
            mend = "请核对以哪一份为准，移走其余的，再运行一次"
            yield rule("last-year-twice").broken(
                what, mend, [used.place, *(last.place for last in differing)]
            )
