"""统计期限: the whole report year, from its first day to its last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import PREFACE

_DAY = r"(?P<month{0}>[0-9]{{1,2}})\s*月\s*(?P<day{0}>[0-9]{{1,2}})\s*日?"
_RANGE = re.compile(
    r"(?P<year1>20[0-9]{2})\s*年\s*" + _DAY.format(1) + r"\s*(?:起|零时)?\s*(?:至|到|[-－—–~～]+)\s*"
    r"(?:(?P<year2>20[0-9]{2})\s*年\s*)?" + _DAY.format(2)
)
_ABOUT = re.compile("统计|所列数据|数据[^，。]{0,6}(?:时间|期限|区间|范围)|期限|起止")
_ONE_YEAR = re.compile(
    r"(?:统计|数据)[^，。；]{0,8}(?:期限|时限|时间|区间|范围|周期)[^0-9，。；]{0,3}"
    r"(?P<year>20[0-9]{2})\s*年(?!\s*[0-9]+\s*月)"
)


def period(inspection: Inspection) -> Iterator[Problem]:
    """A period of the figures that is of another year, or part of a year only."""
    year = inspection.report.year
    for sentence in inspection.sentences:
        if sentence.section != PREFACE and not _ABOUT.search(sentence.text):
            continue
        for match in _RANGE.finditer(sentence.text):
            yield from _judge(sentence, match, year)
        whole = _ONE_YEAR.search(sentence.text)
        if whole and int(whole["year"]) != year:
            yield _other_year(sentence, whole.group(), year)


def _judge(sentence: Sentence, match: re.Match[str], year: int) -> Iterator[Problem]:
    first, last = int(match["year1"]), int(match["year2"] or match["year1"])
    days = tuple(int(match[name]) for name in ("month1", "day1", "month2", "day2"))
    if (first, last) != (year, year):
        yield _other_year(sentence, match.group(), year)
    elif days != (1, 1, 12, 31):
        what = f"统计期限“{quote(match.group())}”不是整年"
        mend = f"请核对，一般写作 {year}年1月1日至12月31日；机构新设的，写明原因"
        yield rule("period-part").broken(what, mend, (sentence.place,), (match.group(), sentence.text))


def _other_year(sentence: Sentence, written: str, year: int) -> Problem:
    what = f"统计期限“{quote(written)}”不是报告年度 {year} 年"
    mend = f"请改为 {year}年1月1日至12月31日"
    return rule("period-year").broken(what, mend, (sentence.place,), (written, year, sentence.text))
