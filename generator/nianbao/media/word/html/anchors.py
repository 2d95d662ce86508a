"""Where a drawing is anchored on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.media.word.html.css import length
from nianbao.media.word.html.pictures import EMU, declarations
from nianbao.media.word.html.wordml import Element, child, local, name, points

NARROW = 60.0  # beside a drawing that leaves less than this, Word sets no text


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The paper a drawing is anchored on, in points; `top` is where the origin of its part lies."""

    width: float = 595.3
    height: float = 841.9
    left: float = 90.0
    right: float = 90.0
    top: float = 72.0
    bottom: float = 72.0
    origin: float = 72.0

    @property
    def measure(self) -> float:
        """The width of the lines."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a drawing stands: x from the left edge of the measure; y from its paragraph, or from the page."""

    x: float
    y: float
    width: float
    height: float
    on_page: bool  # y counts from the origin of the part, not from the paragraph
    wrap: str  # none, beside, below
    gaps: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    behind: bool = False

    def css(self, geometry: PageGeometry) -> dict[str, str]:
        """Declarations that put a block there."""
        declared = {"width": length(self.width)}
        top, right, bottom, left = self.gaps
        if self.wrap == "none":
            declared |= {"position": "absolute", "left": length(self.x)}
            declared |= {"top" if self.on_page else "margin-top": length(self.y)}
            # Letters that are moved within their line would else be drawn above what follows them.
            return declared | {"z-index": "-1" if self.behind else "1"}
        above = max(self.y, 0.0) if not self.on_page else 0.0
        beside = geometry.measure - self.width
        if self.wrap == "beside" and beside >= NARROW:
            at_left = self.x + self.width / 2 <= geometry.measure / 2
            outer = max(self.x if at_left else geometry.measure - self.x - self.width, 0.0)
            sides = (right, outer) if at_left else (outer, left)
            declared["float"] = "left" if at_left else "right"
        else:
            sides = (0.0, self.x)
        return declared | {"margin": " ".join(map(length, (above + top * 0, sides[0], bottom, sides[1])))}


def standing(drawing: Element, geometry: PageGeometry) -> Anchor | None:
    """Where a `w:drawing` or VML shape floats; None where it stands in the line."""
    if (found := child(drawing, "wp:anchor")) is not None:
        return _modern(found, geometry)
    shape = next((each for each in drawing.iter() if local(each) in SHAPES), None)
    style = declarations("" if shape is None else shape.get("style", ""))
    if shape is None or style.get("position") != "absolute":
        return None
    return _old(shape, style, geometry)


SHAPES = ("v:shape", "v:rect", "v:line", "v:group", "v:roundrect", "v:oval")


def _modern(found: Element, geometry: PageGeometry) -> Anchor:
    extent = child(found, "wp:extent")
    width = points(None if extent is None else extent.get("cx"), EMU) or 0.0
    height = points(None if extent is None else extent.get("cy"), EMU) or 0.0
    across, down = child(found, "wp:positionH"), child(found, "wp:positionV")
    x = _along(across, width, *_span(across, geometry))
    relative = "paragraph" if down is None else down.get("relativeFrom", "paragraph")
    on_page = relative not in ("paragraph", "line", "character")
    begin, extent_down = {
        "page": (-geometry.origin, geometry.height),
        "bottomMargin": (geometry.height - geometry.bottom - geometry.origin, geometry.bottom),
        "topMargin": (-geometry.origin, geometry.top),
    }.get(
        relative,
        (geometry.top - geometry.origin, geometry.height - geometry.top - geometry.bottom)
        if on_page
        else (0.0, 0.0),
    )
    wrap = next((local(each)[7:] for each in found if local(each).startswith("wp:wrap")), "None")
    gaps = tuple(points(found.get(f"dist{side}"), EMU) or 0.0 for side in "TRBL")
    return Anchor(
        x,
        _along(down, height, begin, extent_down),
        width,
        height,
        on_page,
        {"None": "none", "TopAndBottom": "below"}.get(wrap, "beside"),
        (gaps[0], gaps[1], gaps[2], gaps[3]),
        found.get("behindDoc") in ("1", "true"),
    )


def _span(across: Element | None, geometry: PageGeometry) -> tuple[float, float]:
    relative = "column" if across is None else across.get("relativeFrom", "column")
    return {
        "page": (-geometry.left, geometry.width),
        "leftMargin": (-geometry.left, geometry.left),
        "rightMargin": (geometry.measure, geometry.right),
    }.get(relative, (0.0, geometry.measure))


def _along(position: Element | None, size: float, begin: float, extent: float) -> float:
    offset = None if position is None else position.findtext(name("wp:posOffset"))
    if offset:
        return begin + (points(offset.strip(), EMU) or 0.0)
    align = ((position.findtext(name("wp:align")) if position is not None else "") or "").strip()
    return begin + {"center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}.get(align, 0.0) * (
        extent - size
    )


def _old(shape: Element, style: dict[str, str], geometry: PageGeometry) -> Anchor:
    width, height = points(style.get("width"), 1) or 0.0, points(style.get("height"), 1) or 0.0
    x = points(style.get("margin-left") or style.get("left"), 1) or 0.0
    y = points(style.get("margin-top") or style.get("top"), 1) or 0.0
    if local(shape) == "v:line":
        begin, end = (_pair(shape.get(each, "")) for each in ("from", "to"))
        x, y, width, height = begin[0], begin[1], abs(end[0] - begin[0]), abs(end[1] - begin[1])
    across, down = (style.get(f"mso-position-{each}-relative", "text") for each in ("horizontal", "vertical"))
    begin_x, span = (-geometry.left, geometry.width) if across == "page" else (0.0, geometry.measure)
    align = style.get("mso-position-horizontal", "")
    if share := {"center": 0.5, "right": 1.0}.get(align):
        x = share * (span - width)
    on_page = down in ("page", "margin")
    wrapped = next((each for each in shape if local(each) == "w10:wrap"), None)
    kind = "" if wrapped is None else wrapped.get("type", "")
    return Anchor(
        x + begin_x,
        y + (0.0 if not on_page else -geometry.origin if down == "page" else geometry.top - geometry.origin),
        width,
        height,
        on_page,
        {"topAndBottom": "below", "square": "beside", "tight": "beside", "through": "beside"}.get(
            kind, "none"
        ),
        (0.0, 9.0, 0.0, 9.0),
        (points(style.get("z-index"), 1) or 0.0) < 0,
    )


def _pair(said: str) -> tuple[float, float]:
    first, _, second = said.partition(",")
    return points(first, 1) or 0.0, points(second, 1) or 0.0
