"""What stands around the axes of a chart, and texts made to fit; lengths are millimetres, letters points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nianbao.report.chart import Chart

WIDTH = 156.0  # of a drawing: the type area of GB/T 9704
LABEL, NAME, NUMBER, UPRIGHT, NOTE = 8.5, 9.0, 9.0, 8.0, 8.0  # points
LINE, ROW, NOTE_LINE = 4.2, 4.8, 3.8  # of names, of a table and of the legend, of notes
HEAD = 7.0  # above the scale, for numbers and the unit
SWATCH, BESIDE = (6.0, 3.0), 1.5  # in a legend; between a swatch and its name
GAP = "—"  # in place of a number that is not known
SUM = "合计"
POINT = 25.4 / 72  # millimetres
DIGIT = 0.58  # em, the width of what is not Chinese; digits of most fonts are narrower
_DATED = re.compile("(.+?)([0-9]{4}年.{0,12})")


def width(text: str, size: float) -> float:
    """About how wide a text is."""
    ems = sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else DIGIT for letter in text)
    return ems * size * POINT


def fitting(texts: Iterable[str], limit: float, size: float, least: float) -> float:
    """The font size at which every text fits the limit; no less than `least`."""
    widest = max((width(text, size) for text in texts), default=0.0)
    return size if widest <= limit else max(least, size * limit / widest)


def folded(text: str, limit: float, size: float, most: int = 3) -> list[str]:
    """A text in lines that fit the limit; what takes more lines than `most` ends in an ellipsis."""
    lines = [""]
    for letter in text:
        if lines[-1] and width(lines[-1] + letter, size) > limit:
            lines.append("")
        lines[-1] += letter
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def folded_name(text: str, limit: float, size: float) -> list[str]:
    """A category's name in lines that fit: a year at its end has a line of its own, and is never cut."""
    parts = _DATED.fullmatch(text)
    if parts is None or width(text, size) <= limit:
        return folded(text, limit, size)
    return [*folded(parts[1], limit, size, 2), *folded(parts[2], limit, size, 1)]


def number_size(numbers: list[int], limit: float) -> tuple[float, float]:
    """The size of the numbers upon columns, and how high they reach if they have to stand upright."""
    texts = [str(number) for number in numbers]
    points = fitting(texts, limit, NUMBER, 6.5)
    upright = any(width(text, points) > limit for text in texts)
    return (UPRIGHT, max(width(text, UPRIGHT) for text in texts)) if upright else (points, 0.0)


def scale_width(numbers: list[int], unit: str) -> float:
    """The width of the scale's own numbers and its unit, left of the axes."""
    longest = str(max(numbers, default=0) * 2)  # the scale ends above the largest number
    return max(width(longest, LABEL) + 2.5, width(f"（{unit}）", LABEL))


def foot(chart: Chart) -> float:
    """The height of the notes."""
    return NOTE_LINE * len(notes(chart)) + 0.5


def notes(chart: Chart) -> list[str]:
    """What there is to know about the numbers, in lines; none where there is nothing to say."""
    gaps = any(None in series.values for series in chart.series)
    note = (f"“{GAP}”表示没有报告或没有填数，不是0。" if gaps else "") + chart.note
    return folded(f"注：{note}", WIDTH, NOTE, 4) if note else []


def sums(chart: Chart) -> list[int | None]:
    """The sum of what is known of each category."""
    columns = zip(*(series.values for series in chart.series), strict=True)
    known = [[value for value in column if value is not None] for column in columns]
    return [sum(values) if values else None for values in known]


def shown(value: int | None) -> str:
    """A number as it is written."""
    return GAP if value is None else str(value)
