"""matplotlib, kept in bounds: it draws sketches, and neither reads nor writes anything of the user's.

Figures are made directly, without pyplot, which has a state of its own and looks for a window.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.media.charts.sketch import (
    CAPITAL,
    GREY,
    INK,
    PALE,
    PAPER,
    POINT,
    Box,
    Mark,
    Rule,
    Sketch,
    Word,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

DOTS = 300  # per inch
EDGE = 0.6  # points
STEPS = 24  # tones between a colour and the ink upon it
FAMILY = "nianbao"  # what texts of an SVG are set in, until `svg.page` says it
_CONFIGURATION = "MPLCONFIGDIR"
_INCH = 25.4
_SETTINGS: dict[Any, Any] = {
    "text.hinting": "none",
    "text.usetex": False,
    "font.enable_last_resort": False,
}


@contextmanager
def at_work(cache: Path) -> Iterator[None]:
    """Have matplotlib's own settings, whatever the user's are, and its list of fonts in our cache.

    What it says of that list is for programmers. Raises ImportError where it is not installed.
    """
    log = logging.getLogger("matplotlib")
    level, before = log.level, os.environ.get(_CONFIGURATION)
    log.setLevel(logging.CRITICAL)
    os.environ[_CONFIGURATION] = str(cache)  # read once, when matplotlib is first imported
    try:
        import matplotlib
        import matplotlib.font_manager  # makes the list

        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_SETTINGS)
            yield
    finally:
        log.setLevel(level)
        if before is None:
            del os.environ[_CONFIGURATION]
        else:
            os.environ[_CONFIGURATION] = before


def figure(sketch: Sketch, face_of: Callable[[str], tuple[str, int]]) -> Figure:
    """The sketch as matplotlib has it."""
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    made = Figure(figsize=(sketch.width / _INCH, sketch.height / _INCH), dpi=DOTS, frameon=False)
    place = Affine2D().scale(1 / _INCH) + made.dpi_scale_trans
    for order, (_, marks) in enumerate(groupby(sketch.marks, _look)):
        artist = _artist(list(marks), face_of)
        artist.set(transform=place, zorder=order)
        made.add_artist(artist, clip=False)
    return made


def _look(mark: Mark) -> object:
    """What lines must share to be drawn as one; all else is drawn by itself."""
    return (mark.colour, mark.weight) if isinstance(mark, Rule) else id(mark)


def _artist(marks: Sequence[Mark], face_of: Callable[[str], tuple[str, int]]) -> Artist:
    """One box, one word, or lines of one look."""
    from matplotlib.font_manager import FontPath, FontProperties
    from matplotlib.patches import PathPatch, Rectangle
    from matplotlib.path import Path as Outline
    from matplotlib.text import Text

    mark = marks[0]
    if isinstance(mark, Box):
        fill, edge = mark.fill or "none", mark.edge or "none"
        return Rectangle(
            (mark.x, mark.y), mark.width, mark.height, facecolor=fill, edgecolor=edge, linewidth=EDGE
        )
    if isinstance(mark, Word):
        font = FontProperties(family=FAMILY, fname=FontPath(*face_of(mark.text)), size=mark.size)
        text = Text(*_start(mark), mark.text, color=INK, ha=mark.align, va="baseline", fontproperties=font)
        text.set(parse_math=False, rotation=90 if mark.upright else 0, rotation_mode="anchor")
        return text
    rules = [rule for rule in marks if isinstance(rule, Rule)]
    points = [point for rule in rules for point in ((rule.x1, rule.y1), (rule.x2, rule.y2))]
    strokes = Outline(points, [Outline.MOVETO, Outline.LINETO] * len(rules))
    return PathPatch(strokes, fill=False, edgecolor=mark.colour, linewidth=mark.weight, capstyle="butt")


def svg(made: Figure, *, outlined: bool) -> bytes:
    """The figure as matplotlib's SVG, its letters as shapes or as texts."""
    import matplotlib

    content = io.BytesIO()
    with matplotlib.rc_context({"svg.fonttype": "path" if outlined else "none"}):
        made.savefig(content, format="svg", metadata={"Date": None, "Creator": None})
    return content.getvalue()


def png(made: Figure, sketch: Sketch, *, sheer: bool) -> bytes:
    """The figure as a picture, opaque unless it is to be `sheer`: transparent ones may not be in PDF/A-1."""
    from PIL import Image

    drawn, content = io.BytesIO(), io.BytesIO()
    made.savefig(drawn, format="raw", dpi=DOTS)
    painted = Image.frombytes("RGBA", made.canvas.get_width_height(), drawn.getvalue())
    picture = Image.new("RGB", painted.size, PAPER)
    picture.paste(painted, mask=painted)
    tones = Image.new("P", (1, 1))
    tones.putpalette([part for tone in _tones(sketch) for part in tone])
    few = picture.quantize(palette=tones, dither=Image.Dither.NONE)
    paper = {"transparency": 0} if sheer else {}  # the first of the tones
    few.save(content, "png", dpi=(DOTS, DOTS), optimize=True, **paper)
    return content.getvalue()


def clear(made: Figure) -> None:
    """Take all off the figure: its letters hold the painter, and that 8 MB, until someone collects rings."""
    for artist in list(reversed(made.artists)):
        artist.remove()


def _tones(sketch: Sketch) -> Iterator[tuple[int, ...]]:
    """The colours of a sketch and what lies between each and its lines: few make a third of the bytes."""
    ink = _parts(INK)
    for tone in dict.fromkeys([PAPER, *(mark.fill for mark in sketch.marks if isinstance(mark, Box))]):
        for step in range(STEPS if tone else 0):
            yield tuple(
                round(own + (dark - own) * step / STEPS) for own, dark in zip(_parts(tone), ink, strict=True)
            )
    yield from map(_parts, (INK, GREY, PALE))


def _parts(colour: str) -> tuple[int, ...]:
    """Red, green and blue."""
    return tuple(bytes.fromhex(colour[1:]))


def _start(word: Word) -> tuple[float, float]:
    """Where a word's baseline is, its letters being centred on its place."""
    drop = CAPITAL * word.size * POINT
    return (word.x + drop, word.y) if word.upright else (word.x, word.y - drop)
