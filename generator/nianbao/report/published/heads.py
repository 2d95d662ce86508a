"""The heads of a block's columns, found in a row of heads, in those above it and on the page before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nianbao.mandate import Slot
from nianbao.report.published.alignment import align
from nianbao.report.published.document import GridCell
from nianbao.report.published.label_matching import SIGNS, likeness
from nianbao.report.published.table_rows import LIKE, TableRow

ROWS_ABOVE = 3  # rows above the lowest that may hold heads too


@dataclass(frozen=True)
class Heads:
    """The heads of columns: `under` are those in the row itself in the form's order, None for others.

    `cells` are these and those found above; `halves` are the ones among them that the end of a page has
    cut off from the one above. `places` are the lines and columns of those on the same page: the line is
    that of the row itself for all that cover it.
    """

    row: TableRow
    slots: Sequence[Slot]
    under: Sequence[GridCell | None]
    cells: Sequence[GridCell | None]
    halves: Sequence[GridCell]
    places: Sequence[tuple[int, int] | None]

    @cached_property
    def missing(self) -> list[Slot]:
        """The columns that have no head in its place."""
        return [slot for slot, cell in zip(self.slots, self.cells, strict=True) if cell is None]

    @cached_property
    def astray(self) -> list[Slot]:
        """The columns whose heads stand left of another's that should stand right of theirs, in one line."""
        known = [(slot, place) for slot, place in zip(self.slots, self.places, strict=True) if place]
        return [
            slot
            for at, (slot, (line, column)) in enumerate(known)
            if any(line == other[0] and column < other[1] for _, other in known[:at])
        ]

    @cached_property
    def displaced(self) -> bool:
        """Whether some of the heads stand elsewhere than the form has them, in the row or above it."""
        return bool(self.astray) or any(_same(cell, slot) for cell in self.row.words for slot in self.missing)

    @cached_property
    def order(self) -> Sequence[int] | None:
        """The columns from left to right, as indices of `slots`; None where nobody can tell."""
        if not self.displaced:
            return range(len(self.slots))
        places: list[int] = []
        for slot, place in zip(self.slots, self.places, strict=True):
            same = [cell.column for cell in self.row.words if _same(cell, slot)]
            if not same and place is not None:
                same = [place[1]]
            places += same if len(same) == 1 else []
        if len(set(places)) < len(self.slots):
            return None
        return sorted(range(len(self.slots)), key=places.__getitem__)


def find(rows: Sequence[TableRow], index: int, slots: Sequence[Slot]) -> Heads:
    """The heads of these columns in the row at an index.

    Where a page has no merged cells, some of them stand in the rows above; and where a page's end cuts
    through the heads, some of them, or their first or last lines, stand on the page before or after.
    """
    row, above = rows[index], rows[max(0, index - ROWS_ABOVE) : index]
    opens = not any(line.piece == row.piece and line.filled for line in above)
    higher = [cell for line in above for cell in line.words if line.piece == row.piece]
    near = {cell: (cell.row, cell.column) for cell in higher} | {
        cell: (row.row, cell.column) for cell in row.words
    }
    before = [cell for line in above for cell in line.words if line.piece != row.piece and opens]
    higher += before + [replace(cell, text=first.text + cell.text) for first in before for cell in higher]
    parts = [(first.text, "") for first in before]
    parts += [("", last.text) for line in rows[index + 1 : index + 2] for last in _overleaf(line, row)]
    under = beside(row, slots, parts)
    cells = list(under)
    for at, slot in enumerate(slots):
        if cells[at] is None:
            cells[at] = next((cell for cell in higher if _same(cell, slot) and cell not in cells), None)
    halves = [
        cell
        for cell, slot in zip(cells, slots, strict=True)
        if cell is not None and not _same(cell, slot) and _is_half(cell, slot, parts)
    ]
    return Heads(row, slots, under, cells, halves, [near.get(cell) if cell else None for cell in cells])


def beside(
    row: TableRow, slots: Sequence[Slot], parts: Sequence[tuple[str, str]] = ()
) -> list[GridCell | None]:
    """The heads of the columns in a row of heads, None where one is not there in its order.

    `parts` are what stands on the page before and what on the page after, one of them blank.
    """

    def score(cell: GridCell, slot: Slot) -> float:
        like = likeness(cell.text, slot.column)
        if like < SIGNS and _is_half(cell, slot, parts):
            return SIGNS
        return like if like >= LIKE else 0.0

    return [None if at is None else row.words[at] for at in align(row.words, slots, score)]


def _overleaf(line: TableRow, row: TableRow) -> Sequence[GridCell]:
    """The words of the row below another, where that is the last of its page and this has no figure."""
    return line.words if line.piece != row.piece and not line.filled else ()


def _same(cell: GridCell, slot: Slot) -> bool:
    return likeness(cell.text, slot.column) >= SIGNS


def _is_half(cell: GridCell, slot: Slot, parts: Iterable[tuple[str, str]]) -> bool:
    """Whether a cell says the whole head together with one on the page before or after."""
    return any(likeness(first + cell.text + last, slot.column) >= SIGNS for first, last in parts)
