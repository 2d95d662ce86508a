"""The computed style of an element: what of it decides whether and where its text is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from nianbao.media.webpage.reading.css.concealment import conceals
from nianbao.media.webpage.reading.css.declarations import Declared
from nianbao.media.webpage.reading.css.values import (
    BLACK,
    WHITE,
    Colour,
    Paint,
    contrast,
    length,
    over,
    paint,
)

_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0}
_SIZES |= {"xx-large": 32.0, "xxx-large": 48.0}
_STEPS = {"smaller": 1 / 1.2, "larger": 1.2}
_LEAST_RISE = 0.2  # em by which a text is raised or lowered; Word moves whole fonts by less
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_INLINE = frozenset({"inline", "inline-block", "inline-flex", "inline-grid", "contents", "ruby", "math"})
_APART = frozenset(
    {"inline-block", "inline-table", "inline-flex", "inline-grid"}
)  # no line of others is drawn on
_STRANGE = (
    "content",
    "mask",
    "mask-image",
    "mix-blend-mode",
    "rotate",
    "scale",
    "translate",
    "zoom",
    "-webkit-mask",
    "-webkit-mask-image",
)  # fmt: skip - what is not worked out
_AS_USUAL = frozenset({"", "1", "100%", "none", "normal"})
_WORDS = frozenset({"inherit", "unset", "initial", "revert", "revert-layer"})
INHERITED = frozenset({"color", "direction", "font-size", "list-style-type", "text-align", "text-indent"}) | {
    "visibility"
}
_INITIAL = {"color": "#000", "font-size": "medium", "text-align": "left", "text-indent": "0"}
_NONE: Mapping[str, str] = MappingProxyType({})


class Style(NamedTuple):
    """What the text of an element looks like, with all that lies around it.

    `hidden` is the element with all in it, `visible` its text alone. `size` is in pixels; `back` the colour
    behind the text, None where a picture lies there; `contrast` is 1 for a text that is not seen. `rise` is 1
    for raised letters, -1 for lowered ones. `moved` names the element that takes the text out of its
    order, 0 for none, `strange` the one whose look is not worked out. `grid` has what places the cells of a
    CSS grid.
    """

    display: str = "inline"
    hidden: bool = False
    visible: bool = True
    size: float = 16.0
    colour: Paint = BLACK
    back: Colour | None = WHITE
    opacity: float = 1.0
    struck: bool = False
    rise: int = 0
    phonetic: bool = False
    prompt: bool = False
    linked: bool = False
    moved: int = 0
    strange: int = 0
    reversed: bool = False
    direction: str = "ltr"
    align: str = "left"
    indent: float = 0.0
    numbers: str = "disc"
    grid: Mapping[str, str] = _NONE
    variables: Mapping[str, str] = _NONE
    contrast: float = 21.0

    @property
    def inline(self) -> bool:
        """Whether the text goes on in the line before it."""
        return self.display in _INLINE or self.hidden


def derive(parent: Style, declared: Declared, name: int) -> Style:
    """The style of an element whose parent has one; `name` is what `moved` calls it."""
    values = _resolved(declared, parent)
    display = (values.get("display") or "inline").split()[-1]
    size = _size(values.get("font-size"), parent)
    colour = _colour(values, parent)
    opacity = parent.opacity * _share(values.get("opacity", "1"))
    rise = _rise(values, size, parent) if display in _INLINE else 0
    apart = display in _APART or values.get("position") in ("absolute", "fixed") or "float" in values
    line = values.get("text-decoration-line", "")
    indent = length(values.get("text-indent", ""), size, 1280.0)
    direction = values.get("direction", parent.direction)
    made = parent._replace(
        display=display,
        visible=_word(values, "visibility", "visible" if parent.visible else "hidden") == "visible",
        size=size,
        colour=colour,
        back=_back(values, parent, opacity),
        opacity=opacity,
        struck=(parent.struck and not apart) or "line-through" in line,
        rise=rise or (parent.rise if display in _INLINE else 0),
        moved=name if _is_moved(values, rise) else parent.moved,
        strange=name if _is_strange(values, size) else parent.strange,
        direction=direction,
        reversed=parent.reversed
        or (direction == "rtl" and "override" in values.get("unicode-bidi", ""))
        or "reverse" in values.get("flex-direction", ""),
        align=_word(values, "text-align", parent.align),
        indent=parent.indent if indent is None else indent,
        numbers=values.get("list-style-type", parent.numbers),
        grid={name: value for name, value in values.items() if name.startswith("grid-")} or _NONE,
    )
    if variables := {name: value for name, value in values.items() if name.startswith("--")}:
        made = made._replace(variables={**parent.variables, **variables})
    return made._replace(hidden=parent.hidden or conceals(values, made), contrast=_contrast(made))


def _resolved(declared: Declared, parent: Style) -> Declared:
    """The declarations with their variables put in, without words that mean: as if nothing were declared."""
    own = {name: value for name, value in declared.items() if name.startswith("--")}
    known = {**parent.variables, **own} if own else parent.variables
    values = {}
    for name, value in declared.items():
        for _ in range(8):  # variables that name variables
            if "var(" not in value:
                break
            value = _VARIABLE.sub(lambda match: known.get(match[1], match[2] or "").strip(), value)[:1000]
        if value not in _WORDS:
            values[name] = value if name == "content" or name.startswith("--") else value.lower()
        elif value == "initial" and name in _INITIAL:
            values[name] = _INITIAL[name]
        elif value == "inherit" and name == "background-color":
            continue  # what lies behind is the same
    return values


def _word(values: Declared, name: str, inherited: str) -> str:
    return values.get(name, inherited)


def _size(value: str | None, parent: Style) -> float:
    if value is None:
        return parent.size
    if value in _STEPS:
        return parent.size * _STEPS[value]
    size = _SIZES.get(value) or length(value, parent.size, parent.size)
    return parent.size if size is None or size < 0 else size


def _colour(values: Declared, parent: Style) -> Paint:
    fill = values.get("-webkit-text-fill-color") or values.get("color")
    return (paint(fill) if fill else None) or parent.colour


def _back(values: Declared, parent: Style, opacity: float) -> Colour | None:
    if values.get("background-image", "none") != "none":
        return None
    if "background-color" not in values:
        return parent.back
    ground = paint(values["background-color"])
    if ground is None or ground[3] == 0:
        return parent.back
    if parent.back is None:
        return over(ground, WHITE, opacity) if ground[3] == 1 else None
    return over(ground, parent.back, opacity)


def _contrast(style: Style) -> float:
    """How well the text is told from what lies behind it; all of a picture is taken for dark enough."""
    if style.back is None:
        return 21.0 if style.colour[3] * style.opacity > 0.1 else 1.0
    return contrast(over(style.colour, style.back, style.opacity), style.back)


def _share(value: str) -> float:
    try:
        share = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0
    return min(max(share, 0.0), 1.0)


def _rise(values: Declared, size: float, parent: Style) -> int:
    """Whether letters stand above their line or below it."""
    aligned = values.get("vertical-align", "")
    if aligned in ("super", "sub"):
        return 1 if aligned == "super" else -1
    if values.get("font-variant-position") in ("super", "sub"):
        return 1 if values["font-variant-position"] == "super" else -1
    if aligned in ("top", "text-top", "bottom", "text-bottom") and size < 0.8 * parent.size:
        return 1 if "top" in aligned else -1
    upward = length(aligned, size, 1.2 * size) or 0.0
    if values.get("position") == "relative":
        upward -= length(values.get("top", ""), size, 1.2 * size) or 0.0
        upward += length(values.get("bottom", ""), size, 1.2 * size) or 0.0
    upward = upward or length(values.get("mso-text-raise", ""), size) or 0.0
    return 0 if abs(upward) < _LEAST_RISE * parent.size else 1 if upward > 0 else -1


def _is_strange(values: Declared, em: float) -> bool:
    """Whether something is declared whose look only a browser works out: calc(), color-mix(), a mask."""
    size, fill = values.get("font-size", ""), values.get("-webkit-text-fill-color") or values.get("color", "")
    reckoned = "(" in size and length(size, em, em) is None
    mixed = "(" in fill and paint(fill) is None
    return reckoned or mixed or any(values.get(name, "") not in _AS_USUAL for name in _STRANGE)


def _is_moved(values: Declared, rise: int) -> bool:
    """Whether something stands elsewhere than its place in the text."""
    if values.get("float", "none") != "none" or values.get("order", "0") != "0":
        return True
    place = values.get("position", "static")
    if place in ("absolute", "fixed"):
        return True
    sideways = any((length(values.get(side, ""), 16.0, 100.0) or 0.0) != 0 for side in ("left", "right"))
    return (place == "relative" and sideways) or (
        values.get("transform", "none") != "none"
        and not rise
        and not values["transform"].startswith("scale(1")
    )
