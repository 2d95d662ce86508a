"""The PDF of a merged Word document, and what there is to say about it."""

from __future__ import annotations

import shutil
from pathlib import Path

from nianbao.app.missing_glyphs import lacking, located, replacements
from nianbao.report import Problem, ProblemsFound, Report

WEASYPRINT, LIBREOFFICE = "weasyprint", "libreoffice"
ENGINES = (WEASYPRINT, LIBREOFFICE)
UNAVAILABLE = frozenset({"pdf-unavailable", "office-missing"})  # errors that leave the Word document good


def versions(engine: str) -> str:
    """A word for what decides how a PDF looks, beside this program: the engine and the fonts."""
    from nianbao.media import fonts, pdf

    if engine == LIBREOFFICE:
        found = shutil.which("soffice")
        status = Path(found).resolve().stat() if found else None
        made = f"soffice {status.st_size} {status.st_mtime_ns}" if status else ""
    else:
        made = f"{WEASYPRINT} {pdf.installed()}" if pdf.installed() else ""
    return f"{made}; {fonts.fingerprint()}"


def print_one(
    document: bytes, report: Report, attached: tuple[str, bytes] | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """Print a document by WeasyPrint; return the PDF with the warnings on it.

    `attached` is a file's name and content: for the archive, the filled-in file stays with its report.
    Raises ProblemsFound; where a character has no font, with every cell it stands in.
    """
    from nianbao.media import fonts, pdf
    from nianbao.media.word import html

    paged = html.convert(document, f"{report.title}.docx", fonts)
    warnings = (*pdf.notices(), *replacements(paged))
    if pdf.notices() and (boxes := lacking(report, paged)):
        raise ProblemsFound([*warnings, *boxes])  # which is not told by printing
    try:
        files = [pdf.Attachment(*attached, "填报文件")] if attached else []
        content = pdf.write(paged.html, report.file, fonts.configure(), attachments=files)
    except ProblemsFound as caught:
        raise ProblemsFound([*warnings, *located(caught, report).problems]) from caught
    return content, (*warnings, *paged.problems)


def look(document: bytes, report: Report) -> tuple[Problem, ...]:
    """The warnings on a document that LibreOffice is to print.

    Raises ProblemsFound where a character has no font: LibreOffice prints a box without a word.
    """
    from nianbao.media import fonts
    from nianbao.media.word import html

    paged = html.convert(document, f"{report.title}.docx", fonts)
    warnings = replacements(paged)
    if boxes := lacking(report, paged):
        raise ProblemsFound([*warnings, *boxes])
    return warnings
