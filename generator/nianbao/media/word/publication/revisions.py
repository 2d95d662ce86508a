"""Revisions in a template: accepted, told, and refused where a tag is in what was taken out."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word import accepted
from nianbao.media.word.accepted import CELL_OUT, OUT, REVISIONS, ROW
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.publication.split_tags import BRACES

_CELL = qn("tcPr")
_TEXTS = tuple(map(qn, ("t", "delText", "instrText", "delInstrText")))


def accept(part: Part) -> None:
    """Accept every revision of a part; note them, and tags that are in what was taken out."""
    revisions = list(part.root.iter(*REVISIONS))
    _refuse_tags(part, [revision for revision in revisions if revision.tag in (*OUT, CELL_OUT)])
    for revision in revisions:
        part.see(Seen.REVISION, revision)
    accepted.accept(part.root)


def _refuse_tags(part: Part, deleted: list[Element]) -> None:
    """A tag that somebody struck out and nobody decided upon: nobody can know whether it is to be merged."""
    struck = []
    for revision in deleted:
        parent = revision.getparent()
        within = parent.getparent() if parent is not None and parent.tag in (ROW, _CELL) else revision
        if within is not None and BRACES.search("".join(text.text or "" for text in within.iter(*_TEXTS))):
            struck.append(revision)
    if struck:
        what = "标签在还没有处理的删除修订里"
        mend = "请在 Word 或 WPS 的“审阅”中接受或拒绝全部修订后保存"
        part.refuse("tag-deleted", what, mend, struck)
