"""Say which figures no key leads to any more, each cause once: a sheet, a column, rows, their marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nianbao.mandate import Mandate, Slot, Table
from nianbao.media.workbook.find_keys import Found
from nianbao.report import PREFACE, PREFACE_NAME, Place, Problem, rule
from nianbao.report.groups import grouped
from nianbao.report.problem import quote
from nianbao.report.suggestion import suggestion

NEW = "用 nianbao new 另建一份，把内容复制过去"
UNDO = f"请撤销删除，不能撤销的请{NEW}"
_MOST_NAMED = 3  # rows or columns


def missing(scanned: Found, mandate: Mandate, problems: list[Problem]) -> dict[str, Place]:
    """The figures to which no key leads, with what happened to them among the problems."""
    unreadable: dict[str, Place] = {}
    for table in mandate.tables.values():
        sheet = scanned.places.get(table.key, Place(scanned.file)).sheet
        gone = [slot for slot in table.slots if slot.key not in scanned.cells]
        places = {slot.key: Place(scanned.file, sheet, row=slot.row, column=slot.column) for slot in gone}
        unreadable |= places
        if len(gone) == len(table.slots):
            problems.append(no_sheet(scanned, mandate.section(table.key).heading))
        elif gone:
            problems += _parts(table, gone, places)
    names = {PREFACE: PREFACE_NAME} | {section.key: section.heading for section in mandate.narratives}
    problems += [
        no_sheet(scanned, name)
        for key, name in names.items()
        if key not in scanned.places and name in scanned.bare
    ]
    return unreadable


def no_sheet(scanned: Found, name: str) -> Problem:
    """A sheet that is not there, or that has lost its keys."""
    if name in scanned.bare:
        what = f"“{name}”表里隐藏的识别标记（A 列、隐藏的行或者要填的一列）被删去或清空了，整张表没有读入"
        return rule("key-missing").broken(what, UNDO, (Place(scanned.file, name),))
    what, mend = f"没有找到“{name}”这张表", f"请恢复这张表，或{NEW}"
    return rule("sheet-missing").broken(what, mend, (Place(scanned.file),))


def _parts(table: Table, gone: Sequence[Slot], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Whole columns first, where it is not all in rows; then whole rows; then the cells that are left."""
    whole = grouped(table.slots, lambda slot: slot.cell.column)
    rows = grouped(table.slots, lambda slot: slot.cell.row)
    lost_rows = [slots for slots in rows.values() if set(slots) <= set(gone)]
    by_row = sum(map(len, lost_rows)) == len(gone)
    columns = [] if by_row else [slots for slots in whole.values() if set(slots) <= set(gone)]
    in_columns = [slot for slots in columns for slot in slots]
    if columns:
        named = _named(slot.column for slot in in_columns)
        mark = f"{'这一列' if len(columns) == 1 else '列'}，或者隐藏的行里的识别标记"
        what = f"没有找到{named}{_these(columns, '列')}的格：{mark}，被删去或清空了"
        yield rule("key-missing").broken(what, UNDO, [places[slot.key] for slot in in_columns])
    left = grouped((slot for slot in gone if slot not in in_columns), lambda slot: slot.cell.row)
    for entire in (True, False):
        lost = [
            slots
            for row, slots in left.items()
            if (len(slots) == len([slot for slot in rows[row] if slot not in in_columns])) is entire
        ]
        if lost:
            cells = [slot for slots in lost for slot in slots]
            named = _named(slot.row for slot in cells)
            mark = "这一行，或者它在隐藏的 A 列里的识别标记" if len(lost) == 1 else "行，或者隐藏的识别标记"
            cause = f"{mark}，被删去或清空了" if entire else "它们在隐藏的行里的识别标记被删去或清空了"
            what = f"没有找到{named}{_these(lost, '行')}的格：{cause}"
            yield rule("key-missing").broken(what, UNDO, [places[slot.key] for slot in cells])


def _these(several: Sequence[object], word: str) -> str:
    return f"这一{word}" if len(several) == 1 else f"这 {len(several)} {word}"


def _named(labels: Iterator[str]) -> str:
    names = list(dict.fromkeys(labels))
    return "".join(f"“{name}”" for name in names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def unknown(places: Mapping[str, Place], gone: Mapping[str, Place], mandate: Mandate) -> Iterator[Problem]:
    """The cells whose keys the form does not have, those of a row with one problem.

    A row that is told to be `gone` has lost the row of marks over it: that is told already.
    """
    told = {f"{mandate.slots[key].table}.{mandate.slots[key].row_key}" for key in gone}
    for (_, row), keys in grouped(places, lambda key: (places[key].sheet, key.rpartition(".")[0])).items():
        if row in told:
            continue
        near = suggestion(quote(keys[0]), mandate.slots)
        several = len(keys) > 1
        what = (
            f"{'这几格' if several else '这一格'}隐藏的识别标记被改成了“{quote(keys[0])}”"
            f"{'等，认不出是哪些数' if several else '，认不出是哪一个数'}"
        )
        should = f"（原来可能是 {near}）" if near else ""
        mend = f"请撤销对隐藏的 A 列或隐藏的行的改动{should}，不能撤销的请{NEW}"
        yield rule("unknown-key").broken(what, mend, (places[key] for key in keys))
