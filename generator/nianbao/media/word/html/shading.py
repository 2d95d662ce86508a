"""Grounds: what a `w:shd` comes to where a pattern lies on a colour; and letters without ink."""

from __future__ import annotations

import re

from nianbao.media.word.html.css import color
from nianbao.media.word.html.wordml import Element, attribute, child, descendant, number

_NOTHING = ("clear", "nil", "none")
_STRIPES = 33  # per cent of a pattern of lines is drawn, as LibreOffice reckons
_CLEAR = 90_000  # thousandths of a per cent of transparency, from which on nobody sees a letter


def ground(shade: Element) -> str | None:
    """The ground as rrggbb, `auto` for none: a pattern is as dark as its lines and dots make it."""
    fill, kind = attribute(shade, "w:fill") or "auto", attribute(shade, "w:val") or "clear"
    if kind in _NOTHING:
        return fill
    percent = 100 if kind == "solid" else _STRIPES
    if match := re.fullmatch(r"pct(\d{1,2})", kind):
        percent = int(match[1])
    over, under = (
        bytes.fromhex((color(tint) or usual)[1:])
        for tint, usual in ((attribute(shade, "w:color"), "#000000"), (fill, "#ffffff"))
    )
    return "".join(
        f"{round((above * percent + below * (100 - percent)) / 100):02X}"
        for above, below in zip(over, under, strict=True)
    )


def is_clear(effect: Element) -> bool | None:
    """Whether a `w14:textFill` leaves letters without ink and outline; None where it does not say."""
    outline = child(effect.getparent(), "w14:textOutline")
    if outline is not None and child(outline, "w14:noFill") is None and len(outline):
        return False
    if child(effect, "w14:noFill") is not None:
        return True
    share = number(attribute(descendant(effect, "w14:alpha"), "w14:val"))
    return None if share is None else share > _CLEAR
