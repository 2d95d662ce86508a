"""Figures that stand out among the organs: half of a sum from one of them, or a number out of all proportion.

Both are looked at only where five organs or more have a number that is not zero. What is normal is
judged among organs of the same kind, for a township is no police bureau, and by orders of magnitude.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from nianbao.mandate import Kind, Slot
from nianbao.report.catalogue import rule
from nianbao.report.figure import plain
from nianbao.report.groups import grouped
from nianbao.report.problem import Problem, quote
from nianbao.report.rollup.member import Member, Number
from nianbao.report.rollup.sums import Share, Total

FEWEST = 5  # organs with a number that is not zero; among fewer nobody stands out
HALF = 50  # per cent
SMALLEST = 10  # a count below it dominates nothing
FENCE = 3  # interquartile ranges above the upper quartile, of the logarithms: Tukey's far out
TIMES_QUARTILE, TIMES_NEXT = 10, 5  # and so many times the upper quartile, and the largest normal one
YUAN = 10_000  # 元 in a 万元
TIMES_YUAN = 1_000  # above the upper quartile, where dividing by YUAN makes it normal
SHOWN = 4  # figures that a message names


class Why(StrEnum):
    """In what way a figure stands out."""

    UNIT = "像是以元填报"
    OUTLIER = "远高于同类单位"
    SHARE = "占合计一半以上"


@dataclass(frozen=True, slots=True)
class Striking:
    """One organ's figure that stands out, with its `share` in per cent of the `total`.

    `normal` is the largest normal number among organs of its kind; None where only the share is striking.
    """

    why: Why
    slot: Slot
    member: Member
    number: Number
    total: Number
    share: float
    normal: Number | None = None


def striking(totals: Sequence[Total]) -> tuple[Striking, ...]:
    """Everything that stands out; of one organ's figure the most telling reason alone."""
    figures: list[Striking] = []
    for total in totals:
        if total.number is None or any(share.number < 0 for share in total.shares):
            continue  # of a change up or down there are no shares
        far = list(_outliers(total))
        seen = {id(figure.member) for figure in far}
        figures += far
        figures += [figure for figure in _dominant(total) if id(figure.member) not in seen]
    order = list(Why)
    return tuple(sorted(figures, key=lambda figure: order.index(figure.why)))


def _dominant(total: Total) -> Iterator[Striking]:
    if len(total.shares) < FEWEST or not total.number:
        return
    first = total.shares[0]
    if total.slot.kind is not Kind.AMOUNT and first.number < SMALLEST:
        return
    if first.number * 100 > total.number * HALF:
        yield _striking(Why.SHARE, total, first)


def _outliers(total: Total) -> Iterator[Striking]:
    kinds = grouped(total.shares, lambda share: share.member.kinds)
    for shares in kinds.values():  # largest first
        if len(shares) < FEWEST:
            continue
        logarithms = [math.log(share.number) for share in shares]
        first, _, third = statistics.quantiles(logarithms, n=4, method="inclusive")
        far: list[tuple[Why, Share]] = []
        for share, following in pairwise(shares):
            why = _far(share.number, following.number, first, third, total.slot)
            if why is None:
                break
            far.append((why, share))
        normal = shares[len(far)].number
        yield from (
            _striking(why, total, share, normal) for why, share in far if share.number >= TIMES_NEXT * normal
        )


def _far(number: Number, following: Number, first: float, third: float, slot: Slot) -> Why | None:
    """Why a number is out of proportion to its kind's, None where it is not.

    `following` is the next smaller one; `first` and `third` are the quartiles of the logarithms.
    """
    size = math.log(number)
    if slot.unit and slot.kind is Kind.AMOUNT and size - math.log(TIMES_YUAN) >= third:
        return Why.UNIT if number <= following * YUAN else Why.OUTLIER
    if size > third + FENCE * (third - first) and size - math.log(TIMES_QUARTILE) >= third:
        return Why.OUTLIER
    return None


def _striking(why: Why, total: Total, share: Share, normal: Number | None = None) -> Striking:
    assert total.number  # something was added up
    part = float(100 * share.number / total.number)
    return Striking(why, total.slot, share.member, share.number, total.number, part, normal)


def findings(standing_out: Sequence[Striking]) -> Iterator[Problem]:
    """One problem for each organ and reason, with its figures."""
    groups = grouped(standing_out, lambda figure: (figure.why, id(figure.member)))
    for (why, _), group in groups.items():
        more = f" 等 {len(group)} 项" if len(group) > SHOWN else ""
        figures = "；".join(map(_in_words, group[:SHOWN])) + more
        unit = f"请核对单位：这一格以{group[0].slot.unit}计，以元计的要除以一万"
        violated, mend = {
            Why.UNIT: (rule("wrong-unit"), unit),
            Why.OUTLIER: (rule("outlier"), "请向该单位核对，是否多输了位数或用错单位"),
            Why.SHARE: (rule("dominates"), "知道就行；与该单位的职责不符的请核对"),
        }[why]
        member = group[0].member
        places = [member.places[figure.slot.key] for figure in group]
        about = (member.name, *(f"{figure.slot.key}={plain(figure.number)}" for figure in group))
        what = f"“{quote(member.organ)}”{why.value}：{figures}"
        yield violated.broken(what, mend, places, about)


def _in_words(figure: Striking) -> str:
    unit = figure.slot.unit
    number = f"“{figure.slot.name}”{plain(figure.number)} {unit}".rstrip()
    if figure.normal is None:
        return f"{number}，占 {figure.share:.0f}%"
    return f"{number}，同类其余最大 {plain(figure.normal)} {unit}".rstrip()
