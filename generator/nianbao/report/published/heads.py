"""The heads of a block's columns, found in a row of heads, in those above it and on the page before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nianbao.mandate import Slot
from nianbao.report.published.alignment import align
from nianbao.report.published.document import GridCell
from nianbao.report.published.label_matching import SIGNS, bare, likeness
from nianbao.report.published.table_rows import LIKE, TableRow, figure_like

ROWS_ABOVE = 3  # rows above the lowest that may hold heads too


@dataclass(frozen=True)
class Heads:
    """The heads of columns: `under` are those in the row itself in the form's order, None for others.

    `cells` are these and those found above; `halves` are the ones among them that the end of a page has
    cut off from the one above.
    """

    row: TableRow
    slots: Sequence[Slot]
    under: Sequence[GridCell | None]
    cells: Sequence[GridCell | None]
    halves: Sequence[GridCell]

    @cached_property
    def missing(self) -> list[Slot]:
        """The columns that have no head in its place."""
        return [slot for slot, cell in zip(self.slots, self.cells, strict=True) if cell is None]

    @cached_property
    def displaced(self) -> bool:
        """Whether some of the missing heads stand elsewhere in the row."""
        return any(
            likeness(cell.text, slot.column) >= SIGNS for cell in self.row.words for slot in self.missing
        )

    @cached_property
    def order(self) -> Sequence[int] | None:
        """The columns from left to right, as indices of `slots`; None where nobody can tell."""
        if not self.displaced:
            return range(len(self.slots))
        same = [
            [cell for cell in self.row.words if likeness(cell.text, slot.column) >= SIGNS]
            for slot in self.slots
        ]
        places = [cells[0].column for cells in same if len(cells) == 1]
        if len(set(places)) < len(self.slots):
            return None
        return sorted(range(len(self.slots)), key=places.__getitem__)


def find(rows: Sequence[TableRow], index: int, slots: Sequence[Slot]) -> Heads:
    """The heads of these columns in the row at an index.

    Where a page has no merged cells, some of them stand in the rows above; and where a page's end cuts
    through the heads, some of them, or their first lines, stand on the page before.
    """
    row, above = rows[index], rows[max(0, index - ROWS_ABOVE) : index]
    opens = not any(line.piece == row.piece and _has_figure(line) for line in above)
    higher = [cell for line in above for cell in line.words if line.piece == row.piece]
    if opens:
        before = [cell for line in above for cell in line.words if line.piece != row.piece]
        joined = [replace(cell, text=first.text + cell.text) for first in before for cell in higher]
        higher += before + joined
    under = beside(row, slots)
    cells = list(under)
    for at, slot in enumerate(slots):
        if cells[at] is None:
            same = (cell for cell in higher if likeness(cell.text, slot.column) >= SIGNS)
            cells[at] = next((cell for cell in same if cell not in cells), None)
    halves = list(_halves(cells, slots, higher)) if opens else []
    return Heads(row, slots, under, cells, halves)


def beside(row: TableRow, slots: Sequence[Slot]) -> list[GridCell | None]:
    """The heads of the columns in a row of heads, None where one is not there in its order."""

    def score(cell: GridCell, slot: Slot) -> float:
        like = likeness(cell.text, slot.column)
        return like if like >= LIKE else 0.0

    return [None if at is None else row.words[at] for at in align(row.words, slots, score)]


def _has_figure(row: TableRow) -> bool:
    return any(bare(cell.text) and figure_like(cell.text) for cell in row.cells)


def _halves(
    cells: Sequence[GridCell | None], slots: Sequence[Slot], above: Sequence[GridCell]
) -> Iterator[GridCell]:
    """The heads that say the whole only together with one above them."""
    for cell, slot in zip(cells, slots, strict=True):
        if cell is None or likeness(cell.text, slot.column) >= SIGNS:
            continue
        if any(likeness(first.text + cell.text, slot.column) >= SIGNS for first in above):
            yield cell
