"""How labels differ from those the form prescribes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from nianbao.mandate import Slot
from nianbao.report.problem import Place, Severity, quote
from nianbao.report.published.alignment import align
from nianbao.report.published.document import GridCell
from nianbao.report.published.form_table import FormRow, Printed, nearest
from nianbao.report.published.label_matching import NUMBERED, SAME, SIGNS, bare, likeness
from nianbao.report.published.readings import MEND, Readings
from nianbao.report.published.table_rows import LIKE, FoundRow, figure_like

_MEND = "请改为规定的文字；内容已照此读入"


def label(cell: GridCell, wanted: str, above: Iterable[str], readings: Readings) -> None:
    """Tell how a label differs from the one prescribed, which may have its group's label before it."""
    like = max(likeness(cell.text, wanted), likeness(without(cell.text, above), wanted))
    _tell(f"“{quote(bare(cell.text))}”", like, wanted, replace(cell.place, row=wanted), readings)


def without(text: str, above: Iterable[str]) -> str:
    """A label whose cell has the labels of its groups too, without those."""
    whole = bare(text)
    for one in above:
        whole = whole.replace(bare(one), "", 1)
    return whole or text


def heads(
    row: FoundRow, form: FormRow, above: Sequence[FoundRow], readings: Readings
) -> Sequence[int] | None:
    """Compare a row of heads with the form's; tell in which order its columns stand, from left to right.

    The order is of indices into the form's; None where the heads stand in another one that cannot be
    told. Where a page has no merged cells, some of the heads stand in the rows `above`; and where a
    page's end cuts through the heads, some of them, or their first lines, stand on the page before.
    """
    beside = under(row, form.slots)
    opens = not any(line.piece == row.piece and _has_figure(line) for line in above)
    higher = [cell for line in above for cell in line.words if line.piece == row.piece]
    if opens:
        before = [cell for line in above for cell in line.words if line.piece != row.piece]
        halved = (replace(cell, text=one.text + cell.text) for one in before for cell in higher)
        higher += [*before, *halved]
    for index, slot in enumerate(form.slots):
        if beside[index] is None:
            like = (one for one in higher if likeness(one.text, slot.column) >= SIGNS)
            beside[index] = next((one for one in like if one not in beside), None)
    for slot, cell in zip(form.slots, beside, strict=True):
        if cell is not None and not (opens and _is_half(cell, slot.column, higher)):
            label(cell, slot.column, (), readings)
    missing = [slot for slot, cell in zip(form.slots, beside, strict=True) if cell is None]
    if not missing:
        return range(len(form.slots))
    place = row.words[0].place if row.words else row.cells[0].place
    named = "、".join(slot.column for slot in missing)
    elsewhere = any(likeness(cell.text, slot.column) >= SIGNS for cell in row.words for slot in missing)
    order = _order(row, form.slots) if elsewhere else range(len(form.slots))
    if not elsewhere:
        what, mend = f"表头中没有“{named}”，各列已按规定的次序读入", "请对照规定的表头核对各列"
    elif order is None:
        what, mend = f"表头中“{named}”的次序不对，各列读不准，没有读入", MEND
    else:
        what, mend = f"表头中“{named}”的次序不对，已按各列的表头读入", "请改为规定的次序"
    readings.say("label-differs", Severity.ERROR, what, mend, place)
    return order


def _has_figure(row: FoundRow) -> bool:
    return any(bare(cell.text) and figure_like(cell.text) for cell in row.cells)


def _is_half(cell: GridCell, wanted: str, above: Iterable[GridCell]) -> bool:
    """Whether a head is what the end of a page has cut off from the one above it."""
    return likeness(cell.text, wanted) < SIGNS and any(
        likeness(one.text + cell.text, wanted) >= SIGNS for one in above
    )


def _order(row: FoundRow, slots: Sequence[Slot]) -> Sequence[int] | None:
    """The order in which the heads stand, where each stands in the row just once."""
    found = [[cell for cell in row.words if likeness(cell.text, slot.column) >= SIGNS] for slot in slots]
    places = [cells[0].column for cells in found if len(cells) == 1]
    if len(set(places)) < len(slots):
        return None
    return sorted(range(len(slots)), key=places.__getitem__)


def under(row: FoundRow, slots: Sequence[Slot]) -> list[GridCell | None]:
    """The heads of the columns in a row of heads, None where one is not there in its order."""

    def score(cell: GridCell, slot: Slot) -> float:
        like = likeness(cell.text, slot.column)
        return like if like >= LIKE else 0.0

    beside = align(row.words, slots, score)
    return [None if index is None else row.words[index] for index in beside]


def groups(found: Sequence[FoundRow], printed: Printed, readings: Readings) -> None:
    """Compare the labels of groups, which address no figure, with the form's."""
    leaves = printed.labels - printed.groups
    halves = set(_halves(found, printed))
    for row in found:
        for cell in row.groups:
            wanted = max(printed.groups, key=lambda one: likeness(cell.text, one), default="")
            like = likeness(cell.text, wanted)
            if cell.row != row.row or cell in halves:
                continue
            if LIKE <= like < SAME and nearest(cell.text, leaves) < like:
                label(cell, wanted, (), readings)


def _halves(found: Sequence[FoundRow], printed: Printed) -> Iterator[GridCell]:
    """The labels of groups that the end of a page has cut in two, both parts of each."""
    for last, first in pairwise(found):
        if last.piece != first.piece:
            below = next((row for row in found if row.piece == first.piece and len(row.marks) > 1), first)
            for one in last.marks:
                for other in below.marks:
                    if nearest(one.text + other.text, printed.groups) >= SIGNS:
                        yield from (one, other)


def heading(text: str, wanted: str, place: Place, readings: Readings) -> None:
    """Tell how a section's heading differs from the one prescribed."""
    _tell(f"标题“{quote(bare(text))}”", likeness(text, wanted), wanted, place, readings)


def _tell(said: str, like: float, wanted: str, place: Place, readings: Readings) -> None:
    should = f"应为“{wanted}”"
    if like < NUMBERED:
        readings.say("label-differs", Severity.ERROR, f"{said}与规定不同，{should}", _MEND, place)
    elif like < SIGNS:
        readings.say("label-number", Severity.WARNING, f"{said}的编号与规定不同，{should}", _MEND, place)
    elif like < SAME:
        readings.say("label-signs", Severity.NOTICE, f"{said}的标点与规定不同，{should}", _MEND, place)
