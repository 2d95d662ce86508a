"""The watermark Word keeps in a header as WordArt, drawn on the page itself, behind everything."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import escape

from nianbao.media.word.html.css import quoted
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.pictures import declarations
from nianbao.media.word.html.wordml import Element, name, points

_COLORS = {"silver": "#c0c0c0", "gray": "#808080", "black": "#000000", "red": "#ff0000", "white": "#ffffff"}


@dataclass(frozen=True, slots=True)
class Watermark:
    """Letters that lie across the page; sizes in points, the angle clockwise in degrees."""

    text: str
    family: str
    width: float
    height: float
    angle: float
    color: str
    opacity: float

    def css(
        self,
        page: tuple[float, float],
        corner: tuple[float, float],
        centre: tuple[float, float],
        faces: Faces,
    ) -> dict[str, str]:
        """Declarations for an `@page` rule of that size, whose margins meet in `corner`; centred there."""
        turned = f"translate({centre[0]:g} {centre[1]:g}) rotate({self.angle:g})"
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{page[0]}pt" height="{page[1]}pt"'
            f' viewBox="0 0 {page[0]} {page[1]}"><g transform="{turned}" fill="{self.color}"'
            f' fill-opacity="{self.opacity:g}">{self._letters(faces)}</g></svg>'
        )
        encoded = base64.b64encode(drawing.encode()).decode("ascii")
        return {
            "background-image": f"url(data:image/svg+xml;base64,{encoded})",
            "background-repeat": "no-repeat",
            "background-size": f"{page[0]:g}pt {page[1]:g}pt",
            "background-position": f"{-corner[0]:g}pt {-corner[1]:g}pt",
        }

    def _letters(self, faces: Faces) -> str:
        """The letters around the origin: as WordArt fills its frame, and not as text.

        Text would be mixed into the report's own wherever that is copied or read by a program.
        """
        drawn = faces.outline(self.text, self.family)
        if drawn is None:
            size = min(self.height, self.width / max(len(self.text), 1))
            return (
                f'<text x="0" y="{size * 0.36:g}" text-anchor="middle" font-size="{size:g}"'
                f' font-family="{escape(quoted(self.family), quote=True)}">{escape(self.text)}</text>'
            )
        path, (left, bottom, right, top) = drawn
        across, up = self.width / (right - left), self.height / (top - bottom)
        placed = f"scale({across:g} {-up:g}) translate({-(left + right) / 2:g} {-(bottom + top) / 2:g})"
        return f'<path transform="{placed}" d="{path}"/>'


def find(header: Element) -> Watermark | None:
    """The watermark in a header part, if it has one."""
    # A v:shapetype has a v:textpath too: only a v:shape is drawn.
    path = header.find(f".//{name('v:shape')}/{name('v:textpath')}")
    shape = None if path is None else path.getparent()
    if path is None or shape is None or not path.get("string", "").strip():
        return None
    style = declarations(shape.get("style", ""))
    fill = shape.find(name("v:fill"))
    return Watermark(
        text=path.get("string", "").strip(),
        family=declarations(path.get("style", "")).get("font-family", "").strip("\"'&quot;") or "黑体",
        width=points(style.get("width"), 1) or 300.0,
        height=points(style.get("height"), 1) or 150.0,
        angle=_angle(style.get("rotation", "0")),
        color=_color(shape.get("fillcolor", "silver")),
        opacity=_opacity("1" if fill is None else fill.get("opacity", "1")),
    )


def _angle(text: str) -> float:
    if text.endswith("fd"):
        return float(points(text[:-2], 65536) or 0.0)
    return float(points(text, 1) or 0.0)


def _color(text: str) -> str:
    word = text.split(" ")[0].lower()
    return word if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", word) else _COLORS.get(word, "#c0c0c0")


def _opacity(text: str) -> float:
    """A VML fraction: .5, 50% or 32768f."""
    if text.endswith("f"):
        return min(points(text[:-1], 65536) or 0.0, 1.0)
    if text.startswith("."):
        text = f"0{text}"
    return min(points(text.rstrip("%"), 100 if text.endswith("%") else 1) or 0.0, 1.0)
