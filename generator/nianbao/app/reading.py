"""Read a report, whatever kind of file it lies in."""

from __future__ import annotations

import codecs
import logging
from dataclasses import replace
from pathlib import Path

from nianbao.app import interrupt
from nianbao.report import Problem, Report, Value, assemble, rule
from nianbao.report.published import Published, enter

_log = logging.getLogger(__name__)
FILLED_IN = (".xlsx", ".json")  # made by this program, or for it
OLDER = (".doc", ".wps", ".rtf", ".odt")  # read by way of LibreOffice
WORD = (".docx", *OLDER)
PUBLISHED = (".docx", ".html", ".htm", ".mhtml", ".mht", ".pdf", *OLDER)
KINDS = FILLED_IN + PUBLISHED


def read(path: Path, name: str = "", *, organ: str = "", year: int | None = None) -> Report:
    """Read one report from whatever file it lies in; `name` is what messages call the file.

    `organ` and `year` are for a published report that does not name them. Raises ProblemsFound,
    Unreadable where the file itself cannot be read, and OSError.
    """
    name = name or path.name
    if path.exists():
        _kind(name)  # what cannot be read need not be opened
    content = path.read_bytes()
    _log.info("读入 %s（%d 字节）", path, len(content))
    return read_content(content, name, organ=organ, year=year)


def read_content(content: bytes, name: str, *, organ: str = "", year: int | None = None) -> Report:
    """Read one report from a file's bytes; its name tells the kind. Raises as `read` does, but no OSError."""
    kind = _kind(name)
    if kind == ".xlsx":
        from nianbao.media import workbook

        return workbook.read_content(content, name)
    if kind == ".json":
        from nianbao.media import exchange

        return exchange.read_content(content, name)
    return assemble(enter(look(content, name), organ=organ, year=year))


def read_beside(published: Published, other: Report) -> Report:
    """Read a printed file of the same report; organ and year are the other's where the file names none.

    Raises ProblemsFound.
    """
    entered = enter(published)
    named = {"organ": other.organ, "year": other.year}
    lacking = {key: word for key, word in named.items() if not entered.particulars[key].raw}
    known = {key: Value(word, entered.particulars[key].place) for key, word in lacking.items()}
    return assemble(replace(entered, particulars={**entered.particulars, **known}))


def look(content: bytes, name: str) -> Published:
    """The lines and tables of a published report, as they lie in the file."""
    kind = _kind(name)
    if kind in WORD:
        kind = _really(content) or kind
    if kind in WORD:
        from nianbao.media.word.reading import read_blocks as read_word

        document, problems = word_document(content, name)
        published = read_word(document, name)
        return replace(published, problems=(*problems, *published.problems))
    if kind == ".pdf":
        from nianbao.media.pdf.reading import read_blocks as read_pdf

        return read_pdf(content, name)
    from nianbao.media.webpage.reading import read_blocks as read_web

    return read_web(content, name)


def word_document(content: bytes, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """A text of any kind of WORD as .docx: the older ones by way of LibreOffice, which is told.

    What it is, its first bytes tell. Raises Unreadable where LibreOffice is wanted and cannot read it.
    """
    if (_really(content) or _kind(name)) not in OLDER:
        return content, ()
    from nianbao.media import office

    with interrupt.held():
        return office.read_older(content, name, waiting=interrupt.heeded)


def _really(content: bytes) -> str:
    """The kind of a Word file that is called another one, as many sites and people do. "" where it may be."""
    if content.startswith(b"PK"):
        return ".docx" if b"opendocument" not in content[:200] else ".odt"
    if content.startswith(b"\xd0\xcf\x11\xe0") and "WordDocument".encode("utf-16-le") in content:
        return ".doc"
    start = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return ".html" if start.startswith(b"<") or b"mime-version:" in start else ""


def _kind(name: str) -> str:
    """The end of a name, in small letters; raise Unreadable for a kind that cannot be read."""
    suffix = Path(name).suffix
    kind = suffix.lower()
    if kind in KINDS:
        return kind
    mend = {
        ".xls": "请用 Excel 或 WPS 另存为 .xlsx",
        ".et": "请用 WPS 另存为 .xlsx",
        ".ofd": "请用阅读软件另存为 PDF",
    }.get(kind, f"可以读的有：{'、'.join(KINDS)}")
    what = f"不能读{f' {suffix} ' if suffix else '没有扩展名的'}文件"
    raise rule("file-kind").refusal(name, what, mend)
