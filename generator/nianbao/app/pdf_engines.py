"""Who prints the PDF of a merged Word document, and what there is to say about it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import interrupt
from nianbao.app.missing_glyphs import lacking, located, replacements
from nianbao.app.outcome import Usage
from nianbao.report import Problem, ProblemsFound, Report

if TYPE_CHECKING:
    from nianbao.media.office import Converted
    from nianbao.media.word.html import Page
    from nianbao.report.published import Published

WEASYPRINT, LIBREOFFICE, OFFICE = "weasyprint", "libreoffice", "office"
ENGINES = (WEASYPRINT, LIBREOFFICE, OFFICE)
# Errors that leave the Word document good.
UNAVAILABLE = frozenset({"pdf-unavailable", "office-missing", "word-missing"})


def require(engine: str) -> None:
    """Raise Usage for an engine that is none."""
    if engine not in ENGINES:
        raise Usage(f"没有 {engine} 这个转换程序，只有 {'、'.join(ENGINES)}")


def versions(engine: str) -> str:
    """A word for what decides how a PDF looks, beside this program: the engine and the fonts."""
    from nianbao.media import fonts, pdf

    if engine == LIBREOFFICE:
        program = shutil.which("soffice")
        status = Path(program).resolve().stat() if program else None
        made = f"soffice {status.st_size} {status.st_mtime_ns}" if status else ""
    elif engine == OFFICE:
        made = OFFICE  # which tells its version only where it is started
    else:
        made = f"{WEASYPRINT} {pdf.installed()}" if pdf.installed() else ""
    return f"{made}; {fonts.fingerprint()}"


def page_of(document: bytes, source: Report | Published, file: str = "") -> Page:
    """A Word document as HTML for paged media; problems call it `file`, or by its title.

    Raises ProblemsFound.
    """
    from nianbao.media import fonts
    from nianbao.media.word import html

    return html.convert(document, file or f"{source.title}.docx", fonts)


def print_page(
    page: Page, source: Report | Published, attached: tuple[str, bytes] | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """Print a converted document by WeasyPrint; return the PDF with the warnings on it.

    `source` knows where everything in it was written.

    `attached` is a file's name and content: for the archive, the filled-in file stays with its report.
    Raises ProblemsFound; where a character has no font, with every cell it stands in.
    """
    from nianbao.media import fonts, pdf

    warnings = (*pdf.notices(), *replacements(page))
    if pdf.notices() and (boxes := lacking(source, page)):
        raise ProblemsFound([*warnings, *boxes])  # which is not told by printing
    try:
        files = [pdf.Attachment(*attached, "填报文件")] if attached else []
        content = pdf.write(page.html, source.file, fonts.configure(), attachments=files)
    except ProblemsFound as caught:
        raise ProblemsFound([*warnings, *located(caught, source).problems]) from caught
    return content, (*warnings, *page.problems)


def warnings_on(engine: str, page: Page, source: Report | Published) -> tuple[Problem, ...]:
    """The warnings on a document that LibreOffice, Word or WPS is to print.

    Raises ProblemsFound where a character has no font: LibreOffice prints a box without a word. Word and
    WPS look for fonts themselves.
    """
    if engine == OFFICE:
        return ()
    warnings = replacements(page)
    if boxes := lacking(source, page):
        raise ProblemsFound([*warnings, *boxes])
    return warnings


def print_all(engine: str, documents: Sequence[tuple[str, bytes]]) -> Sequence[Converted | Exception]:
    """Print documents by LibreOffice, Word or WPS, each with the name of the file it was made from.

    It is started once for all, and Ctrl-C ends it too.
    """
    from nianbao.media import fonts, office

    name = "Word 或 WPS" if engine == OFFICE else "LibreOffice"
    logging.getLogger(__name__).info("由 %s 转换 %d 份", name, len(documents))
    try:
        with interrupt.held():
            if engine == OFFICE:
                return office.automate_all(documents, waiting=interrupt.heeded)
            return office.convert_all(documents, fonts.configure(), waiting=interrupt.heeded)
    except Exception as error:  # a full disk, or a bug: each report has its own way of saying so
        return [error] * len(documents)
