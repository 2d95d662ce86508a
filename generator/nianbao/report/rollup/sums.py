"""The sum: every figure of the form over all members, exactly, and who gave how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from nianbao.mandate import Mandate, Reporter, Slot
from nianbao.report.catalogue import rule
from nianbao.report.figure import MOST_DIGITS, plain, tidy
from nianbao.report.problem import Place, Problem
from nianbao.report.raw_report import RawReport, Value, assemble
from nianbao.report.report import YES, Report
from nianbao.report.rollup.member import Member, Number

PRECISION = 60  # digits: a number has up to 15 on either side of the point, and there are thousands


class Share(NamedTuple):
    """What one member gives to a sum."""

    member: Member
    number: Number


@dataclass(frozen=True, slots=True)
class Total:
    """One figure's sum: None where no member has a number.

    `given` members have a number; `shares` are those of them that are not zero, largest first;
    `blank` are the members without a number.
    """

    slot: Slot
    number: Number | None
    given: int
    shares: tuple[Share, ...]
    blank: tuple[Member, ...]

    def of(self, *, aggregate: bool) -> Number:
        """What the aggregates among the members give, or all the others."""
        return add(share.number for share in self.shares if share.member.aggregate is aggregate)


def add(numbers: Iterable[Number]) -> Number:
    """The exact sum."""
    with localcontext() as context:
        context.prec = PRECISION
        return tidy(sum(map(Decimal, numbers), start=Decimal(0)))


def totals(mandate: Mandate, members: Sequence[Member]) -> tuple[Total, ...]:
    """The sum of every figure in the form's order; what is no number counts nothing."""
    return tuple(_total(slot, members) for slot in mandate.slots.values())


def _total(slot: Slot, members: Sequence[Member]) -> Total:
    key = slot.key
    given = [Share(member, member.numbers[key]) for member in members if key in member.numbers]
    shares = [share for share in given if share.number]
    shares.sort(key=lambda share: Decimal(share.number).copy_abs(), reverse=True)
    number = add(share.number for share in shares) if given else None
    blank = tuple(member for member in members if key not in member.numbers)
    return Total(slot, number, len(given), tuple(shares), blank)


def too_long(sums: Sequence[Total]) -> list[Problem]:
    """Sums that no spreadsheet keeps."""
    problems = []
    for total in sums:
        if total.number is not None and _digits(Decimal(total.number)) > MOST_DIGITS:
            first = total.shares[0]
            what = (
                f"“{total.slot.label}”合计 {plain(total.number)}，超过 {MOST_DIGITS} 位有效数字，"
                f"Excel 存不准；其中最大的是“{first.member.organ}”的 {plain(first.number)}"
            )
            places = [share.member.places[total.slot.key] for share in total.shares[:3]]
            problems.append(rule("sum-too-long").broken(what, "请核对这几格的数和小数位", places))
    return problems


def _digits(number: Decimal) -> int:
    """From the first that is not zero, or the point, to the last: what a spreadsheet has to keep."""
    with localcontext() as context:
        context.prec = PRECISION
        bare = number.normalize()
    return max(len(bare.as_tuple().digits), bare.adjusted() + 1)


def report(
    mandate: Mandate, sums: Sequence[Total], *, organ: str, year: int, reporter: Reporter, file: str
) -> Report:
    """The report of the sum, as if somebody had typed it; the written sections are still to be written."""
    place = Place(file)
    particulars = {"organ": organ, "year": year, "reporter": reporter.name, "seal": YES}
    return assemble(
        RawReport(
            file=file,
            particulars={key: Value(raw, place) for key, raw in particulars.items()},
            figures={
                total.slot.key: Value(
                    total.number,
                    Place(
                        file,
                        mandate.section(total.slot.table).heading,
                        row=total.slot.row,
                        column=total.slot.column,
                    ),
                )
                for total in sums
                if total.number is not None
            },
            paragraphs={},
        )
    )
