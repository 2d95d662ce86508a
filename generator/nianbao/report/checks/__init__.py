"""What an inspector would find; every check is a function Inspection → problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nianbao.report.checks import cells, completeness, copied, day, equation, year_over_year
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.language import proofread
from nianbao.report.checks.names import contacts, organ, speaker
from nianbao.report.checks.required_content import duties
from nianbao.report.checks.text_vs_tables import stated
from nianbao.report.checks.times import basis, period, stale, written
from nianbao.report.problem import Problem
from nianbao.report.repetition import as_one
from nianbao.report.report import Report

__all__ = ["CHECKS", "Inspection", "check"]

CHECKS: tuple[Callable[[Inspection], Iterator[Problem]], ...] = (
    completeness.parts,
    cells.cells,
    equation.equations,
    day.date_line,
    year_over_year.years,
    stated,
    duties,
    copied.sections,
    proofread,
    organ,
    speaker,
    contacts,
    period,
    stale,
    basis,
    written,
)


def check(report: Report, last: Report | None = None) -> tuple[Problem, ...]:
    """Every problem of one report: those found while reading it, then each check's own.

    `last` is the same organ's report of the year before; without it, what only two years
    together show is not looked for.
    """
    inspection = Inspection(report, last)
    return as_one((*report.reading, *(problem for checker in CHECKS for problem in checker(inspection))))
