"""Lines, grounds and other marks on letters: what a run has beyond its font."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape

from nianbao.media.word.html.css import color, dark, length
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.properties import named
from nianbao.media.word.html.unsupported import Losses

_HIGHLIGHTS = {
    "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "green": "#00ff00", "magenta": "#ff00ff",
    "red": "#ff0000", "yellow": "#ffff00", "white": "#ffffff", "darkBlue": "#000080",
    "darkCyan": "#008080", "darkGreen": "#008000", "darkMagenta": "#800080", "darkRed": "#800000",
    "darkYellow": "#808000", "darkGray": "#808080", "lightGray": "#c0c0c0",
}  # fmt: skip
_SLASHED = re.compile(r"[\w.:;,&=?#%~+@/-]*/[\w.:;,&=?#%~+@/-]*")
_LONGEST_WORD = 30  # letters, half a line
_LINES = {
    "double": "double", "dotted": "dotted", "dottedHeavy": "dotted", "dash": "dashed",
    "dashedHeavy": "dashed",
    "dashLong": "dashed", "dashLongHeavy": "dashed", "dotDash": "dashed", "dashDotHeavy": "dashed",
    "dotDotDash": "dashed", "dashDotDotHeavy": "dashed", "wave": "wavy", "wavyHeavy": "wavy",
    "wavyDouble": "wavy",
}  # fmt: skip
_HEAVY = 0.1  # em: how thick the lines are that Word calls thick or heavy
DOTTED = ("dot", "underDot")  # 着重号: below the letters, in Chinese
_SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"'
_DOT = f'<svg {_SVG}><circle cx="4" cy="4" r="3" fill="{{}}"/></svg>'


def decorate(character: Character, size: float, losses: Losses) -> dict[str, str]:
    """The CSS of a run that is not inherited or is rare."""
    own: dict[str, str] = {}
    lines = ["underline"] if character.underline not in (None, "none") else []
    lines += ["line-through"] if character.strike or character.double_strike else []
    if lines:
        own["text-decoration-line"] = " ".join(lines)
    if character.underline in _LINES or character.double_strike:
        own["text-decoration-style"] = _LINES.get(character.underline or "", "double")
    if "underline" in lines and (shade := color(character.underline_color)):
        own["text-decoration-color"] = shade
    if (character.underline or "").lower().endswith(("thick", "heavy")):
        own["text-decoration-thickness"] = length(size * _HEAVY)
    if character.raised in ("superscript", "subscript"):
        own["vertical-align"] = "super" if character.raised == "superscript" else "sub"
        own["font-size"] = length(size * 0.65)
    elif character.position:
        own["vertical-align"] = length(character.position)
    if character.small_caps:
        own["font-variant-caps"] = "small-caps"
    if ground := background(character):
        own["background-color"] = ground
        if dark(ground) and color(character.color) is None:
            own["color"] = "#fff"
    if character.emphasis in DOTTED:
        own |= _dot(size, color(character.color) or "#000")
    elif character.emphasis not in (None, "none"):
        losses.add("圆圈和逗号形的着重号没有带入")
    if character.turned:
        losses.add("文字效果“纵横混排”没有带入")
    if character.rest:
        for what in named(character.rest):
            losses.add(what)
    return own


def background(character: Character) -> str | None:
    """The ground that letters have of their own, as CSS writes it."""
    return _HIGHLIGHTS.get(character.highlight or "") or color(character.fill)


def _dot(size: float, shade: str) -> dict[str, str]:
    """A dot below the middle of a letter."""
    drawing = b64encode(_DOT.format(shade).encode()).decode()
    return {
        "background-image": f"url(data:image/svg+xml;base64,{drawing})",
        "background-repeat": "no-repeat",
        "background-size": f"{length(size * 0.18)} {length(size * 0.18)}",
        "background-position": "50% 100%",
        "padding-bottom": length(size * 0.15),
    }


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


def _whole(match: re.Match[str]) -> str:
    word = match[0]
    address = "://" in word or len(word) > _LONGEST_WORD
    return word if address else f'<span class="whole">{word}</span>'
