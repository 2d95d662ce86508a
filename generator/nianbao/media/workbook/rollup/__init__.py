"""The workbook of a roll-up: the aggregate's own, and after it the sheets on its members."""

from __future__ import annotations

from nianbao.media.workbook import writer
from nianbao.media.workbook.rollup import composition, grid, listing, outliers, similar_texts, submissions
from nianbao.report import Problem
from nianbao.report.rollup import Rollup


def write(content: Rollup) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what it cannot hold.

    The sheets on the members have no keys, so that whoever reads the workbook passes over them.
    """
    made, problems = writer.compose(content.report)
    palette = listing.Palette(made)
    submissions.add(made, palette, content)
    composition.add(made, palette, content)
    outliers.add(made, palette, content)
    similar_texts.add(made, palette, content)
    grid.add(made, palette, content)
    return writer.save(made), problems
