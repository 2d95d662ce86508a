"""What an inspector would find; every check is a function Inspection → problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks import (
    cells,
    completeness,
    copied,
    day,
    equation,
    language,
    required_content,
    text_vs_tables,
    year_over_year,
)
from nianbao.report.checks.citations import basis
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.names import contacts, organ, speaker
from nianbao.report.checks.pasted import pasted
from nianbao.report.checks.times import period, planned, stale, stocks, written, year_words
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.repetition import as_one, uncovered
from nianbao.report.report import Report

__all__ = ["CHECKS", "Inspection", "check"]

Check = Callable[[Inspection], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    completeness.parts,
    cells.cells,
    equation.equations,
    day.date_line,
    year_over_year.years,
    *text_vs_tables.CHECKS,
    *required_content.CHECKS,
    copied.sections,
    *language.CHECKS,
    pasted,
    organ,
    speaker,
    contacts,
    period,
    stale,
    planned,
    stocks,
    year_words,
    basis,
    written,
)


def to_maintainers(error: Exception) -> str:
    """How a mistake of ours is mended, where nobody keeps its traceback."""
    return f"请把这句话交给维护人员：{type(error).__name__}: {quote(error)}"


def check(
    report: Report, last: Report | None = None, *, mend: Callable[[Exception], str] = to_maintainers
) -> tuple[Problem, ...]:
    """Every problem of one report: those found while reading it, then each check's own.

    `last` is the same organ's report of the year before; without it, what only two years
    together show is not looked for. A check that raises stops no other: what it has found before
    counts, and that it failed is told at the end, with what `mend` makes of the exception.
    Raises MemoryError.
    """
    inspection = Inspection(report, last)
    problems, failed = [*report.reading], []
    for checker in CHECKS:
        try:
            for problem in checker(inspection):
                problems.append(problem)
        except MemoryError:
            raise
        except Exception as error:  # a mistake of ours in one check is no reason to lose the others
            failed.append(_failed(checker, error, report, mend(error)))
    return as_one((*uncovered(problems), *failed))


def _failed(checker: Check, error: Exception, report: Report, mend: str) -> Problem:
    name = f"{checker.__module__.removeprefix(f'{__name__}.')}.{checker.__name__}"
    what = f"程序的检查“{name}”出错（{type(error).__name__}），这一项没有查，不是报告的错；其余各项都已查过"
    return rule("check-failed").broken(what, mend, (Place(report.file),), (name,))
