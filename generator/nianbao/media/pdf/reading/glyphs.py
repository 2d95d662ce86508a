"""The characters of a page as they are seen: upright, once each, gathered into lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nianbao.report.prose.radicals import unified

TWICE = 0.15  # of a character's size: the same character nearer than this is bold by printing twice
NEAR = 3.0  # points, beyond which nothing is the same character
APART = 1.6  # of a character's size: a gap wider than this parts words, as a tab does
LEVEL = 0.45  # of a character's size, by which characters of one line may differ in height
_UNMAPPED = re.compile(r"\(cid:[0-9]+\)")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character printed: its box in points from the upper left corner, its size and its font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its glyphs from left to right, blanks at the ends left out."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Where its first character begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where its last character ends."""
        return self.glyphs[-1].right

    @property
    def top(self) -> float:
        """The upper edge of its highest character."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """The lower edge of its lowest character."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """The usual size of its characters."""
        return statistics.median(glyph.size for glyph in self.glyphs)

    @property
    def look(self) -> tuple[str, int]:
        """Font and size of most of its Chinese characters: what parts a heading from a text."""
        chinese = [glyph for glyph in self.glyphs if ord(glyph.text[0]) > 0x2E7F] or list(self.glyphs)
        looks = [(glyph.font, round(glyph.size)) for glyph in chinese]
        return max(set(looks), key=looks.count)

    @property
    def text(self) -> str:
        """What it says: a blank where one was printed, or where the gap is as wide as a tab leaves."""
        out = [self.glyphs[0].text]
        for before, glyph in zip(self.glyphs, self.glyphs[1:], strict=False):
            blank = before.text.isspace() or glyph.text.isspace()
            if not blank and glyph.left - before.right > APART * glyph.size:
                out.append(" ")
            out.append(glyph.text)
        return "".join(out)


def upright(chars: Iterable[Mapping[str, Any]], width: float, height: float) -> list[Glyph]:
    """The characters of a page that are set upright and on the page, each once."""
    glyphs: list[Glyph] = []
    by_spot: dict[tuple[str, int, int], list[Glyph]] = {}
    for char in chars:
        text = unified(char["text"])
        if not char["upright"] or not text or char["x0"] < -1 or char["x1"] > width + 1:
            continue
        if char["top"] < -1 or char["bottom"] > height + 1 or char["size"] <= 0:
            continue
        across, down = round(char["x0"] / NEAR), round(char["top"] / NEAR)
        around = [(text, across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        reach = min(char["size"] * TWICE, NEAR)
        if any(_same(glyph, char, reach) for spot in around for glyph in by_spot.get(spot, ())):
            continue
        font = char["fontname"].partition("+")[2] or char["fontname"]
        glyph = Glyph(text, char["x0"], char["x1"], char["top"], char["bottom"], char["size"], font)
        by_spot.setdefault((text, across, down), []).append(glyph)
        glyphs.append(glyph)
    return glyphs


def _same(glyph: Glyph, char: Mapping[str, Any], reach: float) -> bool:
    """Whether a character is one that was printed before, a shade aside."""
    return bool(abs(glyph.left - char["x0"]) < reach and abs(glyph.top - char["top"]) < reach)


def unmapped(glyphs: Iterable[Glyph]) -> int:
    """How many characters have no text: their font does not say what they are."""
    return sum(1 for glyph in glyphs if _UNMAPPED.fullmatch(glyph.text) or glyph.text == "\ufffd")


def rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """The lines that glyphs form, from top to bottom."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle, glyph.left)):
        if lines:
            last = lines[-1]
            level = statistics.fmean(before.middle for before in last[-8:])
            if abs(glyph.middle - level) <= LEVEL * max(glyph.size, last[-1].size):
                last.append(glyph)
                continue
        lines.append([glyph])
    made = []
    for line in lines:
        line.sort(key=lambda glyph: glyph.left)
        printed = [index for index, glyph in enumerate(line) if not glyph.text.isspace()]
        if printed:
            made.append(Row(tuple(line[printed[0] : printed[-1] + 1])))
    return made
