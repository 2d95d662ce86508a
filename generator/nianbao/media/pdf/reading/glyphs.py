"""The characters of a page as they are seen: upright, once each, gathered into lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

TWICE = 0.15  # of a character's size: the same character nearer than this is bold by printing twice
DIGITS = frozenset("0123456789０１２３４５６７８９")
STEP = 6.0  # points, by which heights are told apart
BELOW = 0.2  # of a character's size, by which a line may run below it
NEAR = 3.0  # points, beyond which nothing is the same character
APART = 1.6  # of a character's size: a gap wider than this parts words, as a tab does
LEVEL = 0.45  # of a character's size, by which characters of one line may differ in height
NO_TEXT = re.compile(r"\(cid:[0-9]+\)|[\ufffd\ue000-\uf8ff]")  # of a character whose font does not say it
_UNMAPPED = re.compile(r"\(cid:[0-9]+\)|\ufffd")


@dataclass(slots=True, eq=False)
class Glyph:
    """One character printed: its box in points from the upper left corner, its size and its font.

    `base` is its base line, `angle` how far in degrees it is turned from upright; `lightness` goes from
    black to white, 0 to 1; `ink` is how much it stands out from what lies behind it, 0 to 255.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str
    base: float = 0.0
    angle: int = 0
    lightness: float = 0.0
    ink: int = 255
    embedded: bool = True  # whether its font is in the file, and a renderer draws it as it is
    hidden: bool = False  # drawn without ink, clipped away, or on a layer that may be off
    artifact: str = ""  # what of the page's furniture it is, where the file says so
    joined: bool = False  # what stood before it is left out: the gap is no blank
    doubt: str = ""  # why it cannot be read for certain

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
    def base(self) -> float:
        """The base line of most of its characters."""
        return statistics.median(glyph.base for glyph in self.glyphs)

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
            if not blank and not glyph.joined and glyph.left - before.right > APART * glyph.size:
                out.append(" ")
            out.append(glyph.text)
        return "".join(out)


class Heights:
    """Which characters stand at which height: a page has many lines, and few characters at each."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._steps: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            for step in range(int(glyph.top // STEP), int((glyph.bottom + BELOW * glyph.size) // STEP) + 1):
                self._steps.setdefault(step, []).append(glyph)

    def at(self, height: float) -> list[Glyph]:
        """The characters that may touch a level line; a little below them is near too."""
        return self._steps.get(int(height // STEP), [])

    def between(self, top: float, bottom: float) -> list[Glyph]:
        """Each character that may touch a line from one height to another, however far that is."""
        steps = (step for step in self._steps if top // STEP <= step <= bottom // STEP)
        return list({id(glyph): glyph for step in steps for glyph in self._steps[step]}.values())


def once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters, each once: bold type and shadows are made by printing one twice, a shade aside.

    Of two the darker counts.
    """
    found: list[Glyph] = []
    by_spot: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        across, down = round(glyph.left / NEAR), round(glyph.top / NEAR)
        around = [(glyph.text, across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        reach = min(glyph.size * TWICE, NEAR)
        twin = next(
            (other for spot in around for other in by_spot.get(spot, ()) if _same(other, glyph, reach)), None
        )
        if twin is not None:
            if glyph.lightness < twin.lightness:
                twin.lightness, twin.ink = glyph.lightness, max(glyph.ink, twin.ink)
            continue
        by_spot.setdefault((glyph.text, across, down), []).append(glyph)
        found.append(glyph)
    return found


def _same(glyph: Glyph, other: Glyph, reach: float) -> bool:
    return abs(glyph.left - other.left) < reach and abs(glyph.top - other.top) < reach


def unmapped(glyphs: Iterable[Glyph]) -> int:
    """How many characters have no text: their font does not say what they are."""
    return sum(1 for glyph in glyphs if _UNMAPPED.fullmatch(glyph.text))


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
