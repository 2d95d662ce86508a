"""Paragraphs in which nothing is said: a lone mark, or a number with nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.report.catalogue import rule
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

LONGEST = 8
_WORDLESS = regex(r"[\W_]+")
_NUMBERING = regex(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、是.．)）]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、)）]|[①-⑳])[\W_]*"
)


def marks(paragraphs: Sequence[Paragraph]) -> Iterator[Problem]:
    """Paragraphs of marks alone, or of an empty number."""
    for paragraph in paragraphs:
        text = paragraph.text
        if len(text) <= LONGEST and (_WORDLESS.fullmatch(text) or _NUMBERING.fullmatch(text)):
            what = f"这一段只有“{quote(text)}”，没有文字"
            right = [Correction.of(paragraph, 0, len(text), "")] if _WORDLESS.fullmatch(text) else []
            yield rule("lone-mark").broken(
                what, "请删去这一段，或补上文字", (paragraph.place,), (text,), right
            )
