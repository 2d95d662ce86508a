"""A Word document without anything that would make LibreOffice open another file or address.

LibreOffice fetches a linked picture while it converts, from file: and http: alike, also where the
relation calls itself a hyperlink. What is taken out here is told; nothing else is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from nianbao.media import ooxml
from nianbao.media.office.fetching import FETCHING
from nianbao.media.office.pictures import BLANK, admitted
from nianbao.report import shortage
from nianbao.report.catalogue import rule
from nianbao.report.problem import Place, Problem, ProblemsFound, quote

WORD = "Word 文档（.docx）"
ROOT = "_rels/.rels"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_REFERENCES = (f"{{{ooxml.R}}}", f"{{{_STRICT}}}")
_CLICKED = {"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"}  # opened by a reader, never by us
_ADDRESS = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_DROPPED = {"altChunk", "subDoc", "attachedTemplate", "mailMerge"}  # elements that stand for another file
_NESTED = {"aFChunk", "subDocument"}  # relations to files whose own links would be followed in turn
_PREVIEWED = {"oleObject", "package"}  # such too, but a picture of the object is printed in its place
_OTHER_OFFICE = re.compile(r"mimetype$|META-INF/", re.IGNORECASE)  # what would make it an ODF file as well
_MACROS = re.compile(r"(^|/)vba\w*\.(bin|xml)$", re.IGNORECASE)
_FIELD = "取用外部内容的域"
_MEANING = {
    "image": "链接的图片",
    "attachedTemplate": "附加模板",
    "aFChunk": "嵌入的其他文件内容",
    "subDocument": "子文档",
    "oleObject": "链接或嵌入的对象",
    "package": "链接或嵌入的对象",
}


def scrub(document: bytes, file: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The same .docx without links, fields and parts that reach outside it, and what was taken out.

    Hyperlinks stay: only a reader follows them. Raises ProblemsFound for macros (`macro-file`) and
    Unreadable for what is no sound Word document.
    """
    parts = ooxml.unpack(document, file, WORD, ROOT)
    if any(map(_MACROS.search, parts)) or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        what, mend = "这是带宏的 Word 文件，没有转换", "请在 Word 中另存为不带宏的 .docx"
        raise ProblemsFound([rule("macro-file").broken(what, mend, (Place(file),))])
    parts = {name: part for name, part in parts.items() if not _OTHER_OFFICE.match(name)}
    trees = {name: _parse(name, part, file) for name, part in parts.items() if _is_xml(name, part)}
    parts |= {name: b"" for name, tree in trees.items() if tree is None}
    trees = {name: tree for name, tree in trees.items() if tree is not None}
    taken: dict[str, None] = {}
    for name, tree in trees.items():
        if name.lower().endswith(".rels"):
            taken.update(dict.fromkeys(_unlink(tree, trees.get(ooxml.owner(name)))))
    for name, tree in trees.items():
        if not name.lower().endswith(".rels"):
            taken.update(dict.fromkeys(_defuse(tree)))
    changed = parts | {name: ooxml.serialize(tree) for name, tree in trees.items()}
    for name in sorted(_pictures(parts)):
        picture = admitted(parts[name])
        changed[name] = BLANK if picture is None else picture[0]
        said = [_said("画不出、画不完或会另取内容的图片", name)] if picture is None else []
        said += [_said("SVG 图片中引用的内容", address) for address in (picture or (b"", ()))[1]]
        taken.update(dict.fromkeys(said))
    return ooxml.pack(changed, level=1), _told(taken, file)


def _unlink(relations: Any, owner: Any | None) -> Iterator[str]:
    """Take out what leads outside; a link that stays may only be used as a link to click."""
    for relation in list(relations):
        if not isinstance(relation.tag, str):
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        outside = relation.get("TargetMode", "Internal") != "Internal" or _ADDRESS.match(
            relation.get("Target", "")
        )
        if outside and kind == "hyperlink":
            yield from _unlisted(owner, relation)
        elif outside or kind in _NESTED | _PREVIEWED:
            relations.remove(relation)
            if outside or kind in _NESTED:
                yield _said(_MEANING.get(kind, "外部链接"), relation.get("Target", ""))


def _unlisted(owner: Any | None, relation: Any) -> Iterator[str]:
    """Take the id of a hyperlink from every element that would load it."""
    for element in owner.iter(etree.Element) if owner is not None else ():
        if etree.QName(element).localname in _CLICKED:
            continue
        for name, value in list(element.attrib.items()):
            if name.startswith(_REFERENCES) and value == relation.get("Id"):
                del element.attrib[name]
                yield _said(_MEANING["image"], relation.get("Target", ""))


def _defuse(tree: Any) -> Iterator[str]:
    """Take out elements, attributes and fields that make a reader of the file open another one."""
    for element in list(tree.iter(etree.Element)):
        name = etree.QName(element)
        if name.localname in _DROPPED and element.getparent() is not None:
            element.getparent().remove(element)
        elif name.namespace in ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"):
            for attribute in ("src", "{urn:schemas-microsoft-com:office:office}href"):
                if (address := element.attrib.pop(attribute, None)) is not None:
                    yield _said(_MEANING["image"], address)
        elif name.localname == "fldSimple":
            instruction = f"{{{name.namespace}}}instr"
            if FETCHING.search(element.get(instruction, "")):
                yield _said(_FIELD, element.get(instruction))
                element.set(instruction, "")
    yield from _fields(tree)


def _fields(tree: Any) -> Iterator[str]:
    """Empty the instructions of fields that fetch; they may be written over several runs, and nested."""
    opened: list[list[Any]] = []
    for element in tree.iter(etree.Element):
        name = etree.QName(element)
        if name.localname == "fldChar":
            kind = element.get(f"{{{name.namespace}}}fldCharType")
            if kind == "begin":
                opened.append([])
            elif opened:
                yield from _empty(opened[-1])
                opened[-1] = []
                if kind == "end":
                    opened.pop()
        elif name.localname in ("instrText", "delInstrText"):
            opened = opened or [[]]
            opened[-1].append(element)
    for left in opened:
        yield from _empty(left)


def _empty(instructions: list[Any]) -> Iterator[str]:
    instruction = "".join(element.text or "" for element in instructions)
    if FETCHING.search(instruction):
        yield _said(_FIELD, instruction)
        for element in instructions:
            element.text = ""


def _said(what: str, address: str) -> str:
    return f"{what}“{quote(address)}”"


def _pictures(parts: Mapping[str, bytes]) -> set[str]:
    """The parts that are loaded as pictures: by their folder, by a relation, or for what they hold."""
    package = ooxml.Package(parts)
    owners = (ooxml.owner(name) for name in parts if name.lower().endswith(".rels"))
    related = {
        relation.target
        for name in owners
        for relation in package.relations(name).values()
        if relation.kind == "image"
    }
    found = {name for name in parts if name in related or "/media/" in f"/{name}".lower()}
    return {
        name
        for name, part in parts.items()
        if ooxml.is_svg(part) or (name in found and not _is_xml(name, part))
    }


def _is_xml(name: str, part: bytes) -> bool:
    start = part[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    is_picture = "/media/" in f"/{name}" or ooxml.is_svg(part)
    return name.lower().endswith(ooxml.XML) or (start.startswith(b"<") and not is_picture)


def _parse(name: str, part: bytes, file: str) -> Any:
    """The tree of a part; one that is not well-formed is refused, for LibreOffice may yet read it.

    None for a page of HTML and the like, which is none of the document's own parts.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        shortage.insist(error)
        if not name.lower().endswith(ooxml.XML):
            return None
        what, mend = f"文件已损坏，或者不是 {WORD}", "请用 Word 或 WPS 打开并另存一份，或换用完好的备份"
        raise rule("damaged").refusal(file, what, mend) from None


def _told(taken: dict[str, None], file: str) -> tuple[Problem, ...]:
    why, mend = (
        "没有取用：用 LibreOffice 转换时只用文件本身的内容",
        "需要的话请在 Word 中把内容直接放进文件，不要用链接",
    )
    return tuple(rule("outside-removed").broken(f"{content}{why}", mend, (Place(file),)) for content in taken)
