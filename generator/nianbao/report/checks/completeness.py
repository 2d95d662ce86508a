"""What is missing altogether: sections, tables, items of 第二十条, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao.mandate import Block, Slot, Table
from nianbao.mandate.geometry import keys, paths
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.missing import Missing, is_habit, is_missing, missing_rows
from nianbao.report.problem import Place, Problem
from nianbao.report.report import Report

MEND_TABLE = "请填这张表；没有发生的填 0"
MEND_ROWS = "请填这几行；没有发生的填 0"
MOST_NAMES = 4  # rows that are named


def parts(inspection: Inspection) -> Iterator[Problem]:
    """Sections without text, tables, blocks and rows without any figure."""
    report = inspection.report
    missing = missing_rows(report)
    habit = bool(missing) and is_habit(report)
    for section in report.mandate.sections:
        if section.table:
            yield from _table(
                report, report.mandate.tables[section.key], section.heading, missing, habit=habit
            )
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


def _table(report: Report, table: Table, heading: str, missing: Missing, *, habit: bool) -> Iterator[Problem]:
    if is_missing(table, missing):
        what = f"“{heading}”的表格没有任何数字"
        yield rule("table-missing").broken(what, MEND_TABLE, (report.place(table.key),))
        return
    if habit or all(key != table.key for key, _ in missing):
        return  # the blanks are told as one, or there are none
    rows: list[Slot] = []
    for block in table.blocks:
        slots = _slots(table, block)
        gone = [slot for slot in slots if (table.key, slot.row) in missing]
        if gone and block.banner and len(gone) == len(slots):
            what = f"“{block.banner}”没有任何数字"
            yield rule("item-missing").broken(what, MEND_ROWS, _places(report, gone))
        else:
            rows += gone
    if rows:
        names = list(dict.fromkeys(slot.row for slot in rows))
        quoted = "".join(f"“{name}”" for name in names[:MOST_NAMES])
        more = f"等 {len(names)} 行都" if len(names) > MOST_NAMES else "都" if len(names) > 1 else ""
        yield rule("row-missing").broken(f"{quoted}{more}整行没有数字", MEND_ROWS, _places(report, rows))


def _slots(table: Table, block: Block) -> list[Slot]:
    owned = {
        ".".join((table.key, *keys(row), *keys(column)))
        for row in paths(block.rows)
        for column in paths(block.columns)
    }
    return [slot for slot in table.slots if slot.key in owned]


def _places(report: Report, slots: Sequence[Slot]) -> tuple[Place, ...]:
    return tuple(report.figures[slot.key].place for slot in slots)
