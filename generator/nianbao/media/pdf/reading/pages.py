"""What is printed on each page: its characters, and the tables that rules make of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nianbao.media.pdf.reading.glyphs import Glyph, glyphs
from nianbao.media.pdf.reading.lattice import Ruled, is_underline, open_ends, ruled
from nianbao.media.pdf.reading.unruled_tables import key

TABLES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 2,
    "join_tolerance": 3,
}


@dataclass(frozen=True)
class Table:
    """A table that rules make, and the characters in it."""

    ruled: Ruled
    glyphs: tuple[Glyph, ...]

    @cached_property
    def key(self) -> str:
        """The key of the statutory table that it is a piece of; "" for any other."""
        return key(self.ruled)


@dataclass(frozen=True)
class Sheet:
    """One page: its size in points, its characters in the order of printing, its tables from above."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[Table, ...]

    def outside(self, tables: Collection[Table]) -> list[Glyph]:
        """The characters that are in none of these tables."""
        inside = {id(glyph) for table in tables for glyph in table.glyphs}
        return [glyph for glyph in self.glyphs if id(glyph) not in inside]


def sheet(page: Any) -> Sheet:
    """Look at one page of pdfplumber's."""
    found = glyphs(page.chars, page.width, page.height)
    tables = []
    left = found
    drawn = page.filter(lambda shape: not is_underline(shape, found))
    settings = TABLES | {"explicit_horizontal_lines": open_ends(drawn.edges)}
    for table in sorted(drawn.find_tables(settings), key=lambda one: one.bbox[1]):
        made, rest = ruled(table.cells, left)
        if made is not None and any(text for *_, text in made.cells):
            outside = {id(glyph) for glyph in rest}
            tables.append(Table(made, tuple(glyph for glyph in left if id(glyph) not in outside)))
        left = rest
    return Sheet(page.page_number, float(page.width), float(page.height), tuple(found), tuple(tables))
