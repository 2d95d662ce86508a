"""From charts to drawings: SVG for a page, SVG for Word, and PNG, the same bytes every time."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from nianbao.report.chart import Chart


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
    with _environment(cache):
        from nianbao.media.charts import plot

        faces = functools.cache(face_of)  # most texts are numbers, and many the same
        return tuple(plot.draw(chart, faces, sheer=sheer) for chart in charts)


def version() -> str:
    """Which libraries draw; blank where they are not installed."""
    if find_spec("matplotlib") is None:
        return ""
    return f"matplotlib {metadata.version('matplotlib')}; pillow {metadata.version('pillow')}"


@contextmanager
def _environment(cache: Path) -> Iterator[None]:
    """Have matplotlib keep its list of fonts in our cache, and not tell of it: that is for programmers."""
    variable, log = "MPLCONFIGDIR", logging.getLogger("matplotlib")
    level, before = log.level, os.environ.get(variable)
    log.setLevel(logging.CRITICAL)
    os.environ[variable] = str(cache)  # read once, when matplotlib is first imported
    try:
        yield
    finally:
        log.setLevel(level)
        os.environ.pop(variable)
        if before is not None:
            os.environ[variable] = before
