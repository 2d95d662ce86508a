"""A part of a Word document as it stands for a reader: revisions accepted, one branch of each alternative."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.trees import remove, unwrap

_IN, OUT = (qn("ins"), qn("moveTo")), (qn("del"), qn("moveFrom"))
_CHANGES = tuple(
    qn(f"{kind}Change")
    for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_CELLS = _, CELL_OUT, _CELL_MERGE = tuple(map(qn, ("cellIns", "cellDel", "cellMerge")))
REVISIONS = (*_IN, *OUT, *_CHANGES, *_CELLS)
RANGES = tuple(
    qn(f"{kind}Range{end}")
    for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_P, _PROPERTIES, _MARK, ROW, _CELL, _NUMBER = map(qn, ("p", "pPr", "rPr", "trPr", "tcPr", "numPr"))
_MERGE, _TBL, _SECTION = map(qn, ("vMerge", "tbl", "sectPr"))
_WRAPPERS = tuple(map(qn, ("sdt", "sdtContent", "customXml")))
_DRAWINGS = tuple(map(qn, ("drawing", "pict", "object")))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = (f"{_MC}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_UNDERSTOOD = (  # how the namespaces begin of which a reader of today knows what text they hold
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.openxmlformats.org/",
)
_READABLE = (  # what of a newer drawing is understood here
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    qn("txbxContent"),
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)


def choose(root: Element) -> None:
    """Put in the place of alternatives the first that is understood, as Word does, or the last."""
    for alternate in list(root.iter(_ALTERNATE)):
        branch = next((choice for choice in alternate.iterchildren(_CHOICE) if _is_understood(choice)), None)
        if branch is None:
            branch = next(alternate.iterchildren(_FALLBACK), None)
        if branch is None:
            remove(alternate)
        else:
            unwrap(alternate, branch)


def _is_understood(choice: Element) -> bool:
    if next(choice.iter(*_DRAWINGS), None) is not None:
        return next(choice.iter(*_READABLE), None) is not None
    spaces = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
    return all(space.startswith(_UNDERSTOOD) for space in spaces)


def accept(root: Element) -> None:
    """Accept every revision, as Word does: what was put in stays, what was taken out goes."""
    ended: list[Element] = []
    revisions = [(revision, revision.getparent()) for revision in root.iter(*REVISIONS, *RANGES)]
    for revision, parent in revisions:
        if parent is None:
            continue
        if parent.tag == _MARK and revision.tag in OUT:
            ended += [above for above in revision.iterancestors(_P)][:1]
        if (parent.tag == ROW and revision.tag in OUT) or revision.tag == CELL_OUT:
            _remove_around(parent)
        elif revision.tag in _IN and parent.tag not in (_MARK, ROW, _NUMBER):
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
    following = next(paragraph.itersiblings(_P, _TBL, _SECTION, *_WRAPPERS), None)
    while following is not None and following.tag in _WRAPPERS:
        following = next(following.iterchildren(_P, _TBL, *_WRAPPERS), None)
    content = [child for child in paragraph if child.tag != _PROPERTIES]
    if following is not None and following.tag == _P:
        properties = following.find(_PROPERTIES)
        at = 0 if properties is None else following.index(properties) + 1
        following[at:at] = content
        remove(paragraph)
    elif not content:
        remove(paragraph)
