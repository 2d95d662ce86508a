"""The workbook of a roll-up: the aggregate's own, and after it the sheets on its members."""

from __future__ import annotations

from nianbao.media.workbook import writer
from nianbao.media.workbook.rollup import composition, grid, listing, outliers, similar_texts, submissions
from nianbao.report import Problem
from nianbao.report.rollup import Rollup

MEMBERS = (
    submissions,
    composition,
    outliers,
    similar_texts,
    grid,
)  # the sheets on the members, in their order


def write(content: Rollup) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what it cannot hold.

    The sheets on the members have no keys, so that whoever reads the workbook passes over them.
    """
    made, problems = writer.compose(content.report)
    palette = listing.Palette(made)
    for sheet in MEMBERS:
        sheet.add(made, palette, content)
    return writer.save(made), problems
