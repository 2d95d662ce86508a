"""Borders around paragraphs: one box for those that follow one another with the same borders."""

from __future__ import annotations

from nianbao.media.word.html.borders import Border, edge, thickness, visible
from nianbao.media.word.html.css import length
from nianbao.media.word.html.formats import Paragraph

_SAME = ("borders", "left", "right", "left_chars", "right_chars")


def in_one_box(above: Paragraph | None, below: Paragraph) -> bool:
    """Whether two paragraphs have one border around both: the same, at the same indents."""
    if above is None or not below.borders:
        return False
    return all(getattr(above, key) == getattr(below, key) for key in _SAME)


def box(
    format: Paragraph, indents: tuple[float, float], margin: float, boxed: tuple[bool, bool]
) -> dict[str, str]:
    """The borders of a paragraph; those at its sides stand outside the measure, as in Word.

    `indents` are left and right, `margin` is the space above, `boxed` whether the paragraphs above and
    below stand in the same box.
    """
    declared: dict[str, str] = {}
    borders = {side: border for side, border in format.borders or () if visible(border)}
    if boxed[0]:
        borders["top"] = borders.pop("between", Border("nil", 0.0, "auto"))
    if boxed[1]:
        borders.pop("bottom", None)
    outside = {"left": indents[0], "right": indents[1]}
    for side in ("top", "bottom", "left", "right"):
        if (border := borders.get(side)) is None:
            continue
        if visible(border):
            declared[f"border-{side}"] = edge(border)
            declared[f"padding-{side}"] = length(border.space)
        if side in outside:
            declared[f"margin-{side}"] = length(outside[side] - border.space - thickness(border))
    if boxed[0]:
        declared |= {"margin-top": "0", "padding-top": length(margin + borders["top"].space)}
    return declared
