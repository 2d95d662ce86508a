"""From a PDF's bytes to lines and tables."""

from __future__ import annotations

import io
import logging
from functools import partial
from typing import Any

from nianbao.media.pdf.reading.glyphs import unmapped
from nianbao.media.pdf.reading.page_layout import arrange
from nianbao.media.pdf.reading.pages import Page, read_page
from nianbao.report import Place, Problem, Unreadable, rule
from nianbao.report.published import Published

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
    except ImportError:
        mend = "请安装：pip install 'nianbao[import]'"
        raise rule("no-pdf-reader").refusal(file, "没有安装读 PDF 的 pdfplumber", mend) from None
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells the terminal of every oddity
    problems: list[Problem] = []
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                what = f"有 {len(pdf.pages)} 页，不像一份年度报告，没有读"
                raise rule("too-large").refusal(file, what, f"最多读 {MOST_PAGES} 页")
            names = ("Title", "Author", "Subject")
            title, author, subject = (str(pdf.metadata.get(name) or "") for name in names)
            pages = [_page(page, file, problems) for page in pdf.pages]
            pictures = any(page.images for page in pdf.pages)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever damage makes it stumble over
        if any(isinstance(cause, MemoryError) for cause in error.args):
            raise MemoryError from None
        raise _damaged(error, file) from None
    if all(glyph.text.isspace() for page in pages for glyph in page.glyphs):
        if pictures:
            what, mend = "这是扫描件，没有文字层，读不出文字", "请先做文字识别（OCR），或改用 Word 文件"
            raise rule("scanned").refusal(file, what, mend)
        raise rule("scanned").refusal(file, "文件里没有文字", "请核对文件，或改用 Word 文件")
    anew = partial(arrange, pages, file) if any(page.tables for page in pages) else None
    return Published(file, arrange(pages, file), title, tuple(problems), author, subject, anew)


def _damaged(error: Exception, file: str) -> Unreadable:
    names = {type(cause).__name__ for cause in (error, *error.args)}
    if names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return rule("protected").refusal(file, "文件设有打开密码", "请去掉打开密码后再读")
    return rule("damaged").refusal(
        file, "文件已损坏，或者不是 PDF", "请用阅读软件打开并另存一份，或换用完好的文件"
    )


def _page(page: Any, file: str, problems: list[Problem]) -> Page:
    if len(page.chars) > MOST_GLYPHS:
        what = f"第 {page.page_number} 页有 {len(page.chars)} 个字，不像一份年度报告，没有读"
        raise rule("too-large").refusal(file, what, "请核对文件")
    printed = read_page(page)
    if lost := unmapped(printed.glyphs):
        what = f"这一页有 {lost} 个字的字体没有说明是什么字，读不出"
        place = Place(file, part=f"第 {page.page_number} 页")
        problems.append(rule("unmapped-font").broken(what, "请改用 Word 文件，或对照原件补上", (place,)))
    return printed
