"""Numbers before headings, paragraphs and items: 一、 （一） 1. （1） 1） ①, none missing, none twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

_CHINESE = "[一二三四五六七八九十]{1,3}"
_POINT = "[.．、](?:(?![0-9])|(?=20[0-9]{2}年))"  # 1.2025年 is an item, 1.5万 is none
STYLES = {  # from the outermost inwards, as GB/T 9704 orders the first four
    "一、": f"(?P<heading>{_CHINESE})、(?!{_CHINESE})",
    "（一）": f"[（(](?P<part>{_CHINESE})[）)]",
    "1.": f"(?P<point>[0-9]{{1,2}}){_POINT}",
    "（1）": "[（(](?P<wide>[0-9]{1,2})[）)]",
    "1）": "(?P<half>[0-9]{1,2})[）)]",
    "①": "(?P<circled>[①-⑳])",
}
GROUPS = ("heading", "part", "point", "wide", "half", "circled")
_ANY = "|".join(STYLES.values())
_OPENING = regex(rf"\s*(?:{_ANY})")
_WITHIN = regex(rf"(?:^\s*|(?<=[：:；;。]))(?:{_ANY})(?![项款、至到和或])")
_HINT = regex("[：:；;。](?:[（(]?[0-9一二三四五六七八九十]{1,2}[）)、.．]|[①-⑳])")
_FIRST = frozenset("（(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
MEND = "请补上漏掉的一段，或改正序号"


class Label(NamedTuple):
    """One number: the level of its style (0 is the outermost), its value, and as written."""

    level: int
    number: int
    written: str


def numbering(passages: Sequence[Passage], mandated: Collection[str] = ()) -> Iterator[Problem]:
    """Paragraphs of a section whose numbers leave one out or have one twice.

    `mandated` are lines that are no part of the text, wherever they stand.
    """
    left_out = {passage.section for passage in passages if not passage.complete}
    by_section: dict[str, list[tuple[Passage | None, Label]]] = {}
    for passage in passages:
        match = _OPENING.match(passage.text) if passage.text.lstrip()[:1] in _FIRST else None
        if match and passage.section not in left_out and passage.text.strip() not in mandated:
            labelled = by_section.setdefault(passage.section, [])
            labelled.append((passage, _label(match)))
            labelled += [(None, label) for label in _later(passage, labelled[-1][1].level, match.end())]
    for labelled in by_section.values():
        labels = [label for _, label in labelled]
        first_seen = list(dict.fromkeys(label.level for label in labels))
        broken = _breaks(labels, range(len(STYLES)))
        if broken and first_seen != sorted(first_seen):  # 1. above （一）: the writer's own order
            broken = {at: label for at, label in broken.items() if at in _breaks(labels, first_seen)}
        for at, before in broken.items():
            owner, label = labelled[at]
            if owner is None:  # told by items()
                continue
            where = f"“{before}”之后是“{label.written}”" if before else f"从“{label.written}”开始"
            what = f"分段的序号不连续：{where}（“{quote(owner.text.strip()[:20])}”）"
            end = owner.text.index(label.written) + len(label.written)
            yield owner.broken(rule("numbering"), what, MEND, end - 1, before, label.written)


def items(passage: Passage) -> Iterator[Problem]:
    """Numbered items within a paragraph, from the first on, of which one is left out or there twice."""
    if not passage.complete or not _HINT.search(passage.text):
        return
    last: dict[int, Label] = {}
    for match in _WITHIN.finditer(passage.text):
        label = _label(match)
        before = last.get(label.level)
        if label.number == 1 or before is not None:
            last[label.level] = label
        if label.number != 1 and before is not None and label.number != before.number + 1:
            what = f"分条的序号不连续：“{before.written}”之后是“{label.written}”"
            about = (before.written, label.written)
            yield passage.broken(rule("numbering"), what, MEND, match.end() - 1, *about)


def _later(passage: Passage, level: int, start: int) -> list[Label]:
    """The items within a numbered paragraph in its own style: the next one goes on from them."""
    if not _HINT.search(passage.text, start):
        return []
    labels = map(_label, _WITHIN.finditer(passage.text, start))
    return [label for label in labels if label.level == level]


def _breaks(labels: Sequence[Label], order: Sequence[int]) -> dict[int, str]:
    """Which numbers do not go on, by index; with the number before as written, "" if there is none."""
    rank = {level: place for place, level in enumerate(order)}
    last: dict[int, Label] = {}
    broken = {}
    for at, label in enumerate(labels):
        for deeper in [level for level in last if rank[level] > rank[label.level]]:
            del last[deeper]
        before = last.get(label.level)
        last[label.level] = label
        heading = label.level == 0 and not before  # 六、 alone is the heading of another section
        if label.number not in (1, before.number + 1 if before else 0) and not heading:
            broken[at] = before.written if before else ""
    return broken


def _label(match: re.Match[str]) -> Label:
    group = match.lastgroup or ""
    value = match[group]
    if group == "circled":
        number = ord(value) - ord("①") + 1
    else:
        number = int(value) if value.isdecimal() else chinese(value) or 0
    return Label(GROUPS.index(group), number, match.group().strip())
