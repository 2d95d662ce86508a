"""What the style of a box alone decides is worked out once for all boxes of that style.

WeasyPrint works out margins, paddings, sizes and backgrounds of every box anew; few of them have percentages,
and few have anything behind them.
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
    *(f"{limit}{name}" for limit in ("", "min_", "max_") for name in ("width", "height")),
)
_RADII = tuple(f"border_{level}_{side}_radius" for level in ("top", "bottom") for side in ("left", "right"))


@contextmanager
def decided() -> Iterator[None]:
    """Make WeasyPrint look at the style of a box once for its lengths, and once for what is behind it."""
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import background, block, inline, table

    resolve, lay_out = block.resolve_percentages, background.layout_box_backgrounds

    def lengths(box: Any, containing_block: Any) -> None:
        said = vars(box.style)
        if "_used" not in said:
            said["_used"] = _used(box.style)
        if said["_used"] is None:
            resolve(box, containing_block)
            return
        sizes, borders = said["_used"]
        own = _own(box)
        own.update(sizes)
        for name, width in borders.items():  # in a table they may be known from its other cells
            own.setdefault(name, width)

    def backgrounds(page: Any, box: Any, *rest: Any, **named: Any) -> None:
        said = vars(box.style)
        if "_bare" not in said:
            said["_bare"] = _bare(box.style)
        if box is page or len(rest) > 1 or named or not said["_bare"]:
            lay_out(page, box, *rest, **named)
            return
        _own(box).update(dict.fromkeys(_RADII, (0, 0)))
        for child in box.all_children():
            backgrounds(page, child, *rest)
        box.background = None

    def descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:
        waiting = [self]
        while waiting:
            box = waiting.pop()
            box = getattr(box, "_box", box) if placeholders else box
            yield box
            if placeholders or isinstance(box, Box):
                waiting += reversed(box.children)

    with ExitStack() as parts:
        for module in (block, inline, table):
            parts.enter_context(replaced(module, resolve_percentages=lengths))
        parts.enter_context(replaced(background, layout_box_backgrounds=backgrounds))
        parts.enter_context(replaced(Box, descendants=descendants))
        yield


def _own(box: Any) -> dict[str, Any]:
    """The attributes of a box, or of the one that a placeholder stands for."""
    own: dict[str, Any] = vars(getattr(box, "_box", box))
    return own


def _used(style: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The used lengths and, apart, the borders that a table may overrule; None where they need a measure."""
    said = {name: style[name] for name in _LENGTHS}
    fixed = all(each == "auto" or getattr(each, "unit", "") == "px" for each in said.values())
    if not fixed or style["box_sizing"] != "content-box":
        return None
    sizes = {name: each if each == "auto" else each.value for name, each in said.items()}
    sizes |= {name: 0 for name in ("min_width", "min_height") if sizes[name] == "auto"}
    borders = {name: style[name] for name in _BORDERS}
    return (sizes, borders) if style["border_collapse"] == "collapse" else (sizes | borders, {})


def _bare(style: Any) -> bool:
    """Whether a style has no background, shadow, round corner or border image."""
    from weasyprint.draw.color import get_color

    images = (style["border_image_source"], style["mask_border_source"], *style["background_image"])
    return (
        all(image[0] == "none" for image in images)
        and all((0, "px") in style[name] for name in _RADII)
        and style["visibility"] == "visible"
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
    )
