"""Brackets, quotation marks and titles: each opened one is closed, by its own kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.documents import NUMBER
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote

PAIRS = {"（": "）", "(": ")", "[": "]", "［": "］", "【": "】", "〔": "〕"}
PAIRS |= {"《": "》", "〈": "〉", "“": "”", "‘": "’", "「": "」", "『": "』"}
OPENERS = {closer: opener for opener, closer in PAIRS.items()}
WIDTHS = ({"（", "("}, {"［", "["})  # the same bracket, wide and narrow
_MARK = re.compile("[（）()［］【】〔〕《》〈〉“”‘’「」『』\\[\\]]")
_PAIRED = re.compile("|".join(re.escape(opener + closer) for opener, closer in PAIRS.items()))
_NO_BRACKET = re.compile(
    r"(?:^|(?<=[。；：，、;,\s]))[0-9一二三四五六七八九十a-zA-Z]{1,2}[)）]"  # 1）
    r"|(?<=[a-zA-Z])’"
)
_CLOSER = re.compile("[)）’]")
_INNER = re.compile("《[^《》]*(?:[<＜](?P<angle>[^<>＜＞《》]+)[>＞]|《(?P<title>[^《》]+)》)[^《》]*》")
MEND = "请补上或删去，使括号、引号成对"


def unpaired(passage: Passage) -> Iterator[Problem]:
    """The first bracket of the paragraph without its other half, or closed by another kind."""
    text = passage.text
    if not (marks := "".join(_MARK.findall(text))) or _are_paired(marks):
        return
    if _CLOSER.search(text):
        text = _NO_BRACKET.sub(_blank, text)
    if "号" in text:
        text = NUMBER.sub(_blank, text)
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark in PAIRS:
            opened.append((mark, at))
            continue
        if opened and opened[-1][0] == OPENERS[mark]:
            opened.pop()
        elif opened and {opened[-1][0], OPENERS[mark]} in WIDTHS:
            first, start = opened.pop()
            what = f"“{first}”与“{mark}”配成一对：“{quote(text[start : at + 1])}”"
            mend = f"请改为“{first}”与“{PAIRS[first]}”"
            yield passage.broken(rule("bracket"), what, mend, at, first, mark)
        else:
            culprit = opened[-1] if any(opener == OPENERS[mark] for opener, _ in opened) else (mark, at)
            yield _alone(passage, *culprit)
            return
    if opened:
        yield _alone(passage, *opened[-1])


def _are_paired(marks: str) -> bool:
    """Whether each mark has its other half, of its own kind, at its place."""
    length = 0
    while length != len(marks):
        length, marks = len(marks), _PAIRED.sub("", marks)
    return not marks


def nested_titles(passage: Passage) -> Iterator[Problem]:
    """A title within a title that does not stand in 〈〉."""
    if "《" not in passage.text:
        return
    for match in _INNER.finditer(passage.text):
        inner = match["angle"] or match["title"]
        what = f"书名号里层的“{quote(inner)}”没有用〈〉"
        mend = f"请写作“〈{quote(inner)}〉”"
        yield passage.broken(rule("title-in-title"), what, mend, match.start(), inner)


def _alone(passage: Passage, mark: str, at: int) -> Problem:
    other = PAIRS.get(mark) or OPENERS[mark]
    what = f"“{mark}”没有与它成对的“{other}”：“…{quote(passage.excerpt(at, at + 1))}…”"
    return passage.broken(rule("bracket"), what, MEND, at, mark)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
