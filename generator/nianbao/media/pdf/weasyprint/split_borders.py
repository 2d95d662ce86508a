"""Tables cut by a page: the cells that go on overleaf get their border at the cut.

WeasyPrint draws none there where a cell spans several rows, since inside it there is none; where borders
collapse, `box-decoration-break` does not help (its issue 2349).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def close(document: Any) -> None:
    """Draw the lower and upper edges at every cut of a table with collapsing borders."""
    for page in document.pages:
        for table in tables(page._page_box):
            _close(table)


def tables(box: Any) -> Iterator[Any]:
    """Every table, or what stands of it on this page."""
    for inside in box.descendants(placeholders=True):
        if getattr(inside, "collapsed_border_grid", None):
            yield inside


def _close(table: Any) -> None:
    vertical, horizontal = table.collapsed_border_grid
    groups = table.children
    heading = len(groups[0].children) if groups and groups[0].is_header else 0
    drawn = sum(len(group.children) for group in groups)
    skipped = table.skipped_rows or heading
    cuts = {skipped + drawn - heading} | ({skipped} if skipped > heading else set())
    cuts = {cut for cut in cuts if 0 < cut < len(horizontal) - 1}
    if not cuts:
        return
    # The fragments of a table share one grid: change a copy.
    horizontal = [list(row) for row in horizontal]
    for cut in cuts:
        seen = [border for border in horizontal[cut] if border[1][1]]
        if seen:
            horizontal[cut] = [border if border[1][1] else seen[0] for border in horizontal[cut]]
    table.collapsed_border_grid = (vertical, horizontal)
