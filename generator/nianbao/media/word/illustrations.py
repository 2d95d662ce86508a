"""图解: charts behind a merged document, on a new page after 署名 and 成文日期.

There GB/T 9704 puts what belongs to a document and is not its text; the six mandated sections stay as they
are, for the drawings are only added behind the last of the body's blocks. The word 附件 is not
printed: the standard wants it together with a line above 署名 that names it, which would be a
line more in the sixth section.

Each drawing stands twice in the file: newer Words show the SVG, whatever cannot shows the PNG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

from lxml import etree

from nianbao.media import ooxml
from nianbao.media.word import parts as office
from nianbao.media.word.language import CONTENT_TYPES, DOCUMENT
from nianbao.media.word.layout import HEI, PITCH, SMALL_SONG, TYPE_AREA
from nianbao.media.word.oxml import REL, TYPES, Element, R, W, parse, qn, run, serialize, w
from nianbao.media.word.styles import Style, written
from nianbao.report.chart import HEADING, caption

EMU = 36000  # per millimetre
TWIP = 25.4 / 1440  # millimetres
RELATIONSHIPS, STYLES = "word/_rels/document.xml.rels", "word/styles.xml"
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
    parts = ooxml.unpack(document, "", "Word 文档（.docx）", DOCUMENT)
    package = _Package(parts)
    for element in package.pages(drawings):
        package.add(element)
    return ooxml.pack({name: ooxml.compress(part) for name, part in package.finish().items()})


class _Package:
    """The parts that drawings change, parsed."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = dict(parts)
        self.document = parse(parts[DOCUMENT])
        self.relationships = parse(parts[RELATIONSHIPS])
        self.types = parse(parts[CONTENT_TYPES])
        body = self.document.find(qn("body"))
        assert body is not None  # the document was read back
        self.body = body
        last = body.find(qn("sectPr"))
        self.end = len(body) if last is None else body.index(last)
        self.room = _measure(last)
        taken = re.findall(rb'<wp:docPr [^>]*?id="(\d+)"', parts[DOCUMENT])
        self.taken = max(map(int, taken), default=0)

    def pages(self, drawings: Sequence[Drawing]) -> Iterator[Element]:
        """The heading, and for each drawing its picture and its caption."""
        yield w("p", w("pPr", w("pStyle", val=CHART_HEADING), w("pageBreakBefore")), run(HEADING))
        for number, drawing in enumerate(drawings, 1):
            yield w("p", w("pPr", w("pStyle", val=CHART_PICTURE)), self.picture(number, drawing))
            yield w("p", w("pPr", w("pStyle", val=CHART_CAPTION)), run(caption(number, drawing.title)))

    def picture(self, number: int, drawing: Drawing) -> Element:
        """The run that shows a drawing, whose files are put into the package."""
        scale = min(1.0, self.room / drawing.width) * EMU
        return etree.fromstring(
            _PICTURE.format(
                w=W, r=R, a=_DRAWING, pic=_PIC, id=self.taken + number, name=f"图{number}",
                alt=escape(drawing.alt), cx=round(drawing.width * scale), cy=round(drawing.height * scale),
                png=self.file("png", drawing.png), svg=self.file("svg", drawing.outlined.encode("utf-8")),
            )
        )  # fmt: skip

    def file(self, kind: str, content: bytes) -> str:
        """Put a file in, and return the name by which the document knows it."""
        number = 1
        while f"word/media/chart{number}.{kind}" in self.parts:
            number += 1
        self.parts[f"word/media/chart{number}.{kind}"] = content
        default = f"{{{TYPES}}}Default"
        if not any(one.get("Extension", "").lower() == kind for one in self.types.iter(default)):
            self.types.insert(0, etree.Element(default, Extension=kind, ContentType=_KINDS[kind]))
        known = {one.get("Id") for one in self.relationships}
        identity = next(name for at in range(1, len(known) + 2) if (name := f"rIdChart{at}") not in known)
        image, target = f"{office.OFFICE_REL}/image", f"media/chart{number}.{kind}"
        etree.SubElement(self.relationships, f"{{{REL}}}Relationship", Id=identity, Type=image, Target=target)
        return identity

    def add(self, block: Element) -> None:
        """Put a block behind the last one."""
        self.body.insert(self.end, block)
        self.end += 1

    def finish(self) -> dict[str, bytes]:
        """All parts, written."""
        styles = parse(self.parts[STYLES]) if STYLES in self.parts else None
        changed = [
            (CONTENT_TYPES, self.types),
            (DOCUMENT, self.document),
            (RELATIONSHIPS, self.relationships),
        ]
        if styles is not None:
            known = {one.get(qn("styleId")) for one in styles.iter(qn("style"))}
            styles.extend(written(style) for style in _STYLES if style.id not in known)
            changed.append((STYLES, styles))
        return self.parts | {name: serialize(part) for name, part in changed}


def _measure(section: Element | None) -> float:
    """How wide the type area of a section is, in millimetres."""
    size = None if section is None else section.find(qn("pgSz"))
    margins = None if section is None else section.find(qn("pgMar"))
    if size is None or margins is None:
        return TYPE_AREA * TWIP
    sides = sum(float(margins.get(qn(side), "0")) for side in ("left", "right", "gutter"))
    return (float(size.get(qn("w"), "0")) - sides) * TWIP
