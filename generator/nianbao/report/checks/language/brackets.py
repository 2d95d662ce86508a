"""Brackets, quotation marks and titles: each opened one is closed, by its own kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.documents import NUMBER
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

PAIRS = {"（": "）", "(": ")", "[": "]", "［": "］", "【": "】", "〔": "〕"}
PAIRS |= {"《": "》", "〈": "〉", "“": "”", "‘": "’", "「": "」", "『": "』"}
OPENERS = {closer: opener for opener, closer in PAIRS.items()}
WIDE = "）］"
WIDTHS = ({"（", "("}, {"［", "["})  # the same bracket, wide and narrow
_MARK = regex("[（）()［］【】〔〕《》〈〉“”‘’「」『』\\[\\]]")
_PAIRED = regex("|".join(re.escape(opener + closer) for opener, closer in PAIRS.items()))
_NO_BRACKET = regex(
    r"(?:^|(?<=[。；：，、;,\s]))[0-9一二三四五六七八九十a-zA-Z]{1,2}[)）]"  # 1）
    r"|(?<=[a-zA-Z])’"
)
_CLOSER = regex("[)）’]")
_INNER = regex("《[^《》]*(?:[<＜](?P<angle>[^<>＜＞《》]+)[>＞]|《(?P<title>[^《》]+)》)[^《》]*》")
_ISSUED = r"[一-鿿]{2,20}〔[0-9]{4}〕[0-9]+号|国(?:务院)?令第[0-9]+号|国务院令第?[0-9]+号(?:修[订正]|公布)?"
_ENCLOSED = {  # what stands whole between two marks
    "（": regex(
        rf"(?:{_ISSUED})(?:[，,]以下(?:统一)?简称[“《〈][^“”《》〈〉]{{1,12}}[”》〉])?(?=[，。；的编第])(?![，,]以下)"
        "|(?<=^（)[一二三四五六七八九十]{1,2}(?=[一-鿿]{3})"
    ),
    "《": regex("(?:中华人民共和国)?政府信息公开条例(?=[，。；（等和规的要])"),
}
_SHORT_NAME = regex("(?<=》)以下简称[“《〈][^“”《》〈〉]{2,12}[”》〉]$")
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
            right = [_of_one_width(passage, start, at)]
            yield passage.broken(rule("bracket"), what, mend, at, first, mark, right=right)
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
        group = match.lastgroup or ""
        right = [Correction.of(passage, match.start(group) - 1, match.end(group) + 1, f"〈{inner}〉")]
        yield passage.broken(rule("title-in-title"), what, mend, match.start(), inner, right=right)


def _alone(passage: Passage, mark: str, at: int) -> Problem:
    other = PAIRS.get(mark) or OPENERS[mark]
    what = f"“{mark}”没有与它成对的“{other}”：“…{quote(passage.excerpt(at, at + 1))}…”"
    return passage.broken(rule("bracket"), what, MEND, at, mark, right=_other_half(passage, mark, at))


def _of_one_width(passage: Passage, start: int, at: int) -> Correction:
    """A pair of brackets as wide as the wide one of them."""
    first, mark = passage.text[start], passage.text[at]
    if mark in WIDE:
        return Correction.of(passage, start, start + 1, OPENERS[mark])
    return Correction.of(passage, at, at + 1, PAIRS[first])


def _other_half(passage: Passage, mark: str, at: int) -> list[Correction]:
    """The wanting half, where it has only one place: around a document's title or number, or a short name."""
    text = passage.text
    if mark in PAIRS and (whole := _ENCLOSED[mark].match(text, at + 1) if mark in _ENCLOSED else None):
        return [Correction.of(passage, whole.end() - 1, whole.end(), f"{text[whole.end() - 1]}{PAIRS[mark]}")]
    if mark in "）)" and (short := _SHORT_NAME.search(text, 0, at)):
        first = short.start()
        return [Correction.of(passage, first, first + 1, f"{OPENERS[mark]}{text[first]}")]
    return []


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
