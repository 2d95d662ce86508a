"""勾稽关系: every printed or implied equation, per column and per row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.mandate import Equation
from nianbao.report.catalogue import rule
from nianbao.report.checks.completeness import missing_rows
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import UNKNOWN, Figure, State, plain, total
from nianbao.report.problem import Problem
from nianbao.report.report import Report

MEND = "请核对这几格，改后保存"


def equations(inspection: Inspection) -> Iterator[Problem]:
    """Sums that do not agree; a blank counts nothing.

    A text makes its equation unknowable, and so does a whole row without figures among what is summed up,
    which was told; of a total is said what should stand there.
    """
    report = inspection.report
    for equation in report.mandate.equations:
        left = [report.figures[key] for key in equation.left]
        right = [report.figures[key] for key in equation.right]
        states = {figure.state for figure in (*left, *right)}
        if states & UNKNOWN or State.NUMBER not in states:
            continue
        before, after = total(left), total(right)
        if before != after and not _is_told(equation, report):
            what = f"{equation.where}：{_apart(left, right)}（{equation.rule}）"
            places = tuple(figure.place for figure in (*left, *right))
            yield rule(equation.code).broken(what, MEND, places)


def _is_told(equation: Equation, report: Report) -> bool:
    """Whether a row of what is summed up is missing altogether."""
    terms = equation.left if len(equation.right) == 1 else (*equation.left, *equation.right)
    missing = missing_rows(report)
    slots = report.mandate.slots
    return any((slots[key].table, slots[key].row) in missing for key in terms)


def _apart(left: Sequence[Figure], right: Sequence[Figure]) -> str:
    """How far the sides are apart; of a side that is blank, what should stand there."""
    sides = [("左边", left), ("右边", right)]
    sums = [total(figures) for _, figures in sides]
    words = []
    for (name, figures), own, other in zip(sides, sums, reversed(sums), strict=True):
        if all(figure.state is State.BLANK for figure in figures):
            sum_of = "合计" if len(figures) > 1 else ""
            words.append(f"{name}没有填，{sum_of}应为 {plain(other)}")
        else:
            words.append(f"{name}合计 {plain(own)}")
    if not any("没有填" in word for word in words):
        words.append(f"相差 {plain(abs(Decimal(sums[0]) - Decimal(sums[1])))}")
    return "，".join(words)
