"""SVG pictures as they may be drawn: nothing outside them named, and no more to draw than a picture needs.

What draws them (WeasyPrint, LibreOffice) follows their references to files and addresses, and goes on as long
as markers of markers, patterns of patterns and the like make it.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes

from lxml import etree

from nianbao.media.ooxml.svg_work import work_of
from nianbao.media.ooxml.xml import Element
from nianbao.report import shortage

SVG = "http://www.w3.org/2000/svg"
MOST_WORK = 40_000.0  # units, see svg_work: WeasyPrint draws so many in some three seconds
_TILED = 10  # times as much where each tile is counted: LibreOffice draws them, and draws faster
LARGEST = 20 * 2**20  # bytes, unpacked
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_UNDRAWN = frozenset((  # programs, pages within pictures, motion, other files' fonts and colours
    "script", "foreignObject", "handler", "listener", "animate", "animateColor", "animateMotion",
    "animateTransform", "set", "discard", "iframe", "audio", "video", "canvas", "font-face-src",
    "font-face-uri", "color-profile", "cursor", "feImage", "tref", "altGlyph", "include", "prefetch",
    "link",
))  # fmt: skip
_LOADING = frozenset(("href", "src", "data", "srcset", "poster", "filterRes"))
_URL = re.compile(r"""(?:url|src|image|image-set)\s*\(\s*+(?!["']?#)[^)]*\)?""", re.IGNORECASE)
_AT = re.compile(r"@(?:import|namespace|charset)[^;}]*;?|@font-face\s*\{[^}]*\}?", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_DATA = re.compile(r"\s*data:\s*([\w.+-]*/?[\w.+-]*)((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)
_RASTERS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}


@dataclass(frozen=True)
class Drawing:
    """An SVG picture that may be drawn, what was taken out of it (addresses, or what else), and its work."""

    content: bytes
    cut: tuple[str, ...] = ()
    work: float = 0.0


def is_svg(content: bytes) -> bool:
    """Whether a file is an SVG picture, packed or not, in any encoding: it need not be called so."""
    return b"<svg" in _plain(content[:8192])[:4000].replace(b"\0", b"")


def drawing(content: bytes, *, tiled: bool = False) -> Drawing | None:
    """The picture without references to anything outside it; None for one that cannot or must not be drawn.

    That is one that is damaged, declares entities, or would take more work than any real picture; with
    `tiled` each tile of its patterns counts.
    """
    root = _parse(content)
    if root is None or _name(root) != "svg":
        return None
    changes = list(_clean(root))
    work = work_of(root, tiled=tiled)
    if not work <= (_TILED if tiled else 1) * MOST_WORK:  # it may be no number at all
        return None
    declares = root.getroottree().docinfo.internalDTD is not None
    as_it_is = not changes and not declares and content.lstrip()[:1] == b"<"
    written = content if as_it_is else etree.tostring(root, encoding="unicode").encode()
    return Drawing(written, tuple(dict.fromkeys(filter(None, changes))), work)


def _parse(content: bytes) -> Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    if content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.GzipFile(fileobj=BytesIO(content)).read(LARGEST + 1)
        except (OSError, EOFError, zlib.error):
            return None
    if len(content) > LARGEST:
        return None
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        shortage.insist(error)
        return None
    return root if _declares_little(root) else None


def _declares_little(root: Element) -> bool:
    """Whether a picture declares no entities, or only short names for addresses of its namespaces."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is None:
        return True
    entities = [entity.content for entity in declared.iterentities()]  # type: ignore[attr-defined] # of lxml
    return all(text and "&" not in text and len(text) < 200 for text in entities)


def _plain(start: bytes) -> bytes:
    """The beginning of a file, unpacked."""
    if not start.startswith(b"\x1f\x8b"):
        return start
    try:
        return zlib.decompressobj(31).decompress(start, 8192)
    except zlib.error:
        return b""


def _clean(root: Element) -> Iterator[str]:
    """Take out whatever names something outside the picture, and name it; "" for what nobody misses."""
    for sibling in root.itersiblings(preceding=True):
        if not isinstance(sibling.tag, str):  # a style sheet of XML; there are no comments any more
            yield str(sibling)
    for element in [each for each in root.iter() if not isinstance(each.tag, str)]:
        yield ""
        _remove(element)
    for element in [each for each in root.iter(etree.Element) if _name(each) in _UNDRAWN]:
        address = next((str(value) for key, value in element.attrib.items() if _is_loading(key)), "")
        yield address or f"<{_name(element)}>"
        _remove(element)
    for element in root.iter(etree.Element):
        if _name(element) == "style":
            element.text = yield from _without_urls(element.text or "")
        yield from _clean_attributes(element)


def _clean_attributes(element: Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        name, words = str(key).rpartition("}")[2], str(value)
        if key == _XML_BASE:
            del element.attrib[key]
            yield words
        elif _is_loading(key):
            if words.strip().startswith("#"):
                continue
            if (kept := _raster(words)) is None:
                del element.attrib[key]
                yield words[:200] if _name(element) != "a" else ""  # whose links nobody follows on paper
            if kept is not None and kept != words:
                element.set(key, kept)
                yield ""
        elif name != "d" and ("(" in words or "\\" in words or "@" in words):
            clean = yield from _without_urls(words)
            if clean != words:
                element.set(key, clean)


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _is_loading(key: str | bytes) -> bool:
    return str(key).rpartition("}")[2].lower() in _LOADING


def _without_urls(css: str) -> Generator[str, None, str]:
    """Style without the addresses in it; one with escape signs, in which anything may be written, goes."""
    if "\\" in css and ("(" in css or "@" in css):
        yield css[:200]
        return ""
    bare = _COMMENT.sub(" ", css)
    for pattern, stands in ((_AT, ""), (_URL, "none")):
        for found in pattern.findall(bare):
            yield found[:200]
        bare = pattern.sub(stands, bare)
    return bare if bare != _COMMENT.sub(" ", css) else css


def _raster(address: str) -> str | None:
    """A data: address of a picture made of points, by what it holds; None for any other address."""
    if (match := _DATA.fullmatch(address)) is None:
        return None
    try:
        written = unquote_to_bytes(match[3])
        content = base64.b64decode(written) if ";base64" in match[2].lower() else written
    except (binascii.Error, ValueError):
        return None
    kind = next((kind for kind, starts in _RASTERS.items() if content.startswith(starts)), None)
    if kind is None:
        return None
    same = match[1].lower() == kind and ";base64" in match[2].lower()
    return address if same else f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _remove(element: Element) -> None:
    """Take an element out, and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
