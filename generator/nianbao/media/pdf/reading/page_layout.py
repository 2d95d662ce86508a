"""The pages laid one after another: no running heads, lines joined to paragraphs, tables between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from nianbao.media.pdf.reading.glyphs import Glyph, Row, rows
from nianbao.media.pdf.reading.known_labels import KnownLabels
from nianbao.media.pdf.reading.lattice import Table, outside
from nianbao.media.pdf.reading.paragraphs import TextArea, begins, is_right, joined, text_area
from nianbao.media.pdf.reading.printed_page import Page
from nianbao.media.pdf.reading.unruled_tables import UnruledTable, find_unruled
from nianbao.report import Place
from nianbao.report.published import Grid, GridCell, Line

MARGIN = 0.12  # of the page's height, above and below, where running heads and page numbers stand
_PAGE_NUMBER = re.compile(
    r"[—–―－\-\s]*[0-9０-９]{1,3}[—–―－\-\s]*|第\s*[0-9]+\s*页.{0,12}|[0-9]{1,3}\s*/\s*[0-9]{1,3}"
)


@dataclass
class Layout:
    """One page as it is laid out: its tables, and outside them its characters as printed and its lines."""

    page: Page
    tables: list[Table]
    loose: list[Glyph]
    lines: list[Row]

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height in whole points."""
        return (round(self.page.width), round(self.page.height))


def arrange(
    pages: Sequence[Page], file: str, trusted: Collection[str] | None = None
) -> tuple[Line | Grid, ...]:
    """Lines and tables in order; of the tables that rules make, all or those that `trusted` has the keys of.

    The statutory tables that are not among them are looked for in what stands beside what.
    """
    layouts: list[Layout] = []
    for page in pages:
        tables = [table for table in page.tables if trusted is None or table.key in trusted]
        loose = outside(page.glyphs, tables)
        layouts.append(Layout(page, tables, loose, rows(loose)))
    _drop_running(layouts)
    _add_unruled(layouts)
    return tuple(_blocks(layouts, file))


def _drop_running(layouts: Sequence[Layout]) -> None:
    """Take out page numbers, and what stands at the same place in the margins of several pages."""
    count: Counter[tuple[str, int]] = Counter()
    for layout in layouts:
        count.update({_running(row, layout.page) for row in layout.lines if _in_margin(row, layout.page)})
    often = 2 if len(layouts) in (2, 3) else 3
    for layout in layouts:
        layout.lines = [
            row
            for row in layout.lines
            if not _in_margin(row, layout.page)
            or not (_PAGE_NUMBER.fullmatch(row.text.strip()) or count[_running(row, layout.page)] >= often)
        ]


def _in_margin(row: Row, page: Page) -> bool:
    return row.bottom < MARGIN * page.height or row.top > (1 - MARGIN) * page.height


def _running(row: Row, page: Page) -> tuple[str, int]:
    return (re.sub("[0-9０-９]+", "#", row.text), round(row.top / page.height * 100))


def _add_unruled(layouts: Sequence[Layout]) -> None:
    """Find the statutory tables that no rules have shown, and take them out of the lines."""
    known = KnownLabels({table.key for layout in layouts for table in layout.tables})
    if not known.forms:
        return
    by_page: list[list[UnruledTable]] = [[]]
    for layout in layouts:
        shown = {id(glyph) for row in layout.lines for glyph in row.glyphs}
        layout.loose = [glyph for glyph in layout.loose if id(glyph) in shown]
        goes_on = any(unruled.last for unruled in by_page[-1])
        by_page.append(find_unruled(layout.loose, known, goes_on=goes_on))
    for layout, own, after in zip(layouts, by_page[1:], [*by_page[2:], []], strict=True):
        goes_on = any(unruled.first and unruled.filled for unruled in after)
        tables = [unruled.table for unruled in own if unruled.filled or goes_on]
        layout.lines = rows(outside(layout.loose, tables))
        layout.tables += tables


def _blocks(layouts: Sequence[Layout], file: str) -> Iterator[Line | Grid]:
    areas = _text_areas(layouts)
    paragraph: list[Row] = []
    place = Place(file)
    tables = 0
    for layout in layouts:
        part, paragraphs, area = f"第 {layout.page.number} 页", 0, areas[layout.shape]
        items: list[Row | Table] = [*layout.lines, *layout.tables]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, Table):
                yield from _paragraph(paragraph, place, area)
                paragraph = []
                tables += 1
                yield _grid(item, Place(file, part=part, cell=f"表 {tables}"))
                continue
            if begins(item, paragraph[-1] if paragraph else None, area):
                yield from _paragraph(paragraph, place, area)
                paragraph = []
                paragraphs += 1
                place = Place(file, part=part, cell=f"第 {paragraphs} 段")
            paragraph.append(item)
    if layouts:
        yield from _paragraph(paragraph, place, areas[layouts[-1].shape])


def _text_areas(layouts: Sequence[Layout]) -> dict[tuple[int, int], TextArea]:
    """Where the text runs on the pages of each shape: a page on its side has other edges."""
    shapes: dict[tuple[int, int], list[Row]] = {}
    for layout in layouts:
        shapes.setdefault(layout.shape, []).extend(layout.lines)
    return {shape: text_area(lines, shape[0]) for shape, lines in shapes.items()}


def _paragraph(lines: Sequence[Row], place: Place, area: TextArea) -> Iterator[Line]:
    if lines:
        yield Line(joined(lines), place, len(lines) == 1 and is_right(lines[0], area))


def _grid(table: Table, place: Place) -> Grid:
    cells = (
        GridCell(
            *cell[:5],
            replace(place, cell=f"{place.cell} 第 {cell.row + 1} 行第 {cell.column + 1} 列"),
            cell.doubt,
        )
        for cell in table.cells
    )
    return Grid(tuple(cells), place)
