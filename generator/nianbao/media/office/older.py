"""A Word document (.docx) or a workbook (.xlsx) of an older or another kind of file, by LibreOffice."""

from __future__ import annotations

from contextlib import nullcontext

from nianbao.media import ooxml
from nianbao.media.office.links import without_links
from nianbao.media.office.running import PATIENCE, Job, Pause, find, run
from nianbao.report import Place, Problem, rule

LARGEST = 50 * 1024 * 1024  # bytes
_OPEN = b"application/vnd.oasis.opendocument."  # stands in the first bytes of the zip, and then the kind
_WORD = (".docx", "docx:MS Word 2007 XML")
_BOOK = (".xlsx", "xlsx:Calc MS Excel 2007 XML")
JOBS = {
    ".doc": Job(".doc", "MS Word 97", *_WORD),  # WPS writes .wps in the same way
    ".rtf": Job(".rtf", "Rich Text Format", *_WORD),
    ".odt": Job(".odt", "writer8", *_WORD),
    ".xls": Job(".xls", "MS Excel 97", *_BOOK),  # and .et so
    ".ods": Job(".ods", "calc8", *_BOOK),
}
_PROGRAMS = {".docx": ("Word", "libreoffice-writer-nogui"), ".xlsx": ("Excel", "libreoffice-calc-nogui")}


def read_older(
    content: bytes, file: str, makes: str = ".docx", timeout: float = PATIENCE, waiting: Pause = nullcontext
) -> tuple[bytes, tuple[Problem, ...]]:
    """The .docx that LibreOffice makes of a .doc, .wps, .rtf or .odt, and a notice that it did.

    Or, where that is what is to be made, the .xlsx of an .xls, .et or .ods. What kind it is, its first
    bytes tell. Nothing that the document names is opened. Raises
    Unreadable where LibreOffice is missing (`office-missing`), finds nothing (`office-failed`) or takes
    more than `timeout` seconds (`office-timeout`), and for any other kind (`damaged`, `too-large`).
    """
    ending = file[file.rfind(".") :]
    office, package = _PROGRAMS[makes]
    if len(content) > LARGEST:
        what = f"文件有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请去掉大图片后另存")
    job = JOBS.get(kind(content, makes))
    if job is None:
        what = f"不是 {ending} 文件，或者已损坏"
        raise rule("damaged").refusal(file, what, f"请用 {office} 或 WPS 打开，看是否完好，再另存为 {makes}")
    program = find()
    if program is None:
        what = f"读 {ending} 文件要用 LibreOffice，这台电脑没有安装"
        mend = f"请用 {office} 或 WPS 另存为 {makes}；或安装 LibreOffice（Debian：apt-get install {package}）"
        raise rule("office-missing").refusal(file, what, mend)
    alone = without_links(job.ending, content, file)
    [made], late = run(program, job, [alone], timeout, waiting=waiting)
    if made is None or not ooxml.is_package(made):
        if late:
            what = f"LibreOffice 在 {timeout:g} 秒内没有读完，已中止"
            raise rule("office-timeout").refusal(file, what, f"请用 {office} 或 WPS 另存为 {makes}")
        what = "LibreOffice 打不开这份文件：可能已损坏，或者有密码"
        mend = f"请用 {office} 或 WPS 打开它，另存为不带密码的 {makes}"
        raise rule("office-failed").refusal(file, what, mend)
    what = f"{ending} 由 LibreOffice 转换后读入"
    return made, (rule("converted").broken(what, "请对照原文看一遍", (Place(file),)),)


def kind(content: bytes, makes: str) -> str:
    """Which of the kinds that become a .docx or an .xlsx a file is, by its first bytes; "" for none."""
    if ooxml.is_compound(content):
        older = ooxml.older_kind(content)
        return ".xls" if makes == ".xlsx" and older == ".xls" else ".doc" if makes == ".docx" else ""
    if content.lstrip()[:5].lower() == b"{\\rtf":
        return ".rtf" if makes == ".docx" else ""
    start = content[:200]
    if content.startswith(b"PK") and _OPEN in start:
        word = start.partition(_OPEN)[2]
        if word.startswith(b"text"):
            return ".odt" if makes == ".docx" else ""
        if word.startswith(b"spreadsheet"):
            return ".ods" if makes == ".xlsx" else ""
    return ""
