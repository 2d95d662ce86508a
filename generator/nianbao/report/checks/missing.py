"""Rows in which nothing was entered, and whether blanks are how somebody says 0."""

from __future__ import annotations

from nianbao.mandate import Table
from nianbao.report.figure import State
from nianbao.report.report import Report

HABIT = 3  # rows with a blank, from which on blanks are a habit where nobody has written a 0
Missing = frozenset[tuple[str, str]]  # table and label of rows


def is_habit(report: Report) -> bool:
    """Whether nobody wrote a 0 where several rows have blanks: then what did not happen was left blank."""
    entered = [slot for key, slot in report.mandate.slots.items() if key not in report.mandate.totals]
    rows = {(slot.table, slot.row) for slot in entered if report.figures[slot.key].state is State.BLANK}
    return len(rows) >= HABIT and not any(report.figures[slot.key].number == 0 for slot in entered)


def missing_rows(report: Report) -> Missing:
    """Table and row label of every row in which nothing was entered."""
    if all(report.figures[key].state is not State.BLANK for key in report.mandate.slots):
        return frozenset()
    filled = {
        (slot.table, slot.row)
        for key, slot in report.mandate.slots.items()
        if report.figures[key].state is not State.BLANK
    }
    return frozenset((slot.table, slot.row) for slot in report.mandate.slots.values()) - filled


def is_missing(table: Table, missing: Missing) -> bool:
    """Whether nothing was entered in a table."""
    return all((table.key, slot.row) in missing for slot in table.slots)
