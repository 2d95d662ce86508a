"""A Word document (.docx) of a text in an older or another kind of file, by LibreOffice."""

from __future__ import annotations

from contextlib import nullcontext

from nianbao.media import ooxml
from nianbao.media.office.links import without_links
from nianbao.media.office.running import PATIENCE, Job, Pause, find, run
from nianbao.report import Place, Problem, rule

LARGEST = 50 * 1024 * 1024  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MADE = (".docx", "docx:MS Word 2007 XML")
_WORD = Job(".doc", "MS Word 97", *_MADE)  # WPS writes .wps in the same way
_RICH = Job(".rtf", "Rich Text Format", *_MADE)
_OPEN = Job(".odt", "writer8", *_MADE)


def read_older(
    content: bytes, file: str, timeout: float = PATIENCE, waiting: Pause = nullcontext
) -> tuple[bytes, tuple[Problem, ...]]:
    """The .docx that LibreOffice makes of a .doc, .wps, .rtf or .odt, and a notice that it did.

    What kind it is, its first bytes tell. Nothing that the document names is opened. Raises
    Unreadable where LibreOffice is missing (`office-missing`), finds nothing (`office-failed`) or takes
    more than `timeout` seconds (`office-timeout`), and for any other kind (`damaged`, `too-large`).
    """
    ending = file[file.rfind(".") :]
    if len(content) > LARGEST:
        what = f"文件有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请去掉大图片后另存")
    kind = job(content)
    if kind is None:
        what = f"不是 {ending} 文件，或者已损坏"
        raise rule("damaged").refusal(file, what, "请用 Word 或 WPS 打开，看是否完好，再另存为 .docx")
    program = find()
    if program is None:
        what = f"读 {ending} 文件要用 LibreOffice，这台电脑没有安装"
        mend = (
            "请用 Word 或 WPS 另存为 .docx；或安装 LibreOffice"
            "（Debian：apt-get install libreoffice-writer-nogui）"
        )
        raise rule("office-missing").refusal(file, what, mend)
    alone = without_links(kind.ending, content, file)
    [made], late = run(program, kind, [alone], timeout, waiting=waiting)
    if made is None or not ooxml.is_package(made):
        if late:
            what = f"LibreOffice 在 {timeout:g} 秒内没有读完，已中止"
            raise rule("office-timeout").refusal(file, what, "请用 Word 或 WPS 另存为 .docx")
        what = "LibreOffice 打不开这份文件：可能已损坏，或者有密码"
        raise rule("office-failed").refusal(file, what, "请用 Word 或 WPS 打开它，另存为不带密码的 .docx")
    what = f"{ending} 由 LibreOffice 转换后读入"
    return made, (rule("converted").broken(what, "请对照原文看一遍", (Place(file),)),)


def job(content: bytes) -> Job | None:
    """How LibreOffice is to read a file, by its first bytes; None for one of no such kind."""
    if content.startswith(_OLE):
        return _WORD
    if content.lstrip()[:5].lower() == b"{\\rtf":
        return _RICH
    if content.startswith(b"PK") and b"application/vnd.oasis.opendocument.text" in content[:200]:
        return _OPEN
    return None
