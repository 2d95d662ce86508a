"""成文日期 as written, and as a date."""

from __future__ import annotations

import unicodedata
from datetime import date

from nianbao.report.invisible import SIGN
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

_ARABIC = regex(
    r"(\d{4})\s*[年./-]\s*(\d{1,2}|元)\s*[月./-]\s*(\d{1,2})\s*[日号]?[.。]?(?:[ T]00:00(?::00)?)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
_CHINESE = regex(
    r"([〇○ΟОO零0一二三四五六七八九]{4})年(元|[一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号][.。]?"
)
_DIGITS = dict.fromkeys("〇○ΟОO零0", 0) | {char: value for value, char in enumerate("一二三四五六七八九", 1)}
_FIRST = {"元": "1"}  # 元月 is January


def read_date(text: str) -> date | None:
    """The date that the whole text is, None where it is none."""
    bare = unicodedata.normalize("NFKC", SIGN.sub("", text)).strip()
    if match := _ARABIC.fullmatch(bare):
        year, month, day = (int(_FIRST.get(part, part)) for part in match.groups() if part)
    elif match := _CHINESE.fullmatch("".join(bare.split())):
        year = int("".join(str(_DIGITS[char]) for char in match[1]))
        month, day = (1 if written in _FIRST else chinese(written) or 0 for written in match.groups()[1:])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write_date(day: date) -> str:
    """The date as GB/T 9704 wants it: Arabic, full year, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
