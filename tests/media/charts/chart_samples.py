"""Years with a few figures told and all others zero, and what is asked of a drawing's marks."""

from __future__ import annotations

import functools
from typing import Any

from nianbao.app import reading
from nianbao.mandate import for_year
from nianbao.media import fonts
from nianbao.media.charts import Face
from nianbao.media.charts.sketch import POINT, Box, Mark, Rule, Sketch, Word, width
from nianbao.report import Report
from nianbao.report.trend import DISPUTES, REQUESTS, Year

from tests.paths import REPORTS


def year(number: int, organ: str = "某某局", **told: int | None) -> Year:
    """One year; figures are told as requests__received__total=3."""
    mandate = for_year(number)
    slots = [slot for key in (REQUESTS, DISPUTES) for slot in mandate.tables[key].slots]
    numbers: dict[str, int | None] = {slot.key: 0 for slot in slots}
    given = {key.replace("__", "."): value for key, value in told.items()}
    assert set(given) <= set(numbers)
    return Year(organ, number, mandate.edition.key, numbers | given)


def blank(number: int) -> Year:
    """One year in which nothing is filled in."""
    one = year(number)
    return Year(one.organ, one.year, one.edition, dict.fromkeys(one.numbers))


@functools.cache
def face(text: str) -> Face:
    """An installed font that has the text."""
    found = fonts.serving(text, "黑体")
    assert found is not None
    return Face(found.file, found.index)


def shared(*numbers: int) -> list[Report]:
    """Published reports of one organ, by the numbers of their files."""
    paths = [path for number in numbers for path in REPORTS.glob(f"{number:02d}-*.json")]
    return [reading.read(path) for path in paths]


def area(mark: Mark) -> tuple[float, float, float, float]:
    """What a mark covers: left, bottom, right, top."""
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Rule):
        (left, right), (low, high) = sorted((mark.x1, mark.x2)), sorted((mark.y1, mark.y2))
        return left, low, right, high
    wide, high = width(mark.text, mark.size), mark.size * POINT
    if mark.upright:
        return mark.x - high / 2, mark.y - wide / 2, mark.x + high / 2, mark.y + wide / 2
    left = mark.x - {"left": 0.0, "center": wide / 2, "right": wide}[mark.align]
    return left, mark.y - high / 2, left + wide, mark.y + high / 2


def overlapping(sketch: Sketch) -> list[tuple[str, str]]:
    """The words that are written over one another."""
    words = [mark for mark in sketch.marks if isinstance(mark, Word)]
    found = []
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            (a, b, c, d), (e, f, g, h) = area(one), area(other)
            if min(c, g) - max(a, e) > 0.2 and min(d, h) - max(b, f) > 0.2:
                found.append((one.text, other.text))
    return found


def outside(sketch: Sketch) -> list[Any]:
    """The marks that are not wholly on the paper."""
    slack = 0.3
    return [
        mark
        for mark in sketch.marks
        for left, low, right, high in [area(mark)]
        if left < -slack or low < -slack or right > sketch.width + slack or high > sketch.height + slack
    ]
