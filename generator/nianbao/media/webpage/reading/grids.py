"""The tables of a page: which hold figures and which only arrange the page, and their cells on a grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from nianbao.media.webpage.reading.elements import TextLine, is_visible, walk
from nianbao.report import Place
from nianbao.report.published import GridCell

MOST_ROWS, MOST_COLUMNS = 2_000, 100  # of a table that a report may have
PART = "正文"


def tables(root: HtmlElement) -> frozenset[HtmlElement]:
    """The tables that hold figures: those with several cells and no table within."""
    return frozenset(
        table
        for table in root.iter("table")
        if table.find(".//table") is None and len([*islice(table.iter("td", "th"), 2)]) == 2
    )


def cells(table: HtmlElement, file: str, number: int) -> Iterator[GridCell]:
    """The cells of a table on its grid, as a browser lays them out."""
    taken: set[tuple[int, int]] = set()
    rows = [row for row in table.iter("tr") if is_visible(row)][:MOST_ROWS]
    for row, tr in enumerate(rows):
        column = 0
        for cell in tr.iterchildren("td", "th"):
            if not is_visible(cell):
                continue
            while (row, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            across = min(_span(cell, "colspan"), MOST_COLUMNS - column)
            down = min(_span(cell, "rowspan") or len(rows), len(rows) - row)
            across, down = max(across, 1), max(down, 1)
            taken.update((row + below, column + right) for below in range(down) for right in range(across))
            text = "\n".join(line.text for line in walk(cell) if isinstance(line, TextLine))
            place = Place(file, part=PART, cell=f"表 {number} 第 {row + 1} 行第 {column + 1} 列")
            yield GridCell(row, column, down, across, text, place)
            column += across


def _span(cell: HtmlElement, name: str) -> int:
    span = cell.get(name, "1").strip()
    return int(span) if span.isascii() and span.isdigit() and len(span) < 6 else 1
