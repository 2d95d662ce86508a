"""What is drawn on the page itself, behind everything: page borders, and the watermark of its header."""

from __future__ import annotations

import base64
import re
from html import escape

from nianbao.media.word.html.anchors import PageGeometry
from nianbao.media.word.html.borders import DASHES, read_borders, thickness, visible
from nianbao.media.word.html.css import color, quoted
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.geometry import declarations, vml_length, vml_turn
from nianbao.media.word.html.wordml import Element, attribute, child, measure, name, points, value

_COLORS = {"silver": "#c0c0c0", "gray": "#808080", "black": "#000000", "red": "#ff0000", "white": "#ffffff"}


def draw_watermark(header: Element | None, paper: PageGeometry, faces: Faces) -> dict[str, str]:
    """Declarations for an `@page` rule of that paper; none where a header part has no watermark.

    It lies in the middle between the margins.
    """
    # A v:shapetype has a v:textpath too: only a v:shape is drawn.
    path = None if header is None else header.find(f".//{name('v:shape')}/{name('v:textpath')}")
    shape = None if path is None else path.getparent()
    if path is None or shape is None or not (text := path.get("string", "").strip()):
        return {}
    style = declarations(shape)
    letters = _letters(
        text,
        declarations(path).get("font-family", "").strip("\"'&quot;") or "黑体",
        vml_length(style, "width") or 300.0,
        vml_length(style, "height") or 150.0,
        faces,
    )
    x = paper.left + (paper.width - paper.left - paper.right) / 2
    y = paper.top + (paper.height - paper.top - paper.bottom) / 2
    turned = f"translate({x:g} {y:g}) rotate({vml_turn(style).angle:g})"
    opacity = _opacity(value(shape, "v:fill", "opacity") or "1")
    return _background(
        f'<g transform="{turned}" fill="{_color(shape.get("fillcolor", "silver"))}"'
        f' fill-opacity="{opacity:g}">{letters}</g>',
        paper,
    )


def _letters(text: str, family: str, width: float, height: float, faces: Faces) -> str:
    """The letters around the origin: as WordArt fills its frame, and not as text.

    Text would be mixed into the report's own wherever that is copied or read by a program.
    """
    drawn = faces.outline(text, family)
    if drawn is None:
        size = min(height, width / max(len(text), 1))
        return (
            f'<text x="0" y="{size * 0.36:g}" text-anchor="middle" font-size="{size:g}"'
            f' font-family="{escape(quoted(family), quote=True)}">{escape(text)}</text>'
        )
    path, (left, bottom, right, top) = drawn
    across, up = width / (right - left), height / (top - bottom)
    placed = f"scale({across:g} {-up:g}) translate({-(left + right) / 2:g} {-(bottom + top) / 2:g})"
    return f'<path transform="{placed}" d="{path}"/>'


def draw_borders(properties: Element | None, paper: PageGeometry) -> dict[str, str]:
    """Declarations for an `@page` rule of that paper; none where a `w:sectPr` names no borders."""
    element = child(properties, "w:pgBorders")
    borders = {} if element is None else dict(read_borders(element))
    if not any(map(visible, borders.values())):
        return {}
    on_page = attribute(element, "w:offsetFrom") == "page"
    at = {}
    for side in ("top", "right", "bottom", "left"):
        away = measure(child(element, f"w:{side}"), "w:space", 1) or 0.0
        # A line ends at the text where there is none on the next side.
        margin = getattr(paper, side)
        at[side] = margin if side not in borders else away if on_page else margin - away
    left, top, right, bottom = at["left"], at["top"], paper.width - at["right"], paper.height - at["bottom"]
    ends = {
        "top": (left, top, right, top),
        "bottom": (left, bottom, right, bottom),
        "left": (left, top, left, bottom),
        "right": (right, top, right, bottom),
    }
    lines = "".join(
        f'<path d="M{begin:g} {down:g}L{end:g} {last:g}" stroke="{color(border.color) or "#000"}"'
        f' stroke-width="{thickness(border):g}" stroke-dasharray="{DASHES.get(border.style, "none")}"/>'
        for side, (begin, down, end, last) in ends.items()
        if (border := borders.get(side)) is not None and visible(border)
    )
    return _background(lines, paper)


def _background(shapes: str, paper: PageGeometry) -> dict[str, str]:
    """Declarations that lay SVG shapes on the whole page; a background begins where the margins meet."""
    width, height = paper.width, paper.height
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}">{shapes}</svg>'
    )
    encoded = base64.b64encode(drawing.encode()).decode("ascii")
    return {
        "background-image": f"url(data:image/svg+xml;base64,{encoded})",
        "background-repeat": "no-repeat",
        "background-size": f"{width:g}pt {height:g}pt",
        "background-position": f"{-paper.left:g}pt {-paper.top:g}pt",
    }


def _color(text: str) -> str:
    word = text.split(" ")[0].lower()
    return word if re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", word) else _COLORS.get(word, "#c0c0c0")


def _opacity(text: str) -> float:
    """A VML fraction: .5, 50% or 32768f."""
    text = f"0{text}" if text.startswith(".") else text
    unit = {"f": 65536, "%": 100}.get(text[-1:], 1)
    return min(points(text.rstrip("f%"), unit) or 0.0, 1.0)
