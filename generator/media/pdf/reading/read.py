"""From a PDF's bytes to lines and tables, page by page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.media.pdf.reading.forms import Forms
from generator.media.pdf.reading.glyphs import Glyph, Row, glyphs, rows, unmapped
from generator.media.pdf.reading.grids import Ruled, is_underline, open_ends, ruled
from generator.media.pdf.reading.paragraphs import Frame, begins, frame, is_right, joined
from generator.media.pdf.reading.spaced import Spaced, keys, spaced
from generator.report import Place, Problem, Severity, Unreadable
from generator.report.published import Grid, GridCell, Line, Published

LARGEST = 60 * 1024 * 1024  # bytes
MOST_PAGES = 300
MOST_GLYPHS = 60_000  # on one page; a dense page of a report has three thousand
MARGIN = 0.12  # of the page's height, above and below, where running heads and page numbers stand
_PAGE_NUMBER = re.compile(
    r"[—–―－\-\s]*[0-9０-９]{1,3}[—–―－\-\s]*|第\s*[0-9]+\s*页.{0,12}|[0-9]{1,3}\s*/\s*[0-9]{1,3}"
)
TABLES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 2,
    "join_tolerance": 3,
}


@dataclass
class Page:
    """What is on one page: its lines outside tables, and its tables, each with its upper edge."""

    number: int
    width: float
    height: float
    lines: list[Row]
    tables: list[Ruled]
    loose: list[Glyph]  # those of the lines, in the order in which they are printed


def read_blocks(content: bytes, file: str) -> Published:
    """The paragraphs and tables of a PDF with a text layer, in order.

    Raises Unreadable for what is scanned, protected, damaged or no PDF, and where pdfplumber is missing.
    """
    if len(content) > LARGEST:
        what = f"文件有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise _refused("too-large", file, what, "请核对文件")
    try:
        import pdfplumber
    except ImportError:
        mend = "请安装：pip install 'nianbao[import]'"
        raise _refused("no-pdf-reader", file, "没有安装读 PDF 的 pdfplumber", mend) from None
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells the terminal of every oddity
    problems: list[Problem] = []
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                what = f"有 {len(pdf.pages)} 页，不像一份年度报告，没有读"
                raise _refused("too-large", file, what, f"最多读 {MOST_PAGES} 页")
            said = [str(pdf.metadata.get(name) or "") for name in ("Title", "Author", "Subject")]
            pages = [_page(page, file, problems) for page in pdf.pages]
            pictures = any(page.images for page in pdf.pages)
    except Unreadable:
        raise
    except Exception as error:  # pdfminer raises whatever damage makes it stumble over
        raise _damaged(error, file) from None
    if not any(page.lines or page.tables for page in pages):
        if pictures:
            what, mend = "这是扫描件，没有文字层，读不出文字", "请先做文字识别（OCR），或改用 Word 文件"
            raise _refused("scanned", file, what, mend)
        raise _refused("scanned", file, "文件里没有文字", "请核对文件，或改用 Word 文件")
    _drop_running(pages)
    _find_spaced(pages)
    blocks = tuple(_blocks(pages, file))
    title, author, subject = said
    return Published(file, blocks, title, tuple(problems), author, subject)


def _refused(code: str, file: str, what: str, mend: str) -> Unreadable:
    return Unreadable([Problem(code, Severity.ERROR, what, mend, (Place(file),))])


def _damaged(error: Exception, file: str) -> Unreadable:
    names = {type(one).__name__ for one in (error, *error.args) if isinstance(one, Exception)}
    if names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return _refused("protected", file, "文件设有打开密码", "请去掉打开密码后再读")
    return _refused(
        "damaged", file, "文件已损坏，或者不是 PDF", "请用阅读软件打开并另存一份，或换用完好的文件"
    )


def _page(page: Any, file: str, problems: list[Problem]) -> Page:
    chars = page.chars
    if len(chars) > MOST_GLYPHS:
        what = f"第 {page.page_number} 页有 {len(chars)} 个字，不像一份年度报告，没有读"
        raise _refused("too-large", file, what, "请核对文件")
    letters = glyphs(chars, page.width, page.height)
    if lost := unmapped(letters):
        what = f"这一页有 {lost} 个字的字体没有说明是什么字，读不出"
        place = Place(file, part=f"第 {page.page_number} 页")
        problems.append(
            Problem("unmapped-font", Severity.ERROR, what, "请改用 Word 文件，或对照原件补上", (place,))
        )
    tables: list[Ruled] = []
    outside = letters
    drawn = page.filter(lambda shape: not is_underline(shape, letters))
    settings = TABLES | {"explicit_horizontal_lines": open_ends(drawn.edges)}
    for table in sorted(drawn.find_tables(settings), key=lambda one: one.bbox[1]):
        made, outside = ruled(table.cells, outside)
        if made is not None and any(text for *_, text in made.cells):
            tables.append(made)
    return Page(page.page_number, float(page.width), float(page.height), rows(outside), tables, outside)


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


def _find_spaced(pages: Sequence[Page]) -> None:
    """Find the statutory tables that no rules have shown, and take them out of the lines."""
    forms = Forms(keys(table for page in pages for table in page.tables))
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
