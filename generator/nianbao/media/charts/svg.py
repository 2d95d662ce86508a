"""matplotlib's SVG made fit to be shown: named, described, small, and in need of nothing outside."""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from nianbao.media.charts.canvas import FAMILY

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
SANS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
_HREF = f"{{{XLINK}}}href"
_FAMILY = re.compile(rf" font-family: (['\"]?){FAMILY}\1;")  # the root has one for all
_LEVEL = re.compile(r"rotate\(-?0 [^)]*\)")
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def tidy(content: bytes, title: str, alt: str, width: float, height: float) -> str:
    """The drawing without document type, metadata and needless groups; title and description in it.

    Names within it begin with a word of its own, so that several may stand on one page.
    """
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    own = "c" + hashlib.sha256(f"{title}\0{alt}".encode()).hexdigest()[:8]
    etree.strip_elements(root, f"{{{SVG}}}metadata", f"{{{SVG}}}style", with_tail=False)
    used = {one.get(_HREF, "")[1:] for one in root.iter(f"{{{SVG}}}use")}
    for one in root.iter(f"{{{SVG}}}*"):
        _mend(one, own, used)
    root.attrib.clear()
    root.set("viewBox", f"0 0 {width * 72 / 25.4:.2f} {height * 72 / 25.4:.2f}")
    root.set("width", f"{width:.2f}mm")
    root.set("height", f"{height:.2f}mm")
    root.set("role", "img")
    root.set("aria-labelledby", f"{own}-title {own}-desc")
    root.set("font-family", SANS)
    for at, (tag, said) in enumerate((("title", title), ("desc", alt))):
        element = etree.Element(f"{{{SVG}}}{tag}", id=f"{own}-{tag}")
        element.text = said
        root.insert(at, element)
    _unwrap(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _mend(one: etree._Element, own: str, used: set[str]) -> None:
    if (name := one.get("id")) is not None:
        if name in used:
            one.set("id", f"{own}-{name}")
        else:
            del one.attrib["id"]
    if (target := one.get(_HREF)) is not None:
        one.set(_HREF, f"#{own}-{target[1:]}")
    for key in ("d", "transform", "x", "y"):
        if (said := one.get(key)) is not None:
            one.set(key, _NUMBER.sub(lambda found: f"{float(found[0]):.2f}", " ".join(said.split())))
    if _LEVEL.fullmatch(one.get("transform", "")):
        del one.attrib["transform"]
    if (style := one.get("style")) is not None:
        one.set("style", _FAMILY.sub("", style))
    for place in ("text", "tail"):
        if not (getattr(one, place) or "").strip():
            setattr(one, place, None)


def _unwrap(root: etree._Element) -> None:
    """Take out the groups and lists of definitions that hold nothing together."""
    for one in list(root.iter(f"{{{SVG}}}g", f"{{{SVG}}}defs")):
        parent = one.getparent()
        if parent is not None and (not len(one) or (not one.attrib and one.tag.endswith("g"))):
            at = parent.index(one)
            for child in reversed(one):
                parent.insert(at, child)
            parent.remove(one)
