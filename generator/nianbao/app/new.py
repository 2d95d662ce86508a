"""New workbooks: blank, or filled from a report that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from nianbao.app import files, reading
from nianbao.app.outcome import Usage
from nianbao.mandate import Mandate, for_year
from nianbao.media import workbook
from nianbao.media.workbook.read import enter
from nianbao.report import Problem, Report, Severity, assemble, check, settle
from nianbao.report.carried_over import carry_over
from nianbao.report.suggestion import SHORT, suggestion

CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def blank(book: Path, organ: str, year: int, reporter: str, *, force: bool) -> tuple[Problem, ...]:
    """Write a blank workbook for one organ and year."""
    mandate = _form_of(year)
    kinds = [kind.name for kind in mandate.reporters]
    if reporter and reporter not in kinds:
        near = suggestion(reporter, kinds, SHORT)
        hint = f"，是否想写“{near}”" if near else ""
        raise Usage(f"没有“{reporter}”这一类机关{hint}；有：{'、'.join(kinds)}")
    if CONTROL.search(organ):
        raise Usage("机关名称中有不能印出的控制字符")
    content, problems = workbook.write(workbook.Blank(mandate, organ, year, reporter))
    files.put({book: content}, force=force)
    return problems


def _form_of(year: int) -> Mandate:
    try:
        return for_year(year)
    except KeyError:
        raise Usage(f"{year} 年没有规定格式；年度报告格式自 2019 年起") from None


def begin(book: Path, last_year: Path, year: int | None, organ: str, *, force: bool) -> tuple[Problem, ...]:
    """Write a workbook for the year after a report, with what of it this year's begins with.

    Raises what reading the report raises, and ProblemsFound where it is not that of the year before.
    """
    last = reading.read(last_year)
    year = last.year + 1 if year is None else year
    mandate = _form_of(year)
    if CONTROL.search(organ):
        raise Usage("机关名称中有不能印出的控制字符")
    carried = carry_over(last, mandate, year, organ)
    content, problems = workbook.write(carried)
    files.put({book: content}, force=force)
    return (*_of_last_year(last), *carried.problems, *problems)


def _of_last_year(last: Report) -> Iterator[Problem]:
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
        findings = settle(check(written), report.decisions)
        content = workbook.mark(content, *findings, report.decisions, file=book.name)
    files.put({book: content}, force=force)
    return (*report.reading, *problems)
