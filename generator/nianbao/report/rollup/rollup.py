"""The roll-up itself: members in, the sum and all that is to be said of it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.mandate import Mandate, Reporter, editions, load
from nianbao.report.catalogue import rule
from nianbao.report.checks import Inspection
from nianbao.report.checks.equation import equations
from nianbao.report.checks.names.organ_names import names
from nianbao.report.problem import Place, Problem, ProblemsFound, Severity, complete, quote, tally
from nianbao.report.report import Report
from nianbao.report.rollup import outliers, roster, similar_texts, sums
from nianbao.report.rollup.member import Member, Unread, normal
from nianbao.report.rollup.outliers import Striking
from nianbao.report.rollup.refusals import refusals
from nianbao.report.rollup.roster import OWN_OFFICE, Expected, Line
from nianbao.report.rollup.similar_texts import Likeness
from nianbao.report.rollup.sums import Total

UNNAMED = "（请填写汇总机关全称）"


@dataclass(frozen=True)
class Asked:
    """What is to be made: whose sum, of which kind (blank or None: to be guessed), in which file."""

    file: str
    organ: str = ""
    reporter: Reporter | None = None
    skip_errors: bool = False


@dataclass(frozen=True)
class Rollup:
    """A sum: its report, and what stands behind every figure of it.

    `left_out` are members with errors, `problems` warnings and notices only.
    """

    report: Report
    members: tuple[Member, ...]
    left_out: tuple[Member, ...]
    totals: tuple[Total, ...]
    lines: tuple[Line, ...]
    striking: tuple[Striking, ...]
    likeness: Likeness
    rostered: bool
    problems: tuple[Problem, ...]


def roll_up(
    given: Sequence[Member],
    unread: Sequence[Unread],
    expected: Sequence[Expected] | None,
    asked: Asked,
    lying: Sequence[Unread] = (),
) -> Rollup:
    """Add up the members; `expected` is the roster, None where there is none.

    `lying` are files that lie among the reports and were not read: who is in one by its name has reported.

    Raises ProblemsFound, with everything that is wrong at once, where they cannot be added up, and
    where a member has an error or could not be read, unless those are to be left out.
    """
    good = [member for member in given if not member.errors]
    bad = [member for member in given if member.errors]
    members = good if asked.skip_errors else list(given)
    problems = list(left_out(bad, unread) if asked.skip_errors else _faulty(bad, unread))
    organ, reporter, guessed = _whose(members, expected, asked)
    listed = tuple(line for line in expected or () if not is_itself(line, normal(organ), expected or ()))
    superiors = roster.superiors(listed)
    problems += refusals(members, normal(organ), superiors)
    below = [member for member in members if not _is_made(member, normal(organ))]
    apart = [member for member in bad if members is good and not _is_made(member, normal(organ))]
    lines = roster.lines(listed, below, apart, unread, lying)
    problems += roster.differences(lines, given=expected is not None)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsFound(problems)

    mandate = members[0].mandate
    totals = sums.totals(mandate, members)
    if long := sums.too_long(totals):
        raise ProblemsFound([*problems, *long])
    report = sums.report(
        mandate, totals, organ=organ, year=members[0].year, reporter=reporter, file=asked.file
    )
    if uneven := [*report.reading, *equations(Inspection(report))]:
        raise ProblemsFound([*problems, *uneven])
    striking, likeness = outliers.striking(totals), similar_texts.compare(members)
    problems += guessed
    problems += _own_office(members, reporter, mandate) if expected is None else ()
    problems += _blank(totals, members)
    problems += outliers.findings(striking)
    problems += similar_texts.findings(likeness)
    return Rollup(
        report=report,
        members=tuple(members),
        left_out=tuple(bad) if asked.skip_errors else (),
        totals=totals,
        lines=lines,
        striking=striking,
        likeness=likeness,
        rostered=expected is not None,
        problems=tuple(problems),
    )


def _faulty(bad: Sequence[Member], unread: Sequence[Unread]) -> Iterator[Problem]:
    """The errors that refuse the sum, each member's own and one line that names it."""
    for file in unread:
        yield from file.problems
    for member in bad:
        yield from member.errors
        why, mend = _why(member)
        what = f"“{quote(member.organ)}”的报告{why}，不能计入汇总"
        yield rule("member-errors").broken(
            what, f"{mend}；要先汇总其余的，加 --skip-errors", (Place(member.file),)
        )


def left_out(bad: Sequence[Member], unread: Sequence[Unread]) -> Iterator[Problem]:
    """What is told of members with errors and files that could not be read, where they are not counted."""
    for file in unread:
        why = file.problems[0].what if file.problems else ""
        what = f"读不出，没有计入：{why}"
        yield rule("left-out").broken(what, "请退回改好后重新汇总", (Place(file.file),))
    for member in bad:
        first = member.errors[0]
        why, mend = _why(member)
        what = f"“{quote(member.organ)}”的报告{why}，没有计入，例如：{first.what}"
        yield rule("left-out").broken(what, f"{mend}后重新汇总", first.places or (Place(member.file),))


def _why(member: Member) -> tuple[str, str]:
    """Why a member cannot be counted, and what helps."""
    own = [problem for problem in member.errors if complete([problem])]
    if own:
        return f"有 {tally(own)}", "请退回改好"
    return "没有查完，不是报告的错", "请等程序改好"


def _whose(
    members: Sequence[Member], expected: Sequence[Expected] | None, asked: Asked
) -> tuple[str, Reporter, list[Problem]]:
    """The aggregate's name and kind, and a warning on what had to be guessed of them."""
    mandate = members[0].mandate if members else load(editions()[-1])
    organ = asked.organ or _superior(members, expected or ()) or _government(members) or UNNAMED
    reporter = asked.reporter or _kind(members, mandate)
    missing = [
        option for option, stated in (("--organ", asked.organ), ("--reporter", asked.reporter)) if not stated
    ]
    if not missing:
        return organ, reporter, []
    what = f"没有给出 {'、'.join(missing)}，汇总机关写作“{quote(organ)}”，类型写作“{reporter.name}”"
    mend = "请在“基本信息”表核对、改正"
    return organ, reporter, [rule("organ-guessed").broken(what, mend, (Place(asked.file),))]


def _superior(members: Sequence[Member], expected: Sequence[Expected]) -> str:
    """The one superior in the roster that nobody else is above and that is no member itself."""
    inside = {member.name for member in members if member.aggregate}
    below = {line.name for line in expected if line.superior and normal(line.superior) != line.name}
    tops = Counter(
        line.superior for line in expected if line.superior and normal(line.superior) not in inside | below
    )
    return tops.most_common(1)[0][0] if tops else ""


def _government(members: Sequence[Member]) -> str:
    """The government of the one place that all members' names begin with; blank where there is none."""
    places = sorted({names(member.organ)[0].place for member in members})
    if not places or not places[0] or not all(place.startswith(places[0]) for place in places):
        return ""
    return f"{places[0]}人民政府"


def _kind(members: Sequence[Member], mandate: Mandate) -> Reporter:
    """The next kind of aggregate above the members' own."""
    kinds = [kind for kind in mandate.reporters if kind.aggregate]
    governments = [kind for kind in kinds if kind.key in mandate.duties.governments]
    inside = [kind for member in members if member.aggregate for kind in member.kinds]
    if inside and all(kind not in governments for kind in inside):
        return inside[0]
    highest = max((governments.index(kind) for kind in inside if kind in governments), default=-1)
    return governments[min(highest + 1, len(governments) - 1)]


def is_itself(line: Expected, organ: str, expected: Sequence[Expected]) -> bool:
    """Whether a line of the roster is the aggregate that is being made."""
    if line.name != organ:
        return False
    if line.reporter is not None:
        return line.reporter.aggregate
    return any(normal(other.superior) == organ for other in expected if other is not line)


def _is_made(member: Member, organ: str) -> bool:
    """Whether a report is an earlier one of the aggregate that is being made: not one of its own members."""
    return member.aggregate and member.name == organ


def _own_office(members: Sequence[Member], reporter: Reporter, mandate: Mandate) -> Iterator[Problem]:
    """Without a roster that would say so: a government's sum without its own office's report."""
    office = next((kind for kind in mandate.reporters if kind.key == OWN_OFFICE), None)
    government = reporter.key in mandate.duties.governments
    if office and government and not any(_may_be(member, OWN_OFFICE) for member in members):
        what = f"成员里没有“{office.name}”的报告"
        mend = f"汇总一般应包括它；已在其中的，把那一份的机关类型改为“{office.name}”"
        yield rule("no-own-office").broken(what, mend, ())


def _may_be(member: Member, key: str) -> bool:
    return any(kind.key == key for kind in member.kinds)


def _blank(totals: Sequence[Total], members: Sequence[Member]) -> Iterator[Problem]:
    """Who left cells blank: they count nothing, and nobody should take them for zeros."""
    blanks = Counter(id(member) for total in totals for member in total.blank)
    who = [member for member in members if blanks[id(member)]]
    if who:
        named = "、".join(f"“{quote(member.organ)}”{blanks[id(member)]} 格" for member in who[:5])
        more = f" 等 {len(who)} 个单位" if len(who) > 5 else ""
        what = f"有 {sum(blanks.values())} 格不是数（空白或“/”），没有计数：{named}{more}"
        places = [member.places[total.slot.key] for total in totals for member in total.blank[:1]]
        mend = "各格是谁没有填见“汇总构成”表；没有发生的请填 0"
        yield rule("left-blank").broken(what, mend, places)
