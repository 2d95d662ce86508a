"""From charts to drawings: SVG for a page, SVG for Word, and PNG, the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nianbao.media.charts import columns, stacked
from nianbao.report.chart import Chart, Kind

WIDTH = 156.0  # millimetres: the type area of GB/T 9704
_SKETCHES = {Kind.COLUMNS: columns.sketch, Kind.STACKED: stacked.sketch}


class Face(NamedTuple):
    """A font: its file, and the number of the face in it."""

    file: str
    number: int


FaceOf = Callable[[str], Face]  # the font that has all letters of a text


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart drawn; width and height in millimetres.

    `svg` is for web pages: its texts are texts, in whatever font without serifs the reader has.
    `outlined` is for Word, whose computer may not have our font: its letters are shapes.
    """

    title: str
    alt: str
    svg: str
    outlined: str
    png: bytes
    width: float
    height: float


def draw(
    charts: Sequence[Chart], face_of: FaceOf, cache: Path, *, sheer: bool = False
) -> tuple[Drawing, ...]:
    """Draw charts as wide as the type area; `cache` is a folder where matplotlib may keep its list of fonts.

    The paper of a `sheer` picture can be seen through, as that of SVGs always: for drafts, whose watermark
    is behind it. Raises ImportError where matplotlib is not installed, and what `face_of` raises.
    """
    if not charts:
        return ()
    from nianbao.media.charts.canvas import at_work

    with at_work(cache):
        return tuple(_draw(chart, face_of, sheer=sheer) for chart in charts)


def _draw(chart: Chart, face_of: FaceOf, *, sheer: bool) -> Drawing:
    from nianbao.media.charts import canvas, svg

    sketch = _SKETCHES[chart.kind](chart, WIDTH)
    figure = canvas.figure(sketch, face_of)
    size = (sketch.width, sketch.height)
    page, outlined = (
        svg.tidy(canvas.svg(figure, outlined=shapes), chart.title, chart.alt, *size)
        for shapes in (False, True)
    )
    png = canvas.png(figure, sketch, sheer=sheer)
    canvas.clear(figure)
    return Drawing(chart.title, chart.alt, page, outlined, png, *size)
