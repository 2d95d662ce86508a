"""matplotlib's SVG made fit to be shown: named, described, small, and in need of nothing outside."""

from __future__ import annotations

import hashlib
import re

from lxml import etree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FAMILY = "nianbao"  # what matplotlib calls the font of all texts
SANS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
_NEEDLESS = re.compile(rf""" font-family: '{FAMILY}';| transform="rotate\(-?0 [^)]*\)\"""".encode())
_HREF = f"{{{XLINK}}}href"
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def tidy(content: bytes, title: str, alt: str, width: float, height: float) -> str:
    """The drawing without document type, metadata and style sheet; title and description in it.

    Names within it begin with a word of its own, so that several may stand on one page.
    """
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    drawn = etree.fromstring(_NEEDLESS.sub(b"", content), parser)
    own = "c" + hashlib.sha256(f"{title}\0{alt}".encode()).hexdigest()[:8]
    root = etree.fromstring(f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}"/>')
    root.set("viewBox", f"0 0 {width * 72 / 25.4:.2f} {height * 72 / 25.4:.2f}")
    root.set("width", f"{width:.2f}mm")
    root.set("height", f"{height:.2f}mm")
    root.set("role", "img")
    root.set("aria-labelledby", f"{own}-title {own}-desc")
    root.set("font-family", SANS)
    for tag, text in (("title", title), ("desc", alt)):
        etree.SubElement(root, f"{{{SVG}}}{tag}", id=f"{own}-{tag}").text = text
    used = {element.get(_HREF, "")[1:] for element in drawn.iter(f"{{{SVG}}}use")}
    for group in drawn.findall(f"{{{SVG}}}g"):
        for element in group.iter(f"{{{SVG}}}*"):
            _mend(element, own, used)
        root.append(group)
    return etree.tostring(root, encoding="unicode")


def _mend(element: etree._Element, own: str, used: set[str]) -> None:
    """Give a name that is used its own word, take any other off, round numbers, and have no inline style.

    A page whose policy allows none (`style-src 'self'`) would show it black: SVG 2 has every such property
    as an attribute of the same name.
    """
    for declaration in str(element.attrib.pop("style", "")).split(";"):
        key, _, value = declaration.partition(":")
        if value:
            element.set(key.strip(), value.strip())
    if (name := element.get("id")) is not None:
        del element.attrib["id"]
        if name in used:
            element.set("id", f"{own}-{name}")
    if (target := element.get(_HREF)) is not None:
        element.set(_HREF, f"#{own}-{target[1:]}")
    for key in ("d", "x", "y"):  # a transform may be a small scale
        if (written := element.get(key)) is not None:
            short = _NUMBER.sub(lambda number: f"{float(number[0]):.2f}", written)
            element.set(key, " ".join(short.split()))
