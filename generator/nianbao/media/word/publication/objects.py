"""Embedded objects, ActiveX controls and signature lines: the picture stays, what lies behind it does not."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import qn
from nianbao.media.word.publication.removals import Part, Seen
from nianbao.media.word.trees import remove, unwrap

OFFICE, VML = "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:vml"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OBJECT, _PICT, _DRAWING = map(qn, ("object", "pict", "drawing"))
_CONTROL = qn("control")
_EMBEDDED = (f"{{{OFFICE}}}OLEObject", qn("objectEmbed"), qn("objectLink"), qn("movie"))
_OWN = tuple(map(qn, ("dxaOrig", "dyaOrig")))
_LINE = f"{{{OFFICE}}}signatureline"
_WORKBOOK = f"{{{CHART}}}externalData"


def flatten(part: Part) -> Iterator[str]:
    """Leave of every object the picture that is printed; names what is told."""
    for line in list(part.root.iter(_LINE)):
        if (picture := next(line.iterancestors(_PICT), None)) is not None:
            part.see(Seen.SIGNATURE_LINE, picture)
            remove(picture)
    for element in list(part.root.iter(_CONTROL, *_EMBEDDED)):
        yield "ActiveX 控件" if element.tag == _CONTROL else "嵌入的文件"
        remove(element)
    for element in list(part.root.iter(_WORKBOOK)):
        yield "图表的数据工作簿"
        remove(element)
    for element in list(part.root.iter(_OBJECT)):
        _as_picture(element)


def _as_picture(element: Element) -> None:
    if element.find(_DRAWING) is not None:
        unwrap(element)
        return
    for shape in element.iter(f"{{{VML}}}shape"):
        shape.attrib.pop(f"{{{OFFICE}}}ole", "")
    for name in _OWN:
        element.attrib.pop(name, "")
    element.tag = _PICT
    if not len(element):
        remove(element)
