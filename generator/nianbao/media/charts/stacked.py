"""Columns of parts upon one another, above a table with every number: the table is the legend too."""

from __future__ import annotations

from nianbao.media.charts import legend, notes
from nianbao.media.charts.axis import Axis, room_for
from nianbao.media.charts.fills import block
from nianbao.media.charts.notes import GAP
from nianbao.media.charts.sketch import GREY, POINT, Rule, Sketch, Word, fitting, name_below, width
from nianbao.report.chart import Chart

PLOT = 46.0  # millimetres
WIDEST = 14.0  # of one column
SHARE = 0.6  # of a slot that a column fills
NAME, NUMBER, LEAST = 9.0, 9.0, 5.5  # points
LINE, ROW = 4.2, 4.8
HEAD = 7.0
SUM = "合计"


def sketch(chart: Chart, wide: float) -> Sketch:
    """The chart as a drawing so wide."""
    sums = [_sum(chart, category) for category in range(len(chart.categories))]
    named = max(width(one.name, NAME) for one in chart.series) + legend.SWATCH[0] + 2 * legend.BESIDE
    left = max(named + 1.0, room_for([one for one in sums if one is not None], chart.unit))
    slot = (wide - left) / len(chart.categories)
    labels = [name_below(label, slot - 1.0, NAME) for label in chart.categories]
    head = LINE * max(map(len, labels)) + 1.0
    said = notes.lines(chart, wide)
    foot = notes.height(said)
    table = head + ROW * (len(chart.series) + 1)
    drawn = Sketch(wide, foot + table + PLOT + HEAD)
    axis = Axis(drawn, max(filter(None, sums), default=0), len(sums), left, foot + table, PLOT)
    axis.draw(chart.unit)
    thick = min(WIDEST, slot * SHARE)
    size = fitting([str(total) for total in sums], slot - 1.0, NUMBER, LEAST)
    for category, total in enumerate(sums):
        x, y = axis.middle(category), axis.bottom
        for series, one in enumerate(chart.series):
            if value := one.values[category]:
                block(drawn, series, x - thick / 2, y, thick, axis.rise(value))
                y += axis.rise(value)
        text = GAP if total is None else str(total)
        drawn.write(Word(x, y + size * POINT / 2 + 0.7, text, size))
    axis.base()
    _table(chart, axis, labels, sums, foot)
    notes.draw(drawn, said)
    return drawn


def _sum(chart: Chart, category: int) -> int | None:
    known = [one.values[category] for one in chart.series if one.values[category] is not None]
    return sum(value for value in known if value) if known else None


def _table(chart: Chart, axis: Axis, labels: list[list[str]], sums: list[int | None], foot: float) -> None:
    """Every number, below the column it is part of."""
    drawn = axis.sketch
    rows = [*((one.name, one.values) for one in chart.series), (SUM, tuple(sums))]
    size = fitting([str(value) for _, values in rows for value in values], axis.slot - 1.0, NUMBER, LEAST)
    top = foot + ROW * len(rows)
    for category, lines in enumerate(labels):
        for number, line in enumerate(lines):
            y = axis.bottom - 0.8 - (number + 0.5) * LINE
            drawn.add(Word(axis.middle(category), y, line, NAME))
    for at, (name, values) in enumerate(rows):
        y = top - (at + 0.5) * ROW
        drawn.add(Rule(0.0, y + ROW / 2, drawn.width, y + ROW / 2, GREY, 0.4))
        drawn.add(Word(legend.SWATCH[0] + legend.BESIDE, y, name, NAME, "left"))
        if at < len(chart.series):
            legend.swatch(drawn, at, 0.2, y)
        for category, value in enumerate(values):
            text = GAP if value is None else str(value)
            drawn.add(Word(axis.middle(category), y, text, size))
    drawn.add(Rule(0.0, foot, drawn.width, foot, GREY, 0.4))
