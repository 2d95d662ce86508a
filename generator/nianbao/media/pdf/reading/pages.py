"""What is printed on each page: its characters, and the tables that rules make of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nianbao.media.pdf.reading.glyphs import Glyph, upright
from nianbao.media.pdf.reading.lattice import Table, is_underline, open_ends, ruled

TABLES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 2,
    "join_tolerance": 3,
}


@dataclass(frozen=True)
class Page:
    """One page: its size in points, its characters in the order of printing, its ruled tables from above."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[Table, ...]


def read_page(page: Any) -> Page:
    """Look at one page of pdfplumber's."""
    glyphs = upright(page.chars, page.width, page.height)
    tables = []
    rest = glyphs
    drawn = page.filter(lambda shape: not is_underline(shape, glyphs))
    settings = TABLES | {"explicit_horizontal_lines": open_ends(drawn.edges)}
    for rules in sorted(drawn.find_tables(settings), key=lambda rules: rules.bbox[1]):
        table, rest = ruled(rules.cells, rest)
        if table is not None and any(cell.text for cell in table.cells):
            tables.append(table)
    return Page(page.page_number, float(page.width), float(page.height), tuple(glyphs), tuple(tables))
