"""成文日期: not before the report year has ended, not after the day the report is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.dates import write_date
from nianbao.report.problem import Problem, quote


def date_line(inspection: Inspection) -> Iterator[Problem]:
    """A date that cannot be read, or that the calendar contradicts."""
    report = inspection.report
    place = (report.place("date_line"),)
    if not report.date_line:
        if report.reporter is not None:
            what, mend = "没有成文日期", "部门的报告一般署成文日期；政府汇总的报告可以不署"
            yield rule("date-blank").broken(what, mend, place)
        return
    day = report.date
    if day is None:
        what = f"成文日期“{quote(report.date_line)}”读不出是哪一天，将照原样印出"
        mend = f"请写作 {write_date(date(report.year + 1, 1, 20))} 的样子"
        yield rule("date-unreadable").broken(what, mend, place)
        return
    if day < date(report.year, 12, 31):
        what = f"成文日期 {write_date(day)} 早于报告年度末（{report.year}年12月31日）"
        mend = f"请核对年份，是否应为 {report.year + 1} 年"
        yield rule("date-too-early").broken(what, mend, place)
        return
    kinds = report.kinds if report.reporter else report.mandate.reporters  # not known: the last of all
    kind = max(kinds, key=lambda kind: kind.deadline(report.year))
    if day > (due := kind.deadline(report.year)):
        whose = kind.name if report.reporter else "各类机关"
        what = f"成文日期 {write_date(day)} 晚于{whose}的期限 {write_date(due)}"
        mend = "请核对日期和机关类型；确已逾期的请尽快发布"
        yield rule("date-too-late").broken(what, mend, place)
