"""What a box should say instead, where a finding leaves no doubt about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao.report.problem import Problem
from nianbao.report.report import Report
from nianbao.report.targets import Area, Target

DATE = Target(Area.PARTICULAR, "date_line")
DATES = frozenset({"date-form"})  # the findings about how 成文日期 is written
FIGURES = frozenset({"oddly-written"})  # about how a number is written


def replacements(report: Report, problem: Problem, targets: Iterable[Target]) -> Iterator[tuple[Target, str]]:
    """Each spot of a finding with what it should say; nothing where a person has to decide."""
    for target in targets:
        if target.area is Area.FIGURE and problem.code in FIGURES:
            figure = report.figures[target.key]
            if figure.number is not None:
                yield target, figure.printed
        elif target == DATE and problem.code in DATES and report.date is not None:
            yield target, report.printed_date
