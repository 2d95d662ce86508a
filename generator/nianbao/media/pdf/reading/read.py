"""From a PDF's bytes to lines and tables."""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Sequence
from typing import Any

from nianbao.mandate import Table as FormTable
from nianbao.mandate import editions, load
from nianbao.media.pdf.reading.glyphs import unmapped
from nianbao.media.pdf.reading.page_layout import arrange
from nianbao.media.pdf.reading.pages import Sheet, sheet
from nianbao.report import Place, Problem, Severity, Unreadable
from nianbao.report.published import Published, enter

LARGEST = 60 * 1024 * 1024  # bytes
MOST_PAGES = 300
MOST_GLYPHS = 60_000  # on one page; a dense page of a report has three thousand
DOUBTFUL = 4  # rows of a table that rules do not give, or half, from which on it is read without them


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
            sheets = [_sheet(page, file, problems) for page in pdf.pages]
            pictures = any(page.images for page in pdf.pages)
    except Unreadable:
        raise
    except Exception as error:  # pdfminer raises whatever damage makes it stumble over
        raise _damaged(error, file) from None
    if not any(not glyph.text.isspace() for one in sheets for glyph in one.glyphs):
        if pictures:
            what, mend = "这是扫描件，没有文字层，读不出文字", "请先做文字识别（OCR），或改用 Word 文件"
            raise _refused("scanned", file, what, mend)
        raise _refused("scanned", file, "文件里没有文字", "请核对文件，或改用 Word 文件")
    return _arranged(sheets, file, said, tuple(problems))


def _arranged(
    sheets: Sequence[Sheet], file: str, said: Sequence[str], problems: tuple[Problem, ...]
) -> Published:
    """The pages by their rules; where those give little of a statutory table, it is read without them.

    Shading or a rule here and there make boxes too, and no table.
    """
    title, author, subject = said
    ruled = Published(file, arrange(sheets, file), title, problems, author, subject)
    figures = enter(ruled).figures
    forms = _tables(figures)
    trusted = {one.key for one in forms if not _is_doubtful(one, figures)}
    if len(trusted) == len(forms) or not any(one.tables for one in sheets):
        return ruled
    blocks = arrange(sheets, file, lambda table: table.key in trusted)
    spaced = Published(file, blocks, title, problems, author, subject)
    return spaced if len(enter(spaced).figures) > len(figures) else ruled


def _tables(figures: Collection[str]) -> list[FormTable]:
    """The statutory tables of the edition that has most of these figures."""
    forms = [load(edition) for edition in editions()]
    best = max(forms, key=lambda form: (len(form.slots.keys() & set(figures)), form.edition.first_year))
    return list(best.tables.values())


def _is_doubtful(table: FormTable, figures: Collection[str]) -> bool:
    """Whether so many rows of a table have no figure that its rules may be none."""
    all_rows = {slot.row_key for slot in table.slots}
    missing = len(all_rows - {slot.row_key for slot in table.slots if slot.key in figures})
    return missing >= DOUBTFUL or missing * 2 >= len(all_rows)


def _refused(code: str, file: str, what: str, mend: str) -> Unreadable:
    return Unreadable([Problem(code, Severity.ERROR, what, mend, (Place(file),))])


def _damaged(error: Exception, file: str) -> Unreadable:
    names = {type(one).__name__ for one in (error, *error.args) if isinstance(one, Exception)}
    if names & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return _refused("protected", file, "文件设有打开密码", "请去掉打开密码后再读")
    return _refused(
        "damaged", file, "文件已损坏，或者不是 PDF", "请用阅读软件打开并另存一份，或换用完好的文件"
    )


def _sheet(page: Any, file: str, problems: list[Problem]) -> Sheet:
    if len(page.chars) > MOST_GLYPHS:
        what = f"第 {page.page_number} 页有 {len(page.chars)} 个字，不像一份年度报告，没有读"
        raise _refused("too-large", file, what, "请核对文件")
    made = sheet(page)
    if lost := unmapped(made.glyphs):
        what = f"这一页有 {lost} 个字的字体没有说明是什么字，读不出"
        place = Place(file, part=f"第 {page.page_number} 页")
        problems.append(
            Problem("unmapped-font", Severity.ERROR, what, "请改用 Word 文件，或对照原件补上", (place,))
        )
    return made
