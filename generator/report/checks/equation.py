"""勾稽关系: every printed or implied equation, per column and per row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.report.checks.inspection import Inspection
from generator.report.figure import State, plain, total
from generator.report.problem import Problem, Severity

MEND = "请核对这几格，改后保存"


def equations(inspection: Inspection) -> Iterator[Problem]:
    """Sums that do not agree; a blank counts nothing, a text makes its equation unknowable."""
    report = inspection.report
    for equation in report.mandate.equations:
        left = [report.figures[key] for key in equation.left]
        right = [report.figures[key] for key in equation.right]
        states = {figure.state for figure in (*left, *right)}
        if states & {State.TEXT, State.UNREADABLE} or State.NUMBER not in states:
            continue
        before, after = total(left), total(right)
        if before != after:
            apart = abs(Decimal(before) - Decimal(after))
            what = (
                f"{equation.where}：左边合计 {plain(before)}，右边合计 {plain(after)}，"
                f"相差 {plain(apart)}（{equation.rule}）"
            )
            places = tuple(figure.place for figure in (*left, *right))
            yield Problem(equation.code, Severity.ERROR, what, MEND, places)
