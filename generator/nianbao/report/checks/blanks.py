"""Cells left blank: one by one, or, where that is how somebody fills in the form, all as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.mandate import Slot
from nianbao.report.catalogue import rule
from nianbao.report.checks.equation import blank_totals, unequal, unfilled
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.missing import is_habit, is_missing, missing_rows
from nianbao.report.figure import State
from nianbao.report.groups import grouped
from nianbao.report.problem import Problem
from nianbao.report.report import Report

MEND = "没有发生的填 0，有数的填数"
MOST_LINES = 3  # of one table; what would take more is told as one


def blanks(inspection: Inspection) -> Iterator[Problem]:
    """Blank cells: one problem for all where they are a habit, else one for rows blank in the same columns.

    Left to others are rows that are missing altogether, and blanks of which an equation says what they
    should be; left out are blank sums of what is no number.
    """
    report = inspection.report
    blank = [slot for key, slot in report.mandate.slots.items() if report.figures[key].state is State.BLANK]
    if not blank:
        return
    habit, missing = is_habit(report), missing_rows(report)
    told = _told_by_equations(report) | _sums_of_nothing(report)
    empty = {key for key, table in report.mandate.tables.items() if is_missing(table, missing)}
    open_slots = [
        slot
        for slot in blank
        if slot.key not in told
        and slot.table not in empty
        and (habit or (slot.table, slot.row) not in missing)
    ]
    if habit and open_slots:
        tables = len({slot.table for slot in open_slots})
        where = f"{tables} 张表共有" if tables > 1 else "这张表有"
        what = f"{where} {len(open_slots)} 格空白，没有一格填 0：看来没有发生的都空着"
        yield _problem(report, what, open_slots)
        return
    for slots in grouped(open_slots, lambda slot: slot.table).values():
        yield from _table(report, slots)


def _told_by_equations(report: Report) -> set[str]:
    found = list(unequal(report))
    totals = (key for code in unfilled(found) for key in blank_totals(report, code))
    return {*totals, *(key for one in found for key in one.blanks)}


def _sums_of_nothing(report: Report) -> set[str]:
    """Blank totals of what is no number either: they are not mended where they stand."""
    states = {key: figure.state for key, figure in report.figures.items()}
    return {
        key
        for key, parts in report.mandate.totals.items()
        if states[key] is State.BLANK and all(states[part] is not State.NUMBER for part in parts)
    }


def _table(report: Report, slots: Sequence[Slot]) -> Iterator[Problem]:
    rows = grouped(slots, lambda slot: slot.row)
    alike = grouped(rows.values(), lambda row: tuple(slot.column for slot in row))
    if len(alike) > MOST_LINES:
        yield _problem(report, f"这张表有 {len(slots)} 格空白，分在 {len(rows)} 行", slots)
        return
    for columns, group in alike.items():
        names = "、".join(columns)
        labels = ""
        if len(group) > 1:
            labels = f"{len(group)} 行的“{names}”都"
        elif report.figures[group[0][0].key].place.cell:  # else the places say them
            labels = f"{group[0][0].row} / {names}："
        yield _problem(report, f"{labels}空白", [slot for row in group for slot in row])


def _problem(report: Report, what: str, slots: Sequence[Slot]) -> Problem:
    return rule("blank").broken(what, MEND, (report.figures[slot.key].place for slot in slots))
