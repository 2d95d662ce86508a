"""Changes that somebody tracked in a Word document, and nobody has accepted or rejected."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word.accepted import REVISIONS
from nianbao.media.word.html.package import open_package
from nianbao.media.word.outline import spots
from nianbao.media.word.oxml import qn
from nianbao.report import Place, Problem, rule

PART = "正文"


def open_revisions(content: bytes, file: str) -> tuple[Problem, ...]:
    """One warning with every paragraph of the body that has such changes; none where there are none.

    Raises ProblemsFound where it is no docx.
    """
    package = open_package(content, file)
    root = package.tree(package.main)
    body = None if root is None else root.find(qn("body"))
    if root is None or body is None or next(body.iter(*REVISIONS), None) is None:
        return ()
    spot = dict(zip(root.iter(qn("p")), spots(body), strict=True))
    where = dict.fromkeys(spot[_paragraph(change)] for change in body.iter(*REVISIONS))
    what = "还有没有接受的修订，按全部接受以后的样子印出"
    mend = "请在 Word 的“审阅”中接受或拒绝全部修订，保存后重新打印"
    places = [Place(file, part=PART, cell=paragraph) for paragraph in where]
    return (rule("open-revisions").broken(what, mend, places),)


def _paragraph(change: Element) -> Element:
    """The paragraph that was changed; of rows and of whole paragraphs the first."""
    paragraphs = (next(around.iter(qn("p")), None) for around in (change, *change.iterancestors()))
    return next(paragraph for paragraph in paragraphs if paragraph is not None)
