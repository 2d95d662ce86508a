"""What names a relation that does not go out: the link goes, its text stays; a picture elsewhere goes."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.media.ooxml import Element, Relation
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.addresses import is_public
from nianbao.media.word.publication.objects import OFFICE, VML
from nianbao.media.word.publication.relations import references
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.trees import remove, unwrap

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_LINK, _SHAPES = qn("hyperlink"), tuple(map(qn, ("drawing", "pict", "object")))
_CLICKS = tuple(f"{{{_A}}}{name}" for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver"))
_IMAGE = f"{{{VML}}}imagedata"
_PICTURES = (f"{{{_A}}}blip", _IMAGE, f"{{{VML}}}fill", f"{{{VML}}}stroke")
_EMBEDDED = ("embed", "id", "relid", "pict")  # the names by which a picture in the file is related
_NESTED = tuple(map(qn, ("altChunk", "subDoc")))


def cut(part: Part, relations: Mapping[str, Relation], wanted: Mapping[str, Relation]) -> None:
    """Take out whatever names a relation that is not wanted, or an address on somebody's machine."""
    if nested := list(part.root.iter(*_NESTED)):
        what = "模板里嵌有另一个文件的内容（altChunk 或主控文档的子文档），无法检查"
        mend = "请在 Word 中打开模板，把内容直接放进模板后另存"
        part.refuse("embedded-document", what, mend, nested)
    for element, name, identity in list(references(part.root)):
        if identity in wanted or not identity:
            continue
        target = relations[identity].target if identity in relations else ""
        if element.tag == _LINK:
            part.see(Seen.LINK, element, target or "没有地址")
            unwrap(element)
        elif element.tag in _CLICKS:
            if target:
                part.see(Seen.LINK, element, target)
            remove(element)
        elif element.tag in _PICTURES:
            _picture(part, element, name, target)
        else:
            _shape(element)
    _addresses(part)


def _picture(part: Part, element: Element, name: str, target: str) -> None:
    """A picture that is in the file as well stays; one that is only elsewhere goes with its frame."""
    element.attrib.pop(name, "")
    left = {str(key).rpartition("}")[2] for key in element.keys() if str(key).startswith("{")}  # noqa: SIM118
    if left.isdisjoint(_EMBEDDED):
        part.see(Seen.PICTURE, element, target or "模板里没有的文件")
        _shape(element)


def _shape(element: Element) -> None:
    """Take out an element, with the drawing that is nothing without it."""
    remove(next((above for above in element.iterancestors(*_SHAPES)), element))


def _addresses(part: Part) -> None:
    """Addresses that shapes of the older kind have in themselves."""
    for element in list(part.root.iter(f"{{{VML}}}*", f"{{{OFFICE}}}*")):
        for name in ("href", f"{{{OFFICE}}}href", "src"):
            if (address := element.get(name)) is not None and (name == "src" or not is_public(address)):
                if element.tag == _IMAGE and name == "src":
                    _picture(part, element, name, address)
                else:
                    del element.attrib[name]
                    part.see(Seen.PICTURE if name == "src" else Seen.LINK, element, address)
