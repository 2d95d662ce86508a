"""Columns side by side, each with its number."""

from __future__ import annotations

from nianbao.media.charts import legend, notes
from nianbao.media.charts.axis import Axis, room_for
from nianbao.media.charts.fills import block
from nianbao.media.charts.notes import GAP
from nianbao.media.charts.sketch import POINT, Sketch, Word, fitting, name_below, width
from nianbao.report.chart import Chart

PLOT = 38.0  # millimetres: three such charts of one report stand on a page
WIDEST = 11.0  # of one column
SHARE = 0.76  # of a slot that columns fill
NUMBER, LEAST, UPRIGHT = 9.0, 6.5, 8.0  # points
CATEGORY = 9.0
LINE = 4.2
HEAD = 7.0  # above the scale, for numbers and the unit


def sketch(chart: Chart, wide: float) -> Sketch:
    """The chart as a drawing so wide."""
    left = room_for(chart.numbers, chart.unit)
    slot = (wide - left) / len(chart.categories)
    labels = [name_below(label, slot - 1.0, CATEGORY) for label in chart.categories]
    below = LINE * max(map(len, labels)) + 1.0
    said = notes.lines(chart, wide)
    names = [one.name for one in chart.series]
    above = legend.height(names, wide - left) if len(names) > 1 else 0.0
    foot = notes.height(said) + below
    size, upright = _lettering(chart, slot)
    head = HEAD + (max(width(str(number), size) for number in chart.numbers) if upright else 0.0)
    drawn = Sketch(wide, foot + PLOT + head + above)
    axis = Axis(drawn, max(chart.numbers, default=0), len(chart.categories), left, foot, PLOT)
    axis.draw(chart.unit)
    _columns(chart, axis, size, upright=upright)
    axis.base()
    for category, lines in enumerate(labels):
        for number, line in enumerate(lines):
            y = foot - 1.0 - (number + 0.5) * LINE
            drawn.add(Word(axis.middle(category), y, line, CATEGORY))
    if len(names) > 1:
        legend.draw(drawn, names, left, drawn.height)
    notes.draw(drawn, said)
    return drawn


def _columns(chart: Chart, axis: Axis, size: float, *, upright: bool) -> None:
    count = len(chart.series)
    room = _room(chart, axis.slot)
    thick = min(WIDEST, room)
    for category in range(len(chart.categories)):
        values = [one.values[category] for one in chart.series]
        if all(value is None for value in values):
            _number(axis, axis.middle(category), 0, GAP, NUMBER, upright=False)
            continue
        for series, value in enumerate(values):
            x = axis.middle(category) + (series - (count - 1) / 2) * min(room, thick * 1.12)
            if value:
                block(axis.sketch, series, x - thick / 2, axis.bottom, thick, axis.rise(value))
            _number(axis, x, value or 0, GAP if value is None else str(value), size, upright=upright)


def _room(chart: Chart, slot: float) -> float:
    """How wide a column may be, and a number upon it; one alone has its whole slot for its number."""
    return slot * SHARE / len(chart.series)


def _lettering(chart: Chart, slot: float) -> tuple[float, bool]:
    """The size of the numbers, and whether they have to stand upright to be read."""
    texts = [str(number) for number in chart.numbers]
    room = (_room(chart, slot) if len(chart.series) > 1 else slot) - 0.6
    size = fitting(texts, room, NUMBER, LEAST)
    upright = any(width(text, size) > room for text in texts)
    return (UPRIGHT if upright else size), upright


def _number(axis: Axis, x: float, value: int, text: str, size: float, *, upright: bool) -> None:
    """A number upon its column."""
    upright = upright and len(text) > 1
    reach = width(text, size) / 2 if upright else size * POINT / 2
    y = axis.bottom + axis.rise(value) + reach + 0.7
    axis.sketch.write(Word(x, y, text, size, upright=upright))
