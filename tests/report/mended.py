"""A report with what findings offer put in its place, and what is found in one."""

from __future__ import annotations

from collections import Counter

from nianbao.app.fix import mended
from nianbao.media import form
from nianbao.report import Report, assemble, check
from nianbao.report.mending import Edit


def mend(report: Report, edits: list[Edit]) -> Report:
    """The report after these edits."""
    return assemble(form.enter(mended(form.of(report), edits), ""))


def codes(report: Report, last: Report | None = None) -> Counter[str]:
    """How many problems of each code are found."""
    return Counter(problem.code for problem in check(report, last))
