"""Small letters above others (拼音指南), and two lines of small letters in one (双行合一)."""

from __future__ import annotations

from html import escape

from nianbao.media.word.html.css import inline, length

_BRACKETS = {"round": "()", "square": "[]", "angle": "<>", "curly": "{}"}
_BOX = {"display": "inline-block", "text-indent": "0", "text-align": "center", "white-space": "nowrap"}
_BLOCK = {"display": "block"}


def annotated(letters: str, above: str, size: float | None) -> str:
    """Letters with others above their middle, `size` points high; half as high where that is not said."""
    small = _BLOCK | {"font-size": length(size) if size else "50%", "line-height": "1.1"}
    inner = f"{_span(small, escape(above, quote=False))}{_span(_BLOCK, escape(letters, quote=False))}"
    return _span(_BOX | {"line-height": "1"}, inner)


def in_two_lines(letters: str, brackets: str) -> str:
    """Letters of half their height on two lines, between brackets if they have a name in Word."""
    half = (len(letters) + 1) // 2
    lines = (_span(_BLOCK, escape(line, quote=False)) for line in (letters[:half], letters[half:]))
    small = {"font-size": "50%", "line-height": "1", "text-align": "left", "vertical-align": "-0.12em"}
    begin, end = (escape(bracket) for bracket in _BRACKETS.get(brackets, ("", "")))
    return f"{begin}{_span(_BOX | small, ''.join(lines))}{end}"


def _span(declared: dict[str, str], inner: str) -> str:
    return f'<span style="{inline(declared)}">{inner}</span>'
