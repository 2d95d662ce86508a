"""Another report in the same file: two years' one after the other, or in two tabs of a page."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.mandate import Mandate
from nianbao.report.catalogue import rule
from nianbao.report.problem import Problem, quote
from nianbao.report.published import sections
from nianbao.report.published.document import Grid, Line, lines
from nianbao.report.published.label_matching import bare
from nianbao.report.published.particulars import find_title

TABLES = 2  # below their headings, from which on what stands beside a report is one too


def told(mandate: Mandate, beside: Sequence[Line | Grid], taken: Sequence[Line | Grid]) -> list[Problem]:
    """That what stands beside the report that is read is another one, whose tables say something else."""
    tables = [grid for grid in beside if isinstance(grid, Grid)]
    if len(tables) < TABLES:
        return []
    before, chapters = sections.cut(mandate, beside)
    headings = [chapter.heading for chapter in chapters if chapter.heading is not None]
    held = [
        grid
        for chapter in chapters
        if chapter.section.table
        for grid in chapter.blocks
        if isinstance(grid, Grid)
    ]
    same = [_words(grid) for grid in taken if isinstance(grid, Grid)]
    if len(held) < TABLES or all(_words(grid) in same for grid in held):
        return []
    title = find_title(lines(before))
    name = title.text if title else headings[0].text
    what = f"文件里不止一份报告，“{quote(name)}”那一份没有读入"
    mend = "请核对读入的是不是要的那一份；要读另一份的，请把它单独存成一个文件"
    return [rule("several-reports").broken(what, mend, (headings[0].place,))]


def _words(grid: Grid) -> list[str]:
    return [bare(cell.text) for cell in grid.cells]
