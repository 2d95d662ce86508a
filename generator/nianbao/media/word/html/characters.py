"""Characters: which are Chinese type, which may hang or end a line, what symbol fonts show for them."""

from __future__ import annotations

import re

# Word gives these to the East Asian font whatever the hint says.
_EAST = (
    "\u2e80-\u2fdf\u2ff0-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef"
    "\u3100-\u312f\U00020000-\U0003ffff"
)
# These stand in both worlds: Word asks the hint.
_BOTH = (
    "\u00a7\u00a8\u00b0\u00b1\u00b4\u00b6\u00b7\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u2100-\u23ff\u2460-\u27bf"
    "\u0370-\u04ff\u02c0-\u02df\ue000-\uf8ff"
)
EAST, LATIN = True, False

_PIECES = {
    True: re.compile(f"([{_EAST}{_BOTH}]+)"),
    False: re.compile(f"([{_EAST}]+)"),
}
HANGING = frozenset("，、。．！：；？")
CLOSING = frozenset("!),.:;?]}¢'\"、。〉》」』】〕〗〞，．：；？！）］｝’”…—%‰℃°")
OPENING = frozenset("([{£¥'\"‘“〈《「『【〔〖（［｛￥$")

# Symbol fonts number their signs as they like: these are the signs of Unicode they look like.
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞",
    0x4A: "☺", 0x4C: "☹", 0x58: "✠", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑",
    0x72: "❒", 0x73: "⬧", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x7B: "❀", 0x7C: "✿",
    0x80: "⓪", 0x8B: "⓿", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪",
    0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xB2: "⟡", 0xD5: "⌫", 0xD8: "➢", 0xDC: "➲", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | {0x81 + digit: chr(0x2460 + digit) for digit in range(10)} | {
    0x8C + digit: chr(0x2776 + digit) for digit in range(10)
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"}
_SYMBOL = dict(
    zip(
        range(0x21, 0x7F),
        "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        strict=True,
    )
) | dict(
    zip(
        range(0xA1, 0xFF),
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
        "\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def pieces(text: str, hint: bool) -> list[tuple[bool, str]]:
    """Cut a text where the font changes: (Chinese type?, piece). `hint` is w:hint="eastAsia"."""
    return [(bool(index % 2), piece) for index, piece in enumerate(_PIECES[hint].split(text)) if piece]


def gap(left: str, right: str, letters: bool, digits: bool) -> bool:
    """Whether Word puts its automatic space between two characters of different scripts."""
    if not (left.isalnum() and right.isalnum()):
        return False
    latin = left if left < "\u2e80" else right
    return digits if latin.isdigit() else letters


def may_break(left: str, right: str) -> bool:
    """Whether a Chinese line may end between a quotation mark and its neighbour.

    Unicode forbids a break on both sides of “ and ”; Chinese forbids it only inside them.
    """
    if right in "“‘":
        return left not in OPENING and not left.isspace()
    if left in "”’":
        return right not in CLOSING and not right.isspace()
    return False


def symbolic(font: str | None) -> bool:
    """Whether a font numbers its signs as it likes."""
    return (font or "").lower() in _FONTS or (font or "").lower() in ("wingdings 3", "webdings", "marlett")


def sign(font: str, code: int) -> str | None:
    """The sign that a symbol font shows for a code, F0xx or xx; None where it is not known."""
    known = _FONTS.get(font.lower())
    if known is None:
        # An ordinary font: the code is the letter's own, unless it lies in the private area.
        return None if symbolic(font) or 0xE000 <= code < 0xF900 else chr(code)
    return known.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)
