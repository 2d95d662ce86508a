"""The text boxes, lines and frames that Word draws itself, and floating images."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.media.word.html import shapes
from nianbao.media.word.html.anchors import NARROW, SHAPES, Anchor, PageGeometry, anchor_of
from nianbao.media.word.html.css import inline, length
from nianbao.media.word.html.geometry import EMU, extent
from nianbao.media.word.html.styles import Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, descendant, local, measure, name

INSET = (3.6, 7.2, 3.6, 7.2)
Blocks = Callable[[Element], str]


def shape(
    drawing: Element, geometry: PageGeometry, theme: Theme, losses: Losses, blocks: Blocks
) -> str | None:
    """A text box, a line or a frame as a block of HTML; None where the drawing is something else."""
    text = descendant(drawing, "w:txbxContent")
    frame = next((element for element in drawing.iter() if local(element) in (*SHAPES, "wps:wsp")), None)
    if frame is None or (text is None and not shapes.drawable(frame)):
        return None
    if sum(local(element) in ("wps:wsp", "wpg:wgp", "v:group") for element in drawing.iter()) > 1:
        losses.add("组合图形没有照原样带入，只保留了其中的文字")
        return "".join(f"<div>{blocks(content)}</div>" for content in drawing.iter(name("w:txbxContent")))
    place = anchor_of(drawing, geometry)
    if place is None:
        place = Anchor(0.0, 0.0, *extent(drawing, frame), on_page=False, wrap="below")
        if text is not None:
            losses.add("嵌在文字行中的文本框改为独占一行")
    elif place.wrap == "beside" and min(place.x, geometry.measure - place.x - place.width) >= NARROW:
        losses.add("两侧都有文字的浮动图形只留一侧排文字")
    else:
        _note_moved(place, losses)
    for what in shapes.left_out(frame, text is not None):
        losses.add(what)
    declared = place.css(geometry) | {"height": length(place.height)}
    if text is None:
        return _block(declared | shapes.draw(frame, theme, place.width, place.height), "")
    declared |= shapes.draw_box(frame, theme)
    padding = " ".join(map(length, _insets(frame)))
    declared |= {"padding": padding, "box-sizing": "border-box", "text-indent": "0"}
    inner = blocks(text)
    if descendant(frame, "a:spAutoFit") is None and (side := shapes.aligned(frame)) != "top":
        room = length(max(place.height - _insets(frame)[0] - _insets(frame)[2], 0.0))
        cell = f"display: table-cell; vertical-align: {side}; height: {room}"
        inner = f'<div style="display: table; width: 100%"><div style="{cell}">{inner}</div></div>'
    if local(frame).startswith("v:") or descendant(frame, "a:spAutoFit") is not None:
        declared["min-height"] = declared.pop("height")
    return _block(declared, inner)


def placed(html: str, place: Anchor, geometry: PageGeometry, losses: Losses) -> str:
    """A floating image as a block at its place."""
    _note_moved(place, losses)
    return _block(place.css(geometry) | {"text-indent": "0", "line-height": "0"}, html)


def _note_moved(place: Anchor, losses: Losses) -> None:
    if place.on_page and place.wrap != "none":
        losses.add("文字环绕的浮动图形按所在段落的位置排，没有按页面定位")


def _block(declared: dict[str, str], inner: str) -> str:
    return f'<div style="{inline(declared)}">{inner}</div>'


def _insets(frame: Element) -> list[float]:
    """The distances of the text from the top, right, bottom and left edge."""
    body = descendant(frame, "wps:bodyPr")
    stated = [measure(body, f"{side}Ins", EMU) for side in "trbl"]
    return [usual if inset is None else inset for inset, usual in zip(stated, INSET, strict=True)]
