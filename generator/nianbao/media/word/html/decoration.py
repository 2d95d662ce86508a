"""Lines, grounds and other marks on letters: what a run has beyond its font."""

from __future__ import annotations

import re
from html import escape

from nianbao.media.word.html.css import color, length
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.unsupported import Losses

_HIGHLIGHTS = {
    "black": "#000", "blue": "#00f", "cyan": "#0ff", "green": "#0f0", "magenta": "#f0f", "red": "#f00",
    "yellow": "#ff0", "white": "#fff", "darkBlue": "#000080", "darkCyan": "#008080",
    "darkGreen": "#008000", "darkMagenta": "#800080", "darkRed": "#800000", "darkYellow": "#808000",
    "darkGray": "#808080", "lightGray": "#c0c0c0",
}  # fmt: skip
_SLASHED = re.compile(r"[\w.:;,&=?#%~+@/-]*/[\w.:;,&=?#%~+@/-]*")
_LONGEST_WORD = 30  # letters, half a line
_LINES = {"double": "double", "dotted": "dotted", "dash": "dashed", "wave": "wavy"}


def decorate(character: Character, size: float, losses: Losses) -> dict[str, str]:
    """The CSS of a run that is not inherited or is rare."""
    own: dict[str, str] = {}
    lines = ["underline"] if character.underline not in (None, "none") else []
    lines += ["line-through"] if character.strike or character.double_strike else []
    if lines:
        own["text-decoration-line"] = " ".join(lines)
    if character.underline in _LINES:
        own["text-decoration-style"] = _LINES[character.underline or ""]
    if character.raised in ("superscript", "subscript"):
        own["vertical-align"] = "super" if character.raised == "superscript" else "sub"
        own["font-size"] = length(size * 0.65)
    elif character.position:
        own["vertical-align"] = length(character.position)
    if character.small_caps:
        own["font-variant-caps"] = "small-caps"
    background = _HIGHLIGHTS.get(character.highlight or "") or color(character.fill)
    if background:
        own["background-color"] = background
    if character.scale not in (None, 100):
        losses.add(f"字符缩放 {character.scale}% 改为调整字距，字形没有缩放")
    if character.emphasis not in (None, "none"):
        losses.add("着重号没有带入")
    return own


def span(inner: str, name: str) -> str:
    """A run of inline HTML with its class, if it has one."""
    if not inner:
        return ""
    return f'<span class="{name}">{inner}</span>' if name else f"<span>{inner}</span>"


def latin(text: str) -> str:
    """Latin letters; two blanks side by side would otherwise become one."""
    inner = escape(text, quote=False)
    if "/" in text:
        # Unicode lets a line end after a slash; Word and LibreOffice do so in addresses, not in km/h.
        inner = _SLASHED.sub(_whole, inner)
    if "  " in text:
        return f'<span class="kept">{inner}</span>'
    return inner


def _whole(found: re.Match[str]) -> str:
    word = found[0]
    address = "://" in word or len(word) > _LONGEST_WORD
    return word if address else f'<span class="whole">{word}</span>'
