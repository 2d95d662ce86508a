"""What is asked of a chart that matplotlib has plotted."""

from __future__ import annotations

from itertools import combinations

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from nianbao.media.charts.plot import DOTS, INCH, STYLE, figure
from nianbao.report.chart import Chart

from tests.media.charts.chart_samples import face


def plot(chart: Chart) -> Figure:
    """The chart as matplotlib has it, in our own style."""
    with matplotlib.rc_context(fname=STYLE):
        plotted = figure(chart, face)
        plotted.draw_without_rendering()  # a legend has no place before
    return plotted


def texts(plotted: Figure) -> list[Text]:
    """What is written, in the order in which matplotlib has it."""
    found = [text for text in plotted.findobj(Text) if isinstance(text, Text)]
    return [text for text in found if text.get_text() and text.get_visible()]


def words(plotted: Figure) -> list[str]:
    return [text.get_text() for text in texts(plotted)]


def area(artist: Artist) -> tuple[float, float, float, float]:
    """What a mark covers, by its own font: left, bottom, right, top in millimetres."""
    box = artist.get_window_extent()
    return box.x0 / DOTS * INCH, box.y0 / DOTS * INCH, box.x1 / DOTS * INCH, box.y1 / DOTS * INCH


def bars(plotted: Figure) -> list[Rectangle]:
    """The columns, or the parts of columns, in the order of the series."""
    drawn = [patch for patch in plotted.axes[0].patches if patch.get_visible()]
    return [patch for patch in drawn if isinstance(patch, Rectangle)]


def overlapping(plotted: Figure) -> list[tuple[str, str]]:
    """The texts that are written over one another."""
    places = [(text.get_text(), area(text)) for text in texts(plotted)]
    return [
        (text, other)
        for (text, (a, b, c, d)), (other, (e, f, g, h)) in combinations(places, 2)
        if min(c, g) - max(a, e) > 0.2 and min(d, h) - max(b, f) > 0.5
    ]


def outside(plotted: Figure) -> list[tuple[Artist, tuple[float, float, float, float]]]:
    """The marks that are not wholly on the paper."""
    wide, high = plotted.get_size_inches() * INCH
    places = [(mark, area(mark)) for mark in [*texts(plotted), *bars(plotted), *plotted.legends]]
    slack = 0.3
    return [
        (mark, (left, low, right, top))
        for mark, (left, low, right, top) in places
        if left < -slack or low < -slack or right > wide + slack or top > high + slack
    ]
