"""Read a report, whatever kind of file it lies in."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import content_kind, files, interrupt
from nianbao.app.outcome import Usage
from nianbao.app.workers.isolation import isolate
from nianbao.mandate import LAST_YEAR, Mandate, editions, for_year, load
from nianbao.report import Problem, ProblemsFound, RawReport, Report, Unreadable, Value, assemble, rule
from nianbao.report.suggestion import SHORT, suggestion

if TYPE_CHECKING:
    from nianbao.report.published import Published

_log = logging.getLogger(__name__)
OLDER_BOOKS = (".xls", ".et", ".ods")  # workbooks of ours that were saved so; by way of LibreOffice, too
BOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", *OLDER_BOOKS)
FILLED_IN = (*BOOKS, ".json")  # made by this program, or for it
OLDER = (".doc", ".wps", ".rtf", ".odt")  # read by way of LibreOffice
WORD = (".docx", *OLDER)
XML = ".xml"  # Word 2003's own, or a whole .docx in one file
PUBLISHED = (".docx", ".html", ".htm", ".mhtml", ".mht", ".pdf", *OLDER, XML)
KINDS = FILLED_IN + PUBLISHED
_IN_XML = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Given:
    """What somebody says of a report beside its file, for what the file does not state."""

    organ: str = ""
    year: int | None = None
    reporter: str = ""

    def __post_init__(self) -> None:
        """Raise Usage for what can be no organ, year or kind of reporter."""
        if CONTROL.search(self.organ):
            raise Usage("机关名称中有不能印出的控制字符")
        mandate = form_of(self.year) if self.year is not None else load(max(editions()))
        kinds = [kind.name for kind in mandate.reporters]
        if self.reporter and self.reporter not in kinds:
            near = suggestion(self.reporter, kinds, SHORT)
            hint = f"，是否想写“{near}”" if near else ""
            raise Usage(f"没有“{self.reporter}”这一类机关{hint}；有：{'、'.join(kinds)}")

    @property
    def words(self) -> dict[str, str]:
        """What is given, by the key of the particular."""
        year = "" if self.year is None else str(self.year)
        given = {"organ": self.organ.strip(), "year": year, "reporter": self.reporter}
        return {key: word for key, word in given.items() if word}


NOTHING = Given()


def form_of(year: int) -> Mandate:
    """The form of a year; raise Usage where there is none."""
    try:
        return for_year(year)
    except KeyError:
        hint = "，请核对年份" if year > LAST_YEAR else ""
        raise Usage(f"{year} 年没有规定格式；年度报告格式自 2019 年起{hint}") from None


def read(path: Path, name: str = "", given: Given = NOTHING, *, nameless: bool = False) -> Report:
    """Read one report from whatever file it lies in; `name` is what messages call the file.

    Without an organ only a `nameless` report is read, for what else is wrong with it. Raises
    ProblemsFound, Unreadable where the file itself cannot be read, and OSError.
    """
    name = name or path.name
    return read_content(content_of(path, name), name, given, nameless=nameless)


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a file that may be read; raises Unreadable for one of another kind, and OSError."""
    if path.is_file():  # what it is otherwise, the system says
        _kind(name)  # what cannot be read need not be opened
    content = files.read(path)
    _log.info("读入 %s（%d 字节）", path, len(content))
    return content


def read_content(content: bytes, name: str, given: Given = NOTHING, *, nameless: bool = False) -> Report:
    """Read one report from a file's bytes; its name tells the kind. Raises as `read` does, but no OSError.

    It is read in a process with limits of its own; what takes more is damaged.
    """
    return read_document(*converted(content, name), name, given, nameless=nameless)


def read_document(
    content: bytes, told: Sequence[Problem], name: str, given: Given = NOTHING, *, nameless: bool = False
) -> Report:
    """Read one report as `read_content` does, of what `converted` has returned."""
    return isolate(name, _report, content, name, given.words, tuple(told), nameless)


def _report(
    content: bytes, name: str, given: Mapping[str, str], told: tuple[Problem, ...], nameless: bool
) -> Report:
    report = assemble(_entered(content, name, given, told))
    if not report.organ and not nameless:
        raise ProblemsFound(report.reading)
    return report


def _prove(content: bytes, name: str) -> None:
    """Raise Unreadable where a file has nothing in it, or is certainly of another kind than its name says."""
    _kind(name)
    if not content:
        raise rule("damaged").refusal(name, "文件是空的，没有内容", "请重新取得或保存这个文件")
    if refused := content_kind.mismatch(content, name):
        raise refused


def _entered(
    content: bytes, name: str, given: Mapping[str, str], told: tuple[Problem, ...] = ()
) -> RawReport:
    kind = _kind(name)
    if kind in BOOKS:
        from nianbao.media.workbook.read import enter as enter_workbook

        entered = enter_workbook(content, name, given)
        return replace(entered, problems=(*told, *entered.problems)) if told else entered
    if kind == ".json":
        from nianbao.media import exchange

        return exchange.enter(content, name, given)
    from nianbao.report.published.enter import enter

    return enter(_told(look(content, name), told), given)


def read_beside(content: bytes, name: str, other: Report) -> Report:
    """Read a printed file of the same report; organ and year are the other's where the file names none.

    Raises ProblemsFound.
    """
    document, told = converted(content, name)
    return isolate(name, _beside, document, name, told, other)


def _beside(content: bytes, name: str, told: tuple[Problem, ...], other: Report) -> Report:
    from nianbao.report.published.enter import enter

    entered = enter(_told(look(content, name), told))
    named = {"organ": other.organ, "year": other.year}
    lacking = {key: word for key, word in named.items() if not entered.particulars[key].raw}
    known = {key: Value(word, entered.particulars[key].place) for key, word in lacking.items()}
    return assemble(replace(entered, particulars={**entered.particulars, **known}))


def readers(sources: Iterable[Path]) -> tuple[str, ...]:
    """The modules that read files of these kinds: what several processes had better import once for all."""
    kinds = {path.suffix.lower() for path in sources}
    modules = {BOOKS: "nianbao.media.workbook.read", (".pdf",): "nianbao.media.pdf.reading"}
    return tuple(module for suffixes, module in modules.items() if not kinds.isdisjoint(suffixes))


def look(content: bytes, name: str) -> Published:
    """The lines and tables of a published report as they lie in the file, read by whoever calls."""
    return _look(content, name, _embedded)


def _look(content: bytes, name: str, embedded: Callable[[bytes, str, str], Published] | None) -> Published:
    kind = _kind(name)
    if kind in (*WORD, XML):
        kind = _really(content) or kind
    if kind in (*WORD, XML):
        from nianbao.media.word.reading import read_blocks as read_word

        document, problems = _as_word(content, name, kind)
        return _told(read_word(document, name, embedded), problems)
    if kind == ".pdf":
        from nianbao.media.pdf.reading import read_blocks as read_pdf

        return read_pdf(content, name)
    from nianbao.media.webpage.reading import read_blocks as read_web

    return read_web(content, name)


def _embedded(content: bytes, file: str, part: str) -> Published:
    """A document that lies in a Word file (altChunk), whatever its kind; it embeds no further one.

    Raises Unreadable, with the name of the part, where it cannot be read.
    """
    kind = _really(content) or Path(part).suffix
    try:
        return _look(content, f"{Path(file).stem}{kind}", None)
    except Unreadable as caught:
        what = f"正文嵌在另一份文档里（{part}），那一份读不出：{caught.problems[0].what}"
        mend = "请用 Word 打开，另存一份 .docx，使嵌入的内容成为正文"
        raise rule("wrong-file").refusal(file, what, mend) from None


def _told(published: Published, told: Sequence[Problem]) -> Published:
    return replace(published, problems=(*told, *published.problems)) if told else published


def converted(content: bytes, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """A text or workbook of an older kind as .docx or .xlsx, by LibreOffice, which is told; others as is.

    What it is, its first bytes tell. Called in the process that signals come to, which ends LibreOffice
    with itself. Raises Unreadable for a file with nothing in it, or of another kind than its name says, and
    where LibreOffice is wanted and cannot read it.
    """
    _prove(content, name)
    kind = _kind(name)
    if kind in BOOKS:
        return _as_workbook(content, name)
    if kind in WORD and (_really(content) or kind) in OLDER:
        return _by_office(content, name, ".docx")
    return content, ()


def _as_word(content: bytes, name: str, kind: str) -> tuple[bytes, tuple[Problem, ...]]:
    """A text of one of the kinds of WORD, or one XML file, as .docx; what is embedded may be an older one."""
    if kind == XML:
        from nianbao.media.word import single_file

        return single_file.package_of(content, name), ()
    return _by_office(content, name, ".docx") if kind in OLDER else (content, ())


def _as_workbook(content: bytes, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    if content.startswith(b"PK") and b"opendocument" not in content[:200]:
        return content, ()
    from nianbao.media import office

    if not office.kind(content, ".xlsx"):
        return content, ()  # why it is none, who opens it says
    return _by_office(content, name, ".xlsx")


def _by_office(content: bytes, name: str, makes: str) -> tuple[bytes, tuple[Problem, ...]]:
    from nianbao.media import office

    with interrupt.held():
        return office.read_older(content, name, makes, waiting=interrupt.heeded)


def _really(content: bytes) -> str:
    """The kind of a Word file that is called another one, as many sites and people do. "" where it may be."""
    if content.startswith(b"PK"):
        return ".docx" if b"opendocument" not in content[:200] else ".odt"
    if content.startswith(b"\xd0\xcf\x11\xe0") and "WordDocument".encode("utf-16-le") in content:
        return ".doc"
    if any(space in content[:4096] for space in _IN_XML):
        return XML
    start = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return ".html" if start.startswith(b"<") or b"mime-version:" in start else ""


def _kind(name: str) -> str:
    """The end of a name, in small letters; raise Unreadable for a kind that cannot be read."""
    suffix = Path(name).suffix
    kind = suffix.lower()
    if kind in KINDS:
        return kind
    mend = {
        ".xlsb": "请用 Excel 或 WPS 另存为 .xlsx",
        ".ofd": "请用阅读软件另存为 PDF",
    }.get(kind, f"可以读的有：{'、'.join(KINDS)}")
    what = f"不能读{f' {suffix} ' if suffix else '没有扩展名的'}文件"
    raise rule("file-kind").refusal(name, what, mend)
