"""The figures of one statutory table, found by its labels through whatever geometry it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.mandate import Mandate, Role
from nianbao.report.problem import Place, Severity, quote
from nianbao.report.published import label_differences, unknown_rows
from nianbao.report.published.alignment import align
from nianbao.report.published.document import Grid, GridCell
from nianbao.report.published.form_table import FormRow, Printed, nearest
from nianbao.report.published.label_matching import NUMBERED, bare, likeness
from nianbao.report.published.readings import MEND, Readings, raw
from nianbao.report.published.table_rows import LIKE, FoundRow, figure_like, found_rows
from nianbao.report.raw_report import Value

HEADED = 0.5  # part of the heads of a block that a row of heads must have
HEAD_ROWS = 3  # rows above that may hold heads too
BANNER = 0.85  # banners differ by one character
UNLABELLED, SPARE = 0.8, 0.6  # what a row of figures without a label counts, and one of blanks alone


def belongs(grid: Grid, forms: Sequence[Printed]) -> str:
    """The key of the table whose labels a grid has most of; blank where it has fewer than two."""
    texts = {cell.text for cell in grid.cells if not figure_like(cell.text)}
    known = {form.key: [text for text in texts if form.knows(text)] for form in forms}
    best = max(known, key=lambda key: sum(len(bare(text)) for text in known[key]))
    return best if len(known[best]) >= 2 else ""


def read(printed: Printed, mandate: Mandate, grids: Sequence[Grid], readings: Readings) -> None:
    """Take the figures of one table out of its pieces, in order."""
    found = found_rows(grids, printed)
    beside = align(found, printed.rows, lambda row, form: _score(row, form, printed))
    heads: FoundRow | None = None
    order: Sequence[int] | None = None
    for form, index in zip(printed.rows, beside, strict=True):
        row = None if index is None else found[index]
        if form.role is Role.HEAD:
            heads, order = row, range(len(form.slots))
            if index is not None and row is not None:
                order = label_differences.heads(row, form, found[max(0, index - HEAD_ROWS) : index], readings)
        elif form.role is Role.FIGURE and row is not None:
            _figures(row, form, heads, order, readings)
    for row in (row for index, row in enumerate(found) if index not in beside):
        unknown_rows.tell(row, printed, mandate, readings)
    label_differences.groups(found, printed, readings)


def _score(row: FoundRow, form: FormRow, printed: Printed) -> float:
    """How much a row found is a row of the form; 0 where it is not."""
    if form.role is Role.BANNER:
        like = likeness("".join(cell.text for cell in row.own), form.label)
        return like if like >= BANNER else 0.0
    if form.role is Role.HEAD:
        heads = zip(label_differences.under(row, form.slots), form.slots, strict=True)
        share = sum(likeness(cell.text, slot.column) for cell, slot in heads if cell) / len(form.slots)
        return share if share >= HEADED else 0.0
    if not form.label:
        filled = any(bare(cell.text) for cell in row.own)
        return (UNLABELLED if filled else SPARE) if not row.words and len(row.own) > 1 else 0.0
    if not row.marks or not row.figures:
        return 0.0
    last = row.mark.text
    run_on = "".join(cell.text for cell in row.marks[-2:])
    like = max(
        likeness(text, form.label) for text in (last, run_on, label_differences.without(last, form.above))
    )
    if like < LIKE or (like < NUMBERED and nearest(last, printed.labels - {form.label}) >= NUMBERED):
        return 0.0
    return like + _among(row, form)


def _among(row: FoundRow, form: FormRow) -> float:
    """A little for a row that stands in the group it should be in: 其他 is a label in many places."""
    texts = [cell.text for cell in row.groups]
    return 0.01 * sum(any(likeness(text, label) >= NUMBERED for text in texts) for label in form.above)


def _figures(
    row: FoundRow, form: FormRow, heads: FoundRow | None, order: Sequence[int] | None, readings: Readings
) -> None:
    """Take a row's figures, which stand in that order; without one they cannot be read, which was told."""
    cells = row.figures if form.label else row.cells
    if form.label:
        label_differences.label(row.mark, form.label, form.above, readings)
    if order is None:
        _unread(form, row.cells[0].place, readings)
        return
    spread = cells if len(cells) == len(form.slots) else _below(row, cells, heads, form)
    spread = spread or _apart(cells, form, readings)
    if not spread:
        label = form.label or form.slots[0].row
        place = replace(row.cells[0].place, row=label)
        what = f"“{label}”这一行有 {len(cells)} 格，应有 {len(form.slots)} 格，读不准，没有读入"
        readings.say("row-length", Severity.ERROR, what, MEND, place)
        _unread(form, place, readings)
        return
    for index, cell in zip(order, spread, strict=True):
        slot = form.slots[index]
        place = replace(cell.place, row=slot.row, column=slot.column)
        readings.figures.setdefault(slot.key, Value(raw(cell.text), place))


def _unread(form: FormRow, place: Place, readings: Readings) -> None:
    for slot in form.slots:
        readings.unreadable.setdefault(slot.key, replace(place, row=slot.row, column=slot.column))


def _below(
    row: FoundRow, cells: Sequence[GridCell], heads: FoundRow | None, form: FormRow
) -> tuple[GridCell, ...]:
    """The cells below the heads, one for each; none where the heads are on another page, or not all there.

    Nor where something stands below no head: then the row is shifted, and each may be another's.
    """
    if heads is None or heads.piece != row.piece:
        return ()
    below: list[GridCell] = []
    for head in label_differences.under(heads, form.slots):
        exact = [
            cell for cell in cells if head and (cell.column, cell.colspan) == (head.column, head.colspan)
        ]
        below += exact
        if len(exact) != 1:
            return ()
    shifted = any(bare(cell.text) for cell in cells if cell not in below)
    return () if shifted or len(set(below)) < len(below) else tuple(below)


def _apart(cells: Sequence[GridCell], form: FormRow, readings: Readings) -> tuple[GridCell, ...]:
    """Figures that one cell holds together, where there are exactly as many as there should be."""
    parts = tuple(replace(cell, text=text) for cell in cells for text in cell.text.split() or [""])
    if len(parts) != len(form.slots) or not all(figure_like(part.text) for part in parts):
        return ()
    together = next((cell for cell in cells if len(cell.text.split()) > 1), None)
    if together is not None:
        what = f"几个数写在了同一格：“{quote(' '.join(together.text.split()))}”，已依次读入"
        readings.say("run-together", Severity.WARNING, what, "请核对各格的数", together.place)
    return parts
