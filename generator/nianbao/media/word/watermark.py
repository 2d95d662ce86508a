"""A draft says so on every page: Word's own kind of watermark, in every header."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from nianbao.media.word import parts as office
from nianbao.media.word.language import CONTENT_TYPES, DOCUMENT
from nianbao.media.word.oxml import REL, TYPES, Element, R, W, parse, qn, serialize, w

WORD = "草稿"
KINDS = ("default", "even", "first")
RELATIONSHIPS = "word/_rels/document.xml.rels"
_NO_RELATIONSHIPS = f'<Relationships xmlns="{REL}"/>'.encode()
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
    package = _Package(parts)
    headers: dict[str, str] = {}  # by kind; a section without a header takes the one before it
    for section in package.sections():
        for kind in KINDS:
            reference = _reference(section, kind)
            name = package.header(reference) if reference is not None else None
            if name is not None:
                package.mark(name)
                headers[kind] = name
            elif reference is not None or kind not in headers:
                if reference is not None:  # to a header that is not there
                    section.remove(reference)
                headers[kind] = package.add_header(section, kind)
    return package.finish()


def _reference(section: Element, kind: str) -> Element | None:
    return next(
        (one for one in section.findall(qn("headerReference")) if one.get(qn("type"), "default") == kind),
        None,
    )


class _Package:
    """The parts that a watermark changes, parsed."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = dict(parts)
        self.document = parse(parts[DOCUMENT])
        self.relationships = parse(parts.get(RELATIONSHIPS, _NO_RELATIONSHIPS))
        self.types = parse(parts[CONTENT_TYPES])
        self.marked: set[str] = set()

    def sections(self) -> list[Element]:
        """Every section's properties, in order; a document has at least one section."""
        found = [
            one
            for one in self.document.iter(qn("sectPr"))
            if (owner := one.getparent()) is not None and owner.tag != qn("sectPrChange")
        ]
        body = self.document.find(qn("body"))
        if body is not None and body.find(qn("sectPr")) is None:
            found.append(etree.SubElement(body, qn("sectPr")))
        return found

    def header(self, reference: Element) -> str | None:
        """The name of the part that a reference means, None where there is no such part."""
        for one in self.relationships:
            if one.get("Id") == reference.get(f"{{{R}}}id"):
                name = posixpath.normpath(posixpath.join("/word", one.get("Target", ""))).lstrip("/")
                return name if name in self.parts else None
        return None

    def mark(self, name: str) -> None:
        """Put the watermark into a header, once."""
        if name not in self.marked:
            header = parse(self.parts[name])
            self._write(name, header)

    def add_header(self, section: Element, kind: str) -> str:
        """Give a section a header of its own, with nothing but the watermark."""
        number = len(self.marked) + 1
        while f"word/header_draft{number}.xml" in self.parts:
            number += 1
        file = f"header_draft{number}.xml"
        self._write(f"word/{file}", w("hdr", w("p", w("pPr", w("spacing", before=0, after=0)))))
        identifier = f"rIdDraft{number}"
        reference = w("headerReference", type=kind)
        reference.set(f"{{{R}}}id", identifier)
        section.insert(0, reference)
        header = f"{office.OFFICE_REL}/header"
        tag = f"{{{REL}}}Relationship"
        etree.SubElement(self.relationships, tag, Id=identifier, Type=header, Target=file)
        content = f"{office.MAIN}.header+xml"
        tag = f"{{{TYPES}}}Override"
        etree.SubElement(self.types, tag, PartName=f"/word/{file}", ContentType=content)
        return f"word/{file}"

    def finish(self) -> dict[str, bytes]:
        """All parts, written."""
        changed = (
            (DOCUMENT, self.document),
            (RELATIONSHIPS, self.relationships),
            (CONTENT_TYPES, self.types),
        )
        return self.parts | {name: serialize(part) for name, part in changed}

    def _write(self, name: str, header: Element) -> None:
        self.marked.add(name)
        number = len(self.marked)
        shape = etree.fromstring(_SHAPE.format(w=W, number=number, spid=2048 + number, word=WORD))
        paragraph = header.find(qn("p"))
        if paragraph is None:  # a header of one table, or of content controls
            paragraph = etree.SubElement(header, qn("p"))
        paragraph.append(shape)
        self.parts[name] = serialize(header)
