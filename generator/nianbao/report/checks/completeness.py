"""What is missing altogether: sections, tables, items of 第二十条, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao.mandate import Block, Slot, Table
from nianbao.mandate.geometry import keys, paths
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import State
from nianbao.report.problem import Place, Problem
from nianbao.report.report import Report

MEND_TABLE = "请填这张表；没有发生的填 0"
MEND_ROWS = "请填这几行；没有发生的填 0"


def parts(inspection: Inspection) -> Iterator[Problem]:
    """Sections without text, tables, blocks and rows without any figure."""
    report = inspection.report
    for section in report.mandate.sections:
        if section.table:
            yield from _table(report, report.mandate.tables[section.key], section.heading)
        elif not report.narratives[section.key]:
            place = report.place(section.key)
            if _is_told(report, place):
                continue
            what = f"“{section.heading}”没有内容"
            yield rule("section-missing").broken(what, "请写这一部分", (place,))


def _is_told(report: Report, place: Place) -> bool:
    """Whether reading has told that what stands at a place, or all of which it is a part, is no text."""
    wrong = {at for problem in report.reading if problem.code == "wrong-type" for at in problem.places}
    return not wrong.isdisjoint((place, replace(place, cell="")))


def missing_rows(report: Report) -> frozenset[tuple[str, str]]:
    """Table and row label of every row in which nothing was entered."""
    filled = {
        (slot.table, slot.row)
        for key, slot in report.mandate.slots.items()
        if report.figures[key].state is not State.BLANK
    }
    return frozenset((slot.table, slot.row) for slot in report.mandate.slots.values()) - filled


def _table(report: Report, table: Table, heading: str) -> Iterator[Problem]:
    missing = missing_rows(report)
    rows = [slot.row for slot in table.slots]
    if all((table.key, row) in missing for row in rows):
        what = f"“{heading}”的表格没有任何数字"
        yield rule("table-missing").broken(what, MEND_TABLE, (report.place(table.key),))
        return
    for block in table.blocks:
        slots = _slots(table, block)
        gone = [slot for slot in slots if (table.key, slot.row) in missing]
        if not gone:
            continue
        if block.banner and len(gone) == len(slots):
            what = f"“{block.banner}”没有任何数字"
            yield rule("item-missing").broken(what, MEND_ROWS, _places(report, gone))
            continue
        for row in dict.fromkeys(slot.row for slot in gone):
            line = [slot for slot in gone if slot.row == row]
            what = f"“{row}”整行没有数字"
            yield rule("row-missing").broken(what, MEND_ROWS, _places(report, line))


def _slots(table: Table, block: Block) -> list[Slot]:
    owned = {
        ".".join((table.key, *keys(row), *keys(column)))
        for row in paths(block.rows)
        for column in paths(block.columns)
    }
    return [slot for slot in table.slots if slot.key in owned]


def _places(report: Report, slots: Sequence[Slot]) -> tuple[Place, ...]:
    return tuple(report.figures[slot.key].place for slot in slots)
