"""A statutory table as HTML: the official cells with their spans, and what each header is the header of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from nianbao.mandate import Role, Table
from nianbao.mandate.form import Cell
from nianbao.report import Figure

WIDE = 6  # columns: a table with more scrolls sideways on a phone
LONG = 16  # rows: a table with more may be cut by a page
_HEADS = (Role.CORNER, Role.HEAD)


def write(table: Table, caption: str, figures: Mapping[str, Figure]) -> str:
    """One table; its caption is its section's heading without the number."""
    return _Writer(table, figures).write(caption)


class _Writer:
    """Writes one table."""

    def __init__(self, table: Table, figures: Mapping[str, Figure]) -> None:
        self.table, self.figures = table, figures
        self.rows: list[list[Cell]] = [[] for _ in range(table.row_count)]
        for cell in table.cells:
            self.rows[cell.row].append(cell)
        self.blocks = list(_blocks(self.rows))
        self.groups = _column_groups(table)
        self.names = {
            cell: f"{table.key}-{number}"
            for number, cell in enumerate((one for one in table.cells if one.role is not Role.FIGURE), 1)
        }

    def write(self, caption: str) -> str:
        """The table in a box that scrolls by itself."""
        title = escape(caption)
        classes = "wide" if len(self.table.grid) > WIDE else ""
        classes += " short" if self.table.row_count <= LONG else ""
        lines = [
            f'<section class="scroll" aria-label="{title}" tabindex="0">',
            f'<table class="{classes.strip()}">' if classes else "<table>",
            f"<caption>{title}</caption>",
            *(f'<colgroup span="{span}"></colgroup>' for _, span in self.groups),
        ]
        for tag, first, last in self._sections():
            lines.append(f"<{tag}>")
            for cells in self.rows[first:last]:
                lines.append("<tr>")
                lines += [self._cell(cell, first, last) for cell in cells]
                lines.append("</tr>")
            lines.append(f"</{tag}>")
        return "\n".join((*lines, "</table>", "</section>"))

    def _sections(self) -> Iterator[tuple[str, int, int]]:
        """The head that is repeated, then a body for each block and each group of rows."""
        head = self.table.header_rows
        if head:
            yield "thead", 0, head
        starts = {head}
        for cell in self.table.cells:
            if cell.role is Role.BANNER:
                starts.add(cell.row)
            elif cell.role is Role.LABEL and cell.column == 0 and cell.rowspan > 1:
                starts |= {cell.row, cell.row + cell.rowspan}
        bounds = sorted(start for start in starts if start < len(self.rows))
        for first, last in zip(bounds, [*bounds[1:], len(self.rows)], strict=True):
            yield "tbody", first, last

    def _cell(self, cell: Cell, first: int, last: int) -> str:
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        if cell.role is Role.FIGURE:
            headers = " ".join(self.names[one] for one in self._headers(cell))
            return f'<td{spans} headers="{headers}">{escape(self.figures[cell.key].text)}</td>'
        scope = self._scope(cell, first, last)
        look = ' class="label"' if cell.role is Role.LABEL else ""
        return f'<th id="{self.names[cell]}" scope="{scope}"{spans}{look}>{escape(cell.text)}</th>'

    def _scope(self, cell: Cell, first: int, last: int) -> str:
        if cell.role is Role.BANNER:
            return "rowgroup"
        if cell.role is Role.LABEL:
            return (
                "rowgroup"
                if (cell.row, cell.rowspan) == (first, last - first) and cell.rowspan > 1
                else "row"
            )
        whole = cell.colspan > 1 and (cell.column, cell.colspan) in self.groups
        return "colgroup" if whole and cell.role is Role.HEAD else "col"

    def _headers(self, figure: Cell) -> Iterator[Cell]:
        """The line across, the column's headings from the top, the row's labels from the left."""
        first, last = next(block for block in self.blocks if block[0] <= figure.row < block[1])
        for cells in self.rows[first:last]:
            for cell in cells:
                if cell.role is Role.BANNER or (cell.role is Role.HEAD and _over(cell, figure)):
                    yield cell
        for cells in self.rows[first : figure.row + 1]:
            for cell in cells:
                if cell.role is Role.LABEL and cell.row + cell.rowspan > figure.row:
                    yield cell


def _over(head: Cell, figure: Cell) -> bool:
    return head.column < figure.column + figure.colspan and figure.column < head.column + head.colspan


def _blocks(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int]]:
    """First row and the row after the last of each block: heads begin one where figures stood before."""
    first, figures = 0, False
    for number, cells in enumerate(rows):
        if figures and any(cell.role in (Role.BANNER, *_HEADS) for cell in cells):
            yield first, number
            first, figures = number, False
        figures = figures or any(cell.role is Role.FIGURE for cell in cells)
    yield first, len(rows)


def _column_groups(table: Table) -> list[tuple[int, int]]:
    """Place and width of the groups of columns: the labels', and those of the lowest spanning headings.

    Only a table with one head has any; in a stack of blocks each has its own columns.
    """
    if not table.header_rows:
        return []
    heads = [cell for cell in table.cells if cell.role is Role.HEAD and cell.colspan > 1]
    groups = {0: table.stub} if table.stub else {}
    for head in heads:
        if not any(other.row > head.row and _over(head, other) for other in heads):
            groups[head.column] = head.colspan
    column, found = 0, []
    while column < len(table.grid):
        span = groups.get(column, 1)
        found.append((column, span))
        column += span
    return found
