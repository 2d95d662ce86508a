"""Words written twice: 精神精神, 的的; what is meant to be said twice stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote

_WORD = re.compile(r"(?P<word>[一-鿿]{2,8}?)(?P=word)(?P<next>[一-鿿]{0,2})")
_YEAR = re.compile(r"(?P<word>(?<![0-9])20[0-9]{2}年度?)(?P=word)(?P<next>)")
_PARTICLE = re.compile(
    r"(?=(?P<one>[的和与并了将被已也省市县区州旗镇乡])(?P=one))(?P<word>(?<![目标有打中])的(?=的(?![确士]))|(?<!共)和(?=和[^气睦平谐])|(?<![参给])与(?=与)|"
    r"(?<![合归])并(?=并)|(?<![罢终为得不])了(?=了[^解望然结断如])|将(?=将)|被(?=被)|已(?=已)|也(?=也)|"
    r"(?<=我)(?P<level>[省市县区州旗镇乡])(?=(?P=level)(?:人民)?政府))(?P<again>.)(?P<next>)"
)
_NUMERALS = frozenset("〇一二三四五六七八九十百千万亿零两")
_SAID_TWICE = frozenset({"很多", "许多", "非常", "研究", "讨论", "商量", "点滴"})
_ONE_BY_ONE = frozenset("一逐每几")  # 一项一项
_ENDINGS = frozenset("化性者员们")  # 标准化规范化规范管理: the word begins after it
# 发布发布会, 工作工作人员: the second one begins another word
_BEGINS = re.compile(
    "[员会局处部科组室站台日者性化量源费厅栏课片月周网群类证器库箱港件]|强国|人员|机[构关]|小组|专[班区栏员]|对象|事项|中心|单位|平台"
)
_MOST_CHARACTERS = 2  # 标准标准… of two characters only can begin another word


def doubled(passage: Passage) -> Iterator[Problem]:
    """Every word that stands twice in a row."""
    for pattern in (_WORD, _YEAR, _PARTICLE):
        for match in pattern.finditer(passage.text):
            word = match["word"]
            if pattern is _WORD and _meant(word, match["next"]):
                continue
            end = match.end("word") + len(word)
            twice = passage.excerpt(match.start(), end)
            what = f"“{word}”连写了两遍：“…{quote(twice)}…”"
            yield passage.broken(rule("doubled-word"), what, f"请删去一个“{word}”", match.start(), word)


def _meant(word: str, following: str) -> bool:
    """Whether it may well be meant: 一项一项, 很多很多, 发布发布会."""
    if word in _SAID_TWICE or _ONE_BY_ONE & set(word[:2]) or word[0] in _ENDINGS:
        return True
    if len(set(word)) == 1 or set(word) <= _NUMERALS:
        return True
    return len(word) <= _MOST_CHARACTERS and bool(_BEGINS.match(following))
