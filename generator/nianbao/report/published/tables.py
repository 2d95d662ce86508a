"""The figures of one statutory table, found by its labels through whatever geometry it was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nianbao.mandate import Mandate, Role
from nianbao.report.catalogue import rule
from nianbao.report.left_out import LeftOut, Reason, unclear
from nianbao.report.problem import Place, quote
from nianbao.report.published import heads, label_differences, note_marks, unknown_rows
from nianbao.report.published.alignment import align
from nianbao.report.published.document import BROKEN, SPREAD, Grid, GridCell
from nianbao.report.published.form_table import FormRow, FormTable
from nianbao.report.published.heads import Heads
from nianbao.report.published.label_matching import NUMBERED, bare, likeness, nearest, without_groups
from nianbao.report.published.readings import MEND, Readings, raw
from nianbao.report.published.table_rows import LIKE, TableRow, figure_like, read_rows
from nianbao.report.raw_report import Value

HEADED = 0.5  # part of the heads of a block that a row of heads must have
BANNER = 0.85  # banners differ by one character
UNLABELLED, SPARE = 0.8, 0.6  # what a row of figures without a label counts, and one of blanks alone


def belongs(texts: Iterable[str], forms: Sequence[FormTable]) -> str:
    """The key of the table that has most of the labels among a grid's texts; "" for fewer than two."""
    words = {text for text in texts if not figure_like(text)}
    known = {form.key: [text for text in words if form.knows(text)] for form in forms}
    best = max(known, key=lambda key: sum(len(bare(text)) for text in known[key]))
    return best if len(known[best]) >= 2 else ""


def read(form: FormTable, mandate: Mandate, grids: Sequence[Grid], readings: Readings) -> None:
    """Take the figures of one table out of its pieces, in order."""
    rows = read_rows(grids, form)
    beside = align(rows, form.rows, lambda row, wanted: _score(row, wanted, form))
    block: Heads | None = None
    for wanted, index in zip(form.rows, beside, strict=True):
        if wanted.role is Role.HEAD:
            block = None if index is None else heads.find(rows, index, wanted.slots)
            if block is not None:
                label_differences.columns(block, readings)
        elif wanted.role is Role.FIGURE and index is not None:
            _read_row(rows[index], wanted, block, readings)
    for row in (row for index, row in enumerate(rows) if index not in beside):
        unknown_rows.tell(row, form, mandate, readings)
    label_differences.groups(rows, form, readings)


def _score(row: TableRow, wanted: FormRow, form: FormTable) -> float:
    """How much a row found is a row of the form; 0 where it is not."""
    if wanted.role is Role.BANNER:
        like = likeness("".join(cell.text for cell in row.own), wanted.label)
        return like if like >= BANNER else 0.0
    if wanted.role is Role.HEAD:
        if len(row.words) < HEADED * len(wanted.slots):
            return 0.0
        beside = zip(heads.beside(row, wanted.slots), wanted.slots, strict=True)
        share = sum(likeness(cell.text, slot.column) for cell, slot in beside if cell) / len(wanted.slots)
        return share if share >= HEADED else 0.0
    if not wanted.label:
        filled = any(bare(cell.text) for cell in row.own)
        return (UNLABELLED if filled else SPARE) if not row.words and len(row.own) > 1 else 0.0
    if not row.labels or not row.figures:
        return 0.0
    label = row.label.text
    texts = {label, row.run_on, without_groups(label, wanted.above)}
    like = max(likeness(text, wanted.label) for text in texts)
    if like < LIKE or (like < NUMBERED and nearest(label, form.labels - {wanted.label}) >= NUMBERED):
        return 0.0
    return like + _in_group(row, wanted)


def _in_group(row: TableRow, wanted: FormRow) -> float:
    """A little for a row that stands in the group it should be in: 其他 is a label in many places."""
    texts = [cell.text for cell in row.groups]
    return 0.01 * sum(any(likeness(text, label) >= NUMBERED for text in texts) for label in wanted.above)


def _read_row(row: TableRow, wanted: FormRow, block: Heads | None, readings: Readings) -> None:
    """Take a row's figures, in the order of their heads; without one they cannot be read, which was told."""
    cells = row.figures if wanted.label else row.cells
    if wanted.label:
        label_differences.label(row.label, wanted.label, wanted.above, readings)
    order = range(len(wanted.slots)) if block is None else block.order
    if order is None:
        _leave_unread(wanted, row.cells[0].place, readings)
        return
    if len(cells) != len(wanted.slots):
        cells = _under_heads(row, cells, block) or _run_together(cells, wanted, readings)
    if not cells:
        label = wanted.label or wanted.slots[0].row
        place = replace(row.cells[0].place, row=label)
        count = len(row.figures if wanted.label else row.cells)
        what = f"“{label}”这一行有 {count} 格，应有 {len(wanted.slots)} 格，读不准，没有读入"
        readings.say(rule("row-length"), what, MEND, place)
        _leave_unread(wanted, place, readings)
        return
    for index, cell in zip(order, cells, strict=True):
        slot = wanted.slots[index]
        place = replace(cell.place, row=slot.row, column=slot.column)
        if cell.doubt:
            readings.problems.append(unclear(cell.doubt, cell.text, place))
            readings.unreadable.setdefault(slot.key, place)
        else:
            text, mark = note_marks.part(cell.text)
            if mark:
                readings.left_out.append(LeftOut(Reason.NOTE_MARK, mark, place))
            readings.figures.setdefault(slot.key, Value(raw(text), place))


def _leave_unread(wanted: FormRow, place: Place, readings: Readings) -> None:
    for slot in wanted.slots:
        readings.unreadable.setdefault(slot.key, replace(place, row=slot.row, column=slot.column))


def _under_heads(row: TableRow, cells: Sequence[GridCell], block: Heads | None) -> tuple[GridCell, ...]:
    """The cells under the heads, one for each; none where the heads are on another page, or not all there.

    Nor where something stands under no head: then the row is shifted, and each may be another's.
    """
    if block is None or block.row.piece != row.piece:
        return ()
    under: list[GridCell] = []
    for head in block.under:
        exact = [
            cell for cell in cells if head and (cell.column, cell.colspan) == (head.column, head.colspan)
        ]
        if len(exact) != 1:
            return ()
        under += exact
    shifted = any(bare(cell.text) for cell in cells if cell not in under)
    return () if shifted or len(set(under)) < len(under) else tuple(under)


def _run_together(cells: Sequence[GridCell], wanted: FormRow, readings: Readings) -> tuple[GridCell, ...]:
    """Figures that one cell holds together, where there are exactly as many as there should be."""
    parts = tuple(
        replace(cell, text=text, doubt="" if cell.doubt in (BROKEN, SPREAD) else cell.doubt)
        for cell in cells
        for text in cell.text.split() or [""]
    )
    if len(parts) != len(wanted.slots) or not all(figure_like(part.text) for part in parts):
        return ()
    together = next((cell for cell in cells if len(cell.text.split()) > 1), None)
    if together is not None:
        what = f"几个数写在了同一格：“{quote(' '.join(together.text.split()))}”，已依次读入"
        readings.say(rule("run-together"), what, "请核对各格的数", together.place)
    return parts
