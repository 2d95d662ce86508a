"""What one report alone shows to be wrong; every check is a function Report → problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.report.checks import day, equation, number, whole
from generator.report.problem import Problem
from generator.report.report import Report

CHECKS: tuple[Callable[[Report], Iterator[Problem]], ...] = (
    whole.parts,
    number.cells,
    equation.equations,
    day.date_line,
)


def check(report: Report) -> tuple[Problem, ...]:
    """Every problem of one report: those found while reading it, then each check's own."""
    return (*report.reading, *(problem for one in CHECKS for problem in one(report)))
