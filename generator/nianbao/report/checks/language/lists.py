"""Lists in sentences (一是…二是…, 第一…第二…): nothing missing, nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.list_counts import miscounted
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

_NUMBER = "(?P<number>十[一二三四五六七八九]?|[一二三四五六七八九])"
STYLES = {  # how the items of one list begin
    "是": regex(rf"(?<![另第之十统唯惟万任同逐进每专单划归初合周期比]){_NUMBER}是(?!否|(?P=number))"),
    "要": regex(rf"(?:^|(?<=[。；：，、;:,\s“])){_NUMBER}要(?![素件点闻塞职])"),
    "其": regex(rf"(?:^|(?<=[。；：，;:,\s]))其{_NUMBER}[，,、：:]"),
    "第": regex(
        rf"(?:^|(?<=[。；：，;:,\s]))第{_NUMBER}(?:[，,：:](?!第?[一二三四五六七八九十]+[、和])|、(?![一二三四五六七八九十第]))"
    ),
}
_HINTS = {style: regex(f"[一二三四五六七八九十]{style}") for style in "是要"} | {
    style: regex(style) for style in "其第"
}
_OTHERWISE = regex("另一是|另一方面|其次|再次|再就是|另外")  # a list that goes on in other words
_STOP = regex("[。！？]")
_OPENING = regex("[、；;]\\s*一是(?!一)")
_HALF_OPEN = regex("[、；，;,]\\s*$")
_FIRST = regex("\\s*一是(?!一)")
LEVEL_OF_PARTS = 2  # （一）


class Item(NamedTuple):
    """One item of a list in sentences: its number, and where it begins."""

    number: int
    written: str
    passage: Passage
    start: int
    end: int


def lists(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Lists whose numbers leave one out, have one twice, or end with the first."""
    for style, pattern in STYLES.items():
        for items in _gather(passages, pattern, _HINTS[style]):
            numbers = [item.number for item in items]
            if numbers == [1]:
                rest = items[0].passage.text
                broken = style == "是" and not _OTHERWISE.search(rest, items[0].end)
            else:
                broken = numbers != list(range(1, len(numbers) + 1))
            if broken:
                yield _problem(items)
            elif len(items) > 1:
                yield from miscounted(_head(items[0], passages), len(items), items[0].passage, items[0].start)


def _head(first: Item, passages: Sequence[Passage]) -> str:
    """What stands before a list: in its paragraph, or the whole paragraph before."""
    if first.passage.text[: first.start].strip():
        return first.passage.text[: first.start]
    at = next(index for index, passage in enumerate(passages) if passage is first.passage)
    before = passages[at - 1] if at else first.passage
    return before.text if at and before.section == first.passage.section else ""


def _gather(passages: Sequence[Passage], pattern: re.Pattern[str], hint: re.Pattern[str]) -> list[list[Item]]:
    """Every list of one style; one that may go on where something was left out is not among them."""
    gathered: list[list[Item]] = []
    opened: list[list[Item]] = []  # the list that is being told, after those that it stands within
    section, unsure = "", False
    for passage in passages:
        if passage.section != section or passage.level == LEVEL_OF_PARTS:
            section, opened, unsure = passage.section, [], False
        if not passage.complete:
            gathered = [items for items in gathered if all(items is not other for other in opened)]
            opened, unsure = [], True
            continue
        if not hint.search(passage.text):
            continue
        for match in pattern.finditer(passage.text):
            item = Item(chinese(match["number"]) or 0, match.group(), passage, match.start(), match.end())
            unsure = unsure and item.number != 1
            if not unsure:
                _put(item, opened, gathered)
    return gathered


def _put(item: Item, opened: list[list[Item]], gathered: list[list[Item]]) -> None:
    """Put an item in the list that it goes on with; 一 begins a new one."""
    if item.number == 1 and opened and not _same_sentence(opened[-1][-1], item):
        opened.clear()
    if item.number == 1 or not opened:
        opened.append([item])
        gathered.append(opened[-1])
        return
    for index in range(len(opened) - 1, -1, -1):
        if opened[index][-1].number == item.number - 1:
            del opened[index + 1 :]
            break
    opened[-1].append(item)


def _same_sentence(first: Item, second: Item) -> bool:
    """Whether a list within an item of a list is possible: no sentence ends between them."""
    return first.passage is second.passage and not _STOP.search(first.passage.text, first.end, second.start)


def _problem(items: Sequence[Item]) -> Problem:
    labels = [re.sub("[，,、：:]$", "", item.written) for item in items]
    shown = "……".join(labels)
    numbers = [item.number for item in items]
    if len(items) == 1 and numbers == [1]:
        excerpt = items[0].passage.excerpt(items[0].start, items[0].end)
        what = f"只有“{shown}”，没有下一条：“…{quote(excerpt)}…”"
        mend = "请补上其余各条，或删去序号"
    else:
        flaws = [f"缺第 {missing} 条" for missing in range(1, max(numbers)) if missing not in numbers]
        flaws += [f"“{word}”有 {count} 处" for word, count in Counter(labels).items() if count > 1]
        what = f"分条的序号不连续：“{shown}”（{'，'.join(flaws) or '次序颠倒'}）"
        mend = "请改正序号，或补上漏掉的一条"
    places = tuple(dict.fromkeys(item.passage.place for item in items))
    sentences = dict.fromkeys(item.passage.sentence(item.start) for item in items)
    return rule("list-order").broken(what, mend, places, (*labels, *sentences))


def openings(passages: Sequence[Passage]) -> Iterator[Problem]:
    """A mark before 一是 that does not open a list."""
    for passage in passages:
        for match in _OPENING.finditer(passage.text):
            excerpt = passage.excerpt(match.start(), match.end())
            yield _opening(passage, match.start(), match.group()[0], excerpt)
    for before, passage in pairwise(passages):
        if before.section == passage.section and before.complete and _FIRST.match(passage.text):
            ending = _HALF_OPEN.search(before.text)
            if ending:
                excerpt = before.text[max(0, ending.start() - 12) :].strip()
                yield _opening(before, ending.start(), ending.group()[0], excerpt)


def _opening(passage: Passage, at: int, mark: str, excerpt: str) -> Problem:
    what = f"“一是”之前的标点是“{mark}”：“…{quote(excerpt)}”"
    return passage.broken(rule("mark-before-list"), what, "请改为冒号或句号", at, mark)
