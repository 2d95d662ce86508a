"""A published sum held against its organs (层级汇总一致性): what differs, and who would explain it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from nianbao.mandate import Kind, Slot
from nianbao.report.figure import UNKNOWN, Figure
from nianbao.report.report import Report
from nianbao.report.rollup.member import Member, Number, normal
from nianbao.report.rollup.sums import Total, add

FEWEST, MOST = 2, 90  # figures, per cent of its own, by which an organ is missing, or there twice, as a whole
YUAN = 10_000  # 元 in a 万元


class Why(StrEnum):
    """What would explain a difference."""

    MISSING = "没有计入"
    TWICE = "计了两次"
    LEFT_OUT = "计入了这次没有计入的"
    LAST_YEAR = "用了上年的数"
    UNIT = "以元填报"


class Explanation(NamedTuple):
    """Why a figure may differ: by which organ's number; "" where it is no single one's."""

    why: Why
    organ: str
    number: Number


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not the sum; `step` is what was published more, None where no number was.

    Of `explanations` the likeliest come first: those that explain most figures.
    """

    slot: Slot
    sum: Number | None
    figure: Figure
    step: Number | None
    explanations: tuple[Explanation, ...] = ()


class Whole(NamedTuple):
    """An organ that is missing, or there twice, as a whole: these figures differ just by its number."""

    why: Why
    organ: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Consistency:
    """A published sum and its organs': what differs, what differs by rounding only, of how many figures."""

    report: Report
    members: int
    compared: int
    differences: tuple[Difference, ...]
    rounded: tuple[Slot, ...]
    wholes: tuple[Whole, ...]


def hold_against(
    published: Report,
    totals: Sequence[Total],
    members: Sequence[Member],
    left_out: Sequence[Member] = (),
    last: Sequence[Report] = (),
) -> Consistency:
    """Hold a published sum against that of its members; `last` are reports of the year before.

    What is no number counts as none: it differs where the sum is neither nought nor blank.
    """
    numbers = _Numbers(published, members, left_out, last)
    differences: list[Difference] = []
    rounded: list[Slot] = []
    for total in totals:
        figure = published.figures[total.slot.key]
        if figure.state in UNKNOWN:
            differences.append(Difference(total.slot, total.number, figure, None))
        elif (figure.number or 0) != (total.number or 0):
            if _is_rounded(total.slot, figure.number, total.number):
                rounded.append(total.slot)
            else:
                step = add((figure.number or 0, -(total.number or 0)))
                bare = Difference(total.slot, total.number, figure, step)
                differences.append(replace(bare, explanations=tuple(numbers.explain(bare))))
    ranked = _ranked(differences)
    wholes = tuple(numbers.wholes(ranked))
    return Consistency(published, len(members), len(totals), ranked, tuple(rounded), wholes)


def _is_rounded(slot: Slot, published: Number | None, exact: Number | None) -> bool:
    """Whether an amount is the sum with fewer decimals."""
    if slot.kind is not Kind.AMOUNT or published is None or exact is None:
        return False
    decimals = Decimal(1).scaleb(min(0, int(Decimal(published).as_tuple().exponent)))
    return Decimal(exact).quantize(decimals, ROUND_HALF_UP) == published


class _Numbers:
    """Every organ's numbers, this year's and last year's: what a difference may come from."""

    def __init__(
        self, published: Report, members: Sequence[Member], left_out: Sequence[Member], last: Sequence[Report]
    ) -> None:
        self._members, self._left_out = members, left_out
        before = [report for report in last if report.year == published.year - 1]
        organ = normal(published.organ)
        wholes = [report for report in before if normal(report.organ) == organ and _sums(report)]
        self._whole = wholes[0] if wholes else None
        self._before = {
            (normal(report.organ), _sums(report)): report for report in before if report is not self._whole
        }

    def explain(self, difference: Difference) -> Iterator[Explanation]:
        """Every single number that would explain a difference."""
        slot, published = difference.slot, difference.figure.number
        if published is not None and self._last_whole(slot.key) == published:
            yield Explanation(Why.LAST_YEAR, "", published)
        if published and slot.kind is Kind.AMOUNT and (difference.sum or 0) * YUAN == published:
            yield Explanation(Why.UNIT, "", published)
        for member in self._members:
            number = member.numbers.get(slot.key, 0)
            if number and _gives(difference, -number):
                yield Explanation(Why.MISSING, member.organ, number)
            if number and _gives(difference, number):
                yield Explanation(Why.TWICE, member.organ, number)
            before = self._last(member, slot.key)
            if before is not None and before != number and _gives(difference, add((before, -number))):
                yield Explanation(Why.LAST_YEAR, member.organ, before)
        for member in self._left_out:
            if (number := member.numbers.get(slot.key, 0)) and _gives(difference, number):
                yield Explanation(Why.LEFT_OUT, member.organ, number)

    def _last(self, member: Member, key: str) -> Number | None:
        report = self._before.get((member.name, member.aggregate))
        figure = report.figures.get(key) if report is not None else None
        return figure.number if figure is not None else None

    def _last_whole(self, key: str) -> Number | None:
        """Last year's sum: as it was reported, or of the organs of which there are reports for all."""
        if self._whole is not None:
            figure = self._whole.figures.get(key)
            return figure.number if figure is not None else None
        numbers = [self._last(member, key) for member in self._members]
        return None if None in numbers else add(number for number in numbers if number is not None)

    def wholes(self, differences: Sequence[Difference]) -> Iterator[Whole]:
        """Organs that are missing, or there twice, in nearly every figure for which they have a number."""
        by_organ: dict[tuple[Why, str], list[str]] = {}
        for difference in differences:
            for reason in difference.explanations:
                if reason.why in (Why.MISSING, Why.TWICE, Why.LEFT_OUT):
                    by_organ.setdefault((reason.why, reason.organ), []).append(difference.slot.key)
        for member in (*self._members, *self._left_out):
            own = [key for key, number in member.numbers.items() if number]
            for why in (Why.MISSING, Why.TWICE, Why.LEFT_OUT):
                keys = by_organ.get((why, member.organ), [])
                if len(keys) >= FEWEST and 100 * len(keys) >= MOST * len(own):
                    yield Whole(why, member.organ, tuple(keys))


def _gives(difference: Difference, step: Number) -> bool:
    """Whether the sum and so much more, perhaps rounded, is what was published."""
    supposed, published = add((difference.sum or 0, step)), difference.figure.number
    return supposed == (published or 0) or _is_rounded(difference.slot, published, supposed)


def _sums(report: Report) -> bool:
    return all(kind.aggregate for kind in report.kinds)


def _ranked(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences, with the likeliest explanations alone: those that explain most figures."""
    times = Counter(reason[:2] for difference in differences for reason in difference.explanations)

    def likeliest(difference: Difference) -> Difference:
        most = max((times[reason[:2]] for reason in difference.explanations), default=0)
        best = [reason for reason in difference.explanations if times[reason[:2]] == most]
        return replace(difference, explanations=tuple(best))

    return tuple(map(likeliest, differences))
