"""Which look is which series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.media.charts.fills import block
from nianbao.media.charts.sketch import Sketch, Word, width

SIZE = 9.0  # points
SWATCH = (6.0, 3.0)  # millimetres
LINE, BETWEEN, BESIDE = 5.0, 6.0, 1.5


def height(names: Sequence[str], wide: float) -> float:
    """How much room the names take."""
    return LINE * len(list(_rows(names, wide))) + 1.0


def draw(sketch: Sketch, names: Sequence[str], left: float, top: float) -> None:
    """The names with their looks, from `left` on, below `top`."""
    number = 0
    for at, row in enumerate(_rows(names, sketch.width - left)):
        x, y = left, top - (at + 0.5) * LINE
        for name in row:
            swatch(sketch, number, x, y)
            sketch.add(Word(x + SWATCH[0] + BESIDE, y, name, SIZE, "left"))
            x += _wide(name)
            number += 1


def swatch(sketch: Sketch, series: int, x: float, middle: float) -> None:
    """A small piece of a series' look."""
    block(sketch, series, x, middle - SWATCH[1] / 2, *SWATCH)


def _wide(name: str) -> float:
    return SWATCH[0] + BESIDE + width(name, SIZE) + BETWEEN


def _rows(names: Sequence[str], wide: float) -> Iterator[list[str]]:
    row: list[str] = []
    for name in names:
        if row and sum(map(_wide, row)) + _wide(name) - BETWEEN > wide:
            yield row
            row = []
        row.append(name)
    yield row
