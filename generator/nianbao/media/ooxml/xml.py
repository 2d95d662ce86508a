"""The XML of a part: parsed without looking outside, and written with all its namespaces."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element

from nianbao.report import shortage

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML = (".xml", ".rels", ".vml")  # how names of parts end that are XML; an SVG picture may well have a DTD
Element = _Element  # which has no public name
STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|spreadsheetml|drawingml)"
)


class Malformed(ValueError):  # noqa: N818 - says what the part is
    """A part is no XML that Office would read; the message says why, in Chinese."""


def parse(content: bytes, *, comments: bool = True) -> Element:
    """Parse a part; raise Malformed for what is no XML, or declares entities, or has no end of depth."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=not comments)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        shortage.insist(error)
        raise Malformed(f"第 {error.lineno} 行第 {error.offset} 列起不是完好的 XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("有 XML 实体声明，正常的 Office 文件没有")
    return root


def serialize(element: Element) -> bytes:
    """Write a part, with every namespace it came with: mc:Ignorable names prefixes in its text."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def transitional(part: bytes) -> bytes:
    """A part with the usual addresses of its namespaces: "Strict" files name the same things by others."""
    return STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006", part)


def declares(part: bytes) -> bool:
    """Whether a part has a DTD: OOXML has none, and entities make a little file unfold without end."""
    return any("<!DOCTYPE".encode(code) in part for code in ("ascii", "utf-16-le", "utf-16-be"))
