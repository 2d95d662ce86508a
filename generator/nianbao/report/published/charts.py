"""Charts behind a report that this program has made: they repeat its figures, and are no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.report.chart import HEADING, caption
from nianbao.report.published.document import Grid, Line, lines
from nianbao.report.published.label_matching import bare


def without(blocks: Sequence[Line | Grid]) -> tuple[Line | Grid, ...]:
    """The blocks up to the heading of the charts; all of them where no numbered chart stands below one."""
    first = bare(caption(1, ""))
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, Grid):
            break  # a table of the form: what stands above it is the report
        if bare(block.text) == HEADING:
            below = blocks[at + 1 :]
            if any(bare(line.text).startswith(first) for line in lines(below)):
                return tuple(blocks[:at])
    return tuple(blocks)
