"""From printed lines to paragraphs: the breaks of the layout undone, across pages too."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from nianbao.media.pdf.reading.glyphs import Row

INDENT = 0.7  # characters to the right of the edge from which on a line is indented
SHORT = 1.6  # characters missing at the right edge, from which on a line is the last of its paragraph
FAR = 0.42  # of the width: a line that begins beyond is set to the right
FIRST = 2.0  # characters by which a paragraph's first line is indented
WIDER = 1.2  # of the usual distance between lines: from there on paragraphs are set apart
OFF = 0.35  # characters off the edge and off that indent: a line measured from the right edge
_HEADING = re.compile("[一二三四五六七八九十]{1,3}、")
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_STOPS = "。！？；：…”）)"
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class TextArea:
    """The edges between which the text of a document runs."""

    left: float
    right: float
    pitch: float = float("inf")  # from line to line, where enough lines tell

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


def text_area(lines: Sequence[Row], width: float) -> TextArea:
    """The edges most lines share; the page's own where there are too few to tell."""
    starts = [round(line.left) for line in lines]
    full = [line for line in lines if line.right - line.left > width * 0.5]
    if len(full) < 3:
        left = min(starts, default=0)
        return TextArea(left, max([width - left, *(line.right for line in lines)]))
    left = min(start for start in starts if starts.count(start) >= max(2, len(starts) // 20))
    ends = sorted(line.right for line in full)
    return TextArea(left, statistics.median(ends[len(ends) // 3 :]), _pitch(lines))


def _pitch(lines: Sequence[Row]) -> float:
    """The smallest distance from line to line that is usual between long lines."""
    steps = [
        round(line.base - before.base)
        for before, line in pairwise(lines)
        if before.look == line.look and line.base > before.base
    ]
    usual = [step for step in steps if steps.count(step) >= max(3, len(steps) // 5)]
    return min(usual, default=float("inf"))


def begins(line: Row, before: Row | None, area: TextArea) -> bool:
    """Whether a line begins a paragraph rather than going on with the one before it."""
    if before is None or before.look[1] != line.look[1]:
        return True
    if before.look[0] != line.look[0] and (_HEADING.match(line.text) or _HEADING.match(before.text)):
        return True  # where all paragraphs are of one line, the edges do not tell
    size = line.size
    if line.left > area.left + INDENT * size:
        return True
    if before.text[-1] in _STOPS and (_is_heading(line, area) or _is_apart(line, before, area)):
        return True
    room = area.right - before.right
    if room > SHORT * size and _first_word(line) < room:
        return True
    return before.left > area.left + FAR * area.width


def _is_heading(line: Row, area: TextArea) -> bool:
    """Whether a line has a number, no stop at its end, and room for more: no text goes on so."""
    return (
        _NUMBERED.match(line.text) is not None
        and line.text[-1] not in _STOPS
        and area.right - line.right > SHORT * line.size
    )


def _is_apart(line: Row, before: Row, area: TextArea) -> bool:
    """Whether more than the usual distance is between two lines of one page."""
    return line.base - before.base > max(WIDER * area.pitch, area.pitch + WIDER)


def _first_word(line: Row) -> float:
    """How wide the Latin word is that a line begins with: one too wide for the line above was not broken."""
    word = list(takewhile(lambda glyph: "!" <= glyph.text <= "~", line.glyphs))
    return word[-1].right - word[0].left if word else 0.0


def is_right(line: Row, area: TextArea) -> bool:
    """Whether a paragraph of one line is measured from the right edge, as a signature is."""
    ahead, behind = (line.left - area.left) / line.size, (area.right - line.right) / line.size
    if ahead * line.size > FAR * area.width:
        return ahead - behind > OFF
    return min(abs(ahead), abs(ahead - FIRST), abs(ahead - behind)) > OFF


def joined(lines: Sequence[Row]) -> str:
    """The text of a paragraph's lines; between Latin words there was a blank, between others none."""
    text = lines[0].text
    for line in lines[1:]:
        below = line.text
        if _LATIN.fullmatch(text[-1]) and _LATIN.fullmatch(below[0]):
            text += " "
        text += below
    return text
