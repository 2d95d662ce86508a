"""Web addresses that no browser would open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.regex import regex

_WRONG = regex(
    r"(?:https?(?://|:/(?!/)|:///|[：；;]/*(?=[/w])|:\\)|ht+ps?://(?<!http://)(?<!https://)"
    r"|w{4,}\.|(?<![a-z0-9])ww\.|www[,，。．:：]|www\s*\.\s*\.|[a-z0-9]\.\.[a-z]"
    r"|\.(?:gov|com|org|net|edu)[,，。．](?=cn|com)|\.govcn)",
    flags=re.IGNORECASE,
)
_ADDRESS = regex(r"[A-Za-z0-9.,，。．:：；;/\\_?=&%-]+")
HINT = regex("[wWhH.](?:(?<=[wW])[wW]|(?<=[hH])[tT]|(?<=[.])(?:[.]|[gG][oO][vV]))")


def addresses(passage: Passage) -> Iterator[Problem]:
    """Every web address with a slip in it."""
    if not HINT.search(passage.text):
        return
    done = 0
    for match in _WRONG.finditer(passage.text):
        if match.start() < done:
            continue
        whole = _ADDRESS.match(passage.text, match.start())
        done = whole.end() if whole else match.end()
        written = passage.text[match.start() : done].rstrip("。，；：.")
        what = f"网址“{quote(written)}”写得不对（“{match.group()}”）"
        mend = "请核对冒号、斜线和点，在浏览器中试着打开"
        yield passage.broken(rule("web-address"), what, mend, match.start(), written)
