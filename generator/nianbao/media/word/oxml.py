"""WordprocessingML by name: build elements, and read paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = _Element  # which has no public name


def qn(tag: str) -> str:
    """The qualified name of a WordprocessingML tag or attribute."""
    return f"{{{W}}}{tag}"


_R, _T, _TAB, _HYPHEN = qn("r"), qn("t"), qn("tab"), qn("noBreakHyphen")
_PRINTED = (_T, _TAB, qn("br"), qn("cr"), _HYPHEN)


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """An element with its attributes, all in the main namespace."""
    element = etree.Element(qn(tag), nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        element.set(qn(name), str(value))
    element.extend(children)
    return element


def run(text: str, *properties: Element) -> Element:
    """A run of text that keeps its spaces and takes East Asian quotes."""
    hint = w("rFonts", hint="eastAsia")
    style = [one for one in properties if one.tag == qn("rStyle")]
    others = [one for one in properties if one.tag != qn("rStyle")]
    content = w("t")
    content.text = text
    content.set(XML_SPACE, "preserve")
    return w("r", w("rPr", *style, hint, *others), content)


class Malformed(ValueError):  # noqa: N818 - says what the part is
    """A part is no XML that Word would read."""


def parse(content: bytes) -> Element:
    """Parse a part; raise Malformed for what is no XML, or declares entities, or has no end of depth."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Malformed(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("DOCTYPE")
    return root


def serialize(element: Element) -> bytes:
    """Write a part, with every namespace it came with: mc:Ignorable names prefixes in its text."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def text(paragraph: Element) -> str:
    """What a paragraph prints: tabs and breaks as characters, nothing deleted, no text box on it."""
    out = []
    for node in paragraph.iter(*_PRINTED):
        owner = node.getparent()
        if owner is None or (owner.getparent() is not paragraph and _paragraph(node) is not paragraph):
            continue
        if node.tag == _T:
            out.append(node.text or "")
        elif node.tag == _TAB:
            if owner.tag == _R:  # not a tab stop
                out.append("\t")
        else:
            out.append("-" if node.tag == _HYPHEN else "\n")
    return "".join(out)


def _paragraph(node: Element) -> Element | None:
    return next(node.iterancestors(qn("p")), None)


def style(paragraph: Element) -> str:
    """The style's id, blank for the default style."""
    found = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
    return "" if found is None else str(found.get(qn("val")))


def blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables in reading order, also those in content controls."""
    for node in body:
        if node.tag in (qn("p"), qn("tbl")):
            yield node
        elif node.tag == qn("sdt"):
            content = node.find(qn("sdtContent"))
            if content is not None:
                yield from blocks(content)
