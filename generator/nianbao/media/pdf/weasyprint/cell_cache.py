"""Cells that hold the same are laid out once; the others get copies of what stands in the first.

A table of figures has hundreds of cells and some dozens of different ones, and a table that does not fit
on a page is laid out again on the next. WeasyPrint keeps no layout, and a box tree is not its public
interface: a test compares every box with what WeasyPrint alone makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import kept, replaced

_PLAIN = frozenset({"p", "span", "i", "wbr", "br"})  # what may stand in a cell that is copied
_SIZES = tuple(
    f"{name}_{side}{end}"
    for name, end in (("padding", ""), ("border", "_width"))
    for side in ("top", "right", "bottom", "left")
)


@contextmanager
def shared() -> Iterator[None]:
    """Make WeasyPrint lay out equal cells once, within each document."""
    from weasyprint.formatting_structure.boxes import TableCellBox, TextBox
    from weasyprint.layout import block

    lay_out = block.block_container_layout

    def share(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, page_is_empty: bool, *rest: Any,
        **named: Any,
    ) -> Any:  # fmt: skip
        plain = type(box) is TableCellBox and skip_stack is None
        key = plain and _key(box, page_is_empty and (context.current_page, context.forced_break))
        if not key:
            return lay_out(context, box, bottom_space, skip_stack, page_is_empty, *rest, **named)
        known = vars(context).setdefault("_known_cells", {})
        if (pattern := known.get(key)) is not None:
            made = _copy(pattern, box, TextBox)
            if not context.overflows_page(bottom_space, made.position_y + made.margin_height()):
                return made, None, {"break": "any", "page": None}, [], False, named["max_lines"]
        result = lay_out(context, box, bottom_space, skip_stack, page_is_empty, *rest, **named)
        if result[0] is not None and result[1] is None:
            known[key] = _copy(result[0], result[0], TextBox)
        return result

    with replaced(block, block_container_layout=share):
        yield


def _key(cell: Any, page: Any) -> Any:
    """What the layout of a cell depends on; None where it may depend on more, or says who it is."""
    values, content = vars(cell), kept(cell, "_content", _content)
    return content and (content, values["width"], values["height"], *(values[name] for name in _SIZES), page)


def _content(cell: Any) -> Any:
    """The styles and texts in a cell; equal styles are one object in WeasyPrint."""
    cascaded = getattr(cell.style, "cascaded", None)
    if cascaded is None or cell.element is None:
        return None
    elements = list(cell.element.iter())[1:]
    if any(element.tag not in _PLAIN or not {"class"}.issuperset(element.keys()) for element in elements):
        return None
    inside = list(cell.descendants())[1:]
    if any(box.footnote or box.bookmark_label or not box.is_in_normal_flow() for box in inside):
        return None
    boxes = tuple((type(box), len(box.children), id(box.style), getattr(box, "text", "")) for box in inside)
    # WeasyPrint gives each cell of a certain height a style of its own, from the same declarations.
    return (id(cascaded), id(cell.style.parent_style), tuple(element.tag for element in elements), boxes)


def _copy(pattern: Any, cell: Any, text: Any) -> Any:
    """A cell with what stands in another one like it, at its own place."""
    made = cell.copy()
    made.height, made.style = pattern.height, pattern.style
    elements = dict(zip(pattern.element.iter(), cell.element.iter(), strict=True))
    across, down = cell.position_x - pattern.position_x, cell.position_y - pattern.position_y
    made.children = [_moved(child, across, down, elements, text) for child in pattern.children]
    return made


def _moved(box: Any, across: float, down: float, elements: dict[Any, Any], text: Any) -> Any:
    made = box.copy()
    attributes = vars(made)
    attributes["position_x"] += across
    attributes["position_y"] += down
    attributes["element"] = elements[box.element]
    attributes["remove_decoration_sides"] = set(box.remove_decoration_sides)
    if isinstance(box, text):
        attributes["pango_layout"] = copy(box.pango_layout)
    else:
        attributes["children"] = [_moved(child, across, down, elements, text) for child in box.children]
    return made
