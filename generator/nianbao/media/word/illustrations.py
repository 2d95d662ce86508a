"""图解: charts behind a merged document, on a new page after 署名 and 成文日期.

There GB/T 9704 puts what belongs to a document and is not its text; the six mandated sections stay as they
are, for the drawings are only added behind the last of the body's blocks. The word 附件 is not
printed: the standard wants it together with a line above 署名 that names it, which would be a
line more in the sixth section.

Each drawing stands twice in the file: newer Words show the SVG, whatever cannot shows the PNG.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Protocol

from lxml import etree

from nianbao.media.ooxml import Element, Package, R, pack, unpack
from nianbao.media.word.language import DOCUMENT
from nianbao.media.word.layout import HEI, PITCH, SMALL_SONG, TYPE_AREA, Style
from nianbao.media.word.oxml import W, qn, run, w
from nianbao.media.word.styles import written
from nianbao.report.chart import HEADING, caption

EMU = 36000  # per millimetre
TWIP = 25.4 / 1440  # millimetres
STYLES = "word/styles.xml"
_KINDS = {"png": "image/png", "svg": "image/svg+xml"}
CHART_HEADING, CHART_PICTURE, CHART_CAPTION = "ChartHeading", "ChartPicture", "ChartCaption"
_STYLES = (  # a template that has one of these keeps its own
    Style(
        CHART_HEADING, "图解标题", font=SMALL_SONG, size=44, spacing=0, align="center", line=(720, "exact"),
        after=PITCH, first_line=0, keep_next=True, outline=0,
    ),
    Style(CHART_PICTURE, "图", align="center", line=(240, "auto"), first_line=0, keep_next=True),
    Style(
        CHART_CAPTION, "图题", font=HEI, size=24, spacing=0, align="center", line=(400, "exact"),
        before=60, after=220, first_line=0,
    ),
)  # fmt: skip
_PICTURE = (
    '<w:r xmlns:w="{w}" xmlns:r="{r}"><w:rPr><w:noProof/></w:rPr><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{id}" name="{name}" descr="{alt}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{a}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{png}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/>'
    "</a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class Drawing(Protocol):
    """What is put in; width and height in millimetres, letters of `outlined` as shapes."""

    @property
    def title(self) -> str:
        """The caption, without its number."""

    @property
    def alt(self) -> str:
        """The drawing in words."""

    @property
    def outlined(self) -> str:
        """The drawing as SVG."""

    @property
    def png(self) -> bytes:
        """The drawing as a picture."""

    @property
    def width(self) -> float:
        """Its width."""

    @property
    def height(self) -> float:
        """Its height."""


def illustrate(document: bytes, drawings: Sequence[Drawing]) -> bytes:
    """The document with its drawings behind it, each with number, title and alternative text.

    A drawing wider than the last section's type area is made smaller. Without drawings the
    document stays as it is.
    """
    if not drawings:
        return document
    package = Package(unpack(document, "", "Word 文档（.docx）", DOCUMENT))
    taken = max(map(int, re.findall(rb'<wp:docPr [^>]*?id="(\d+)"', package.parts[DOCUMENT])), default=0)
    body = package.edit(DOCUMENT).find(qn("body"))
    assert body is not None  # the document was read back
    section = body.find(qn("sectPr"))
    width = _type_area(section)
    added = [w("p", w("pPr", w("pStyle", val=CHART_HEADING), w("pageBreakBefore")), run(HEADING))]
    for number, drawing in enumerate(drawings, 1):
        picture = _picture(package, drawing, number, taken + number, width)
        added.append(w("p", w("pPr", w("pStyle", val=CHART_PICTURE)), picture))
        title = run(caption(number, drawing.title))
        added.append(w("p", w("pPr", w("pStyle", val=CHART_CAPTION)), title))
    end = len(body) if section is None else body.index(section)
    body[end:end] = added
    if STYLES in package.parts:
        styles = package.edit(STYLES)
        known = {style.get(qn("styleId")) for style in styles.iter(qn("style"))}
        styles.extend(written(style) for style in _STYLES if style.id not in known)
    return pack(package.written())


def _picture(package: Package, drawing: Drawing, number: int, identity: int, width: float) -> Element:
    """The run that shows a drawing, whose files are put into the package."""
    scale = min(1.0, width / drawing.width) * EMU
    files = {"png": drawing.png, "svg": drawing.outlined.encode("utf-8")}
    return etree.fromstring(
        _PICTURE.format(
            w=W, r=R, a=_DRAWING, pic=_PIC, id=identity, name=f"图{number}", alt=escape(drawing.alt),
            cx=round(drawing.width * scale), cy=round(drawing.height * scale),
            **{kind: _add_file(package, kind, content) for kind, content in files.items()},
        )
    )  # fmt: skip


def _add_file(package: Package, kind: str, content: bytes) -> str:
    """Put a file in, and return the name by which the document knows it."""
    name = package.free(f"word/media/chart{{}}.{kind}")
    package.add_file(name, content, _KINDS[kind])
    return package.relate(DOCUMENT, "image", name.removeprefix("word/"), "rIdChart")


def _type_area(section: Element | None) -> float:
    """How wide the type area of a section is, in millimetres."""
    size = None if section is None else section.find(qn("pgSz"))
    margins = None if section is None else section.find(qn("pgMar"))
    if size is None or margins is None:
        return TYPE_AREA * TWIP
    sides = sum(float(margins.get(qn(side), "0")) for side in ("left", "right", "gutter"))
    return (float(size.get(qn("w"), "0")) - sides) * TWIP
