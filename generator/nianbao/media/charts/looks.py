"""How series are told apart, in colour and without: each has a tone and lines of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

PAPER = "#ffffff"


class Look(NamedTuple):
    """A tone, and the directions of the lines upon it."""

    tone: str
    lines: str = ""  # none is level: those would look like more parts


LOOKS = (
    Look("#1f4e79"),
    Look(PAPER, "/"),
    Look("#8fb4d9"),
    Look(PAPER, "|"),
    Look("#d9dee4", "/\\"),
    Look(PAPER, "\\"),
    Look("#d9dee4"),
    Look("#8fb4d9", "|"),
)


def line_ends(direction: str, wide: float, high: float, step: float) -> Iterator[tuple[float, float]]:
    """Both ends of each line across a rectangle: upright, or aslant from edge to edge."""
    if direction == "|":
        for x in np.arange(step, wide, step):
            yield from ((x, 0.0), (x, high))
    else:
        span = step * 2**0.5
        for along in np.arange(span, wide + high, span):
            for x in (max(0.0, along - high), min(wide, along)):
                yield x, (high - along + x if direction == "/" else along - x)
