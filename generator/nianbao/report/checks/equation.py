"""勾稽关系: every printed or implied equation, per column and per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from nianbao.mandate import Equation, Mandate
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.missing import is_habit, missing_rows
from nianbao.report.figure import UNKNOWN, Figure, State, plain, total
from nianbao.report.groups import grouped
from nianbao.report.problem import Problem
from nianbao.report.report import Report

MEND = "请核对这几格，改后保存"
MEND_TOTALS = "请填上合计，没有发生的填 0"
HABIT = 3  # totals left blank, from which on they are told as one
MOST_SUMS = 5  # of them that are told
FEW = 4  # figures of an equation's side, among which one that is just the difference is no chance


class Unequal(NamedTuple):
    """An equation that does not hold: its figures by key, and by how much the left is more than the right."""

    equation: Equation
    left: Mapping[str, Figure]
    right: Mapping[str, Figure]
    excess: Decimal

    @property
    def expected(self) -> dict[str, Decimal]:
        """What should stand in its one blank, by key; empty where more, or none, would make it hold."""
        blanks = [
            (key, self.excess * sign)
            for figures, sign in ((self.left, -1), (self.right, 1))
            for key, figure in figures.items()
            if figure.state is State.BLANK
        ]
        return dict(blanks) if len(blanks) == 1 and blanks[0][1] > 0 else {}

    @property
    def blanks(self) -> set[str]:
        """The blanks that it tells of: its only one, or the whole of a side."""
        sides = (side for side in (self.left, self.right) if _is_blank(side))
        return {*self.expected, *(key for side in sides for key in side)}


def unequal(report: Report) -> Iterator[Unequal]:
    """The equations that do not hold; a blank counts nothing.

    A text makes its equation unknowable, and so does a row that is missing among what is summed up, which
    was told.
    """
    slots, amounts = report.mandate.slots, {key: figure.amount for key, figure in report.figures.items()}
    apart = [
        equation
        for equation in report.mandate.equations
        if sum(amounts[key] for key in equation.left) != sum(amounts[key] for key in equation.right)
    ]
    missing = frozenset() if not apart or is_habit(report) else missing_rows(report)
    for equation in apart:
        terms = equation.left if len(equation.right) == 1 else (*equation.left, *equation.right)
        if missing and any((slots[key].table, slots[key].row) in missing for key in terms):
            continue
        left, right = ({key: report.figures[key] for key in keys} for keys in (equation.left, equation.right))
        states = {figure.state for figure in (*left.values(), *right.values())}
        if not states & UNKNOWN and State.NUMBER in states:
            yield Unequal(equation, left, right, Decimal(total(left.values())) - total(right.values()))


def unfilled(found: Iterable[Unequal]) -> dict[str, list[Unequal]]:
    """By code the equations in which only the total is blank, where they are so many that it is a habit."""
    alone = (one for one in found if len(one.right) == 1 and one.expected.keys() == one.right.keys())
    by_code = grouped(alone, lambda one: one.equation.code)
    return {code: alike for code, alike in by_code.items() if len(alike) >= HABIT}


def blank_totals(report: Report, code: str) -> list[str]:
    """The keys of the totals of one equation that are blank, whatever they should be."""
    rights = (equation.right for equation in report.mandate.equations if equation.code == code)
    return [key for (key,) in rights if report.figures[key].state is State.BLANK]


def equations(inspection: Inspection) -> Iterator[Problem]:
    """Sums that do not agree; what one says should stand in a blank may explain others."""
    report = inspection.report
    found = list(unequal(report))
    totals = unfilled(found)
    for code, alike in totals.items():
        yield _unfilled(report, code, alike)
    expected: dict[str, Decimal] = {}
    for one in found:
        expected = one.expected | expected
    told = {key for alike in totals.values() for one in alike for key in one.right}
    for one in found:
        equation, new = one.equation, one.expected.keys() - told
        if not new and one.excess == _sum(expected, one.right) - _sum(expected, one.left):
            continue
        told |= new
        what = f"{equation.where}：{_apart(*_sides(one, report.mandate), abs(one.excess))}（{equation.rule}）"
        places = tuple(figure.place for figure in (*one.left.values(), *one.right.values()))
        yield rule(equation.code).broken(what, MEND, places)


def _unfilled(report: Report, code: str, alike: Sequence[Unequal]) -> Problem:
    """Totals that nobody filled in, with what they should be, and in one with those that should be 0."""
    _, total_side = _sides(alike[0], report.mandate)
    sums = [f"{one.equation.where} {plain(total(one.left.values()))}" for one in alike[:MOST_SUMS]]
    more = " 等" if len(alike) > MOST_SUMS else ""
    keys = blank_totals(report, code)
    what = f"{len(keys)} 格{total_side.name}没有填，按各格之和应为：{'，'.join(sums)}{more}"
    zero = "，其余为 0" if len(keys) > len(alike) else ""
    places = tuple(report.figures[key].place for key in keys)
    return rule(code).broken(f"{what}{zero}（{alike[0].equation.rule}）", MEND_TOTALS, places)


def _sum(expected: Mapping[str, Decimal], figures: Iterable[str]) -> Decimal:
    return sum((expected[key] for key in figures if key in expected), start=Decimal(0))


def _is_blank(figures: Mapping[str, Figure]) -> bool:
    return all(figure.state is State.BLANK for figure in figures.values())


class _Side(NamedTuple):
    """One side of an equation: its figures by the names that they have in it."""

    figures: Mapping[str, Figure]

    @property
    def name(self) -> str:
        names = list(self.figures)
        return "＋".join(names) if len(names) <= 2 else f"{names[0]}至{names[-1]}各格"

    @property
    def sum(self) -> int | Decimal:
        return total(self.figures.values())

    @property
    def blanks(self) -> list[str]:
        return [name for name, figure in self.figures.items() if figure.state is State.BLANK]

    def told(self, other: _Side) -> str:
        """What its figures come to; where all are blank, what they should."""
        several = len(self.figures) > 1
        if _is_blank(self.figures):
            return f"{self.name}没有填，{'合计' if several else ''}应为 {plain(other.sum)}"
        return f"{self.name}{'合计' if several else '是'} {plain(self.sum)}"


def _sides(found: Unequal, mandate: Mandate) -> tuple[_Side, _Side]:
    """Both sides, with that part of the figures' names in which they differ."""
    parts = {key: mandate.slots[key].name.split(".") for key in (*found.left, *found.right)}
    varying = 0 if len({first for first, *_ in parts.values()}) > 1 else -1
    return (
        _Side({parts[key][varying]: figure for key, figure in found.left.items()}),
        _Side({parts[key][varying]: figure for key, figure in found.right.items()}),
    )


def _apart(left: _Side, right: _Side, gap: Decimal) -> str:
    """How far the sides are apart, and which figure the gap is just as much as; of a blank side, its sum."""
    words = f"{left.told(right)}，{right.told(left)}"
    if _is_blank(left.figures) or _is_blank(right.figures):
        return words
    words += f"，相差 {gap:f}"
    more, less = (left, right) if left.sum > right.sum else (right, left)
    if len(less.blanks) == 1 and not more.blanks:
        return f"{words}，空着的{less.blanks[0]}是否应填 {gap:f}"
    if left_out := _left_out(more, less, gap):
        return f"{words}，正好是{left_out}的数，请看是不是漏算或者多算了它"
    return words


def _left_out(more: _Side, less: _Side, gap: Decimal) -> str:
    """The figure that is just the gap, if only one is: part of a total, or what a sum of two has second."""
    same = [name for name, figure in more.figures.items() if figure.amount == gap]
    if len(same) != 1 or len(more.figures) == 1 or (gap == 1 and len(more.figures) > FEW):
        return ""
    second = len(more.figures) > 2 or (same[0] == list(more.figures)[-1] and _all_count(more, less))
    return same[0] if second else ""


def _all_count(*sides: _Side) -> bool:
    return all(figure.amount for side in sides for figure in side.figures.values())
