"""The ways in which a page keeps something from being seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nianbao.media.webpage.reading.css.values import length

if TYPE_CHECKING:
    from nianbao.media.webpage.reading.css.style import Style

_FAR = -500.0  # pixels from which on something lies off the page
_LEAST = 1.0  # pixels of a box in which nothing can be read
_NOTES = ("comment", "comment-list")  # of Word's own remarks: mso-element
_OFF = ("absolute", "fixed", "relative")
_CLIPPED = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0(?:px|%)?[\s)]|polygon\((?:\s*0(?:px|%)?\s+0(?:px|%)?\s*,?)+\)"
)
_SCALED = re.compile(r"scale[xy3d]*\(\s*0(?:\.0+)?\s*[,)]|matrix\(\s*0\s*,\s*0\s*,\s*0")
_SHIFTED = re.compile(r"translate(?:3d|x|y)?\(([^)]*)\)")
_CLEAR = re.compile(r"opacity\(\s*0(?:\.0+)?%?\s*\)")
_PUSHED = re.compile(r"[1-9]\d{2,}(?:\.\d+)?%")  # beyond the right edge of what is cut off there
_PARTS = re.compile(r"[\s,]+")


def conceals(values: Mapping[str, str], style: Style) -> bool:
    """Whether what is declared keeps an element and all in it from being seen."""
    if style.display == "none" or values.get("mso-hide") == "all" or values.get("mso-element") in _NOTES:
        return True
    if values.get("content-visibility") == "hidden":
        return True
    if not style.display.startswith("table-") and _is_boxed(values, style):
        return True
    return (
        _is_clipped(values, style)
        or _lies_off(values, style)
        or _CLEAR.search(values.get("filter", "")) is not None
    )


def _is_boxed(values: Mapping[str, str], style: Style) -> bool:
    """Whether it is cut off by a box without room: `height: 0; overflow: hidden`."""
    if (values.get("overflow") or "visible").startswith("visible") or style.display == "inline":
        return False
    sides = (values.get(side, "") for side in ("height", "max-height", "width", "max-width"))
    return any((room := length(side, style.size)) is not None and room <= _LEAST for side in sides if side)


def _is_clipped(values: Mapping[str, str], style: Style) -> bool:
    if _CLIPPED.match(values.get("clip-path", "")):
        return True
    clip = values.get("clip", "")
    if not clip.startswith("rect(") or values.get("position") not in ("absolute", "fixed"):
        return False
    edges = [length(edge, style.size) for edge in _PARTS.split(clip[5:].rstrip(")").strip())]
    if len(edges) != 4:
        return False
    top, right, bottom, left = edges
    flat = top is not None and bottom is not None and bottom - top <= _LEAST
    return flat or (left is not None and right is not None and right - left <= _LEAST)


def _lies_off(values: Mapping[str, str], style: Style) -> bool:
    if style.display != "inline" and (
        style.indent <= _FAR or _PUSHED.fullmatch(values.get("text-indent", ""))
    ):
        return True
    sides = ["margin-left", "margin-top"]
    if values.get("position") in _OFF:
        sides += ["left", "top", "right", "bottom"]
    if any((length(values.get(side, ""), style.size) or 0.0) <= _FAR for side in sides):
        return True
    transform = values.get("transform", "")
    shifts = (part for found in _SHIFTED.finditer(transform) for part in _PARTS.split(found[1].strip()))
    far = any((length(part, style.size, 300.0) or 0.0) <= _FAR for part in shifts)
    return far or _SCALED.search(transform) is not None
