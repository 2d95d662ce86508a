"""Percentages of a whole, computed again: 予以公开 42 件，占 51.85%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.subject import readings
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Count, Percentage, Sentence
from nianbao.report.report import Report

OF = re.compile("占(?!用|地|领|据|有)[^0-9，。；]{0,10}$")
WHOLES = ("收到申请", "办结申请")  # subjects of which a sentence may give a part without the whole
FEWEST = 2  # counts before a percentage; with fewer there is no whole to compute with


def shares(sentence: Sentence, before: Sentence | None, report: Report) -> Iterator[Problem]:
    """Percentages that no two numbers near them give.

    `before` is the sentence before it in the same paragraph: the whole may stand there.
    """
    earlier = [count for count in (before.counts if before else ()) if not count.rough]
    for percentage in sentence.percentages:
        if not OF.search(sentence.text[: percentage.start]):
            continue
        own = [count for count in sentence.counts if count.end <= percentage.start]
        if any(count.rough for count in own):
            continue
        part = _part(sentence.text, own, percentage)
        values = [Decimal(count.value) for count in (*earlier, *own)]
        bases = {value for value in values if value} | {Decimal(value) for value in _totals(report) if value}
        if part is None:
            possible = [*values, *(value + other for value, other in combinations(values, 2))]
        else:
            possible = [Decimal(part.value)]
        if len(values) < FEWEST or not any(base >= number for base in values for number in possible):
            continue
        if any(_gives(number, base, percentage) for number in possible for base in bases if base >= number):
            continue
        yield _wrong(sentence, percentage, possible, values)


def _part(text: str, counts: Sequence[Count], percentage: Percentage) -> Count | None:
    """The count right before the percentage: 42件，占51.85%."""
    if counts and re.fullmatch("[，,（(]?约?占.{0,10}", text[counts[-1].end : percentage.start]):
        return counts[-1]
    return None


def _totals(report: Report) -> Iterator[int | Decimal]:
    for name in WHOLES:
        for reading in readings(report.mandate.edition.key, name, frozenset()):
            if (value := reading.value(report)) is not None:
                yield value


def _gives(part: Decimal, base: Decimal, percentage: Percentage) -> bool:
    """Whether part of base, rounded or cut to as many places, is the percentage."""
    unit = Decimal(1).scaleb(-percentage.places)
    return abs(part * 100 / base - percentage.value) < unit


def _wrong(
    sentence: Sentence, percentage: Percentage, possible: Sequence[Decimal], values: Sequence[Decimal]
) -> Problem:
    base = max(values)
    part = min(
        (number for number in possible if number <= base),
        key=lambda number: abs(number * 100 / base - percentage.value),
    )
    right = (part * 100 / base).quantize(Decimal(1).scaleb(-max(percentage.places, 1)))
    stated = sentence.text[percentage.start : percentage.end]
    start = max(0, percentage.start - 24)
    what = (
        f"文中“{quote(sentence.text[start : percentage.end])}”：{plain(tidy(part))} 占 "
        f"{plain(tidy(base))} 的 {plain(right)}%，不是 {stated}"
    )
    about = (sentence.text, stated, str(percentage.start))
    return rule("prose-share").broken(what, "请重新计算百分比", (sentence.place,), about)
