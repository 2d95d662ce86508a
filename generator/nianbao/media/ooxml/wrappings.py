"""What a file that should be an Office package is instead: encrypted, an older kind, a web page."""

from __future__ import annotations

import codecs

from nianbao.report import Unreadable, rule

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECURITY = (b"E-SafeNet", b"%TSD-Header-###%")  # of programs that encrypt all documents of an office
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OLDER = {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
_HEAD = 512  # bytes, in which the security programs say their name
_PAGE = (b"<!doctype html", b"<html", b"<?xml")


def refusal(content: bytes, file: str, word: str) -> Unreadable | None:
    """Why a file is no package, where its first bytes or its streams tell; None where they do not.

    `word` says what it should be.
    """
    if content.startswith(b"PK"):
        return None
    if is_compound(content):
        return _compound(content, file, word)
    if any(name in content[:_HEAD] for name in _SECURITY):
        what = "文件被单位的文档加密软件加密，别的程序打不开"
        mend = "请在装有这种软件的电脑上解密，或另存为不加密的文件"
        return rule("protected").refusal(file, what, mend)
    start = content[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(_PAGE):
        what = f"文件里是网页或 XML，不是 {word}，只是用了它的扩展名"
        return rule("wrong-file").refusal(file, what, f"请用 Word、Excel 或 WPS 打开，另存为 {word}")
    return None


def _compound(content: bytes, file: str, word: str) -> Unreadable:
    """What lies in a compound file, by the names of its streams."""
    mend = f"请用 Word、Excel 或 WPS 打开，另存为 {word}"
    if _PASSWORD in content:
        return rule("protected").refusal(file, "文件设有打开密码", f"请去掉打开密码，另存为 {word}")
    if kind := older_kind(content):
        what = f"文件是旧的 {kind} 格式，不是 {word}，只是用了它的扩展名"
        return rule("wrong-file").refusal(file, what, mend)
    what = f"文件设有打开密码，或者是旧格式，不是 {word}"
    return rule("protected").refusal(file, what, f"请去掉打开密码，另存为新的 {word} 格式")


def is_compound(content: bytes) -> bool:
    """Whether a file is of the kind that Office wrote before 2007, and still writes what is encrypted."""
    return content.startswith(_OLE)


def older_kind(content: bytes) -> str:
    """Which of the binary kinds a compound file is: .doc, .xls, .ppt; "" for another."""
    entries = ((name, f"{name}\0".encode("utf-16-le")) for name in _OLDER)
    return next((_OLDER[name] for name, entry in entries if entry in content), "")
