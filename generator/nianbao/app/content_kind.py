"""What a file is by its first bytes, whatever it is called: a name that says another kind is told."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from nianbao.report import Unreadable, rule

_DIRECTORY = 200_000  # bytes at the end of a zip in which its parts are named


class Kind(NamedTuple):
    """A kind of file: its name in a message, what helps where another was asked for, and its usual suffix."""

    name: str
    mend: str
    suffix: str = ""


def _renamed(name: str, suffix: str) -> Kind:
    return Kind(name, f"请把扩展名改为 {suffix}", suffix)


_UNPACK = "请解压缩，给出里面的报告"
_SCAN = "报告是扫描件的，请用有文字的文件，或在工作簿中填写"
PDF, HTML, MHT = _renamed(" PDF", ".pdf"), _renamed("网页", ".html"), _renamed("保存的网页", ".mhtml")
DOCX, XLSX = _renamed(" Word 文档", ".docx"), _renamed(" Excel 工作簿", ".xlsx")
DOC, RTF, ODT = (
    _renamed("旧的 Word 文档", ".doc"),
    _renamed(" RTF 文档", ".rtf"),
    _renamed(" ODF 文档", ".odt"),
)
XLS, ODS = _renamed("旧的 Excel 工作簿", ".xls"), _renamed(" ODF 工作簿", ".ods")
JSON = _renamed(" JSON", ".json")
SLIDES = Kind("演示文稿", "请给出年度报告")
OFD = Kind(" OFD", "请用阅读软件另存为 PDF")
PICTURE = Kind("图片", _SCAN)
ARCHIVE = Kind("压缩包", _UNPACK)
PACKAGE = Kind("压缩包（zip）", _UNPACK)
OFFICE = Kind("旧的 Office 文件，或者设有密码的文件", "请用 Word、Excel 或 WPS 打开，去掉密码后另存")
MANIFEST = Kind("归档的清单，不是报告", "请给出同一文件夹里的报告数据或填报文件")
_OF_A_MANIFEST = (b'"before":', b'"by":', b'"fonts":')
_BEGIN = {
    b"%PDF-": PDF,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"II*\x00": PICTURE,
    b"MM\x00*": PICTURE,
    b"Rar!\x1a\x07": ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
    b"{\\rtf": RTF,
}
_PARTS = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", SLIDES), (b"OFD.xml", OFD))
_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("PowerPoint Document", SLIDES))
_BOOKS, _TEXTS = (XLSX, XLS, ODS, OFFICE, PACKAGE), (DOCX, DOC, RTF, ODT, HTML, MHT, OFFICE, PACKAGE)
_FITTING: dict[str, tuple[Kind, ...]] = {".pdf": (PDF,), ".json": (JSON,)}
_FITTING |= {suffix: (HTML, MHT) for suffix in (".html", ".htm", ".mhtml", ".mht")}
_FITTING |= {suffix: _TEXTS for suffix in (".docx", ".doc", ".wps", ".rtf", ".odt")}
_FITTING |= {suffix: _BOOKS for suffix in (".xlsx", ".xlsm", ".xltx", ".xltm")}
_FITTING |= {suffix: (*_BOOKS, HTML) for suffix in (".xls", ".et", ".ods")}


def mismatch(content: bytes, name: str) -> Unreadable | None:
    """What is to be raised where a file is certainly of another kind than its name says."""
    suffix = Path(name).suffix.lower()
    kind = kind_of(content)
    if kind is None or suffix not in _FITTING or kind in _FITTING[suffix]:
        return None
    return rule("wrong-file").refusal(name, f"扩展名是 {suffix}，内容却是{kind.name}", kind.mend)


def require(content: bytes, name: str, wanted: Kind) -> None:
    """Raise Unreadable for a file that is certainly of another kind, whatever it is called."""
    kind = kind_of(content)
    if kind is not None and kind not in (wanted, OFFICE, PACKAGE):
        mend = f"请给出{wanted.name}（{wanted.suffix}）"
        raise rule("wrong-file").refusal(name, f"要的是{wanted.name}，内容却是{kind.name}", mend)


def kind_of(content: bytes) -> Kind | None:
    """What a file is; None where its bytes do not tell for certain."""
    for begin, kind in _BEGIN.items():
        if content.startswith(begin):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in content), OFFICE)
    return _text(content[:1024].removeprefix(codecs.BOM_UTF8).lstrip())


def _package(content: bytes) -> Kind:
    if b"opendocument.text" in content[:200]:
        return ODT
    if b"opendocument.spreadsheet" in content[:200]:
        return ODS
    names = content[-_DIRECTORY:]
    found = [kind for part, kind in _PARTS if part in names]
    return found[0] if len(found) == 1 else PACKAGE


def _text(start: bytes) -> Kind | None:
    lowered = start.lower()
    if b"mime-version:" in lowered:
        return MHT
    if any(sign in lowered for sign in (b"<html", b"<!doctype html", b"<body", b"<table", b"<head")):
        return HTML if lowered.startswith(b"<") else None
    if start.startswith(b"{") and all(key in start for key in _OF_A_MANIFEST):
        return MANIFEST
    return JSON if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")) else None
