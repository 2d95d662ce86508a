"""The pages laid one after another: no running heads, lines joined to paragraphs, tables between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from nianbao.media.pdf.reading.glyphs import Glyph, Row, rows
from nianbao.media.pdf.reading.known_labels import Forms
from nianbao.media.pdf.reading.lattice import Ruled
from nianbao.media.pdf.reading.pages import Sheet, Table
from nianbao.media.pdf.reading.paragraphs import Frame, begins, frame, is_right, joined
from nianbao.media.pdf.reading.unruled_tables import Spaced, spaced
from nianbao.report import Place
from nianbao.report.published import Grid, GridCell, Line

MARGIN = 0.12  # of the page's height, above and below, where running heads and page numbers stand
_PAGE_NUMBER = re.compile(
    r"[—–―－\-\s]*[0-9０-９]{1,3}[—–―－\-\s]*|第\s*[0-9]+\s*页.{0,12}|[0-9]{1,3}\s*/\s*[0-9]{1,3}"
)


@dataclass
class Page:
    """One page as it is laid out: its lines outside tables, and its tables, each with its upper edge."""

    number: int
    width: float
    height: float
    lines: list[Row]
    tables: list[Ruled]
    loose: list[Glyph]  # those outside tables, in the order of printing


def arrange(
    sheets: Sequence[Sheet], file: str, trusted: Callable[[Table], bool] = lambda _: True
) -> tuple[Line | Grid, ...]:
    """Lines and tables in order; of the tables that rules make, those that are `trusted`.

    The statutory tables that are not among them are looked for in what stands beside what.
    """
    pages: list[Page] = []
    known: set[str] = set()
    for one in sheets:
        tables = [table for table in one.tables if trusted(table)]
        known.update(table.key for table in tables)
        loose = one.outside(tables)
        made = [table.ruled for table in tables]
        pages.append(Page(one.number, one.width, one.height, rows(loose), made, loose))
    _drop_running(pages)
    _find_spaced(pages, known)
    return tuple(_blocks(pages, file))


def _drop_running(pages: Sequence[Page]) -> None:
    """Take out page numbers, and what stands at the same place in the margins of several pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_running(row, page) for row in page.lines if _in_margin(row, page)})
    for page in pages:
        page.lines = [
            row
            for row in page.lines
            if not _in_margin(row, page)
            or not (
                _PAGE_NUMBER.fullmatch(row.text.strip()) or _repeated(seen[_running(row, page)], len(pages))
            )
        ]


def _find_spaced(pages: Sequence[Page], known: Collection[str]) -> None:
    """Find the statutory tables that no rules have shown, and take them out of the lines."""
    forms = Forms(known)
    if not forms.forms:
        return
    before: list[Spaced] = []
    made: list[list[Spaced]] = []
    for page in pages:
        kept = {id(glyph) for row in page.lines for glyph in row.glyphs}
        goes_on = any(one.last for one in before)
        before = spaced([one for one in page.loose if id(one) in kept], forms, goes_on=goes_on)
        made.append(before)
    for page, found, after in zip(pages, made, [*made[1:], []], strict=True):
        goes_on = any(one.first and one.filled for one in after)
        taken = [one for one in found if one.filled or goes_on]
        inside = {id(glyph) for one in taken for glyph in one.glyphs}
        kept = {id(glyph) for row in page.lines for glyph in row.glyphs} - inside
        page.lines = rows(one for one in page.loose if id(one) in kept)
        page.tables += [one.table for one in taken]


def _in_margin(row: Row, page: Page) -> bool:
    return row.bottom < MARGIN * page.height or row.top > (1 - MARGIN) * page.height


def _running(row: Row, page: Page) -> tuple[str, int]:
    return (re.sub("[0-9０-９]+", "#", row.text), round(row.top / page.height * 100))


def _repeated(count: int, pages: int) -> bool:
    return count >= 3 or (count == 2 and pages in (2, 3))


def _blocks(pages: Sequence[Page], file: str) -> Iterator[Line | Grid]:
    edges = _edges(pages)
    paragraph: list[Row] = []
    place = Place(file)
    tables = 0
    for page in pages:
        count = 0
        placed: list[Row | Ruled] = sorted(
            [*page.lines, *page.tables], key=lambda one: one.box[1] if isinstance(one, Ruled) else one.top
        )
        for one in placed:
            if isinstance(one, Ruled):
                yield from _said(paragraph, place, edges[_shape(page)])
                paragraph = []
                tables += 1
                yield _grid(one, page, tables, file)
                continue
            frame = edges[_shape(page)]
            if begins(one, paragraph[-1] if paragraph else None, frame):
                yield from _said(paragraph, place, frame)
                paragraph = []
                count += 1
                place = Place(file, part=f"第 {page.number} 页", cell=f"第 {count} 段")
            paragraph.append(one)
    if pages:
        yield from _said(paragraph, place, edges[_shape(pages[-1])])


def _edges(pages: Sequence[Page]) -> dict[tuple[int, int], Frame]:
    """The edges of the text on the pages of each shape: a page on its side has others."""
    shapes: dict[tuple[int, int], list[Row]] = {}
    for page in pages:
        shapes.setdefault(_shape(page), []).extend(page.lines)
    return {shape: frame(lines, shape[0]) for shape, lines in shapes.items()}


def _shape(page: Page) -> tuple[int, int]:
    return (round(page.width), round(page.height))


def _said(lines: Sequence[Row], place: Place, edges: Frame) -> Iterator[Line]:
    if lines:
        yield Line(joined(lines), place, len(lines) == 1 and is_right(lines[0], edges))


def _grid(table: Ruled, page: Page, number: int, file: str) -> Grid:
    part = f"第 {page.number} 页"
    cells = tuple(
        GridCell(row, column, down, across, text,
                 Place(file, part=part, cell=f"表 {number} 第 {row + 1} 行第 {column + 1} 列"))
        for row, column, down, across, text in table.cells
    )  # fmt: skip
    return Grid(cells, Place(file, part=part, cell=f"表 {number}"))
