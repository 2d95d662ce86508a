"""WordprocessingML by name: build elements, and read paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from nianbao.media.ooxml import Element, R

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def qn(tag: str) -> str:
    """The qualified name of a WordprocessingML tag or attribute."""
    return f"{{{W}}}{tag}"


_P, _R, _T, _TAB, _HYPHEN = map(qn, ("p", "r", "t", "tab", "noBreakHyphen"))
_BLOCKS, _CONTROL, _CONTENT = (_P, qn("tbl")), qn("sdt"), qn("sdtContent")
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
    style = [element for element in properties if element.tag == qn("rStyle")]
    others = [element for element in properties if element.tag != qn("rStyle")]
    content = w("t")
    content.text = text
    content.set(XML_SPACE, "preserve")
    return w("r", w("rPr", *style, hint, *others), content)


def texts(root: Element) -> Mapping[Element | None, str]:
    """What each paragraph below prints: tabs and breaks as characters, nothing deleted, no text box on it."""
    printed: dict[Element | None, str] = {}
    latest = None
    for node in root.iter(_P, *_PRINTED):
        if node.tag == _P:
            printed[node], latest = "", node
            continue
        owner = node.getparent()
        paragraph = None if owner is None else owner.getparent()
        if paragraph is not latest:  # a text box has come between, or markup around the run
            paragraph = next(node.iterancestors(_P), None)
        if paragraph not in printed:
            continue
        if node.tag == _T:
            printed[paragraph] += node.text or ""
        elif node.tag != _TAB:
            printed[paragraph] += "-" if node.tag == _HYPHEN else "\n"
        elif owner is not None and owner.tag == _R:  # not a tab stop
            printed[paragraph] += "\t"
    return printed


def style(paragraph: Element) -> str:
    """The style's id, blank for the default style."""
    named = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
    return "" if named is None else str(named.get(qn("val")))


def blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables in reading order, also those in content controls."""
    for node in body:
        if node.tag in _BLOCKS:
            yield node
        elif node.tag == _CONTROL and (content := node.find(_CONTENT)) is not None:
            yield from blocks(content)
