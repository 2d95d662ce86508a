"""A drawing before it is drawn: rectangles, lines and words at their places, in millimetres.

The origin is the lower left corner, as on paper with a ruler.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

PAPER, INK = "#ffffff", "#1a1a1a"
GREY, PALE = "#595959", "#c9c9c9"  # of axes; of lines to read by
POINT = 25.4 / 72
DIGIT = 0.58  # em, the width of what is not Chinese; digits of most fonts are narrower
CAPITAL = 0.36  # em from the baseline to the middle of a digit or a Chinese character
_DATED = re.compile("(.+?)([0-9]{4}年.{0,12})")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or outlined or both; blank is none."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, `weight` in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = INK
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text, `size` in points; `align` says which end x is. Upright words read upwards."""

    x: float
    y: float  # of the middle of the letters
    text: str
    size: float
    align: str = "center"
    upright: bool = False


Mark = Box | Rule | Word


@dataclass
class Sketch:
    """What is to be drawn, from back to front."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    def add(self, *marks: Mark) -> None:
        """Draw marks over what is there."""
        self.marks += marks

    def write(self, word: Word) -> None:
        """Write on paper: lines do not run through the letters."""
        wide, high = width(word.text, word.size), word.size * POINT
        wide, high = (high, wide) if word.upright else (wide, high)
        self.add(Box(word.x - wide / 2, word.y - high / 2, wide, high, fill=PAPER), word)


def width(text: str, size: float) -> float:
    """About how wide a text is."""
    ems = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else DIGIT for letter in text)
    return ems * size * POINT


def fitting(texts: list[str], room: float, size: float, least: float) -> float:
    """The font size at which every text fits the room; no less than `least`."""
    widest = max((width(text, size) for text in texts), default=0.0)
    return size if widest <= room else max(least, size * room / widest)


def folded(text: str, room: float, size: float, most: int = 3) -> list[str]:
    """A text in lines that fit the room; what takes more lines than `most` ends in an ellipsis."""
    lines = [""]
    for letter in text:
        if lines[-1] and width(lines[-1] + letter, size) > room:
            lines.append("")
        lines[-1] += letter
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return lines


def name_below(text: str, room: float, size: float) -> list[str]:
    """A category's name in lines that fit: a year at its end has a line of its own, and is never cut."""
    parts = _DATED.fullmatch(text)
    if parts is None or width(text, size) <= room:
        return folded(text, room, size)
    return [*folded(parts[1], room, size, 2), *folded(parts[2], room, size, 1)]
