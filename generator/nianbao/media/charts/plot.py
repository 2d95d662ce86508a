"""Charts as figures of matplotlib, and those as SVG and PNG; nothing else imports matplotlib.

Figures are made directly, without pyplot, which has a state of its own and looks for a window. Lengths
are in millimetres; what stands below and above the axes is laid out first, and the height follows.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import IdentityTransform, Transform
from PIL import Image

from nianbao.media.charts import layout, svg
from nianbao.media.charts.drawing import Drawing, FaceOf
from nianbao.media.charts.layout import (
    BESIDE,
    HEAD,
    LABEL,
    LINE,
    NAME,
    NOTE,
    NOTE_LINE,
    NUMBER,
    POINT,
    ROW,
    SWATCH,
    WIDTH,
)
from nianbao.media.charts.looks import LOOKS, PAPER, line_ends
from nianbao.report.chart import Chart, Kind

STYLE = Path(__file__).with_name("charts.mplstyle")
DOTS, INCH = 300, 25.4
TONES = 24  # between a colour and the ink upon it

Values = Mapping[Any, int | None]  # by their places on the axis, on which categories stand at 0, 1, 2, …


def draw(chart: Chart, face_of: FaceOf, *, sheer: bool) -> Drawing:
    """Draw a chart by our own settings of matplotlib, whatever the user's are."""
    with matplotlib.rc_context(fname=STYLE):
        plotted = figure(chart, face_of)
        size = (WIDTH, _height(plotted))
        png = _png(plotted, sheer=sheer)
        page, outlined = (
            svg.tidy(_svg(plotted, fonttype), chart.title, chart.alt, *size) for fonttype in ("none", "path")
        )
    return Drawing(chart.title, chart.alt, page, outlined, png, *size)


def figure(chart: Chart, face_of: FaceOf) -> Figure:
    """The chart, each text in the font that has all of it."""
    plotted = {Kind.COLUMNS: _columns, Kind.STACKED: _stacked}[chart.kind](chart)
    texts = [text for text in plotted.findobj(Text) if isinstance(text, Text)]
    for text in sorted(texts, key=Text.get_text):  # so an error names the same text with any matplotlib
        if letters := text.get_text():
            font, points = FontPath(*face_of(letters)), text.get_fontsize()
            text.set_fontproperties(FontProperties(family=svg.FAMILY, fname=font, size=points))
    return plotted


def _columns(chart: Chart) -> Figure:
    """Columns side by side, each with its number; three such charts of one report stand on a page."""
    left, count = layout.scale_width(chart.numbers, chart.unit), len(chart.series)
    slot = (WIDTH - left) / len(chart.categories)
    share = slot * 0.76 / count
    points, above = layout.number_size(chart.numbers, (share if count > 1 else slot) - 0.6)
    names = [series.name for series in chart.series] if count > 1 else []
    widest = max((SWATCH[0] + 9.0 + layout.width(name, NAME) for name in names), default=WIDTH)
    per_row = max(1, int((WIDTH - left) / widest))
    head = HEAD + above + (ROW * math.ceil(len(names) / per_row) + 1.0 if names else 0.0)
    plotted, axes = _axes(chart, left, 38.0, head, max(chart.numbers, default=0))
    blank = [place for place, total in enumerate(layout.sums(chart)) if total is None]
    thick = min(11.0, share)
    for number, series in enumerate(chart.series):
        shift = (number - (count - 1) / 2) * min(share, thick * 1.12) / slot
        values = {place + shift: v for place, v in enumerate(series.values) if place not in blank}
        _draw_bars(axes, number, values, thick / slot)
        _draw_numbers(axes, values, points, upright=above > 0)
    _draw_numbers(axes, dict.fromkeys(blank), NUMBER)
    if names:
        swatches = [Patch(label=name, **_look(number)) for number, name in enumerate(names)]
        corner = (left / WIDTH, 1 - 0.6 / _height(plotted))
        plotted.legend(
            handles=swatches, loc="upper left", bbox_to_anchor=corner, ncols=per_row, fontsize=NAME
        )
    return plotted


def _stacked(chart: Chart) -> Figure:
    """Columns of parts upon one another, above a table with every number."""
    sums = layout.sums(chart)
    known = [total for total in sums if total is not None]
    names = max(layout.width(series.name, NAME) for series in chart.series)
    left = max(SWATCH[0] + 2 * BESIDE + names + 1.0, layout.scale_width(known, chart.unit))
    slot = (WIDTH - left) / len(sums)
    points = layout.fitting(map(str, known), slot - 1.0, NUMBER, 5.5)
    table = ROW * (len(chart.series) + 1)
    plotted, axes = _axes(chart, left, 46.0, HEAD, max(known, default=0), table)
    bottoms = [0] * len(sums)
    for number, series in enumerate(chart.series):
        _draw_bars(axes, number, dict(enumerate(series.values)), min(14.0 / slot, 0.6), bottoms)
        bottoms = [bottom + (value or 0) for bottom, value in zip(bottoms, series.values, strict=True)]
    _draw_numbers(axes, dict(enumerate(sums)), points)
    high = _height(plotted)
    cells = plotted.add_axes((0, layout.foot(chart) / high, 1, table / high), xlim=(0, WIDTH))
    _draw_table(cells, chart, sums, left, points)
    return plotted


def _axes(
    chart: Chart, left: float, plot: float, head: float, most: int, table: float = 0.0
) -> tuple[Figure, Axes]:
    """Axes `plot` high with a scale of whole numbers from zero, and the names and notes below."""
    slot = (WIDTH - left) / len(chart.categories)
    names = [layout.folded_name(name, slot - 1.0, NAME) for name in chart.categories]
    foot = layout.foot(chart) + table + LINE * max(map(len, names)) + 1.0
    high = foot + plot + head
    plotted = Figure((WIDTH / INCH, high / INCH), dpi=DOTS, frameon=False)
    axes = plotted.add_axes((left / WIDTH, foot / high, 1 - left / WIDTH, plot / high))
    axes.patch.set_visible(False)
    locator = MaxNLocator(nbins=5, integer=True, steps=[1, 2, 2.5, 5, 10])
    ticks = [round(tick) for tick in locator.tick_values(0, max(most, 1)) if tick >= 0]
    axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(0, ticks[-1]), xticks=[])
    axes.set_yticks(ticks, list(map(str, ticks)), fontsize=LABEL)
    axes.grid(axis="y", clip_on=False)
    _write(axes, f"（{chart.unit}）", (-0.5, 1), 5.0, LABEL, "right")
    for place, lines in enumerate(names):
        for number, line in enumerate(lines):
            _write(axes, line, (place, 0), -1.0 - (number + 0.5) * LINE, NAME, "center")
    for number, line in enumerate(reversed(layout.notes(chart))):
        plotted.text(0, (number + 0.5) * NOTE_LINE / high, line, fontsize=NOTE, va="center")
    return plotted, axes


def _write(axes: Axes, text: str, place: tuple[float, float], above: float, points: float, ha: Any) -> None:
    """Write so far above a place, or below; places are in categories and in heights of the axes."""
    axes.annotate(
        text, place, (0, above / POINT), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha=ha, va="center", fontsize=points,
    )  # fmt: skip


def _draw_bars(
    axes: Axes, series: int, values: Values, thick: float, bottoms: list[int] | None = None
) -> None:
    """The bars of one series; none where the number is 0 or not known."""
    shown = {place: value for place, value in values.items() if value}
    bottom = [bottoms[place] for place in shown] if bottoms else 0
    axes.bar(list(shown), list(shown.values()), thick, bottom, clip_on=False, **_look(series))


def _draw_numbers(axes: Axes, values: Values, points: float, *, upright: bool = False) -> None:
    """Each number above its bar, on paper: lines of the scale do not run through it."""
    bars = axes.bar(list(values), [value or 0 for value in values.values()], visible=False)
    texts, paper = list(map(layout.shown, values.values())), {"facecolor": PAPER, "linewidth": 0, "pad": 0}
    for text in axes.bar_label(bars, texts, padding=1.5, fontsize=points, bbox=paper):
        if upright and len(text.get_text()) > 1:
            text.set_rotation(90)


def _draw_table(cells: Axes, chart: Chart, sums: list[int | None], left: float, points: float) -> None:
    """Every number, below the column it is part of; the names of the rows are the legend."""
    rows = [*((series.name, series.values) for series in chart.series), (layout.SUM, sums)]
    cells.set_axis_off()
    cells.set_ylim(len(rows) - 0.5, -0.5)
    grey = matplotlib.rcParams["axes.edgecolor"]
    cells.hlines(np.arange(len(rows) + 1) - 0.5, 0, WIDTH, grey, linewidth=0.4, clip_on=False)
    for row, (name, values) in enumerate(rows):
        if row < len(chart.series):
            cells.barh(row, SWATCH[0], SWATCH[1] / ROW, left=0.2, clip_on=False, **_look(row))
        cells.text(SWATCH[0] + BESIDE, row, name, fontsize=NAME, va="center")
        for place, value in enumerate(values):
            middle = left + (place + 0.5) * (WIDTH - left) / len(values)
            cells.text(middle, row, layout.shown(value), fontsize=points, ha="center", va="center")


class Hatching(AbstractPathEffect):
    """Lines across a rectangle, each drawn: matplotlib's own are an SVG pattern, which Word does not draw."""

    STEP, WEIGHT = 4.2, 0.45  # points

    def __init__(self, directions: str) -> None:
        super().__init__()
        self.directions = directions

    def draw_path(
        self,
        renderer: RendererBase,
        gc: GraphicsContextBase,
        tpath: Outline,
        affine: Transform,
        rgbFace: Any = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """The rectangle, and the lines upon it."""
        renderer.draw_path(gc, tpath, affine, rgbFace)
        (left, low), (right, high) = tpath.get_extents(affine).get_points()
        step = float(renderer.points_to_pixels(self.STEP))  # type: ignore[arg-type]
        ends = [
            (left + x, low + y)
            for direction in self.directions
            for x, y in line_ends(direction, right - left, high - low, step)
        ]
        if ends:
            gc.set_linewidth(self.WEIGHT)
            lines = Outline(ends, [Outline.MOVETO, Outline.LINETO] * (len(ends) // 2))
            renderer.draw_path(gc, lines, IdentityTransform())


def _look(series: int) -> dict[str, Any]:
    """What gives a patch the look of a series; more series than looks begin again."""
    tone, lines = LOOKS[series % len(LOOKS)]
    return {"facecolor": tone, "path_effects": [Hatching(lines)]}


def _height(plotted: Figure) -> float:
    return float(plotted.get_figheight()) * INCH


def _svg(plotted: Figure, fonttype: str) -> bytes:
    """The figure as matplotlib's SVG, its letters as texts (`none`) or as shapes (`path`)."""
    content = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": fonttype}):
        plotted.savefig(content, format="svg", metadata={"Date": None, "Creator": None})
    return content.getvalue()


def _png(plotted: Figure, *, sheer: bool) -> bytes:
    """The figure as a picture, opaque unless it is to be `sheer`: transparent ones may not be in PDF/A-1.

    It has few tones, the colours and what lies between each and the ink: that makes a third of the bytes.
    """
    raw, content = io.BytesIO(), io.BytesIO()
    plotted.savefig(raw, format="raw", dpi=DOTS)
    painted = Image.frombytes("RGBA", plotted.canvas.get_width_height(), raw.getvalue())
    picture = Image.new("RGB", painted.size, PAPER)
    picture.paste(painted, mask=painted)
    ink, *lines = (to_rgb(matplotlib.rcParams[key]) for key in ("text.color", "axes.edgecolor", "grid.color"))
    colours = dict.fromkeys([PAPER, *(look.tone for look in LOOKS)])
    tones = [np.linspace(to_rgb(colour), ink, TONES) for colour in colours]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.rint(np.vstack([*tones, lines]) * 255).astype(np.uint8).tobytes())
    paper = {"transparency": 0} if sheer else {}  # the first of the tones
    few = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(content, "png", dpi=(DOTS, DOTS), optimize=True, **paper)
    return content.getvalue()
