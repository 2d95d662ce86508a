"""From a PDF's bytes to lines and tables."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from functools import partial

from nianbao.media.pdf.reading.glyphs import unmapped
from nianbao.media.pdf.reading.lattice import Table
from nianbao.media.pdf.reading.page_layout import arrange
from nianbao.media.pdf.reading.printed_page import Page
from nianbao.report import Place, Problem, Unreadable, rule, shortage
from nianbao.report.groups import grouped
from nianbao.report.left_out import LeftOut, Reason, tell
from nianbao.report.published import Grid, Published
from nianbao.report.published.document import Blocks

LARGEST = 60 * 1024 * 1024  # bytes
MOST_PAGES = 300
MOST_GLYPHS = 60_000  # on one page; a dense page of a report has three thousand


def read_blocks(content: bytes, file: str) -> Published:
    """The paragraphs and tables of a PDF with a text layer, in order.

    Raises Unreadable for what is scanned, protected, damaged or no PDF, and where pdfplumber is missing.
    """
    if len(content) > LARGEST:
        what = f"文件有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请核对文件")
    try:
        import pdfplumber

        from nianbao.media.pdf.reading.pages import look, read_pages
    except ImportError as error:
        shortage.insist(error)
        mend = "请安装：pip install 'nianbao[import]'"
        raise rule("no-pdf-reader").refusal(file, "没有安装读 PDF 的 pdfplumber", mend) from None
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells the terminal of every oddity
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if "Collection" in pdf.doc.catalog:
                what = "这是 PDF 文件包（作品集），报告是夹在里面的另一个文件"
                raise rule("wrong-file").refusal(file, what, "请在阅读软件中打开文件包，把里面的报告另存出来")
            if len(pdf.pages) > MOST_PAGES:
                what = f"有 {len(pdf.pages)} 页，不像一份年度报告，没有读"
                raise rule("too-large").refusal(file, what, f"最多读 {MOST_PAGES} 页")
            names = ("Title", "Author", "Subject")
            title, author, subject = (str(pdf.metadata.get(name) or "") for name in names)
            sheets = look(pdf.pages, pdf.rsrcmgr, content, partial(_bounded, file))
            pages = read_pages(sheets, pdf.rsrcmgr)
            pictures = any(sheet.drawing.pictures for sheet in sheets)
    except Unreadable:
        raise
    except Exception as error:  # pdfminer raises whatever damage makes it stumble over
        shortage.insist(error)
        raise _damaged(error, file) from None
    if all(glyph.text.isspace() for page in pages for glyph in page.glyphs):
        if pictures:
            what, mend = "这是扫描件，没有文字层，读不出文字", "请先做文字识别（OCR），或改用 Word 文件"
            raise rule("scanned").refusal(file, what, mend)
        raise rule("scanned").refusal(file, "文件里没有文字", "请核对文件，或改用 Word 文件")
    blocks = arrange(pages, file)
    problems = (*_unmapped(pages, file), *tell(_left_out(pages, blocks, file)))
    anew = partial(arrange, pages, file) if any(page.tables for page in pages) else None
    return Published(file, blocks, title, problems, author, subject, anew)


def _damaged(error: Exception, file: str) -> Unreadable:
    names = {type(cause).__name__ for cause in (error, *error.args)}
    if names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return rule("protected").refusal(file, "文件设有打开密码", "请去掉打开密码后再读")
    return rule("damaged").refusal(
        file, "文件已损坏，或者不是 PDF", "请用阅读软件打开并另存一份，或换用完好的文件"
    )


def _bounded(file: str, number: int, count: int) -> None:
    """Refuse a page with more characters than a report has."""
    if count > MOST_GLYPHS:
        what = f"第 {number} 页有 {count} 个字，不像一份年度报告，没有读"
        raise rule("too-large").refusal(file, what, "请核对文件")


def _unmapped(pages: Iterable[Page], file: str) -> Iterator[Problem]:
    for page in pages:
        if lost := unmapped(page.glyphs):
            what = f"这一页有 {lost} 个字的字体没有说明是什么字，读不出"
            place = Place(file, part=f"第 {page.number} 页")
            yield rule("unmapped-font").broken(what, "请改用 Word 文件，或对照原件补上", (place,))


def _left_out(pages: Iterable[Page], blocks: Blocks, file: str) -> Iterator[LeftOut]:
    """What each page leaves out, with its cell where rules show it; a watermark is the whole file's."""
    for number, alike in grouped(pages, lambda page: page.number).items():
        part = f"第 {number} 页"
        tables = [table for page in alike for table in page.tables]
        grids = [block for block in blocks if isinstance(block, Grid) and block.place.part == part]
        shown = list(zip(tables, grids, strict=True)) if len(tables) == len(grids) else []
        for page in alike:
            for reason, text, x, y in page.left_out:
                if reason is Reason.WATERMARK:
                    yield LeftOut(reason, text, Place(file))
                    continue
                own = [pair for pair in shown if pair[0] in page.tables]
                yield LeftOut(reason, text, _cell(own, x, y) or Place(file, part=part))


def _cell(shown: Iterable[tuple[Table, Grid]], x: float, y: float) -> Place | None:
    for table, grid in shown:
        for cell, read in zip(table.cells, grid.cells, strict=True):
            left, top, right, bottom = cell.box
            if left <= x <= right and top <= y <= bottom:
                return read.place
    return None
