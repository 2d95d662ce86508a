"""Letters made wider or narrower than their font has them: scaled (字符缩放), or fitted (调整宽度)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from itertools import groupby

from nianbao.media.word.html.characters import CLOSING, OPENING, pieces
from nianbao.media.word.html.css import inline, length
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.inline import Piece, Text

_NEAR = 2.0  # points: what Word has worked out itself and saved in the runs comes as near
Width = Callable[[str, Character, bool], float]  # of letters in points, without what is added between them


def clusters(text: str) -> list[str]:
    """Chinese letters one by one, each with the signs that may not be parted from it."""
    groups: list[str] = []
    for letter in text:
        if groups and (letter in CLOSING or groups[-1][-1] in OPENING):
            groups[-1] += letter
        else:
            groups.append(letter)
    return groups


def scaled(text: str, width: float, share: float) -> str:
    """Letters `width` points wide, drawn `share` times as wide: CSS scales a box, not the letters in it."""
    outer = {"display": "inline-block", "width": length(width * share), "text-indent": "0"}
    drawn = {"display": "inline-block", "white-space": "pre", "transform-origin": "0 50%"}
    inner = inline(drawn | {"transform": f"scaleX({share:g})"})
    return f'<span style="{inline(outer)}"><span style="{inner}">{escape(text, quote=False)}</span></span>'


def fitted(content: list[Piece], width: Width) -> list[Piece]:
    """The pieces of a paragraph, those that shall be so wide together made that wide."""
    if not any(isinstance(piece, Text) and piece.format.fit for piece in content):
        return content
    made: list[Piece] = []
    for fit, group in groupby(content, lambda piece: piece.format.fit if piece.format else None):
        if fit:
            made += _fitted([piece for piece in group if isinstance(piece, Text)], fit[1], width)
        else:
            made += group
    return made


def _fitted(run: list[Text], target: float, width: Width) -> list[Text]:
    """The texts of one `fit` made `target` points wide: set apart, or each letter narrower.

    Word saves in the runs what it has worked out, so those it wrote are left as they are.
    """
    bare = [_width(text.text, text.format, width) for text in run]
    count = sum(len(text.text) for text in run)
    shares = [(text.format.scale or 100) / 100 for text in run]
    stated = sum(
        letters * share + (text.format.spacing or 0.0) * len(text.text)
        for text, letters, share in zip(run, bare, shares, strict=True)
    )
    if abs(stated - target) <= _NEAR or not count:
        return run
    if sum(bare) > target or count == 1:
        narrow = round(100 * target / sum(bare), 2) if sum(bare) else 100.0
        return [replace(text, format=replace(text.format, scale=narrow, spacing=None)) for text in run]
    apart = (target - sum(bare)) / (count - 1)
    spaced = [replace(text, format=replace(text.format, scale=None, spacing=apart)) for text in run]
    last = spaced.pop()
    final = replace(last, text=last.text[-1], format=replace(last.format, spacing=None))
    return [*spaced, *([replace(last, text=last.text[:-1])] if last.text[:-1] else []), final]


def _width(text: str, format: Character, width: Width) -> float:
    return sum(width(stretch, format, east) for east, stretch in pieces(text, format.hint == "eastAsia"))
