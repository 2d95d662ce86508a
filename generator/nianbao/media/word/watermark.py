"""A draft says so on every page: Word's own kind of watermark, in every header."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from nianbao.media.ooxml import Element, Package, R
from nianbao.media.word import parts as office
from nianbao.media.word.language import DOCUMENT
from nianbao.media.word.oxml import W, qn, w

WORD = "草稿"
KINDS = ("default", "even", "first")
_SHAPE = (
    '<w:r xmlns:w="{w}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office">'
    "<w:rPr><w:noProof/></w:rPr><w:pict>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
    ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136"'
    ' style="position:absolute;margin-left:0;margin-top:0;width:300pt;height:150pt;rotation:315;'
    "z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin"'
    ' fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{word}"/></v:shape>'
    "</w:pict></w:r>"
)


def stamp(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same parts with the watermark in the headers of every section."""
    package = Package(parts)
    marked: list[str] = []  # the headers that have it
    inherited: dict[str, str] = {}  # by kind; a section without a header takes the one before it
    for section in _sections(package.edit(DOCUMENT)):
        for kind in KINDS:
            reference = _reference(section, kind)
            if reference is None and kind in inherited:
                continue
            header = "" if reference is None else _header(package, reference)
            if not header:
                if reference is not None:  # to a header that is not there
                    section.remove(reference)
                header = _add_header(package, section, kind, len(marked) + 1)
            if header not in marked:
                marked.append(header)
                _mark(package.edit(header), len(marked))
            inherited[kind] = header
    return package.written()


def _sections(document: Element) -> list[Element]:
    """Every section's properties, in order; a document has at least one section."""
    sections = [
        section
        for section in document.iter(qn("sectPr"))
        if (above := section.getparent()) is not None and above.tag != qn("sectPrChange")
    ]
    body = document.find(qn("body"))
    if body is not None and body.find(qn("sectPr")) is None:
        sections.append(etree.SubElement(body, qn("sectPr")))
    return sections


def _reference(section: Element, kind: str) -> Element | None:
    references = section.findall(qn("headerReference"))
    return next((reference for reference in references if reference.get(qn("type"), "default") == kind), None)


def _header(package: Package, reference: Element) -> str:
    """The name of the part that a reference means, blank where there is no such part."""
    relation = package.relations(DOCUMENT).get(reference.get(f"{{{R}}}id", ""))
    return relation.target if relation is not None and relation.target in package.parts else ""


def _add_header(package: Package, section: Element, kind: str, number: int) -> str:
    """Give a section a header of its own, with nothing in it."""
    name = package.free("word/header_draft{}.xml", number)
    header = w("hdr", w("p", w("pPr", w("spacing", before=0, after=0))))
    package.add(name, header, f"{office.MAIN}.header+xml")
    reference = w("headerReference", type=kind)
    reference.set(
        f"{{{R}}}id", package.relate(DOCUMENT, "header", posixpath.basename(name), "rIdDraft", number)
    )
    section.insert(0, reference)
    return name


def _mark(header: Element, number: int) -> None:
    paragraph = header.find(qn("p"))
    if paragraph is None:  # a header of one table, or of content controls
        paragraph = etree.SubElement(header, qn("p"))
    paragraph.append(etree.fromstring(_SHAPE.format(w=W, number=number, spid=2048 + number, word=WORD)))
