"""The workbook of a roll-up: the aggregate's own, and after it the sheets on its members."""

from __future__ import annotations

from nianbao.media.workbook import book
from nianbao.media.workbook.rollup import composition, grid, handed_in, likeness, listing, standing_out
from nianbao.report import Problem
from nianbao.report.rollup import Rollup


def write(content: Rollup) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what it cannot hold.

    The sheets on the members have no keys, so that whoever reads the workbook passes over them.
    """
    made, problems = book.compose(content.report)
    palette = listing.Palette(made)
    handed_in.add(made, palette, content)
    composition.add(made, palette, content)
    standing_out.add(made, palette, content)
    likeness.add(made, palette, content)
    grid.add(made, palette, content)
    return book.save(made), problems
