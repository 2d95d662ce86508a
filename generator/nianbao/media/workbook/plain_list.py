"""A workbook of one list, for people: links that are handed out, lines of a log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.workbook import Workbook

from nianbao.media.workbook import writer
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value

__all__ = ["Column", "write"]


def write(name: str, advice: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    """One sheet with a heading, advice, heads and rows; texts stay texts, whatever sign they begin with."""
    made = Workbook()
    made.remove(made.worksheets[0])
    listing.add(made, Palette(made), name, advice, columns, [(row, "") for row in rows])
    return writer.save(made)
