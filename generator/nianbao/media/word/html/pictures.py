"""Images that stand in the document itself, as data URIs; nothing outside it is ever fetched."""

from __future__ import annotations

import base64
import struct
import zlib
from html import escape

from lxml import etree

from nianbao.media.ooxml import Package
from nianbao.media.word.html.css import length
from nianbao.media.word.html.geometry import extent
from nianbao.media.word.html.picture_view import read_view
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, descendant, name

LARGEST = 20 * 2**20  # bytes of one image
MOST_USES = 50  # references in a drawing: of references to references it could grow without end


def picture(drawing: Element, package: Package, part: str, theme: Theme, losses: Losses) -> str:
    """The HTML of a `w:drawing` or `w:pict`; "" with a loss where it cannot be shown."""
    if descendant(drawing, "v:textpath") is not None:
        return ""  # a watermark: the section draws it on the page itself
    blip = descendant(drawing, "a:blip")
    vml = descendant(drawing, "v:imagedata")
    identity = attribute(blip, "r:embed") if blip is not None else attribute(vml, "r:id")
    if identity is None:
        linked = attribute(blip, "r:link")
        losses.add("链接的外部图片没有带入" if linked else f"{_what(drawing)}没有带入，只留出了位置")
        return _empty(drawing)
    relation = package.relations(part).get(identity)
    if relation is None or relation.external:
        losses.add("链接的外部图片没有带入", "请在 Word 中改为“插入”图片后保存")
        return ""
    content = package.parts.get(relation.target)
    if content is not None and len(content) > LARGEST:
        losses.add(
            f"图片有 {len(content) >> 20} MB，过大，没有带入，只留出了位置", "请在 Word 中压缩图片后保存"
        )
        return _empty(drawing)
    kind = _kind(content)
    if content is None or kind is None:
        losses.add("图片已损坏或格式不支持，没有带入", "请在 Word 中换成 PNG 或 JPEG 图片")
        return _empty(drawing)
    label = escape(attribute(descendant(drawing, "wp:docPr"), "descr") or "", quote=True)
    encoded = base64.b64encode(content).decode("ascii")
    if sum(1 for _ in drawing.iter(name("a:blip"), name("v:imagedata"))) > 1:
        losses.add("组合图形中只带入了第一张图片")
    floats = child(drawing, "wp:anchor") is not None
    before, after = f'<img alt="{label}" style="', f'" src="data:{kind};base64,{encoded}">'
    return read_view(drawing, theme, losses).show(before, after, extent(drawing), floats)


def _what(drawing: Element) -> str:
    uri = " ".join(graphic.get("uri", "") for graphic in drawing.iter(name("a:graphicData")))
    kinds = {"chart": "图表", "diagram": "SmartArt 图形", "wordprocessingShape": "图形"}
    if drawing.tag == name("w:object"):
        return "嵌入对象"
    return next((called for word, called in kinds.items() if word in uri), "图形")


def _empty(drawing: Element) -> str:
    """The geometry of what cannot be drawn, so that the rest stands where it should."""
    size = _size(drawing)
    return f'<span style="display: inline-block; {size}"></span>' if size else ""


def _size(drawing: Element) -> str:
    width, height = extent(drawing)
    return f"width: {length(width)}; height: {length(height)}" if width and height else ""


def _kind(content: bytes | None) -> str | None:
    """The media type, if the file is whole enough to be drawn: header, size, and its end mark."""
    if content is None:
        return None
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        width, height = struct.unpack(">II", content[16:24])
        return "image/png" if 0 < width * height <= 10**8 and _whole_png(content) else None
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")) and content.endswith(b";"):
        return "image/gif"
    return "image/svg+xml" if b"<svg" in content[:2000] and _sound_svg(content) else None


def _sound_svg(content: bytes) -> bool:
    """Whether a drawing is well-formed, declares nothing, and repeats little by reference."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return False
    if tree.getroottree().docinfo.internalDTD is not None:
        return False
    local_names = [etree.QName(element).localname for element in tree.iter("{*}*")]
    return etree.QName(tree).localname == "svg" and local_names.count("use") <= MOST_USES


def _whole_png(content: bytes) -> bool:
    """Whether the chunks of a PNG follow one another up to the last, with data among them."""
    position, drawn = 8, False
    while position + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[position : position + 8])
        drawn = drawn or kind == b"IDAT"
        whole = content[position + 4 : position + 12 + size]
        if len(whole) < size + 8 or zlib.crc32(whole[:-4]) != int.from_bytes(whole[-4:], "big"):
            return False
        position += 12 + size
        if kind == b"IEND":
            return drawn
    return False
