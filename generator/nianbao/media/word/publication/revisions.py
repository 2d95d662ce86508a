"""Revisions as Word accepts them: what was put in stays, what was taken out goes, and no author is left."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.publication.split_tags import BRACES
from nianbao.media.word.publication.trees import remove, unwrap

_IN, _OUT = (qn("ins"), qn("moveTo")), (qn("del"), qn("moveFrom"))
_CHANGES = tuple(
    qn(f"{kind}Change")
    for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_CELLS = _CELL_IN, _CELL_OUT, _CELL_MERGE = tuple(map(qn, ("cellIns", "cellDel", "cellMerge")))
REVISIONS = (*_IN, *_OUT, *_CHANGES, *_CELLS)
_RANGES = tuple(
    qn(f"{kind}Range{end}")
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_P, _PROPERTIES, _MARK, _ROW, _CELL, _NUMBER = map(qn, ("p", "pPr", "rPr", "trPr", "tcPr", "numPr"))
_MERGE, _TBL, _SECTION = map(qn, ("vMerge", "tbl", "sectPr"))
_TEXTS = tuple(map(qn, ("t", "delText", "instrText", "delInstrText")))


def accept(part: Part) -> None:
    """Accept every revision of a part; note them, and tags that are in what was taken out."""
    ended: list[Element] = []
    revisions = [(revision, revision.getparent()) for revision in part.root.iter(*REVISIONS, *_RANGES)]
    _refuse_tags(part, [revision for revision, _ in revisions if revision.tag in (*_OUT, _CELL_OUT)])
    for revision, parent in revisions:
        if parent is None:
            continue
        if revision.tag not in _RANGES:
            part.see(Seen.REVISION, revision)
        if parent.tag == _MARK and revision.tag in _OUT:
            ended += [above for above in revision.iterancestors(_P)][:1]
        if (parent.tag == _ROW and revision.tag in _OUT) or revision.tag == _CELL_OUT:
            _remove_around(parent)
        elif revision.tag in _IN and parent.tag not in (_MARK, _ROW, _NUMBER):
            unwrap(revision)
        else:
            if revision.tag == _CELL_MERGE:
                _merge(revision, parent)
            remove(revision)
    for paragraph in ended:
        _join(paragraph)


def _remove_around(properties: Element) -> None:
    """Take out the row or cell whose properties these are."""
    if (owner := properties.getparent()) is not None:
        remove(owner)


def _merge(revision: Element, properties: Element) -> None:
    """Merge a cell with the one above it, or let it begin such a merge, as the revision has it."""
    for merge in properties.findall(_MERGE):
        properties.remove(merge)
    merge = revision.makeelement(_MERGE)
    if revision.get(qn("vMerge")) == "rest":
        merge.set(qn("val"), "restart")
    before = [
        child for child in properties if child.tag in map(qn, ("cnfStyle", "tcW", "gridSpan", "hMerge"))
    ]
    properties.insert(len(before), merge)


def _join(paragraph: Element) -> None:
    """Put what a paragraph without its mark holds at the start of the next one, whose mark is left."""
    following = next(paragraph.itersiblings(_P, _TBL, _SECTION), None)
    content = [child for child in paragraph if child.tag != _PROPERTIES]
    if following is not None and following.tag == _P:
        properties = following.find(_PROPERTIES)
        at = 0 if properties is None else following.index(properties) + 1
        following[at:at] = content
        remove(paragraph)
    elif not content:
        remove(paragraph)


def _refuse_tags(part: Part, deleted: list[Element]) -> None:
    """A tag that somebody struck out and nobody decided upon: nobody can know whether it is to be merged."""
    struck = []
    for revision in deleted:
        parent = revision.getparent()
        within = parent.getparent() if parent is not None and parent.tag in (_ROW, _CELL) else revision
        if within is not None and BRACES.search("".join(text.text or "" for text in within.iter(*_TEXTS))):
            struck.append(revision)
    if struck:
        what = "标签在还没有处理的删除修订里"
        mend = "请在 Word 或 WPS 的“审阅”中接受或拒绝全部修订后保存"
        part.refuse("tag-deleted", what, mend, struck)
