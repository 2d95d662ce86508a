"""What there is to know about the numbers, in small letters below the chart."""

from __future__ import annotations

from nianbao.media.charts.sketch import Sketch, Word, folded
from nianbao.report.chart import Chart

GAP = "—"  # in place of a number that is not known
SIZE = 8.0  # points
LINE = 3.8  # millimetres
MOST = 4  # lines


def lines(chart: Chart, wide: float) -> list[str]:
    """The notes on a chart, in lines; none where there is nothing to say."""
    gaps = any(None in one.values for one in chart.series)
    said = (f"“{GAP}”表示没有报告或没有填数，不是0。" if gaps else "") + chart.note
    return folded(f"注：{said}", wide, SIZE, MOST) if said else []


def height(said: list[str]) -> float:
    """How much room the lines take."""
    return LINE * len(said) + 1.0 if said else 0.5


def draw(sketch: Sketch, said: list[str]) -> None:
    """The lines at the foot of the drawing."""
    for number, line in enumerate(reversed(said)):
        sketch.add(Word(0.0, (number + 0.5) * LINE, line, SIZE, "left"))
