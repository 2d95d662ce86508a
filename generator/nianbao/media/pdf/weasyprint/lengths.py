"""Margins, paddings and sizes of a box worked out once for each style and each size of what is around it.

WeasyPrint resolves twenty properties of every box, text included, each time it is laid out. Here boxes of
one style that stand in equally large blocks share them; a test compares them with WeasyPrint's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced

_SIDES = ("top", "right", "bottom", "left")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_LENGTHS = (
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    *(f"{least}{name}" for name in ("width", "height") for least in ("", "min_", "max_")),
)


@contextmanager
def remembered() -> Iterator[None]:
    """Make WeasyPrint share the lengths of blocks, lines and what stands in lines."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block, inline, percent

    resolve = percent.resolve_percentages
    shared = frozenset({boxes.BlockBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox})

    def recall(box: Any, containing_block: Any) -> None:
        if type(box) not in shared:
            resolve(box, containing_block)
            return
        if isinstance(containing_block, tuple):
            size = containing_block
        else:
            size = (containing_block.width, containing_block.height)
        # Borders of a table with collapsing ones are settled elsewhere, and stand already.
        settled = _BORDERS[0] in vars(box) and box.style["border_collapse"] == "collapse"
        known = vars(box.style).setdefault("_lengths", {})
        found = known.get((size, settled))
        if found is None:
            resolve(box, containing_block)
            names = _LENGTHS if settled else _LENGTHS + _BORDERS
            known[size, settled] = {name: getattr(box, name) for name in names}
        else:
            vars(box).update(found)

    with ExitStack() as stack:
        for module in (block, inline):
            stack.enter_context(replaced(module, resolve_percentages=recall))
        yield
