"""Numbers of documents as GB/T 9704 wants them: 国办函〔2020〕109号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

NUMBER = regex(
    r"(?<=[一-鿿])(?P<open>[〔\[（(【〈<［])\s*(?P<year>(?:19|20)?[0-9]{2})(?P<yi>年?)\s*"
    r"(?P<close>[〕\]）)】〉>］])\s*(?P<ordinal>第?)\s*(?P<number>[0-9]+)\s*号(?!线|楼|院|门|馆)"
)
_UNFINISHED = regex(
    "(?<=[一-鿿])〔(?P<year>20[0-9]{2})〕(?P<number>[0-9]{1,4})(?=[）)，。；》]|文件|$)", "〔"
)
_RIGHT = ("〔", "〕")


def numbers(passage: Passage) -> Iterator[Problem]:
    """Numbers of documents with other brackets, a short year, 第, a padded number, or without 号."""
    yield from _unfinished(passage)
    for match in NUMBER.finditer(passage.text):
        if match["open"] in "（(" and match["ordinal"]:
            continue  # 公告（2025）第3号 is how some number their announcements
        flaws = _flaws(match)
        if flaws:
            what = f"文号“{quote(match.group())}”{'、'.join(flaws)}"
            year = match["year"] if len(match["year"]) == len("2025") else f"20{match['year']}"
            mend = f"请写作“〔{year}〕{int(match['number'])}号”"
            right = [Correction.of(passage, *match.span(), f"〔{year}〕{int(match['number'])}号")]
            yield passage.broken(
                rule("document-number"), what, mend, match.start(), match.group(), right=right
            )


def _unfinished(passage: Passage) -> Iterator[Problem]:
    """Numbers without their last character: 国办公开办函〔2021〕30，."""
    for match in _UNFINISHED.finditer(passage.text):
        right = f"{match.group()}号"
        what = f"文号“{quote(match.group())}”后面没有“号”"
        corrections = [Correction.of(passage, *match.span(), right)]
        yield passage.broken(
            rule("document-number"), what, f"请写作“{right}”", match.start(), match.group(), right=corrections
        )


def _flaws(match: re.Match[str]) -> list[str]:
    flaws = []
    if (match["open"], match["close"]) != _RIGHT:
        flaws.append("的年份没有用六角括号")
    if len(match["year"]) < len("2025") or match["yi"]:
        flaws.append("的年份不是单写四位数")
    if match["ordinal"]:
        flaws.append("的序号前多了“第”")
    if match["number"].startswith("0"):
        flaws.append("的序号编了虚位")
    return flaws
