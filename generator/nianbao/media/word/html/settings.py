"""What a document says of its layout as a whole, and how Word before 2013 laid it out."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.media.word.html.wordml import Element, attribute, child, children, number, points, switch, value

_UNMARKED = 12  # the compatibility mode of a document that names none
_FLUSH = 15  # the one from which a table's border stands at the margin

_LEFT_OUT = {
    "w:gutterAtTop": "装订线在上边，改为在左边",
    "w:bookFoldPrinting": "书籍折页没有带入，按单页排",
    "w:printTwoOnOne": "一张纸上拼两页没有带入，按单页排",
}


class Settings(NamedTuple):
    """What a `w:settings` says."""

    even: bool  # left pages have headers of their own
    tab_distance: float  # in points, between the stops where a paragraph names none
    tables_flush: bool  # a table's border, not its text, stands at the margin
    grid_in_tables: bool  # lines keep to the document grid in tables too
    spaces_add: bool  # the spaces below and above are added up, and automatic ones are small
    mirrored: bool  # left and right margins change places on left pages
    left_out: tuple[str, ...]  # what is lost of it


def read_settings(settings: Element | None) -> Settings:
    """Read a settings part; without one, what Word takes for granted."""
    compatible = child(settings, "w:compat")
    return Settings(
        even=bool(switch(settings, "w:evenAndOddHeaders")),
        tab_distance=points(value(settings, "w:defaultTabStop")) or 36.0,
        tables_flush=_compatibility_mode(compatible) >= _FLUSH,
        grid_in_tables=bool(switch(compatible, "w:adjustLineHeightInTable")),
        spaces_add=bool(switch(compatible, "w:doNotUseHTMLParagraphAutoSpacing")),
        mirrored=bool(switch(settings, "w:mirrorMargins")),
        left_out=tuple(what for short, what in _LEFT_OUT.items() if switch(settings, short)),
    )


def _compatibility_mode(compatible: Element | None) -> int:
    for setting in children(compatible, "w:compatSetting"):
        if attribute(setting, "w:name") == "compatibilityMode":
            return number(attribute(setting, "w:val")) or 0
    return _UNMARKED
