"""The numbers of an ordered list, which a browser counts itself and no text of the page has."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css import Style

_CHINESE = re.compile(r"cjk-ideographic|simp-chinese-(?:in)?formal|trad-chinese-informal|cjk-decimal")
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 99  # from which on nobody counts otherwise than by digits
_WHOLE = re.compile(r"\s*([+-]?\d{1,6})")


def numbered(item: HtmlElement, style: Style, items: Counter[HtmlElement], *, unknown: bool) -> str:
    """The number in front of an item of an <ol>, "" where it has none; `items` counts them by list.

    Where style sheets are `unknown`, only a list that says itself how it counts has numbers: most sites
    take them from all lists first.
    """
    holder = item.getparent()
    if holder is None or holder.tag != "ol" or style.display != "list-item":
        return ""
    if holder not in items:
        items[holder] = _start(holder) - 1
    value = _WHOLE.match(item.get("value", ""))
    items[holder] = int(value[1]) if value else items[holder] + 1
    says = "type" in holder.attrib or "list-style" in f"{holder.get('style')}{item.get('style')}".lower()
    return _written(items[holder], style.numbers) if says or not unknown else ""


def _start(holder: HtmlElement) -> int:
    start = _WHOLE.match(holder.get("start", ""))
    return int(start[1]) if start else 1


def _written(number: int, kind: str) -> str:
    if _CHINESE.search(kind) and 0 < number <= _MOST:
        tens, ones = divmod(number, 10)
        return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}、"
    if "none" in kind or not re.search("decimal|alpha|latin|roman|cjk|chinese", kind):
        return ""
    text = str(number)
    if "decimal-leading-zero" in kind:
        text = text.zfill(2)
    elif ("alpha" in kind or "latin" in kind) and 0 < number <= 26:
        text = chr(ord("a") + number - 1)
    elif "roman" in kind and 0 < number < 90:
        text = _roman(number)
    return f"{text.upper() if 'upper' in kind else text}."


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
