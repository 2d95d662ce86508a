"""The look of what Word draws itself: outlines, grounds, lines from corner to corner; all as CSS."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator

from nianbao.media.word.html.css import color, length
from nianbao.media.word.html.geometry import EMU, Turn, declarations, turn_of, vml_pair, vml_turn
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    descendant,
    local,
    measure,
    points,
    value,
)

_COLORS = {"red": "#f00", "black": "#000", "white": "#fff", "blue": "#00f", "green": "#008000"}
_LINES = ("line", "straightConnector1")
_RADII = {"rect": "", "ellipse": "50%", "roundRect": "8pt"}
# The forms of VML: elements, and the numbers that `type` gives to a v:shape.
_VML = {
    "v:line": "line", "v:rect": "rect", "v:oval": "ellipse", "v:roundrect": "roundRect", "1": "rect",
    "2": "roundRect", "3": "ellipse", "20": "line", "32": "line", "202": "rect", "": "rect",
}  # fmt: skip
_EFFECTS = ("a:outerShdw", "a:innerShdw", "a:glow", "a:reflection", "a:softEdge", "a:sp3d", "v:shadow")
_GROUNDS = ("a:gradFill", "a:pattFill", "a:blipFill")
_DASHES = {"dotted": "1 2", "dashed": "4 3", "solid": "none"}
Line = tuple[float, str, str]  # width in points, CSS style, CSS colour


def drawable(frame: Element) -> bool:
    """Whether a shape without text is a straight line, a rectangle or an ellipse."""
    if local(frame) == "wps:wsp":
        return _form(frame) in (*_LINES, *_RADII)
    return local(frame) in _VML and descendant(frame, "v:imagedata") is None


def draw(frame: Element, theme: Theme, width: float, height: float) -> dict[str, str]:
    """The look of a shape without text that stands in a block of that size."""
    turn, line = _turn(frame), _outline(frame, theme)
    if _form(frame) not in _LINES:
        look = _look(line, _ground(frame, theme, boxed=False), _form(frame))
        return look | {"box-sizing": "border-box"} | turn.css
    if min(width, height) < 1:
        border = _look(line, None, "")["border"]
        return {"border-left" if width < 1 else "border-top": border} | turn.css
    return (_slanted(line, turn.across != turn.down, width, height) if line else {}) | Turn(turn.angle).css


def draw_box(frame: Element, theme: Theme) -> dict[str, str]:
    """The look of a shape that text stands in."""
    look = _look(_outline(frame, theme), _ground(frame, theme, boxed=True), _form(frame))
    return look | Turn(_turn(frame).angle).css  # letters are never mirrored


def aligned(frame: Element) -> str:
    """Where text stands in a shape that is higher: top, middle or bottom."""
    stated = attribute(descendant(frame, "wps:bodyPr"), "anchor") or "t"
    stated = declarations(frame).get("v-text-anchor", stated)
    return {"ctr": "middle", "middle": "middle", "b": "bottom", "bottom": "bottom"}.get(stated, "top")


def left_out(frame: Element, boxed: bool) -> Iterator[str]:
    """What is lost of a shape; `boxed`: text stands in it."""
    if _form(frame) not in (*_LINES, *_RADII):
        yield "图形的形状改为矩形"
    body = descendant(frame, "wps:bodyPr")
    flow = declarations(descendant(frame, "v:textbox")).get("layout-flow", "horizontal")
    if boxed and (attribute(body, "vert") not in (None, "horz") or flow != "horizontal"):
        yield "文本框中的竖排文字改为横排"
    if any(descendant(frame, short) is not None for short in _EFFECTS):
        yield "图形的阴影、发光等效果没有带入"
    if any(descendant(child(frame, "wps:spPr"), short) is not None for short in _GROUNDS):
        yield "图形的渐变、图案或图片填充没有带入"
    line = child(child(frame, "wps:spPr"), "a:ln")
    ends = [value(line, f"a:{end}End", "type") for end in ("head", "tail")]
    ends += [value(frame, "v:stroke", f"{end}arrow") for end in ("start", "end")]
    if any(end not in (None, "none") for end in ends):
        yield "线条的箭头没有带入"


def _form(frame: Element) -> str:
    """The form of a shape, as DrawingML calls it."""
    if local(frame) == "wps:wsp":
        return attribute(descendant(frame, "a:prstGeom"), "prst") or "custom"
    if local(frame) != "v:shape":
        return _VML.get(local(frame), "custom")
    number_of = re.search(r"\d+$", frame.get("type", ""))
    return _VML.get(number_of[0] if number_of else "", "custom")


def _turn(frame: Element) -> Turn:
    if local(frame) == "wps:wsp":
        return turn_of(child(child(frame, "wps:spPr"), "a:xfrm"))
    turn = vml_turn(declarations(frame))
    if local(frame) == "v:line":
        (x, y), (end_x, end_y) = (vml_pair(frame.get(end, "")) for end in ("from", "to"))
        turn = turn._replace(across=turn.across != (end_x < x), down=turn.down != (end_y < y))
    return turn


def _outline(frame: Element, theme: Theme) -> Line | None:
    if local(frame) == "wps:wsp":
        line = child(child(frame, "wps:spPr"), "a:ln")
        stated, style = child(line, "a:solidFill"), child(child(frame, "wps:style"), "a:lnRef")
        stroke = theme.color(stated) or theme.color(style)
        weight, dash = measure(line, "w", EMU), value(line, "a:prstDash", "val")
        unstyled = stated is None and attribute(style, "idx") == "0"
        drawn = child(line, "a:noFill") is None and not unstyled
    else:
        stroke = _vml_color(frame.get("strokecolor")) or "#000"
        weight, dash = points(frame.get("strokeweight"), 1), value(frame, "v:stroke", "dashstyle")
        drawn = frame.get("stroked") not in ("f", "false")
    kind = (dash or "solid").lower()
    style_of = "solid" if kind == "solid" else "dotted" if kind.endswith("dot") else "dashed"
    return (weight or 0.75, style_of, stroke) if drawn and stroke else None


def _ground(frame: Element, theme: Theme, boxed: bool) -> str | None:
    if local(frame) == "wps:wsp":
        return theme.color(child(child(frame, "wps:spPr"), "a:solidFill"))
    filled = boxed and frame.get("filled") not in ("f", "false")
    return _vml_color(frame.get("fillcolor")) if filled else None


def _look(line: Line | None, fill: str | None, form: str) -> dict[str, str]:
    look = {"border": f"{length(line[0])} {line[1]} {line[2]}" if line else "none"}
    if radius := _RADII.get(form):
        look["border-radius"] = radius
    return look | ({"background-color": fill} if fill else {})


def _slanted(line: Line, rises: bool, width: float, height: float) -> dict[str, str]:
    """A line from corner to corner of its block."""
    weight, kind, stroke = line
    begin, end = (height, 0.0) if rises else (0.0, height)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<line x1="0" y1="{begin:g}" x2="{width:g}" y2="{end:g}" stroke="{stroke}"'
        f' stroke-width="{weight:g}" stroke-dasharray="{_DASHES[kind]}"/></svg>'
    )
    encoded = b64encode(drawing.encode()).decode()
    return {"background": f"url(data:image/svg+xml;base64,{encoded}) 0 0 / 100% 100% no-repeat"}


def _vml_color(text: str | None) -> str | None:
    """A colour of VML: a name, #rrggbb or #rgb."""
    word = (text or "").split(" ")[0].lower()
    return _COLORS.get(word) or color(word.lstrip("#")) or color("".join(digit * 2 for digit in word[1:]))
