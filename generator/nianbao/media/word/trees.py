"""Taking elements out of a tree: with what they hold, or only from around it."""

from __future__ import annotations

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn, w

_P, _TBL, _TR, _TC = map(qn, ("p", "tbl", "tr", "tc"))
_NOTHING = {  # what has no meaning any more where it holds only these
    _TBL: tuple(map(qn, ("tblPr", "tblGrid"))),
    _TR: tuple(map(qn, ("tblPrEx", "trPr"))),
    qn("r"): (qn("rPr"),),
    qn("hyperlink"): (),
}


def remove(element: Element) -> None:
    """Take an element out; a table goes with its last row, a run with the last of its content."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag in _NOTHING and all(left.tag in _NOTHING[parent.tag] for left in parent):
        remove(parent)
    elif parent.tag == _TC and (not len(parent) or parent[-1].tag != _P):
        parent.append(w("p"))  # a cell ends with a paragraph


def unwrap(element: Element, content: Element | None = None) -> None:
    """Put what an element holds, or what `content` within it holds, in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element if content is None else content)
