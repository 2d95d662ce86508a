"""Changes against last year, computed again where last year's report is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.number import meanings
from nianbao.report.figure import plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence

CHANGE = re.compile(
    "(同比|[较比](上一?年|去年|20[0-9]{2}年)(同期)?)(?P<way>增长|增加|上升|提高|增|下降|减少|降低|减)了?约?"
    r"(?P<number>[0-9]+(?:\.(?P<places>[0-9]+))?)\s*(?P<unit>%(?!的)|件|份|宗|起|条)"
)
DOWN = "下降减少降低"


def changes(sentence: Sentence, claims: Sequence[Claim], inspection: Inspection) -> Iterator[Problem]:
    """同比 figures that last year's report contradicts in every reading that fits this year's."""
    last, report = inspection.last, inspection.report
    if last is None or last.year != report.year - 1:
        return
    for match in CHANGE.finditer(sentence.text):
        before = [claim for claim in claims if claim.count.end <= match.start() and claim.subject is not None]
        if not before or not re.fullmatch("[，,（(]?", sentence.text[before[-1].count.end : match.start()]):
            continue
        claim = before[-1]
        fitting = [
            reading
            for reading in meanings(claim, report)
            if reading.value(report) == claim.count.value and all(key in last.figures for key in reading.keys)
        ]
        olds = list(dict.fromkeys(old for reading in fitting if (old := reading.value(last)) is not None))
        if olds and not any(_agrees(Decimal(claim.count.value), Decimal(old), match) for old in olds):
            yield _wrong(sentence, claim, match, olds[0])


def _agrees(now: Decimal, old: Decimal, match: re.Match[str]) -> bool:
    stated = Decimal(match["number"]) * (-1 if match["way"] in DOWN else 1)
    if match["unit"] != "%":
        return now - old == stated
    if not old:
        return False
    unit = Decimal(1).scaleb(-len(match["places"] or ""))
    return abs((now - old) * 100 / old - stated) < unit


def _wrong(sentence: Sentence, claim: Claim, match: re.Match[str], old: int | Decimal) -> Problem:
    now = Decimal(claim.count.value)
    apart = now - Decimal(old)
    way = "减少" if apart < 0 else "增加"
    rate = ""
    if old:
        places = max(len(match["places"] or ""), 1)
        percent = (abs(apart) * 100 / Decimal(old)).quantize(Decimal(1).scaleb(-places))
        rate = f"（{plain(percent)}%）"
    what = (
        f"文中写“{quote(sentence.text[claim.count.start : match.end()])}”；上年报告是 {plain(old)}，"
        f"实际{way} {plain(int(abs(apart)))}{rate}"
    )
    about = (sentence.text, match.group(), plain(old))
    return rule("prose-growth").broken(what, "请按上年报告重新计算", (sentence.place,), about)
