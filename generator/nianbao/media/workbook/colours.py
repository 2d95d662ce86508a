"""Colours as a workbook states them, by value, in a palette, by theme; and what the eye tells apart."""

from __future__ import annotations

import colorsys
import math
import re
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.styles.colors import COLOR_INDEX

SAME = 20.0  # of 255, weighted as the eye weighs them: nobody sees the one upon the other
PALE = 1.5  # contrast (WCAG 2) below which a text may be overlooked
_WEIGHTS = (0.299, 0.587, 0.114)
_LINEAR = (0.2126, 0.7152, 0.0722)
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: float
    green: float
    blue: float


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
NAMED = {  # in number formats
    "black": BLACK, "white": WHITE, "red": Colour(255, 0, 0), "green": Colour(0, 255, 0),
    "blue": Colour(0, 0, 255), "yellow": Colour(255, 255, 0), "magenta": Colour(255, 0, 255),
    "cyan": Colour(0, 255, 255), "黑色": BLACK, "白色": WHITE,
}  # fmt: skip
_FIRST_NAMED, _LAST_NAMED = 1, 56  # [Color1] is the palette's number 8
_SCHEME = re.compile(  # the parts of a theme are large, and of this one only its colours are looked at
    rb"""<(?:\w+:)?(%s)>\s*<[^>]*["']([0-9A-Fa-f]{6})["']""" % "|".join(_THEME).encode()
)
_SYSTEM = {64: BLACK, 65: WHITE}


class Palette:
    """What the numbers of colours mean in one workbook."""

    def __init__(self, styles: ElementTree.Element | None, theme: bytes) -> None:
        """Take the palette that the styles may have, and the theme's colours."""
        own = [] if styles is None else styles.findall("{*}colors/{*}indexedColors/{*}rgbColor")
        self._indexed = [entry.get("rgb", "") for entry in own] or list(COLOR_INDEX)
        self._theme_xml = theme
        self._theme: list[Colour] | None = None

    def colour(self, stated: ElementTree.Element | None) -> Colour | None:
        """The colour that an element states; None where it is left to the program."""
        if stated is None:
            return None
        found: Colour | None = None
        if "rgb" in stated.attrib:
            found = _hexadecimal(stated.attrib["rgb"])
        elif "theme" in stated.attrib:
            found = self._of_theme(stated.attrib["theme"])
        elif "indexed" in stated.attrib:
            found = self.numbered(stated.attrib["indexed"])
        tint = stated.get("tint")
        return found if found is None or not tint else _tinted(found, _share(tint))

    def numbered(self, number: str) -> Colour | None:
        """A colour of the palette."""
        at = entry(number, -1)
        if at in _SYSTEM:
            return _SYSTEM[at]
        return _hexadecimal(self._indexed[at]) if 0 <= at < len(self._indexed) else None

    def in_format(self, word: str) -> Colour | None:
        """The colour that a number format names in its brackets: Red, Color 10, 颜色10."""
        plain = word.lower().replace(" ", "")
        digits = plain.removeprefix("color").removeprefix("颜色")
        if digits != plain and _FIRST_NAMED <= (at := entry(digits, 0)) <= _LAST_NAMED:
            return self.numbered(str(at + 7))
        return NAMED.get(plain)

    def _of_theme(self, number: str) -> Colour | None:
        if self._theme is None:
            self._theme = _theme(self._theme_xml)
        at = entry(number, len(self._theme))
        return self._theme[at] if at < len(self._theme) else None


def entry(number: str, none: int) -> int:
    """Which entry of a list an attribute names; `none` for what is no number, or beyond any list."""
    return int(number) if number.isdecimal() and len(number) < 10 else none


def _share(tint: str) -> float:
    """How much lighter or darker, from -1 to 1; 0 for what is no such number."""
    try:
        share = float(tint)
    except ValueError:
        return 0.0
    return share if -1 <= share <= 1 else 0.0


def unseen(colour: Colour, ground: Colour) -> bool:
    """Whether nobody sees a text of this colour on this ground."""
    return (
        sum(weight * abs(one - other) for weight, one, other in zip(_WEIGHTS, colour, ground, strict=True))
        <= SAME
    )


def pale(colour: Colour, ground: Colour) -> bool:
    """Whether a text of this colour may be overlooked on this ground."""
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < PALE


def _luminance(colour: Colour) -> float:
    red, green, blue = (math.pow(part / 255, 2.2) for part in colour)
    return _LINEAR[0] * red + _LINEAR[1] * green + _LINEAR[2] * blue


def _hexadecimal(word: str) -> Colour | None:
    digits = word[-6:]
    try:
        return Colour(*bytes.fromhex(digits))
    except (ValueError, TypeError):
        return None


def _theme(xml: bytes) -> list[Colour]:
    stated = {match[1].decode(): match[2].decode() for match in _SCHEME.finditer(xml)}
    usual = {name: "FFFFFF" if name.startswith("lt") else "000000" for name in _THEME}
    return [_hexadecimal(stated.get(name, usual[name])) or BLACK for name in _THEME]


def _tinted(colour: Colour, tint: float) -> Colour:
    """Lighter or darker, as Excel does it."""
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return Colour(*(255 * part for part in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)))
