"""Styles worked out once for all elements that are alike, and once what they alone decide for their boxes.

WeasyPrint matches every element with every rule before it sees that it has such a style already, shares none
of `::before` and `::after`, and resolves percentages and looks for backgrounds where there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import kept, replaced

_SIDES = ("top", "right", "bottom", "left")
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_SIZES = tuple(f"{limit}{name}" for limit in ("", "min_", "max_") for name in ("width", "height"))
_LENGTHS = (*_SIZES, *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES))

_RADII = tuple(f"border_{level}_{side}_radius" for level in ("top", "bottom") for side in ("left", "right"))
_BEHIND = ("background_image", "border_image_source", "box_shadow", "mask_border_source")


@contextmanager
def alike() -> Iterator[None]:
    """Make WeasyPrint work each style out once within a document that `html_parser` has read."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # ships no types
    from weasyprint.css import StyleFor
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.layout import background, block, inline, table

    work_out, resolve = StyleFor.__init__, block.resolve_percentages
    lay_out = background.layout_box_backgrounds

    def share(self: Any, html: Any, *rest: Any) -> None:
        same: dict[Any, list[Any]] = {}

        def different() -> Iterator[Any]:
            first: dict[Any, Any] = {}
            waiting = [(html.etree_element, None)]
            while waiting:
                element, parent = waiting.pop()
                kind = (id(parent), element.tag, *element.items())
                if (known := first.get(kind)) is not None:
                    same.setdefault(known.etree_element, []).append(element)
                    self._computed_styles[element, None] = self._computed_styles[known.etree_element, None]
                else:
                    known = first[kind] = ElementWrapper(element, parent, 0, None, in_html_document=True)
                    yield known
                waiting += [(child, known) for child in reversed(element)]

        if html.plain:
            html.wrapper_element.iter_subtree = different
        work_out(self, html, *rest)
        for (element, name), style in list(self._computed_styles.items()):
            self._computed_styles |= {(other, name): style for other in same.get(element, ())}

    def lengths(box: Any, containing_block: Any) -> Any:
        if (used := kept(box.style, "_used", _used)) is None:
            return resolve(box, containing_block)
        own = vars(getattr(box, "_box", box))  # of what is positioned, a placeholder
        collapsed = box.style["border_collapse"] == "collapse"  # borders may come from other cells then
        return own.update(used | {name: own[name] for name in _BORDERS if collapsed and name in own})

    def backgrounds(page: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if box is page or named or len(rest) > 1 or not kept(box.style, "_bare", bare):
            return lay_out(page, box, *rest, **named)
        for child in box.all_children():
            backgrounds(page, child, *rest)
        return vars(getattr(box, "_box", box)).update(dict.fromkeys(_RADII, (0, 0)), background=None)

    def bare(style: Any) -> bool:
        if getattr(style["background_color"], "alpha", 1):  # tinycss2 takes black and no colour for equal
            return False
        return all(style[name] == INITIAL_VALUES[name] for name in (*_BEHIND, *_RADII, "visibility"))

    first, second, third = (
        replaced(module, resolve_percentages=lengths) for module in (block, inline, table)
    )
    fourth = replaced(background, layout_box_backgrounds=backgrounds)
    with replaced(StyleFor, __init__=share), first, second, third, fourth:
        yield


def _used(style: Any) -> dict[str, Any] | None:
    """The used lengths of the boxes of a style; None where they need a measure."""
    lengths = {name: style[name] for name in _LENGTHS}
    fixed = all(length == "auto" or getattr(length, "unit", "") == "px" for length in lengths.values())
    if not fixed or style["box_sizing"] != "content-box":
        return None
    sizes = {
        name: getattr(length, "value", 0 if "min_" in name else length) for name, length in lengths.items()
    }
    return sizes | {name: style[name] for name in _BORDERS}
