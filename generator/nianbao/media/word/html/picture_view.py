"""How a picture is shown: cut at its edges, turned, mirrored, framed, through a shape, or faint."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.media.word.html.css import inline, length
from nianbao.media.word.html.geometry import EMU, UNTURNED, Turn, declarations, turn_of, vml_turn
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    descendant,
    local,
    measure,
    number,
    points,
)

_ROUNDED = 16667  # hundred-thousandths of the shorter side, where an a:roundRect says nothing else
_LEAST = 0.01  # of a picture: where less would be left, it is shown whole
_SHAPES = ("rect", "ellipse", "roundRect")
Cut = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """What is done to a picture; `cut` are shares off its left, top, right and bottom, below 0 to add some.

    `round` is the radius of its corners as a share of the shorter side, more than 1 for an ellipse; `line`
    the width and colour of its frame.
    """

    cut: Cut = (0.0, 0.0, 0.0, 0.0)
    turn: Turn = UNTURNED
    line: tuple[float, str] | None = None
    round: float = 0.0
    opacity: float = 1.0

    def show(self, before: str, after: str, size: tuple[float, float], floats: bool) -> str:
        """The HTML of an image, what stands `before` and `after` its style, in a frame of that size.

        One that does not float takes as much of its line as it needs turned.
        """
        width, height = size
        sized = {"width": length(width), "height": length(height)} if width and height else {}
        if self == View() or not sized:
            return f"{before}{inline(sized)}{after}"
        left, top, right, bottom = self.cut
        across, down = width / (1 - left - right), height / (1 - top - bottom)
        edge, stroke = self.line or (0.0, "")
        drawn = {"display": "block", "width": length(across), "height": length(down)}
        drawn["margin"] = f"{length(-top * down - edge / 2)} 0 0 {length(-left * across - edge / 2)}"
        if self.opacity < 1:
            drawn["opacity"] = f"{self.opacity:g}"
        image = f"{before}{inline(drawn)}{after}"
        frame = {"width": length(width - edge), "height": length(height - edge), "overflow": "hidden"}
        if self.line:
            frame["border"] = f"{length(edge)} solid {stroke}"
        if self.round:
            frame["border-radius"] = "50%" if self.round > 1 else length(self.round * min(size))
        sine, cosine = (abs(share(math.radians(self.turn.angle))) for share in (math.sin, math.cos))
        if floats or not self.turn.angle:
            sine, cosine = 0.0, 1.0
        wide, high = width * cosine + height * sine, width * sine + height * cosine
        space = length((high - height - edge) / 2), length((wide - width - edge) / 2)
        inner = _span({"display": "block", "margin": " ".join(space)} | frame | self.turn.css, image)
        box = {"display": "inline-block", "width": length(wide), "height": length(high)}
        return _span(box | {"text-indent": "0"}, inner)


def read_view(drawing: Element, theme: Theme, losses: Losses) -> View:
    """What a drawing does to its picture; what is lost of it is noted."""
    blip = descendant(drawing, "a:blip")
    if blip is None:
        return _vml_view(descendant(drawing, "v:imagedata"), losses)
    filling = blip.getparent()
    siblings = () if filling is None else filling.itersiblings()
    properties = next((sibling for sibling in siblings if local(sibling) == "pic:spPr"), None)
    form = child(properties, "a:prstGeom")
    kind = attribute(form, "prst") or "rect"
    for what in _lost(blip, properties, kind):
        losses.add(what)
    line = child(properties, "a:ln")
    stroke = theme.color(child(line, "a:solidFill"))
    corner = number((attribute(descendant(form, "a:gd"), "fmla") or "").removeprefix("val "))
    rounded = {"ellipse": 2.0, "roundRect": (_ROUNDED if corner is None else corner) / 100_000}
    faint = _share(attribute(child(blip, "a:alphaModFix"), "amt"))
    return View(
        _whole([_share(attribute(child(filling, "a:srcRect"), side)) or 0.0 for side in "ltrb"]),
        turn_of(child(properties, "a:xfrm")),
        (measure(line, "w", EMU) or 0.75, stroke) if stroke else None,
        rounded.get(kind, 0.0),
        1.0 if faint is None else faint,
    )


def _vml_view(image: Element | None, losses: Losses) -> View:
    if image is None:
        return View()
    if any(image.get(key) for key in ("gain", "blacklevel", "gamma", "grayscale", "bilevel", "chromakey")):
        losses.add("图片的颜色效果没有带入")
    cut = [_fraction(image.get(f"crop{side}", "0")) for side in ("left", "top", "right", "bottom")]
    return View(_whole(cut), vml_turn(declarations(image.getparent())))


def _lost(blip: Element, properties: Element | None, kind: str) -> Iterator[str]:
    changed = [effect for effect in blip if local(effect) not in ("a:extLst", "a:alphaModFix", "a:lum")]
    brighter = child(blip, "a:lum")
    if changed or (brighter is not None and any(str(word).strip("0%") for word in brighter.attrib.values())):
        yield "图片的颜色效果没有带入"
    if any("imgProps" in str(element.tag) for element in blip.iter()):
        yield "图片的艺术效果没有带入"
    if kind not in _SHAPES or child(properties, "a:custGeom") is not None:
        yield "图片按形状的剪裁没有带入"
    placed = child(child(blip.getparent(), "a:stretch"), "a:fillRect")
    if any(_share(str(inset)) for inset in ({} if placed is None else placed.attrib).values()):
        yield "图片在框中的位置没有带入，改为填满"
    if child(blip.getparent(), "a:tile") is not None:
        yield "图片的平铺改为填满"
    effects = child(properties, "a:effectLst")
    if (effects is not None and len(effects)) or any(
        child(properties, short) is not None for short in ("a:effectDag", "a:scene3d", "a:sp3d")
    ):
        yield "图片的阴影、映像、柔化边缘等效果没有带入"


def _whole(cut: list[float]) -> Cut:
    left, top, right, bottom = cut
    nothing_left = min(1 - left - right, 1 - top - bottom) < _LEAST
    return (0.0, 0.0, 0.0, 0.0) if nothing_left else (left, top, right, bottom)


def _share(text: str | None) -> float | None:
    """A percentage of DrawingML: thousandths of one, or with its sign."""
    share = points((text or "").rstrip("%"), 1)
    return None if share is None else share / (100 if "%" in (text or "") else 100_000)


def _fraction(text: str) -> float:
    """A fraction of VML: .5, or 32768f."""
    text = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    return points(text.rstrip("f"), 65536 if text.endswith("f") else 1) or 0.0


def _span(declared: dict[str, str], inner: str) -> str:
    return f'<span style="{inline(declared)}">{inner}</span>'
