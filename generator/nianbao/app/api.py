"""What programs may use: functions on values and bytes, which print nothing and write no file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from nianbao.app import reading
from nianbao.app.check import inspect
from nianbao.app.generate.job import prepare
from nianbao.app.generate.pipeline import Artifacts, RenderContext, make
from nianbao.app.outcome import Usage
from nianbao.app.rollup import aggregate, member, summed
from nianbao.mandate import editions, load
from nianbao.report import Decision, Place, Problem, ProblemsFound, Report, Severity, Unreadable
from nianbao.report.comparison import Comparison
from nianbao.report.comparison import compare as hold_against
from nianbao.report.rollup import Asked, Rollup

__all__ = [
    "Artifacts", "Comparison", "Decision", "Place", "Problem", "ProblemsFound", "Report", "Rollup",
    "Severity", "Unreadable", "Usage", "check", "compare", "generate", "import_published", "read", "rollup",
    "write",
]  # fmt: skip


def read(source: str | Path | bytes, name: str = "") -> Report:
    """Read one report: a workbook, exchange JSON, or one that was published (Word, web page, PDF).

    `source` is a path, or the file's bytes; then `name` tells the kind by its end. Counts are int,
    amounts Decimal in 万元; what was odd in the file is in `Report.reading`. Raises ProblemsFound with
    everything that stops it, Unreadable where the file itself cannot be read, and OSError.
    """
    if isinstance(source, bytes):
        return reading.read_content(source, name)
    return reading.read(Path(source), name)


def import_published(
    content: bytes, name: str, *, organ: str = "", year: int | None = None, reporter: str = ""
) -> Report:
    """Read a published report; organ, year and kind of reporter are for one that does not name them.

    Raises ProblemsFound, Unreadable where the file itself cannot be read.
    """
    return reading.read_content(content, name, reading.Given(organ, year, reporter))


def check(report: Report, last_year: Report | None = None) -> tuple[Problem, ...]:
    """Every finding that is open: those that somebody has decided in the workbook are left out.

    With last year's report also what does not follow from it.
    """
    return inspect(report, last_year).found.open


def generate(
    content: bytes,
    name: str,
    *outputs: Literal["docx", "html", "pdf"],
    template: Path | None = None,
    draft: bool = False,
) -> Artifacts:
    """Make the official report of one filled-in file: `files` has the bytes by suffix.

    The Word document is always made, the others where they are named. A report with errors is not
    made, unless as a draft with a watermark; `problems` has all that was found, `code` is 0 where all
    was made. Raises nothing but OSError, where the template cannot be read.
    """
    return make(RenderContext(prepare(*outputs, template=template, draft=draft)), name, content)


def rollup(reports: Iterable[Report], organ: str, *, reporter: str = "") -> tuple[bytes, Rollup]:
    """Add up the reports of many organs, figure by figure: the workbook of the sum, and the sum.

    `organ` is the name of the aggregate, `reporter` its kind. Raises ProblemsFound, with everything at
    once, where they cannot be added up, and Usage for a kind that is none.
    """
    members = [member(report) for report in reports]
    mandate = members[0].mandate if members else load(editions()[-1])
    return summed(members, Asked(f"{organ}.xlsx", organ, aggregate(reporter, mandate), False))


def compare(*reports: Report) -> Comparison:
    """Hold two reports or more against one another: figures, rates and texts."""
    return hold_against(reports)


def write(report: Report, kind: Literal["xlsx", "json"]) -> bytes:
    """The report as a workbook to be filled in further, or as exchange JSON in UTF-8."""
    if kind == "json":
        from nianbao.media import exchange

        return exchange.write(report).encode("utf-8")
    from nianbao.media import workbook

    return workbook.write(report)[0]
