"""`rollup --against`: a published sum held against the reports of its organs (层级汇总一致性)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nianbao.app import reading
from nianbao.app.check import last_years
from nianbao.app.reading import Given
from nianbao.report import Place, Problem, ProblemsFound, Severity, rule
from nianbao.report.rollup import (
    Consistency,
    Expected,
    Member,
    Rollup,
    Unread,
    consistency,
    normal,
    roster,
    totals,
)
from nianbao.report.rollup.consistency_findings import unfit
from nianbao.report.rollup.refusals import refusals
from nianbao.report.rollup.rollup import is_itself, left_out


def hold_against(
    path: Path,
    members: Sequence[Member],
    unread: Sequence[Unread],
    *,
    result: Rollup | None,
    expected: Sequence[Expected] | None,
    organ: str,
    last: Sequence[Path],
    skip_errors: bool,
) -> tuple[Consistency, tuple[Problem, ...]]:
    """Hold a published sum against its members, and what else is to be told.

    Where a sum was made, its members count; otherwise all that could be read, whatever is wrong with them,
    and who of those `expected` has not reported is told.
    Raises ProblemsFound where they cannot be added up, a file cannot be read, or it is of another year.
    """
    published = reading.read(path, given=Given(organ, members[0].year if members else None))
    told: list[Problem] = []
    if result is None:
        told += (
            left_out((), unread) if skip_errors else (problem for file in unread for problem in file.problems)
        )
        told += _addable(members, unread, normal(published.organ), expected)
        told += _erring(members)
    counted = result.members if result else tuple(members)
    told += unfit(published, counted)
    if any(problem.severity is Severity.ERROR for problem in told):
        raise ProblemsFound(told)
    before = last_years(last, [path])
    sums = result.totals if result else totals(published.mandate, counted)
    left = result.left_out if result else ()
    return consistency.hold_against(published, sums, counted, left, before), tuple(told)


def _addable(
    members: Sequence[Member], unread: Sequence[Unread], organ: str, expected: Sequence[Expected] | None
) -> Iterator[Problem]:
    """Why they cannot be added up, and who of those expected is not among them."""
    listed = [line for line in expected or () if not is_itself(line, organ, expected or ())]
    yield from refusals(members, organ, roster.superiors(listed))
    if expected is not None:
        yield from roster.differences(roster.lines(listed, members, (), unread), given=True)


def _erring(members: Sequence[Member]) -> list[Problem]:
    erring = [member for member in members if member.errors]
    if not erring:
        return []
    what = f"这 {len(erring)} 个单位的报告有错误，仍按报告里的数核对"
    problem = rule("member-errors").broken(
        what, "请另用 nianbao check 检查", [Place(member.file) for member in erring]
    )
    return [replace(problem, severity=Severity.WARNING)]


def summary(held: Consistency) -> str:
    """The line that says what was held against what, and how much differs."""
    report, differing = held.report, len(held.differences)
    equal = held.compared - differing
    words = f"相符 {equal} 项，不符 {differing} 项" if differing else "全部相符"
    what = f"{report.organ} {report.year} 年：{held.members} 个单位之和与 {report.file} 核对"
    return f"{what} {held.compared} 项，{words}"


def to_json(held: Consistency) -> dict[str, object]:
    """What differs, as `--json` prints it."""
    report = held.report
    return {
        "file": report.file,
        "organ": report.organ,
        "year": report.year,
        "reporter": report.reporter_name,
        "members": held.members,
        "compared": held.compared,
        "rounded": [slot.key for slot in held.rounded],
        "wholes": [
            {"why": whole.why.name.lower(), "organ": whole.organ, "keys": list(whole.keys)}
            for whole in held.wholes
        ],
        "differences": [
            {
                "key": difference.slot.key,
                "name": difference.slot.name,
                "sum": plain(difference.sum),
                "published": difference.figure.text,
                "difference": plain(difference.step),
                "explanations": [
                    {"why": reason.why.name.lower(), "organ": reason.organ, "number": plain(reason.number)}
                    for reason in difference.explanations
                ],
            }
            for difference in held.differences
        ],
    }


def plain(number: object) -> int | str | None:
    """A whole number as it is, any other exactly, in quotes; None where nobody has difference."""
    return number if number is None or isinstance(number, int) else str(number)
