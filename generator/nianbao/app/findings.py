"""What is found in a report: open, or settled by somebody's decision."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.app.outcome import traceback_kept
from nianbao.report import Decision, Problem, Report, Settled, check, settle
from nianbao.report.checks import all_checks  # noqa: F401 - once, before processes are forked


def findings(
    report: Report, last: Report | None = None, decisions: Mapping[str, Decision] | None = None
) -> tuple[tuple[Problem, ...], tuple[Settled, ...]]:
    """The findings that are open, and those settled by a decision; without `decisions` by the report's own.

    `last` is the same organ's report of the year before. Where a check has failed, its traceback lies
    in a file that the finding names.
    """
    return settle(
        check(report, last, mend=traceback_kept), report.decisions if decisions is None else decisions
    )
