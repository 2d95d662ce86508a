"""Sentences and paragraphs that stand twice: what was pasted once too often."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

SHORTEST = 24  # characters of a sentence that stands twice in a section; formulas are shorter
SHORTEST_BESIDE = 6  # where one follows the other
SHORTEST_CLAUSE = 5
_END = regex("[。！？；]")
_CLAUSE = regex("[，：、。！？；]")
_NUMBERING = regex(
    r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．](?![0-9])|[一二三四五六七八九十]是)\s*"
)
_BESIDE = (
    "(?P<first>(?P<number>(?:[一二三四五六七八九十]是)?){0}(?P<mark>[，：、。！？；]))"
    r"\s*(?P=number){0}(?P<last>[，：、。！？；])"
)
_NUMBERED = frozenset("（(0123456789一二三四五六七八九十")
_DIGIT = regex("[0-9]")
_CHINESE = regex("[一-鿿]{4}")


def copies(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Every sentence that its section has already; of a paragraph that is there twice, only that."""
    section, known, before = "", set[str](), ""
    for passage in passages:
        if passage.section != section:
            section, known, before = passage.section, set(), ""
        twice = ""
        for sentence in map(_bare, _END.split(passage.text)):
            beside = sentence == before and len(sentence) >= SHORTEST_BESIDE
            if beside or (len(sentence) >= SHORTEST and sentence in known):
                twice = sentence
                break
            known.add(sentence)
            before = sentence
        if twice := twice or _clause_twice(passage.text):
            yield _twice(passage, twice)


def _clause_twice(text: str) -> str:
    """A clause that is the one before it, word for word, or the end of that."""
    for before, clause in pairwise(_CLAUSE.split(text)):
        if not before.endswith(clause) or len(clause) < SHORTEST_CLAUSE or not _CHINESE.search(clause):
            continue
        if clause == before or not _DIGIT.search(clause):  # 企业及其他组织3件，其他组织3件
            return clause
    return ""


def _bare(sentence: str) -> str:
    sentence = sentence.strip()
    return _NUMBERING.sub("", sentence, count=1) if sentence[:1] in _NUMBERED else sentence


def _twice(passage: Passage, words: str) -> Problem:
    what = f"同一句话写了两遍：“{quote(words[:40])}”"
    at = max(0, passage.text.rfind(words))  # a number that was taken out may have stood within
    beside = re.search(_BESIDE.format(re.escape(words)), passage.text)
    right = []
    if beside:
        first = beside["mark"] != beside["last"]  # 甲，甲。
        start, end = beside.span("first") if first else (beside.end("first"), beside.end())
        right = [Correction.of(passage, start, end, "")]
    return passage.broken(rule("repeated-sentence"), what, "请删去一遍", at, words, right=right)
