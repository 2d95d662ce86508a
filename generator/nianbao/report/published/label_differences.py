"""Tell how labels differ from those the form prescribes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nianbao.report.catalogue import rule
from nianbao.report.problem import Place, quote
from nianbao.report.published.document import GridCell
from nianbao.report.published.form_table import FormTable
from nianbao.report.published.heads import Heads
from nianbao.report.published.label_matching import (
    NUMBERED,
    SAME,
    SIGNS,
    bare,
    closest,
    likeness,
    nearest,
    without_groups,
)
from nianbao.report.published.readings import MEND, Readings
from nianbao.report.published.table_rows import LIKE, TableRow

_MEND = "请改为规定的文字；内容已照此读入"


def label(cell: GridCell, wanted: str, groups: tuple[str, ...], readings: Readings) -> None:
    """Tell how a label differs from the one prescribed, which may have its groups' labels before it."""
    like = max(likeness(cell.text, wanted), likeness(without_groups(cell.text, groups), wanted))
    _tell(f"“{quote(bare(cell.text))}”", like, wanted, replace(cell.place, row=wanted), readings)


def heading(text: str, wanted: str, place: Place, readings: Readings) -> None:
    """Tell how a section's heading differs from the one prescribed."""
    _tell(f"标题“{quote(bare(text))}”", likeness(text, wanted), wanted, place, readings)


def _tell(what: str, like: float, wanted: str, place: Place, readings: Readings) -> None:
    should = f"应为“{wanted}”"
    if like < NUMBERED:
        readings.say(rule("label-differs"), f"{what}与规定不同，{should}", _MEND, place)
    elif like < SIGNS:
        readings.say(rule("label-number"), f"{what}的编号与规定不同，{should}", _MEND, place)
    elif like < SAME:
        readings.say(rule("label-signs"), f"{what}的标点与规定不同，{should}", _MEND, place)


def columns(heads: Heads, readings: Readings) -> None:
    """Tell how the heads of columns differ, which are missing, and in what order they were read."""
    for slot, cell in zip(heads.slots, heads.cells, strict=True):
        if cell is not None and cell not in heads.halves:
            label(cell, slot.column, (), readings)
    if not heads.missing and not heads.displaced:
        return
    names = "、".join(slot.column for slot in heads.missing or heads.astray)
    if not heads.displaced:
        what, mend = f"表头中没有“{names}”，各列已按规定的次序读入", "请对照规定的表头核对各列"
    elif heads.order is None:
        what, mend = f"表头中“{names}”的次序不对，各列读不准，没有读入", MEND
    else:
        what, mend = f"表头中“{names}”的次序不对，已按各列的表头读入", "请改为规定的次序"
    first = (*heads.row.words, *heads.row.cells)[0]
    readings.say(rule("label-differs"), what, mend, first.place)


def groups(rows: Sequence[TableRow], form: FormTable, readings: Readings) -> None:
    """Tell how the labels of groups differ, which address no figure."""
    leaves = form.labels - form.groups
    halves = set(_halves(rows, form))
    for row in rows:
        for cell in row.groups:
            if cell.row != row.row or cell in halves:
                continue
            wanted = closest(cell.text, form.groups)
            like = likeness(cell.text, wanted)
            if LIKE <= like < SAME and nearest(cell.text, leaves) < like:
                label(cell, wanted, (), readings)


def _halves(rows: Sequence[TableRow], form: FormTable) -> Iterator[GridCell]:
    """The labels of groups that the end of a page has cut in two, both parts of each."""
    for last, first in pairwise(rows):
        if last.piece != first.piece:
            below = next((row for row in rows if row.piece == first.piece and len(row.labels) > 1), first)
            for begin in last.labels:
                for end in below.labels:
                    if nearest(begin.text + end.text, form.groups) >= SIGNS:
                        yield from (begin, end)
