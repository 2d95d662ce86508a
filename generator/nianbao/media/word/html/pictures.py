"""Images that stand in the document itself, as data URIs; nothing outside it is ever fetched."""

from __future__ import annotations

import base64
import struct
import zlib
from html import escape

from nianbao.media.ooxml import MOST_WORK, Package, is_svg
from nianbao.media.ooxml import drawing as svg_drawing
from nianbao.media.word.html.css import length
from nianbao.media.word.html.geometry import extent
from nianbao.media.word.html.picture_view import read_view
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, descendant, name

LARGEST = 20 * 2**20  # bytes of one image
ALL = 80 * 2**20  # of all images of a document, each as often as it is shown
_PAGES = 10  # on how many a picture of a header counts as drawn
_SVG = "image/svg+xml"


class Pictures:
    """The pictures of one document, shown until they are more than can be printed within seconds."""

    def __init__(self, package: Package, theme: Theme, losses: Losses) -> None:
        """Show none yet."""
        self.package, self.theme, self.losses = package, theme, losses
        self._bytes, self._work = float(ALL), MOST_WORK  # what is left

    def show(self, drawing: Element, part: str) -> str:
        """The HTML of a `w:drawing` or `w:pict`; "" with a loss where it cannot be shown."""
        if descendant(drawing, "v:textpath") is not None:
            return ""  # a watermark: the section draws it on the page itself
        blip = descendant(drawing, "a:blip")
        vml = descendant(drawing, "v:imagedata")
        identity = attribute(blip, "r:embed") if blip is not None else attribute(vml, "r:id")
        if identity is None:
            linked = attribute(blip, "r:link")
            self.losses.add("链接的外部图片没有带入" if linked else f"{_what(drawing)}没有带入，只留出了位置")
            return _empty(drawing)
        relation = self.package.relations(part).get(identity)
        if relation is None or relation.external:
            self.losses.add("链接的外部图片没有带入", "请在 Word 中改为“插入”图片后保存")
            return ""
        address = self._address(self.package.parts.get(relation.target), part)
        if not address:
            return _empty(drawing)
        label = escape(attribute(descendant(drawing, "wp:docPr"), "descr") or "", quote=True)
        if sum(1 for _ in drawing.iter(name("a:blip"), name("v:imagedata"))) > 1:
            self.losses.add("组合图形中只带入了第一张图片")
        floats = child(drawing, "wp:anchor") is not None
        before, after = f'<img alt="{label}" style="', f'" src="{address}">'
        return read_view(drawing, self.theme, self.losses).show(before, after, extent(drawing), floats)

    def _address(self, content: bytes | None, part: str) -> str:
        """An image as a data: address; blank with a loss where it cannot be shown."""
        kind = _kind(content)
        if content is None or kind is None:
            return self._lose("图片已损坏或格式不支持，没有带入", "请在 Word 中换成 PNG 或 JPEG 图片")
        if len(content) > LARGEST:
            what = f"图片有 {len(content) >> 20} MB，过大，没有带入，只留出了位置"
            return self._lose(what, "请在 Word 中压缩图片后保存")
        if kind == _SVG:
            drawn = svg_drawing(content)
            if drawn is None:
                what = "SVG 图片已损坏，或者要画的东西多得画不完，没有带入，只留出了位置"
                return self._lose(what, "请在 Word 中换成 PNG 图片")
            if drawn.cut:
                self.losses.add("SVG 图片里引用的外部内容没有带入", "请在 Word 中换成 PNG 图片")
            content = drawn.content
            self._work -= drawn.work * (1 if part == self.package.main else _PAGES)
        self._bytes -= len(content)
        if min(self._bytes, self._work) < 0:
            what = "图片太多太大，从这一张起没有带入，只留出了位置"
            return self._lose(what, "请在 Word 中压缩图片后保存")
        return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"

    def _lose(self, what: str, mend: str) -> str:
        self.losses.add(what, mend)
        return ""


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
    return _SVG if is_svg(content) else None


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
