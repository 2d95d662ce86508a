"""How series are told apart, in colour and without: each has a tone and lines of its own.

The lines of a hatching are drawn one by one: Word does not draw an SVG pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nianbao.media.charts.sketch import INK, PAPER, Box, Rule, Sketch

STEP = 1.5  # millimetres between the lines of a hatching
WEIGHT = 0.45  # points


class Fill(NamedTuple):
    """A tone, and the directions of the lines upon it; level ones would look like more parts."""

    tone: str
    lines: str = ""


FILLS = (
    Fill("#1f4e79"),
    Fill(PAPER, "/"),
    Fill("#8fb4d9"),
    Fill(PAPER, "|"),
    Fill("#d9dee4", "/\\"),
    Fill(PAPER, "\\"),
    Fill("#d9dee4"),
    Fill("#8fb4d9", "|"),
)


def block(sketch: Sketch, series: int, x: float, y: float, width: float, height: float) -> None:
    """A rectangle in the look of a series; more series than looks begin again."""
    fill = FILLS[series % len(FILLS)]
    sketch.add(Box(x, y, width, height, fill=fill.tone))
    for direction in fill.lines:
        sketch.add(*_hatching(direction, x, y, width, height))
    sketch.add(Box(x, y, width, height, edge=INK))


def _hatching(direction: str, x: float, y: float, width: float, height: float) -> Iterator[Rule]:
    if direction == "|":
        for step in range(1, int(width / STEP) + 1):
            at = x + step * STEP
            yield Rule(at, y, at, y + height, INK, WEIGHT)
    else:
        span, along = STEP * 2**0.5, 0.0
        while (along := along + span) < width + height:
            # from the left or upper edge to the lower or right one, clipped to the rectangle
            left, low = max(0.0, along - height), max(0.0, along - width)
            right, high = min(width, along), min(height, along)
            if direction == "\\":
                yield Rule(x + left, y + high, x + right, y + low, INK, WEIGHT)
            else:
                yield Rule(x + left, y + height - high, x + right, y + height - low, INK, WEIGHT)
