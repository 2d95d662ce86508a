"""Lengths and colours of CSS as numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from tinycss2.color4 import parse_color  # type: ignore[import-untyped]  # ships no types

Colour = tuple[float, float, float]  # red, green, blue, 0 to 1
Paint = tuple[float, float, float, float]  # with how much it covers what lies behind
BLACK: Paint = (0.0, 0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0)
CLEAR: Paint = (0.0, 0.0, 0.0, 0.0)
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)([a-z%]*)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": 16.0}
_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "lh": 1.2}
_SCREEN = {"vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8}  # a desk's: 1280 by 800
_SYSTEM = {"windowtext": BLACK, "window": (1.0, 1.0, 1.0, 1.0)}  # as Word writes them


def length(text: str, em: float, whole: float | None = None) -> float | None:
    """A length in pixels; `whole` is what a percentage is of. None for what is no length."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if not unit:
        return 0.0 if number == 0 else None
    if unit == "%":
        return None if whole is None else number * whole / 100
    if unit in _EMS:
        return number * em * _EMS[unit]
    pixels = _PIXELS.get(unit) or _SCREEN.get(unit)
    return None if pixels is None else number * pixels


@lru_cache(1024)
def paint(text: str) -> Paint | None:
    """A colour with its opacity; None for what is none, and for `currentcolor`."""
    if text in _SYSTEM:
        return _SYSTEM[text]
    colour = parse_color(text)
    if colour is None or colour == "currentcolor":
        return None
    try:
        red, green, blue = (min(max(part or 0.0, 0.0), 1.0) for part in colour.to("srgb").coordinates)
    except NotImplementedError:  # tinycss2 knows spaces that it cannot convert
        return None
    return red, green, blue, min(max(float(colour.alpha), 0.0), 1.0)


def over(front: Paint, behind: Colour, opacity: float = 1.0) -> Colour:
    """The colour that is seen where one lies on another."""
    share = front[3] * opacity
    red, green, blue = (
        upper * share + lower * (1 - share) for upper, lower in zip(front[:3], behind, strict=True)
    )
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """How well one is told from the other: 1 for not at all, 21 for black on white (WCAG 2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
