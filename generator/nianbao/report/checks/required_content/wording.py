"""A written section as its words alone: how much is said, and whether anything is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nianbao.report.narrative import Paragraph
from nianbao.report.regex import regex

FEWEST = 10  # characters; below it, a section says nothing that could be meant
LONGEST_HOLLOW = 200  # characters; no titles and placeholders alone are as long
_MARKS = regex(r"[\W_]+")
_BLANKS = regex(r"\s+")
_TITLE = regex(
    r"(?:^|[（(][一二三四五六七八九十]+[）)]|[0-9]{1,2}[.．、]|[一二三四五六七八九十]、)\s*(?:"
    r"(?:目前|当前|工作[中上]?)*(?:[仍还]?存在的?)?(?:主要)?的?(?:问题|不足|困难|差距)"
    r"(?:[和与及、](?:不足|困难|差距|薄弱环节|改进(?:措施|情况)))?"
    r"|(?:下一?步)?的?(?:工作)?(?:改进|整改)?的?(?:措施|举措|情况|计划|打算|方向|思路)"
    r")(?:[。：:]|\s|$)",
    flags=re.MULTILINE,
)
_TO_BE_FILLED = regex(
    r"[xX×＊*＿_…]{2,}|待补充?|待完善|待填写?|(?:请在|此处|在此|这里)请?(?:填写|描述|报告|补充).{0,20}"
)
_NOTHING = frozenset("无略暂没有")
FEWEST_BESIDES = 4  # characters beside such words, to be more than they


def text(paragraphs: Iterable[Paragraph]) -> str:
    """The section's whole text, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def length(paragraphs: Iterable[Paragraph]) -> int:
    """How many characters there are, as a clerk counts them: without white space."""
    return sum(len(_BLANKS.sub("", paragraph.text)) for paragraph in paragraphs)


def words(written: str) -> str:
    """The text without punctuation and white space."""
    return _MARKS.sub("", written)


def is_hollow(written: str) -> bool:
    """Whether a section says less than could be meant; titles of its parts say nothing of their own."""
    return len(written) < LONGEST_HOLLOW and len(_told(written)) < FEWEST


def is_empty(written: str, placeholder: str) -> bool:
    """Whether a section is only there: 无, or words that wait for others."""
    if len(written) >= LONGEST_HOLLOW:
        return False
    return set(_told(written)) <= _NOTHING or is_placeholder(written, placeholder)


def _told(written: str) -> str:
    return words(_TITLE.sub("", written))


def is_placeholder(written: str, placeholder: str) -> bool:
    """Whether the text is the form's placeholder, a part of it, or one of the clerk's own."""
    bare, official = words(written), words(placeholder)
    if bare and bare in official:
        return True
    besides = _TO_BE_FILLED.sub("", written)
    return besides != written and len(words(besides)) < FEWEST_BESIDES
