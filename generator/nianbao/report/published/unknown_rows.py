"""Rows that the form does not have: heads repeated, notes, another edition's rows, unknown ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.mandate import Mandate, editions, load
from nianbao.report.catalogue import rule
from nianbao.report.problem import quote
from nianbao.report.published.document import GridCell
from nianbao.report.published.form_table import FormRow, FormTable
from nianbao.report.published.label_matching import bare, core, nearest
from nianbao.report.published.readings import MEND, Readings, raw
from nianbao.report.published.table_rows import TableRow
from nianbao.report.raw_report import Value
from nianbao.report.suggestion import suggestion

HEADLIKE = 0.8  # likeness from which on a cell is taken for a head


def tell(row: TableRow, form: FormTable, mandate: Mandate, readings: Readings) -> None:
    """Say what a row is that has no place in the form, unless it takes nothing away."""
    own = row.own
    words = [cell for cell in row.words if cell in own]
    if not words:
        if any(bare(cell.text) for cell in own):
            readings.say(rule("unknown-label"), "这一行数没有标签，没有读入", MEND, own[0].place)
        return
    if all(nearest(cell.text, form.heads) >= HEADLIKE for cell in words):
        return
    filled = any(bare(cell.text) for cell in row.figures)
    if not filled and all(form.is_cut(cell.text) for cell in words):
        return
    label = row.label
    group = form.group(label.text)
    if not filled and (group or form.knows(label.text)):
        return
    if not filled and len(own) == 1:
        readings.notes.setdefault(form.key, []).append(Value(own[0].text, own[0].place))
    elif group:
        _in_one(row, group, readings)
    elif edition := _edition_of(label.text, form, mandate):
        what = f"“{quote(bare(label.text))}”是 {edition} 版的格式，{mandate.edition.key} 版没有，没有读入"
        readings.say(rule("old-layout"), what, "请改用规定的格式", label.place)
    else:
        what, mend = _not_in_form(label.text, form)
        if filled:
            readings.say(rule("unknown-label"), f"{what}，这里的数没有读入", mend, label.place)
        else:
            readings.say(rule("no-place"), f"{what}，没有读入", mend, label.place)


def _not_in_form(text: str, form: FormTable) -> tuple[str, str]:
    """What is wrong with a row whose label has no place left in the form, and how to mend it."""
    quoted = f"“{quote(bare(text))}”"
    if form.knows(text):
        return f"{quoted}这一行重复了，或者不在规定的位置", "请照规定格式的次序，每一行只列一次"
    cores = {core(label): label for label in form.labels}
    near = suggestion(core(text), cores)
    mend = f"是否应为“{cores[near]}”" if near else "请对照规定格式的行、列标签"
    return f"格式中没有{quoted}", mend


def _in_one(row: TableRow, group: Sequence[FormRow], readings: Readings) -> None:
    """A group told in one row: what is zero is zero in each row of it, the rest cannot be told apart."""
    label, even = row.label, len(row.figures) == len(group[0].slots)
    parts: list[GridCell] = list(row.figures) if even else [label] * len(group[0].slots)
    zero = [even and raw(cell.text) == 0 for cell in parts]
    for wanted in group:
        for slot, cell, nothing in zip(wanted.slots, parts, zero, strict=True):
            place = replace(cell.place, row=slot.row, column=slot.column)
            if nothing:
                readings.figures.setdefault(slot.key, Value(0, place))
            else:
                readings.unreadable.setdefault(slot.key, place)
    lost = [slot.column for slot, nothing in zip(group[0].slots, zero, strict=True) if not nothing]
    what = f"“{quote(bare(label.text))}”只有一行，规定分 {len(group)} 行；"
    what += f"{'、'.join(lost)}的数分不到各行，没有读入" if lost else "都是 0，各行已按 0 读入"
    mend = f"请分为：{'、'.join(wanted.label for wanted in group)}"
    readings.say(rule("old-layout"), what, mend, label.place)


def _edition_of(text: str, form: FormTable, mandate: Mandate) -> str:
    """The other edition whose table has a label; blank where none has."""
    for edition in editions():
        tables = load(edition).tables
        other = edition != mandate.edition.key and form.key in tables
        if other and FormTable(tables[form.key]).knows(text):
            return edition
    return ""
