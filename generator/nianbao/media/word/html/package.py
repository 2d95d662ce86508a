"""A .docx opened for reading its pages: what is damaged in it is as if it were not there."""

from __future__ import annotations

from nianbao.media.ooxml import Malformed, Package, salvage
from nianbao.report import Place, ProblemsFound, rule


def open_package(document: bytes, file: str) -> Package:
    """The parts of a .docx; raise ProblemsFound for what is none, or would unpack beyond the limits."""
    try:
        package = Package(salvage(document, file), file)
    except Malformed as error:
        raise _refusal(file, "不是 Word 文档（.docx）") from error
    require_document(package)
    return package


def require_document(package: Package) -> None:
    """Raise ProblemsFound where a package does not name its document, or that is no XML."""
    if package.tree(package.main) is None:
        raise _refusal(package.file, "不是 Word 文档（.docx），或者文档已损坏")


def _refusal(file: str, what: str) -> ProblemsFound:
    mend = "请用 Word 或 WPS 打开并另存为 .docx 后重试"
    return ProblemsFound([rule("unreadable-document").broken(what, mend, (Place(file),))])
