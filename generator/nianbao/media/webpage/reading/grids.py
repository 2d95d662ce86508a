"""The tables of a page: which hold figures and which only arrange the page, and their cells on a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from nianbao.media.webpage.reading import css_grids
from nianbao.media.webpage.reading.css import Styles
from nianbao.media.webpage.reading.css_grids import MOST_COLUMNS, MOST_ROWS, Cell
from nianbao.media.webpage.reading.elements import TextLine, walk
from nianbao.media.webpage.reading.printed import doubt, printed
from nianbao.report import Place
from nianbao.report.left_out import LeftOut
from nianbao.report.published import GridCell

PART = "正文"
_TABLES = ("table", "inline-table")
_CELLS = ("td", "th")
_ORDER = {"table-header-group": 0, "table-footer-group": 2}
_SPAN = re.compile(r"\s*\+?(\d{1,6})")


class Table(NamedTuple):
    """The cells of a table, and the texts in it that are no part of the report."""

    cells: tuple[GridCell, ...]
    left_out: tuple[LeftOut, ...]


def tables(root: HtmlElement, styles: Styles) -> frozenset[HtmlElement]:
    """The tables that hold figures: those with several cells and no such table within."""
    found: list[HtmlElement] = []
    arranging: set[HtmlElement] = set()
    for element in root.iter():
        style = styles.of.get(element)
        if style is None or not _is_table(element, styles):
            continue
        if len([*islice(_own_cells(element, styles), 2)]) == 2:
            found.append(element)
            for holder in element.iterancestors():
                if holder in arranging:
                    break
                arranging.add(holder)
    return frozenset(element for element in found if element not in arranging)


def _is_table(element: HtmlElement, styles: Styles) -> bool:
    display = styles.of[element].display
    return element.tag == "table" or display in _TABLES or css_grids.is_grid(element, styles)


def _own_cells(table: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    if css_grids.is_grid(table, styles):
        yield from css_grids.items(table, styles)
        return
    for row, _ in _rows(table, styles):
        yield from _cells(row, styles)


def read(table: HtmlElement, styles: Styles, file: str, number: int) -> Table:
    """The cells of a table on its grid, as a browser lays them out, with what is printed in them."""
    made: list[GridCell] = []
    left_out: list[LeftOut] = []
    for removed in _removed(table, styles):
        place = Place(file, part=PART, cell=f"表 {number}")
        for line in _lines(removed, styles):
            left_out += [LeftOut(reason, text, place) for reason, text in printed(line.pieces).left_out]
    for cell in (
        css_grids.laid_out(table, styles) if css_grids.is_grid(table, styles) else _laid_out(table, styles)
    ):
        place = Place(file, part=PART, cell=f"表 {number} 第 {cell.row + 1} 行第 {cell.column + 1} 列")
        lines = [printed(line.pieces) for line in _lines(cell.element, styles)]
        left_out += [LeftOut(reason, text, place) for line in lines for reason, text in line.left_out]
        why = doubt(lines, styles.of[cell.element])
        texts = [line.digits if why else line.text for line in lines]
        text = "\n".join(filter(None, texts))
        made.append(GridCell(cell.row, cell.column, cell.rowspan, cell.colspan, text, place, why))
    return Table(tuple(made), tuple(left_out))


def _lines(element: HtmlElement, styles: Styles) -> Iterator[TextLine]:
    return (line for line in walk(element, styles, pictures=True) if isinstance(line, TextLine))


def _laid_out(table: HtmlElement, styles: Styles) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    rows = [(row, group) for row, group in _rows(table, styles) if not styles.of[row].hidden]
    rows = sorted(rows, key=lambda row: _ORDER.get(styles.of[row[1]].display, 1))[:MOST_ROWS]
    ends = {group: at for at, (_, group) in enumerate(rows, 1)}
    for row, (element, group) in enumerate(rows):
        column = 0
        for cell in _cells(element, styles):
            if styles.of[cell].hidden:
                continue
            while (row, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            across = min(_span(cell, "colspan") or 1, MOST_COLUMNS - column)
            down = min(_span(cell, "rowspan") or MOST_ROWS, ends[group] - row)
            taken.update((row + below, column + right) for below in range(down) for right in range(across))
            yield Cell(row, column, down, across, cell)
            column += across


def _rows(table: HtmlElement, styles: Styles) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """The rows of a table, not those of one within it, and the group that each is in."""
    path: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(table, iter(table))]
    while path:
        holder, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
        elif child not in styles.of or _is_nested(child, styles):
            continue
        elif child.tag == "tr" or styles.of[child].display == "table-row":
            yield child, holder
        elif child.tag not in _CELLS and styles.of[child].display != "table-cell":
            path.append((child, iter(child)))


def _is_nested(element: HtmlElement, styles: Styles) -> bool:
    return element.tag == "table" or styles.of[element].display in _TABLES


def _cells(row: HtmlElement, styles: Styles) -> Iterable[HtmlElement]:
    return (
        cell
        for cell in row
        if cell in styles.of and (cell.tag in _CELLS or styles.of[cell].display == "table-cell")
    )


def _removed(table: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    """Rows and cells that are not laid out at all."""
    for row, _ in _rows(table, styles):
        if styles.of[row].hidden:
            yield row
        else:
            yield from (cell for cell in _cells(row, styles) if styles.of[cell].hidden)


def _span(cell: HtmlElement, name: str) -> int:
    span = _SPAN.match(cell.get(name, "1"))
    return int(span[1]) if span else 1
