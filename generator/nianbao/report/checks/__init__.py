"""What an inspector would find; every check is a function Inspection → problems.

The checks are imported where a report is inspected: there are a hundred modules of them, and who only
reads reports, or lists an archive, needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.repetition import as_one, uncovered
from nianbao.report.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nianbao.report.checks.all_checks import CHECKS

__all__ = ["CHECKS", "Check", "Inspection", "check"]

Check = Callable[[Inspection], Iterator[Problem]]


def __getattr__(name: str) -> object:
    if name != "CHECKS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nianbao.report.checks.all_checks import CHECKS

    return CHECKS


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
    from nianbao.report import checks

    inspection = Inspection(report, last)
    problems, failed = [*report.reading], []
    for checker in checks.CHECKS:
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
