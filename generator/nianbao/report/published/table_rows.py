"""The rows of the tables found, each parted into what labels it and what its figures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from nianbao.report.figure import NOT_APPLICABLE
from nianbao.report.published import note_marks
from nianbao.report.published.document import Grid, GridCell
from nianbao.report.published.form_table import FormTable
from nianbao.report.published.label_matching import NUMBERED, bare, nearest
from nianbao.report.regex import regex

LIKE = 0.5  # likeness from which on a label in the right place is taken for what it should be
_FIGURE = regex(
    r"[+＋\-−－]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?(?:[件个条项笔份起宗次元万(（].{0,40})?"
)


@lru_cache(4096)
def figure_like(text: str) -> bool:
    """Whether a text is what stands in a cell for a figure: a number, nothing, or 'not applicable'."""
    plain = bare(note_marks.part(text)[0])
    return not plain or plain in NOT_APPLICABLE or _FIGURE.fullmatch(plain) is not None


@dataclass(frozen=True)
class TableRow:
    """One row: the cells that cover it, from left to right, those that label it, and those right of them.

    `piece` counts the grids, `row` the rows of one; `words` are the cells with a text that is no figure.
    """

    piece: int
    row: int
    cells: tuple[GridCell, ...]
    labels: tuple[GridCell, ...]
    figures: tuple[GridCell, ...]
    words: tuple[GridCell, ...]

    @cached_property
    def label(self) -> GridCell:
        """The cell that names the row: the last that begins in it, for groups cover many rows."""
        named = (cell for cell in reversed(self.labels) if cell.row == self.row and cell in self.words)
        return next(named, self.labels[-1])

    @cached_property
    def run_on(self) -> str:
        """The text of the last two cells that label it, where one label runs through both."""
        return "".join(cell.text for cell in self.labels[-2:])

    @cached_property
    def groups(self) -> tuple[GridCell, ...]:
        """The other cells that label it."""
        return tuple(cell for cell in self.labels if cell is not self.label)

    @cached_property
    def own(self) -> tuple[GridCell, ...]:
        """The cells that begin in this row."""
        return tuple(cell for cell in self.cells if cell.row == self.row)

    @property
    def filled(self) -> tuple[GridCell, ...]:
        """The cells with a figure, wherever they stand."""
        return tuple(cell for cell in self.cells if cell not in self.words and bare(cell.text))


def read_rows(grids: Sequence[Grid], form: FormTable) -> list[TableRow]:
    """The rows of all pieces of one table in order, those put together again that a page's end has cut."""
    rows: list[TableRow] = []
    for piece, grid in enumerate(grids):
        covering: dict[int, list[GridCell]] = {}
        for cell in sorted(grid.cells, key=lambda cell: cell.column):
            for number in range(cell.row, cell.row + cell.rowspan):
                covering.setdefault(number, []).append(cell)
        begun = len(rows)
        for number, cells in sorted(covering.items()):
            own = [cell for cell in cells if cell.row == number]
            # a row that is blank below others' cells is part of theirs
            if len(own) == len(cells) or any(bare(cell.text) for cell in own):
                rows.append(_parted(piece, number, tuple(cells), form))
        _mend(rows, begun, form)
    return rows


def _parted(piece: int, number: int, cells: tuple[GridCell, ...], form: FormTable) -> TableRow:
    words = tuple(cell for cell in cells if not figure_like(cell.text))
    texts = [index for index, cell in enumerate(cells) if cell in words]
    known = [index for index in texts if nearest(cells[index].text, form.labels) >= LIKE]
    last = known[-1] if known else texts[0] if texts else -1  # or a label that nobody knows
    while last + 1 in texts and len(cells) - last - 1 not in form.widths:  # below a group that is known
        last += 1
    return TableRow(piece, number, cells, cells[: last + 1], cells[last + 1 :], words)


def _mend(rows: list[TableRow], begun: int, form: FormTable) -> None:
    """Where the last row of a page and the first of the next have a label only together, join them."""
    if not 0 < begun < len(rows):
        return
    below = begun
    while below < len(rows) - 1 and _is_head(rows[below], form):
        below += 1
    row = _joined(rows[begun - 1], rows[below], form)
    if row is not None:
        rows[begun - 1] = row
        del rows[below]


def _is_head(row: TableRow, form: FormTable) -> bool:
    return bool(row.words) and all(nearest(cell.text, form.heads) >= LIKE for cell in row.words)


def _joined(above: TableRow, below: TableRow, form: FormTable) -> TableRow | None:
    """The row that both are parts of: of its label, or one its label and the other its figures."""
    halves = [row.words[-1].text for row in (above, below) if row.words]
    apart = _is_label(below, form) and _is_unlabelled(above, form)
    if not apart and any(form.knows(text) for text in halves):
        return None
    labelling = [row for row in (above, below) if row.words == row.cells]
    if apart and len(above.cells) != len(below.cells):
        cells = (*above.words, replace(below.words[-1], row=above.row), *above.filled)
    elif len(halves) == 2 and len(labelling) == 1 and len(above.cells) != len(below.cells):
        row = below if labelling[0] is above else above  # without rules the other is a label alone
        label = row.words[-1]
        cells = tuple(replace(cell, text="".join(halves)) if cell is label else cell for cell in row.cells)
    else:
        cells = _paired(above, below)
    whole = _parted(above.piece, above.row, cells, form)
    return whole if whole.words and form.knows(whole.words[-1].text) else None


def _paired(above: TableRow, below: TableRow) -> tuple[GridCell, ...]:
    """The cells of both rows together, from the last back: a group's cell may go on beside one of them."""
    count = min(len(above.cells), len(below.cells))
    pairs = zip(above.cells[-count:], below.cells[-count:], strict=True)
    joined = (replace(upper, text=upper.text + lower.text) for upper, lower in pairs)
    return (*max(above.cells, below.cells, key=len)[:-count], *joined)


def _is_label(row: TableRow, form: FormTable) -> bool:
    """Whether a row is the label of figures, without any."""
    return bool(row.words) and not row.filled and nearest(row.words[-1].text, form.named) >= NUMBERED


def _is_unlabelled(row: TableRow, form: FormTable) -> bool:
    """Whether a row is as many figures as one of the form has, with no label but a group's at most."""
    labels = [cell for cell in row.words if cell in row.own]
    grouped = all(nearest(cell.text, form.groups) >= NUMBERED for cell in labels)
    return grouped and len(row.filled) in form.widths
