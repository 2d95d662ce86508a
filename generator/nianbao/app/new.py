"""New workbooks: blank, or filled from a report that exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nianbao.app import files, reading
from nianbao.app.findings import findings
from nianbao.app.outcome import Usage
from nianbao.app.reading import Given, form_of
from nianbao.media import workbook
from nianbao.media.workbook.read import enter
from nianbao.report import Problem, Report, Severity, assemble
from nianbao.report.carried_over import carry_over
from nianbao.report.reporters import kinds


def possible(organ: str, year: int) -> list[str]:
    """The names of the kinds of reporter that an organ of this name can be. Raises Usage."""
    return [kind.name for kind in kinds(form_of(year), Given(organ, year).organ, "")]


def blank(book: Path, given: Given, *, force: bool) -> tuple[Problem, ...]:
    """Write a blank workbook for the organ and year given, and the kind where that is given too."""
    assert given.year is not None  # asked for by the caller
    content, problems = workbook.write(
        workbook.Blank(form_of(given.year), given.organ, given.year, given.reporter)
    )
    files.put({book: content}, force=force)
    return problems


def begin(book: Path, last_year: Path, year: int | None, organ: str, *, force: bool) -> tuple[Problem, ...]:
    """Write a workbook for the year after a report, with what of it this year's begins with.

    Raises what reading the report raises, and ProblemsFound where it is not that of the year before.
    """
    last = reading.read(last_year)
    year = last.year + 1 if year is None else year
    carried = carry_over(last, form_of(year), year, Given(organ, year).organ)
    content, problems = workbook.write(carried)
    files.put({book: content}, force=force)
    return (*of_last_year(last), *carried.problems, *problems)


def of_last_year(last: Report) -> Iterator[Problem]:
    """What was found while reading last year's report: nothing of it is to be mended here."""
    for problem in last.reading:
        if problem.severity is not Severity.NOTICE:
            yield replace(problem, severity=Severity.WARNING, mend="上年报告的问题，请对照原件核对带过来的数")


def carry(source: Path, book: Path, year: int | None, *, force: bool) -> tuple[Problem, ...]:
    """Write a workbook filled from a report; return what the form has no place for.

    Decisions are carried over too, on a sheet of findings as `check --mark` makes it.
    """
    report = reading.read(source)
    if year is not None and year != report.year:
        raise Usage(f"{source.name} 是 {report.year} 年的报告，--year 是 {year}")
    content, problems = workbook.write(report)
    if report.decisions:
        written = assemble(enter(content, book.name))
        found = findings(written, decisions=report.decisions)
        content = workbook.mark(content, *found, report.decisions, file=book.name)
    files.put({book: content}, force=force)
    return (*report.reading, *problems)
