"""The text boxes, lines and frames that Word draws itself, and floating images."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.media.word.html.anchors import NARROW, SHAPES, Anchor, PageGeometry, standing
from nianbao.media.word.html.css import color, length
from nianbao.media.word.html.pictures import EMU, declarations
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, child, local, name, points

INSET = (3.6, 7.2, 3.6, 7.2)
_COLORS = {"red": "#f00", "black": "#000", "white": "#fff", "blue": "#00f", "green": "#008000"}
_RULES = frozenset(["line", "straightConnector1"])
Blocks = Callable[[Element], str]


def shape(
    drawing: Element, geometry: PageGeometry, theme: Theme, losses: Losses, blocks: Blocks
) -> str | None:
    """A text box, a line or a frame as a block of HTML; None where the drawing is something else."""
    place = standing(drawing, geometry)
    text = drawing.find(f".//{name('w:txbxContent')}")
    frame = next((each for each in drawing.iter() if local(each) in (*SHAPES, "wps:wsp")), None)
    if frame is None or (text is None and not _drawable(frame)):
        return None
    if len([each for each in drawing.iter() if local(each) in ("wps:wsp", "wpg:wgp", "v:group")]) > 1:
        losses.add("组合图形没有照原样带入，只保留了其中的文字")
        return "".join(f"<div>{blocks(each)}</div>" for each in drawing.iter(name("w:txbxContent")))
    if place is None:
        width, height = _size(drawing, frame)
        place = Anchor(0.0, 0.0, width, height, False, "below")
        if text is not None:
            losses.add("嵌在文字行中的文本框改为独占一行")
    elif place.wrap == "beside" and min(place.x, geometry.measure - place.x - place.width) >= NARROW:
        losses.add("两侧都有文字的浮动图形只留一侧排文字")
    elif place.on_page and place.wrap != "none":
        losses.add("文字环绕的浮动图形按所在段落的位置排，没有按页面定位")
    declared = place.css(geometry) | {"height": length(place.height)} | _paint(frame, theme, text is not None)
    if text is None:
        if place.height < 1 or place.width < 1:
            declared["border-left" if place.width < 1 else "border-top"] = declared.pop("border")
        return _block(declared, "")
    inset = _insets(frame)
    declared |= {"padding": " ".join(map(length, inset)), "box-sizing": "border-box", "text-indent": "0"}
    if "v:" in local(frame)[:2] or child_named(frame, "a:spAutoFit"):
        declared["min-height"] = declared.pop("height")
    return _block(declared, blocks(text))


def child_named(element: Element, short: str) -> bool:
    """Whether a descendant is called so."""
    return element.find(f".//{name(short)}") is not None


def _block(declared: dict[str, str], inner: str) -> str:
    style = "; ".join(f"{key}: {said}" for key, said in declared.items())
    return f'<div style="{style}">{inner}</div>'


def _drawable(frame: Element) -> bool:
    """Whether a shape without text is a straight line or a rectangle."""
    if local(frame) in ("v:line", "v:rect"):
        return frame.find(f".//{name('v:imagedata')}") is None and "o:hr" not in str(frame.attrib)
    geometry = frame.find(f".//{name('a:prstGeom')}")
    return geometry is not None and geometry.get("prst") in _RULES | {"rect"}


def _size(drawing: Element, frame: Element) -> tuple[float, float]:
    extent = drawing.find(f".//{name('wp:extent')}")
    if extent is not None:
        return points(extent.get("cx"), EMU) or 0.0, points(extent.get("cy"), EMU) or 0.0
    style = declarations(frame.get("style", ""))
    return points(style.get("width"), 1) or 0.0, points(style.get("height"), 1) or 0.0


def _insets(frame: Element) -> tuple[float, float, float, float]:
    body = frame.find(f".//{name('wps:bodyPr')}")
    if body is None:
        return INSET
    said = [points(body.get(f"{side}Ins"), EMU) for side in "trbl"]
    top, right, bottom, left = (usual if own is None else own for own, usual in zip(said, INSET, strict=True))
    return top, right, bottom, left


def _paint(frame: Element, theme: Theme, boxed: bool) -> dict[str, str]:
    """The outline and the ground of a shape."""
    if local(frame) != "wps:wsp":
        stroke = _named(frame.get("strokecolor")) or "#000"
        weight = points(frame.get("strokeweight"), 1) or 0.75
        drawn = frame.get("stroked") not in ("f", "false")
        found = {"border": f"{length(weight)} solid {stroke}" if drawn else "none"}
        if boxed and frame.get("filled") not in ("f", "false") and (fill := _named(frame.get("fillcolor"))):
            found["background-color"] = fill
        return found
    properties = child(frame, "wps:spPr")
    line = child(properties, "a:ln")
    style = child(child(frame, "wps:style"), "a:lnRef")
    tone = theme.color(child(line, "a:solidFill")) or (theme.color(style) if style is not None else None)
    drawn = child(line, "a:noFill") is None and tone is not None
    if style is not None and style.get("idx") == "0" and child(line, "a:solidFill") is None:
        drawn = False
    weight = points(None if line is None else line.get("w"), EMU) or 0.75
    found = {"border": f"{length(weight)} solid {tone}" if drawn else "none"}
    if fill := theme.color(child(properties, "a:solidFill")):
        found["background-color"] = fill
    return found


def _named(said: str | None) -> str | None:
    word = (said or "").split(" ")[0].lower()
    return (
        _COLORS.get(word)
        or color(word.lstrip("#"))
        or (
            "#" + "".join(c * 2 for c in word[1:])
            if len(word) == 4 and color("".join(c * 2 for c in word[1:]))
            else None
        )
    )


def placed(html: str, place: Anchor, geometry: PageGeometry, losses: Losses) -> str:
    """A floating image as a block at its place."""
    if place.on_page and place.wrap != "none":
        losses.add("文字环绕的浮动图形按所在段落的位置排，没有按页面定位")
    return _block(place.css(geometry) | {"text-indent": "0", "line-height": "0"}, html)


def readable(choice: Element) -> bool:
    """Whether the newer of two ways to say the same is one that is understood here."""
    return any(child_named(choice, each) for each in ("a:blip", "w:txbxContent", "wps:wsp", "c:chart"))
