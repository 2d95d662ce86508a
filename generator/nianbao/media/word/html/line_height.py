"""How high a paragraph's lines are and where its letters stand in them, as LibreOffice has it.

CSS lays every font of a line out in a box of its own and puts them on one baseline, so a line that mixes
fonts grows, and it sets letters in the middle. In Word and LibreOffice a line is as high as the highest
ascent and the lowest descent in it; what a line is given beyond that is shared out by rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nianbao.media.word.html.characters import LATIN, pieces
from nianbao.media.word.html.css import length
from nianbao.media.word.html.formats import Character, Paragraph
from nianbao.media.word.html.inline import Mark, Text
from nianbao.media.word.html.runs import Lettering

LINE = 12.0  # w:line of 240, or one line, in points
BASELINE = 0.8  # of an exact line lies above its baseline
_LEAST = 0.3  # points: letters that stand off by less stay where they are
_BLANKS = " \t\n\f\v\u00a0"
_ROOM = ("<img", "inline-block")


@dataclass(frozen=True, slots=True)
class Pitch:
    """`height` is CSS; letters move down by `sink` points; in a kept line no font counts any more."""

    height: str
    sink: float
    kept: bool


def pitch(
    format: Paragraph,
    main: Character,
    found: Iterable[Text | Mark],
    script: bool,
    grid: float | None,
    lettering: Lettering,
) -> Pitch:
    """The pitch of a paragraph whose letters are mostly `main`, in the font of `script`.

    `grid` is the pitch of the document grid in points, where the paragraph keeps to it.
    """
    size = lettering.size(main)
    found = list(found)
    sizes = [lettering.size(piece.format) for piece in found if isinstance(piece, Text)]
    kept = max(sizes, default=0.0) <= size and not any(
        geometry in piece.html for piece in found if isinstance(piece, Mark) for geometry in _ROOM
    )
    spans = [lettering.metrics(family) for family in _fonts(found, main, script, lettering)]
    ascent = size * max(rise + gap for rise, _, gap in spans)
    descent = size * max(fall for _, fall, _ in spans)
    rise, fall, _ = lettering.metrics(lettering.family(main, script))
    middle = size * (rise - fall) / 2  # CSS sets the baseline so far below the middle of a line

    def so(height: float, baseline: float) -> Pitch:
        sink = baseline - height / 2 - middle
        return Pitch(length(height), sink if kept and abs(sink) >= _LEAST else 0.0, kept)

    natural = ascent + descent
    if format.line and format.line_rule == "exact":
        return Pitch(length(format.line), BASELINE * format.line - format.line / 2 - middle, True)
    least = format.line if format.line and format.line_rule == "atLeast" else 0.0
    multiple = format.line / LINE if format.line and not least else 1.0
    if grid:
        # On a grid a line takes as many of its lines as it needs, and stands in their middle.
        cells = max(math.ceil(round(natural / grid, 2)) * grid, least)
        return so(cells + max(multiple - 1, 0.0) * natural, (cells - natural) / 2 + ascent)
    if least:
        height = max(least, natural)
        return so(height, height - descent)  # what is missing is added above
    found_so = so(multiple * natural, min(multiple, 1.0) * ascent)  # added below, taken from both
    return Pitch(f"{multiple * natural / size:.4g}", found_so.sink, kept)


def _fonts(
    found: Iterable[Text | Mark], main: Character, script: bool, lettering: Lettering
) -> Iterator[str]:
    """The families of the letters; of a paragraph without letters, the one it would have."""
    seen: dict[str, None] = {}
    for piece in found:
        if isinstance(piece, Text):
            for east, stretch in pieces(piece.text, piece.format.hint == "eastAsia"):
                if stretch.strip(_BLANKS):
                    seen[lettering.family(piece.format, east)] = None
        elif piece.format:
            seen[lettering.family(piece.format, LATIN)] = None
    yield from seen or {lettering.family(main, script): None}
