"""The rows of the tables found, each parted into what labels it and what its figures are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.report.figure import NOT_APPLICABLE
from nianbao.report.published.document import Grid, GridCell
from nianbao.report.published.form_table import Printed, nearest
from nianbao.report.published.label_matching import NUMBERED, bare

LIKE = 0.5  # likeness from which on a label in the right place is taken for what it should be
_FIGURE = re.compile(
    r"[+＋\-−－]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?(?:[件个条项笔份起宗次元万(（].{0,40})?"
)


def figure_like(text: str) -> bool:
    """Whether a text is what stands in a cell for a figure: a number, nothing, or 'not applicable'."""
    plain = bare(text)
    return not plain or plain in NOT_APPLICABLE or _FIGURE.fullmatch(plain) is not None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row: the cells that cover it, from left to right, those that label it, and those right of them.

    `piece` counts the grids, `row` the rows of one; `words` are the cells with a text that is no figure.
    """

    piece: int
    row: int
    cells: tuple[GridCell, ...]
    marks: tuple[GridCell, ...]
    figures: tuple[GridCell, ...]
    words: tuple[GridCell, ...]

    @property
    def mark(self) -> GridCell:
        """The cell that names the row: the last that begins in it, for groups cover many rows."""
        named = (cell for cell in reversed(self.marks) if cell.row == self.row and cell in self.words)
        return next(named, self.marks[-1])

    @property
    def groups(self) -> tuple[GridCell, ...]:
        """The other cells that label it."""
        mark = self.mark if self.marks else None
        return tuple(cell for cell in self.marks if cell is not mark)

    @property
    def own(self) -> tuple[GridCell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.cells if cell.row == self.row)


def found_rows(grids: Sequence[Grid], printed: Printed) -> list[FoundRow]:
    """The rows of all pieces of one table in order, those put together again that a page's end has cut."""
    rows: list[FoundRow] = []
    for piece, grid in enumerate(grids):
        last = max((cell.row + cell.rowspan for cell in grid.cells), default=0)
        covering: list[list[GridCell]] = [[] for _ in range(last)]
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                covering[row].append(cell)
        begun = len(rows)
        for number, cells in enumerate(covering):
            if any(cell.row == number and bare(cell.text) for cell in cells) or _begins(cells, number):
                ordered = tuple(sorted(cells, key=lambda cell: cell.column))
                rows.append(_parted(piece, number, ordered, printed))
        _mend(rows, begun, printed)
    return rows


def _begins(cells: Sequence[GridCell], row: int) -> bool:
    """Whether all cells of a row begin in it; one that is blank below others' cells is part of theirs."""
    return bool(cells) and all(cell.row == row for cell in cells)


def _parted(piece: int, row: int, cells: tuple[GridCell, ...], printed: Printed) -> FoundRow:
    words = tuple(cell for cell in cells if not figure_like(cell.text))
    marks = [index for index, cell in enumerate(cells) if cell in words]
    known = [index for index in marks if nearest(cells[index].text, printed.labels) >= LIKE]
    last = known[-1] if known else marks[0] if marks else -1  # or a label that nobody knows
    while last + 1 in marks and len(cells) - last - 1 not in printed.widths:  # below a group that is known
        last += 1
    return FoundRow(piece, row, cells, cells[: last + 1], cells[last + 1 :], words)


def _mend(rows: list[FoundRow], begun: int, printed: Printed) -> None:
    """Where the last row of a page and the first of the next have a label only together, join them."""
    if not 0 < begun < len(rows):
        return
    below = begun
    while below < len(rows) - 1 and _is_head(rows[below], printed):
        below += 1
    whole = _one(rows[begun - 1], rows[below], printed)
    if whole is not None:
        rows[begun - 1] = whole
        del rows[below]


def _is_head(row: FoundRow, printed: Printed) -> bool:
    return bool(row.words) and all(nearest(cell.text, printed.heads) >= LIKE for cell in row.words)


def _one(above: FoundRow, below: FoundRow, printed: Printed) -> FoundRow | None:
    """The row that both are parts of: of its label, or one its label and the other its figures."""
    halves = [row.words[-1].text for row in (above, below) if row.words]
    apart = _is_label(below, printed) and _is_unlabelled(above, printed)
    if not apart and any(printed.knows(text) for text in halves):
        return None
    if len(above.cells) == len(below.cells):
        pairs = zip(above.cells, below.cells, strict=True)
        cells = tuple(replace(one, text=one.text + other.text) for one, other in pairs)
    elif apart:
        figures = (cell for cell in above.cells if cell not in above.words and bare(cell.text))
        cells = (*above.words, replace(below.words[-1], row=above.row), *figures)
    elif len(halves) == 2 and (lone := _lone(above, below)) is not None:
        row = below if lone is above else above
        label = row.words[-1]
        cells = tuple(replace(one, text="".join(halves)) if one is label else one for one in row.cells)
    else:
        return None
    whole = _parted(above.piece, above.row, cells, printed)
    return whole if whole.words and printed.knows(whole.words[-1].text) else None


def _lone(*rows: FoundRow) -> FoundRow | None:
    """The one of two rows that is nothing but a label, as where there are no rules."""
    lone = [row for row in rows if len(row.words) == len(row.cells)]
    return lone[0] if len(lone) == 1 else None


def _is_label(row: FoundRow, printed: Printed) -> bool:
    """Whether a row is the label of figures, without any."""
    figures = any(bare(cell.text) for cell in row.cells if cell not in row.words)
    return bool(row.words) and not figures and nearest(row.words[-1].text, printed.named) >= NUMBERED


def _is_unlabelled(row: FoundRow, printed: Printed) -> bool:
    """Whether a row is as many figures as one of the form has, with no label but a group's at most."""
    figures = [cell for cell in row.cells if cell not in row.words and bare(cell.text)]
    labels = [cell for cell in row.words if cell in row.own]
    grouped = all(nearest(cell.text, printed.groups) >= NUMBERED for cell in labels)
    return grouped and len(figures) in printed.widths
