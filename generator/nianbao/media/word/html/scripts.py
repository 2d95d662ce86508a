"""Which characters are Chinese type, which may hang, where a line may break although Unicode forbids it."""

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
