"""How high a paragraph's lines are and where its letters stand in them, as LibreOffice has it.

CSS lays every font of a line out in a box of its own and puts them on one baseline, so a line that mixes
fonts grows, and it sets letters in the middle. In Word and LibreOffice a line is as high as the highest
ascent and the lowest descent in it; what a line is given beyond that is shared out by rule.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.media.word.html.characters import pieces
from nianbao.media.word.html.css import length
from nianbao.media.word.html.formats import Character, Paragraph
from nianbao.media.word.html.inline import Mark, Piece, Text
from nianbao.media.word.html.runs import RunWriter

LINE = 12.0  # w:line of 240, or one line, in points
BASELINE = 0.8  # of an exact line lies above its baseline
_LEAST = 0.3  # points: letters that stand off by less stay where they are
_BLANKS = " \t\n\f\v\u00a0"
_IMAGES = ("<img", "inline-block")


@dataclass(frozen=True, slots=True)
class Pitch:
    """`height` is CSS; letters move down by `sink` points; in a kept line no font counts any more."""

    height: str
    sink: float
    kept: bool


def pitch(
    format: Paragraph,
    main: Character,
    content: Iterable[Piece],
    script: bool,
    grid: float | None,
    runs: RunWriter,
) -> Pitch:
    """The pitch of a paragraph whose letters are mostly `main`, in the font of `script`.

    `grid` is the pitch of the document grid in points, where the paragraph keeps to it.
    """
    size = runs.size(main)
    content = list(content)
    sizes = [runs.size(piece.format) for piece in content if isinstance(piece, Text)]
    kept = max(sizes, default=0.0) <= size and not any(
        image in piece.html for piece in content if isinstance(piece, Mark) for image in _IMAGES
    )
    spans = [runs.metrics(family) for family in _families(content, main, script, runs)]
    ascent = size * max(rise + gap for rise, _, gap in spans)
    descent = size * max(fall for _, fall, _ in spans)
    rise, fall, _ = runs.metrics(runs.family(main, script))
    middle = size * (rise - fall) / 2  # CSS sets the baseline so far below the middle of a line

    def placed(height: float, baseline: float) -> Pitch:
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
        return placed(cells + max(multiple - 1, 0.0) * natural, (cells - natural) / 2 + ascent)
    if least:
        height = max(least, natural)
        return placed(height, height - descent)  # what is missing is added above
    multiplied = placed(multiple * natural, min(multiple, 1.0) * ascent)  # added below, taken from both
    return Pitch(f"{multiple * natural / size:.4g}", multiplied.sink, kept)


def _families(content: Iterable[Piece], main: Character, script: bool, runs: RunWriter) -> set[str]:
    """The families of the letters; of a paragraph without letters, the one it would have."""
    families = set()
    for piece in content:
        if isinstance(piece, Text):
            for east, stretch in pieces(piece.text, piece.format.hint == "eastAsia"):
                if stretch.strip(_BLANKS):
                    families.add(runs.family(piece.format, east))
        elif piece.format:
            families.add(runs.family(piece.format, piece.text > "\u2e80"))
    return families or {runs.family(main, script)}
