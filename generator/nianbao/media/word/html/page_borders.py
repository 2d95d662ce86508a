"""Page borders, drawn on the page itself behind everything."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from nianbao.media.word.html.css import color, thickness, visible
from nianbao.media.word.html.formats import read_borders
from nianbao.media.word.html.wordml import Element, attribute, child, measure

_DASHES = {"dotted": "1 2", "dashed": "4 3", "dashSmallGap": "4 2", "dotDash": "4 2 1 2"}
_SPACE = 20.0  # `w:space` counts whole points; `measure` reads twips


def framed(
    properties: Element | None, size: tuple[float, float], edges: Mapping[str, float]
) -> dict[str, str]:
    """Declarations for an `@page` rule of that size; `edges` are its margins."""
    found = child(properties, "w:pgBorders")
    drawn = dict(read_borders(found))
    if not any(map(visible, drawn.values())):
        return {"background-image": "none"}
    on_page = attribute(found, "w:offsetFrom") == "page"
    width, height = size
    at = {}
    for side in ("top", "right", "bottom", "left"):
        away = (measure(child(found, f"w:{side}"), "w:space") or 0.0) * _SPACE
        # A line ends at the text where there is none on the next side.
        at[side] = edges[side] if side not in drawn else away if on_page else edges[side] - away
    left, top, right, bottom = at["left"], at["top"], width - at["right"], height - at["bottom"]
    ends = {
        "top": (left, top, right, top),
        "bottom": (left, bottom, right, bottom),
        "left": (left, top, left, bottom),
        "right": (right, top, right, bottom),
    }
    lines = "".join(
        f'<path d="M{begin:g} {down:g}L{end:g} {last:g}" stroke="{color(border.color) or "#000"}"'
        f' stroke-width="{thickness(border):g}" stroke-dasharray="{_DASHES.get(border.style, "none")}"/>'
        for side, (begin, down, end, last) in ends.items()
        if (border := drawn.get(side)) is not None and visible(border)
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}">{lines}</svg>'
    )
    encoded = base64.b64encode(drawing.encode()).decode("ascii")
    return {
        "background-image": f"url(data:image/svg+xml;base64,{encoded})",
        "background-repeat": "no-repeat",
        "background-size": f"{width:g}pt {height:g}pt",
        "background-position": f"{-edges['left']:g}pt {-edges['top']:g}pt",
    }
