"""Markup that a word processor or a web editor has left in a text, where people read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

MARKUP = regex(
    r"<!(?:--|\[)[^<>]{0,80}>"
    r"|</?(?:a|b|br|div|font|h[1-6]|i|img|li|o:p|p|span|st1:\w+|strong|table|tbody|td|tr|u|ul)(?:\s[^<>]{0,200})?/?>"
    r"|&(?:amp|emsp|ensp|gt|ldquo|lt|mdash|middot|nbsp|quot|rdquo|#x?[0-9a-f]{2,6});",
    flags=re.IGNORECASE,
)


def residues(passage: Passage) -> Iterator[Problem]:
    """What of a paragraph is markup: one finding for it, which names the first."""
    pieces = MARKUP.findall(passage.text)
    if pieces:
        more = f" 等 {len(pieces)} 处" if len(pieces) > 1 else ""
        what = f"混有网页或文字处理软件的代码“{quote(pieces[0])}”{more}"
        about = tuple(dict.fromkeys(pieces))
        right = (
            Correction.of(passage, *match.span(), _meant(match.group()))
            for match in MARKUP.finditer(passage.text)
        )
        yield rule("markup").broken(what, "请删去，再核对前后的文字", (passage.place,), about, right)


def _meant(piece: str) -> str:
    """What a piece of markup stands for: a sign, or nothing."""
    return unescape(piece).strip() if piece.startswith("&") else ""
