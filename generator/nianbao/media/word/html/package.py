"""A .docx opened for reading its pages: what is damaged in it is as if it were not there."""

from __future__ import annotations

from nianbao.media.ooxml import Malformed, Package, salvage
from nianbao.media.word.accepted import accept, choose
from nianbao.media.word.html.colors import write_out
from nianbao.media.word.html.styles import Theme
from nianbao.report import Place, ProblemsFound, rule

_PRINTED = ("header", "footer", "footnotes", "endnotes")


def open_package(document: bytes, file: str) -> Package:
    """The parts of a .docx; raise ProblemsFound for what is none, or would unpack beyond the limits."""
    try:
        package = Package(salvage(document, file), file)
    except Malformed as error:
        raise _refusal(file, "不是 Word 文档（.docx）") from error
    require_document(package)
    return package


def settle(package: Package) -> Theme:
    """Make the parts of a document that are printed what they print, and return its theme.

    Of alternatives the one that is understood is left, revisions are accepted, colours are written out.
    """
    theme = Theme.read(package.related(package.main, "theme"))
    relations = package.relations(package.main).values()
    printed = (relation.target for relation in relations if relation.kind in _PRINTED)
    for part in (package.main, *printed):
        if (root := package.tree(part)) is not None:
            choose(root)
            accept(root)
            write_out(root, theme)
    for kind in ("styles", "numbering"):
        write_out(package.related(package.main, kind), theme)
    return theme


def require_document(package: Package) -> None:
    """Raise ProblemsFound where a package does not name its document, or that is no XML."""
    if package.tree(package.main) is None:
        raise _refusal(package.file, "不是 Word 文档（.docx），或者文档已损坏")


def _refusal(file: str, what: str) -> ProblemsFound:
    mend = "请用 Word 或 WPS 打开并另存为 .docx 后重试"
    return ProblemsFound([rule("unreadable-document").broken(what, mend, (Place(file),))])
