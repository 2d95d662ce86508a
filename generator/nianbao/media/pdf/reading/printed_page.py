"""What is printed on a page: its characters, and the tables that rules make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.media.pdf.reading.lattice import Table
from nianbao.report.left_out import Reason


class Unread(NamedTuple):
    """A text that is on the page and no part of the report, and where it begins."""

    reason: Reason
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Page:
    """One page: its size in points, its characters in the order of printing, its ruled tables from above."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[Table, ...]
    left_out: tuple[Unread, ...] = ()
