"""An OpenDocument file without anything that would make LibreOffice open another file or address.

What is not known to be needed for text, tables and pictures does not go in: macros, settings, forms' sources,
links of sections, objects in a format of their own.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Container, Iterable
from typing import Any

from lxml import etree

from nianbao.media import ooxml
from nianbao.media.office.pictures import BLANK, admitted
from nianbao.report import rule, shortage

WORD = "OpenDocument 文件"
MANIFEST = "META-INF/manifest.xml"
_PARTS = re.compile(r"mimetype|(?:Object [^/]+/)*(?:content|styles)\.xml")
_PICTURES = re.compile(
    r"(?:Object [^/]+/)*(?:Pictures|media|ObjectReplacements)/[^/]+|ObjectReplacements/[^/]+"
)
_DROPPED = frozenset((
    "section-source", "dde-source", "dde-connection-decls", "dde-connection", "scripts",
    "event-listeners", "floating-frame", "plugin", "applet", "model", "connection-resource",
    "table-source", "cell-range-source", "database-next", "database-row-select",
    "alphabetical-index-auto-mark-file", "font-face-src", "font-face-decls", "script", "execute-macro",
    "sound", "include", "dde-links", "database-ranges", "data-pilot-tables", "named-expressions",
))  # fmt: skip
_SOURCES = frozenset((
    "href", "src", "image-data", "datasource", "command", "apply-design-mode", "macro-name", "template-name",
    "filter-name", "altimg", "base",
))  # fmt: skip
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:(//|/)|file:|\\\\|\b(DDE|WEBSERVICE)\s*\(", re.IGNORECASE)
_VALUES = ("string-value", "value", "label", "title", "name", "current-value")


def without_links(content: bytes, file: str) -> bytes:
    """The same document without what leads outside it.

    Raises Unreadable for what is no sound OpenDocument file (`damaged`, `too-large`), or has a password
    (`office-failed`).
    """
    found = ooxml.unpack(content, file, WORD, "content.xml")
    parts: dict[str, bytes] = {}
    for name, part in found.items():
        if _PARTS.fullmatch(name):
            parts[name] = part
        elif _PICTURES.fullmatch(name):
            picture = admitted(part)
            parts[name] = BLANK if picture is None else picture[0]
    for name in [name for name in parts if name.endswith(".xml")]:
        parts[name] = ooxml.serialize(_clean(_parse(parts[name], file), posixpath.dirname(name), parts))
    parts[MANIFEST] = _manifest(_parse(found.get(MANIFEST, b"<manifest/>"), file), parts)
    mime = parts.pop("mimetype", b"")
    return ooxml.pack({"mimetype": mime, **parts}, level=1)


def _parse(part: bytes, file: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        shortage.insist(error)
        what = "LibreOffice 打不开这份文件：可能已损坏，或者有密码"
        mend = "请用 Word 或 WPS 打开它，另存为不带密码的 .docx"
        raise rule("office-failed").refusal(file, what, mend) from None


def _clean(tree: Any, folder: str, parts: Container[str]) -> Any:
    for element in list(tree.iter(etree.Element)):
        name = etree.QName(element)
        parent = element.getparent()
        if name.localname in _DROPPED and parent is not None:
            _remove(element, parent)
        elif name.localname == "binary-data":
            element.text = _written(element.text or "")
        elif name.localname != "a":  # whose address only a reader follows
            for key, value in list(element.attrib.items()):
                local = etree.QName(key).localname
                names_other = local in _SOURCES and not _is_inside(value, folder, parts)
                if names_other or (local not in _VALUES and _ADDRESS.search(value)):
                    del element.attrib[key]
    return tree


def _written(picture: str) -> str:
    """A picture that stands in the text, as it may be loaded."""
    try:
        found = admitted(base64.b64decode(picture))
    except ValueError:
        found = None
    return base64.b64encode(BLANK if found is None else found[0]).decode("ascii")


def _remove(element: Any, parent: Any) -> None:
    if element.tail:
        before = element.getprevious()
        holder, attribute = (parent, "text") if before is None else (before, "tail")
        setattr(holder, attribute, (getattr(holder, attribute) or "") + element.tail)
    parent.remove(element)


def _is_inside(address: str, folder: str, parts: Container[str]) -> bool:
    """Whether an address is that of a part, or of an object that has one."""
    if address.startswith("#"):
        return True
    path = posixpath.normpath(posixpath.join(folder, address))
    return not address.startswith("/") and (path in parts or f"{path}/content.xml" in parts)


def _manifest(tree: Any, parts: Iterable[str]) -> bytes:
    """The list of parts, of those that are left."""
    names = {*parts, "/"}
    names |= {f"{posixpath.dirname(name)}/" for name in parts if "/" in name}
    for entry in list(tree):
        if not isinstance(entry.tag, str) or _path(entry) not in names:
            tree.remove(entry)
    return ooxml.serialize(tree)


def _path(entry: Any) -> str:
    paths = (value for key, value in entry.attrib.items() if etree.QName(key).localname == "full-path")
    return next(paths, "")
