"""Radicals in place of characters: they print alike, and no search finds them."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem
from nianbao.report.prose.radicals import UNIFIED
from nianbao.report.regex import regex

SHOWN = 5
RADICALS = regex("[\u2e80-\u2fdf]")


def radicals(passage: Passage) -> Iterator[Problem]:
    """The radicals in a paragraph, in one finding."""
    signs = dict.fromkeys(sign for sign in RADICALS.findall(passage.text) if ord(sign) in UNIFIED)
    if signs:
        pairs = [f"“{UNIFIED[ord(sign)]}”（U+{ord(sign):04X}）" for sign in signs]
        more = f"等 {len(signs)} 个字" if len(signs) > SHOWN else ""
        what = f"{'、'.join(pairs[:SHOWN])}{more}是形状相同的部首字符，不是汉字，查找不到，也可能印不出"
        mend = "多由 PDF 复制而来，请重新输入这几个字"
        right = (
            Correction.of(passage, *match.span(), UNIFIED[ord(match.group())])
            for match in RADICALS.finditer(passage.text)
            if match.group() in signs
        )
        yield rule("radical").broken(what, mend, (passage.place,), tuple(signs), right)
