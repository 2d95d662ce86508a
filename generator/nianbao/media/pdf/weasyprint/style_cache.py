"""Styles worked out once for all elements that are alike, and the lengths of their boxes with them.

WeasyPrint matches every element with every rule before it sees that it has such a style already, shares none
of `::before` and `::after`, and resolves percentages where there are none.
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


@contextmanager
def alike() -> Iterator[None]:
    """Make WeasyPrint work each style out once within a document that `html_parser` has read."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # ships no types
    from weasyprint.css import StyleFor
    from weasyprint.layout import block, inline, table

    work_out, resolve = StyleFor.__init__, block.resolve_percentages

    def share(self: Any, html: Any, *rest: Any) -> Any:
        if not html.plain:
            return work_out(self, html, *rest)
        others: list[tuple[Any, Any]] = []

        def different() -> Iterator[Any]:
            first: dict[Any, Any] = {}
            waiting = [(html.etree_element, None)]
            while waiting:
                element, parent = waiting.pop()
                kind = (id(parent), element.tag, *element.items())
                if (known := first.get(kind)) is not None:
                    others.append((element, known.etree_element))
                    self._computed_styles[element, None] = self._computed_styles[known.etree_element, None]
                else:
                    known = first[kind] = ElementWrapper(element, parent, 0, None, in_html_document=True)
                    yield known
                waiting += [(child, known) for child in reversed(element)]

        html.wrapper_element.iter_subtree = different
        work_out(self, html, *rest)
        generated: dict[Any, dict[str, Any]] = {}
        for (element, name), style in self._computed_styles.items():
            generated.setdefault(element, {})[name] = style
        for element, known in others:
            self._computed_styles |= {(element, name): style for name, style in generated[known].items()}
        return None

    def lengths(box: Any, containing_block: Any) -> Any:
        if (used := kept(box.style, "_used", _used)) is None:
            return resolve(box, containing_block)
        own = vars(getattr(box, "_box", box))  # of what is positioned, a placeholder
        collapsed = box.style["border_collapse"] == "collapse"  # borders may come from other cells then
        return own.update(used | {name: own[name] for name in _BORDERS if collapsed and name in own})

    first, second, third = (replaced(each, resolve_percentages=lengths) for each in (block, inline, table))
    with replaced(StyleFor, __init__=share), first, second, third:
        yield


def _used(style: Any) -> dict[str, Any] | None:
    """The used lengths of the boxes of a style; None where they need a measure."""
    said = {name: style[name] for name in _LENGTHS}
    fixed = all(each == "auto" or getattr(each, "unit", "") == "px" for each in said.values())
    if not fixed or style["box_sizing"] != "content-box":
        return None
    sizes = {name: getattr(each, "value", 0 if "min_" in name else each) for name, each in said.items()}
    return sizes | {name: style[name] for name in _BORDERS}
