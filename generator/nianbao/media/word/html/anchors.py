"""Where a drawing is anchored on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.media.word.html.css import length
from nianbao.media.word.html.geometry import EMU, declarations, vml_length, vml_pair
from nianbao.media.word.html.wordml import Element, attribute, child, local, measure, name, points, value

SHAPES = ("v:shape", "v:rect", "v:line", "v:group", "v:roundrect", "v:oval")
_VML_WRAPS = {"topAndBottom": "below", "square": "beside", "tight": "beside", "through": "beside"}
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

    def across(self, relative: str) -> tuple[float, float]:
        """Where what x is told from begins, from the left edge of the measure, and how wide it is."""
        return {
            "page": (-self.left, self.width),
            "leftMargin": (-self.left, self.left),
            "rightMargin": (self.measure, self.right),
        }.get(relative, (0.0, self.measure))

    def down(self, relative: str) -> tuple[float, float]:
        """Where what y is told from begins, from the origin of the part, and how high it is."""
        return {
            "page": (-self.origin, self.height),
            "topMargin": (-self.origin, self.top),
            "bottomMargin": (self.height - self.bottom - self.origin, self.bottom),
        }.get(relative, (self.top - self.origin, self.height - self.top - self.bottom))


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
        _, right, bottom, left = self.gaps
        if self.wrap == "none":
            declared |= {"position": "absolute", "left": length(self.x)}
            declared |= {"top" if self.on_page else "margin-top": length(self.y)}
            # Letters that are moved within their line would else be drawn above what follows them.
            return declared | {"z-index": "-1" if self.behind else "1"}
        above = 0.0 if self.on_page else max(self.y, 0.0)
        beside = geometry.measure - self.width
        if self.wrap == "beside" and beside >= NARROW:
            at_left = self.x + self.width / 2 <= geometry.measure / 2
            outer = max(self.x if at_left else beside - self.x, 0.0)
            right, left = (right, outer) if at_left else (outer, left)
            declared["float"] = "left" if at_left else "right"
        else:
            right, left = 0.0, self.x
        return declared | {"margin": " ".join(map(length, (above, right, bottom, left)))}


def anchor_of(drawing: Element, geometry: PageGeometry) -> Anchor | None:
    """Where a `w:drawing` or VML shape floats; None where it stands in the line."""
    if (element := child(drawing, "wp:anchor")) is not None:
        return _modern(element, geometry)
    shape = next((element for element in drawing.iter() if local(element) in SHAPES), None)
    style = declarations(shape)
    if shape is None or style.get("position") != "absolute":
        return None
    return _vml(shape, style, geometry)


def _modern(anchor: Element, geometry: PageGeometry) -> Anchor:
    width, height = (measure(child(anchor, "wp:extent"), side, EMU) or 0.0 for side in ("cx", "cy"))
    across, down = child(anchor, "wp:positionH"), child(anchor, "wp:positionV")
    beside, above = (attribute(position, "relativeFrom") for position in (across, down))
    on_page = (above or "paragraph") not in ("paragraph", "line", "character")
    wrap = next((local(element)[7:] for element in anchor if local(element).startswith("wp:wrap")), "None")
    top, right, bottom, left = (measure(anchor, f"dist{side}", EMU) or 0.0 for side in "TRBL")
    return Anchor(
        _along(across, width, *geometry.across(beside or "column")),
        _along(down, height, *(geometry.down(above or "") if on_page else (0.0, 0.0))),
        width,
        height,
        on_page,
        {"None": "none", "TopAndBottom": "below"}.get(wrap, "beside"),
        (top, right, bottom, left),
        anchor.get("behindDoc") in ("1", "true"),
    )


def _along(position: Element | None, size: float, begin: float, extent: float) -> float:
    """Where something of a size stands on a stretch of the page: so far from its begin, or aligned in it."""
    offset, align = (
        "" if position is None else position.findtext(name(short)) or ""
        for short in ("wp:posOffset", "wp:align")
    )
    if offset:
        return begin + (points(offset, EMU) or 0.0)
    share = {"center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}.get(align.strip(), 0.0)
    return begin + share * (extent - size)


def _vml(shape: Element, style: dict[str, str], geometry: PageGeometry) -> Anchor:
    width, height = vml_length(style, "width"), vml_length(style, "height")
    x, y = vml_length(style, "margin-left", "left"), vml_length(style, "margin-top", "top")
    if local(shape) == "v:line":
        (x, y), (end_x, end_y) = (vml_pair(shape.get(end, "")) for end in ("from", "to"))
        width, height = abs(end_x - x), abs(end_y - y)
        x, y = min(x, end_x), min(y, end_y)
    across, down = (style.get(f"mso-position-{way}-relative", "text") for way in ("horizontal", "vertical"))
    begin, span = geometry.across("page" if across == "page" else "")
    if share := {"center": 0.5, "right": 1.0}.get(style.get("mso-position-horizontal", "")):
        x = share * (span - width)
    on_page = down in ("page", "margin")
    return Anchor(
        x + begin,
        y + (geometry.down(down)[0] if on_page else 0.0),
        width,
        height,
        on_page,
        _VML_WRAPS.get(value(shape, "w10:wrap", "type") or "", "none"),
        (0.0, 9.0, 0.0, 9.0),
        vml_length(style, "z-index") < 0,
    )
