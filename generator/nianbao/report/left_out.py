"""What stands in a file and is no part of the report, and what in it cannot be read for certain.

Readers of every kind of file decide it by the same reasons and tell it in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from nianbao.report.catalogue import rule
from nianbao.report.groups import grouped
from nianbao.report.problem import Place, Problem, quote

BACKWARDS = "数字是反着排的"  # the doubt of a figure whose digits are printed in the other order
MOST_QUOTES = 5  # of what was left out, in one message


class Reason(StrEnum):
    """Why a text is no part of the report, in the words of the message."""

    STRUCK = "删除线划去的文字"
    HIDDEN = "隐藏的文字"
    UNSEEN = "与底色同色或者透明的文字"
    NOTE_MARK = "上标的注号"
    PHONETIC = "文字上方的拼音"
    ABOVE = "数字上方的小字"
    WATERMARK = "水印的文字"
    TURNED = "侧着印的文字"
    REDACTED = "加了涂黑标记的文字"
    PROMPT = "没有填写的提示文字"


class LeftOut(NamedTuple):
    """A text that is printed or stored in the file and was not read, with where it stands."""

    reason: Reason
    text: str
    place: Place


def tell(left_out: Iterable[LeftOut]) -> list[Problem]:
    """A notice for each reason in each part of the file, with the texts and all places."""
    groups = grouped(left_out, lambda item: (item.reason, item.place.within))
    return [_notice(reason, items) for (reason, _), items in groups.items()]


def _notice(reason: Reason, items: list[LeftOut]) -> Problem:
    texts = list(dict.fromkeys(quote(item.text) for item in items))
    quoted = "".join(f"“{text}”" for text in texts[:MOST_QUOTES]) + ("等" if len(texts) > MOST_QUOTES else "")
    what = f"{reason}没有读入：{quoted}"
    mend = "请核对；要作为报告内容的，请改为普通文字"
    return rule("not-read").broken(what, mend, dict.fromkeys(item.place for item in items))


def unclear(why: str, text: str, place: Place) -> Problem:
    """The error for a cell whose characters can be read in more than one way; `why` says what differs."""
    quoted = f"的“{quote(text)}”" if text.strip() else ""
    what = f"这一格{quoted}读不准：{why}，没有读入"
    return rule("unclear-figure").broken(what, "请对照原件，填写这一格的数", (place,))
