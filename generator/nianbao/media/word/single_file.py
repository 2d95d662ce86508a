"""A Word document that is one XML file, as the package it would be today.

Of two kinds: a package written as XML (“flat OPC”), and Word 2003's own XML, whose elements are those of
today under other names.
"""

from __future__ import annotations

import base64
import binascii
import re

from lxml import etree

from nianbao.media.ooxml import CONTENT_TYPES, TYPES, Element, Malformed, Package, pack, parse
from nianbao.media.word.oxml import qn, w
from nianbao.media.word.trees import remove, unwrap
from nianbao.report import rule

_FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
LARGEST = 50 * 1024 * 1024  # bytes
_PKG, _OLD, _AML = f"{{{_FLAT}}}", f"{{{_WORD_2003}}}", "{http://schemas.microsoft.com/aml/2001/core}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DRAWN = ("{urn:schemas-microsoft-com:vml}", _OFFICE, "{urn:schemas-microsoft-com:office:word}")
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_RENAMED = {
    "vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink", "listPr": "numPr", "ilfo": "numId",
    "fareast": "eastAsia", "listDef": "abstractNum", "listDefId": "abstractNumId", "list": "num",
    "ilst": "abstractNumId", "nfc": "numFmt",
}  # fmt: skip
_FORMATS = re.findall(  # of w:nfc, by its number
    r"\w+",
    "decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago"
    " ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal"
    " japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth"
    " decimalZero bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen"
    " decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac"
    " ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand"
    " taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand",
)
_CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_DASHED = re.compile("-([a-z])")


def package_of(content: bytes, file: str) -> bytes:
    """The .docx that such a file is; raise Unreadable where it is damaged, or beyond all that a report is."""
    if len(content) > LARGEST:
        what = f"文件有 {len(content) // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请去掉大图片后另存为 .docx")
    try:
        root = parse(content.strip(), comments=False)
        return pack(_flat(root) if root.tag == f"{_PKG}package" else _of_2003(root).written())
    except (Malformed, binascii.Error):
        mend = "请用 Word 或 WPS 打开，另存为 .docx"
        raise rule("damaged").refusal(file, "文件已损坏，不是完好的 Word XML 文档", mend) from None


def _flat(root: Element) -> dict[str, bytes]:
    """The parts of a package that is written as XML."""
    types = etree.Element(f"{{{TYPES}}}Types")
    parts: dict[str, bytes] = {CONTENT_TYPES: b""}
    for part in root.iterchildren(f"{_PKG}part"):
        name = part.get(f"{_PKG}name", "")
        kind = part.get(f"{_PKG}contentType", "")
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=name, ContentType=kind)
        written, encoded = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
        if written is not None and len(written):
            parts[name.lstrip("/")] = etree.tostring(written[0], encoding="UTF-8", with_tail=False)
        elif encoded is not None:
            parts[name.lstrip("/")] = base64.b64decode(encoded.text or "")
    return parts | {CONTENT_TYPES: etree.tostring(types)}


def _of_2003(root: Element) -> Package:
    """A package of what a document of Word 2003 says: text, styles, numbering, notes, properties."""
    properties = root.find(f"{_OFFICE}DocumentProperties")
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC})
    for old, new in (("Title", "title"), ("Subject", "subject"), ("Author", "creator")):
        word = None if properties is None else properties.findtext(f"{_OFFICE}{old}")
        etree.SubElement(core, f"{{{_DC}}}{new}").text = word
    _rename(root)
    body, styles, lists = (root.find(qn(name)) for name in ("body", "styles", "lists"))
    if body is None:
        raise Malformed("没有正文")
    notes = {kind: _notes(body, kind) for kind in ("footnote", "endnote")}
    package = Package({CONTENT_TYPES: f'<Types xmlns="{TYPES}"/>'.encode()})
    package.add_file("_rels/.rels", b"", "application/vnd.openxmlformats-package.relationships+xml")
    del package.parts["_rels/.rels"]
    document = "word/document.xml"
    package.add(document, w("document", body), f"{_KIND}.document.main+xml")
    package.relate("", "officeDocument", document, "rId")
    package.add("docProps/core.xml", core, "application/vnd.openxmlformats-package.core-properties+xml")
    package.relate("", "core-properties", "docProps/core.xml", "rId")
    numbering = None if lists is None else w("numbering", *lists)
    parts = {"styles": styles, "numbering": numbering}
    parts |= {f"{kind}s": w(f"{kind}s", *notes[kind]) for kind in notes if notes[kind]}
    for kind, part in parts.items():
        if part is not None:
            package.add(f"word/{kind}.xml", part, f"{_KIND}.{kind}+xml")
            package.relate(document, kind, f"{kind}.xml", "rId")
    return package


def _rename(root: Element) -> None:
    """Give every element and attribute today's name, and take away what is around or beside the text."""
    for element in list(root.iter(etree.Element)):
        tag = str(element.tag)
        if tag == f"{_AML}annotation" and (kind := _CHANGES.get(element.get(f"{_OLD}type", ""))):
            element.tag = qn(kind)
        elif tag.startswith(_OLD):
            element.tag = _named(tag)
        elif tag == f"{_AML}content" or not tag.startswith(("{http://schemas.openxml", *_DRAWN, _AML)):
            _unwrap(element)  # of Word's own hints, or of somebody's own XML
        for key, word in element.attrib.items():
            if str(key).startswith(_OLD):
                del element.attrib[key]
                element.set(_named(str(key)), word)
    for format in root.iter(qn("numFmt")):
        code = format.get(qn("val"), "")
        known = code.isdigit() and int(code) < len(_FORMATS)
        format.set(qn("val"), _FORMATS[int(code)] if known else "decimal")
    for number in root.iter(qn("num")):
        number.set(qn("numId"), number.get(qn("numId")) or number.get(qn("ilfo")) or "")


def _unwrap(element: Element) -> None:
    if len(element):
        unwrap(element)
    elif element.getparent() is not None:
        remove(element)


def _named(name: str) -> str:
    """Today's name for one of 2003: w:line-rule is w:lineRule."""
    old = name.removeprefix(_OLD)
    return qn(_RENAMED.get(old) or _DASHED.sub(lambda match: match[1].upper(), old))


def _notes(body: Element, kind: str) -> list[Element]:
    """Take the notes out of the text, where they stood as a whole, and leave their calls."""
    notes = list(body.iter(qn(kind)))
    for number, note in enumerate(notes, 1):
        parent = note.getparent()
        note.set(qn("id"), str(number))
        if parent is not None:
            parent.replace(note, w(f"{kind}Reference", id=number))
    return notes
