"""What had been reached by a day: the day must go with the figure, and not lie ahead or a year back."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.years import AHEAD, COMPARES, arabic
from nianbao.report.figure import State
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_BY = regex(
    r"(?P<by>截[至止][到于]?|[到至])?\s*(?P<year>20[0-9]{2})\s*年"
    r"(?:\s*(?P<month>[0-9]{1,2})\s*月(?:\s*(?P<day>[0-9]{1,2})\s*日|[底末])?|(?P<end>[年度]?[底末]))"
)
_PIECES = ("件", "份", "部")
_IN_FORCE = "有效"  # how documents in force are told from all others, right before their number or behind it
_BETWEEN = regex("[，,]?[^，。；,;]{0,24}")
_CLAUSE_END = regex("[，。；,;]")
_CHANGE = regex("[净多]|(?<!减)少|[增减](?!至|(?:加|少)(?:到|至))|增长|下降|变化")
_FROM = regex("[较比与和从由同对]$")
_WITH_LAST = regex(
    "[，,](?:[较比]|与|同|和)(?:上年|去年|上一年)(?!初)[底末]?(?:持平|相同|一致|相比|一样|增|减|多|少|净)"
)
_SO_FAR = regex("累计|粉丝|关注|用户|现有|共有|总数|总量|总计")
_INTENDS = regex("将(?!政|信)|计划|力争|预计|目标|争取|打算|拟|要求|任务|规划")
_DONE = regex("[^，。；]{0,8}(?:已(?!列|纳入|明确|确定|规划|安排)|完成了)")
_GOES_ON = regex("今年|本年|全年|新增|增加|增至|现已|目前")


def stocks(inspection: Inspection) -> Iterator[Problem]:
    """Figures as of a day that is not theirs."""
    report, told = inspection.report, inspection.sentences
    for index, sentence in enumerate(told):
        text = arabic(sentence.text)
        if "年" not in text or not ("截" in text or "有效" in text):
            continue
        following = told[index + 1] if index + 1 < len(told) else None
        planned = bool(_INTENDS.search(text) or AHEAD.search(text))
        for match in _BY.finditer(text):
            wrong = _of_table(inspection, sentence, match)
            if not wrong and _DONE.match(text, match.end()) and (match["by"] or "").startswith("截"):
                day = _end(match)
                wrong = "那时还没有到" if day is not None and _is_ahead(day, match, report) else ""
            if not wrong and not planned:
                wrong = _so_far(report, sentence, text, match, following)
            if wrong:
                shown = quote(sentence.text[match.start() :])
                mend = "请核对日期和数"
                about = (match.group(), report.year, sentence.text)
                yield rule("stock-date").broken(f"“{shown}”：{wrong}", mend, (sentence.place,), about)
                break


def _of_table(inspection: Inspection, sentence: Sentence, match: re.Match[str]) -> str:
    """What is wrong with the number of documents in force at the end of an earlier year."""
    report, stated = inspection.report, int(match["year"])
    if stated >= report.year or _end(match) != date(stated, 12, 31):
        return ""
    alone = stated == report.year - 1 or _is_alone(sentence, match)  # not one of a row of years
    if not alone and inspection.last is None:
        return ""
    count = next((count for count in sentence.counts if count.start >= match.end()), None)
    if count is None or count.unit not in _PIECES or _FROM.search(sentence.text[: match.start()]):
        return ""
    between = sentence.text[match.end() : count.start]
    in_force = _IN_FORCE in between or sentence.text[count.end :].startswith(("现行有效", "有效"))
    if not in_force or not _BETWEEN.fullmatch(between) or _CHANGE.search(between):
        return ""
    for key in (key for key in report.figures if key.endswith(".in_force")):
        figure = report.figures[key]
        if figure.state is not State.NUMBER or figure.amount != count.value:
            continue
        before = _before(inspection, key) if stated == report.year - 1 else _long_before(inspection, key)
        if before != count.value and (before is not None or (alone and stated < report.year - 1)):
            return f"{count.value} {count.unit}是 {report.year} 年末的数"
        if stated == report.year - 1 and _WITH_LAST.match(sentence.text, count.end):
            return f"与上年比的是 {report.year} 年末的数"
    return ""


def _is_alone(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether it is 截至 a day, and the sentence speaks of no other year."""
    years = set(re.findall(r"20[0-9]{2}(?=\s*年)", arabic(sentence.text)))
    count = next((count for count in sentence.counts if count.start >= match.end()), None)
    clause = _CLAUSE_END.search(sentence.text, count.end) if count else None
    compared = COMPARES.search(sentence.text, match.start(), clause.start() if clause else len(sentence.text))
    return (match["by"] or "").startswith("截") and years == {match["year"]} and not compared


def _before(inspection: Inspection, key: str) -> Decimal | int | None:
    """The figure at the end of the year before: last year's, or what this year's comes from."""
    figures, row = inspection.report.figures, key.removesuffix("in_force")
    if inspection.last is not None and (last := inspection.last.figures.get(key)):
        return last.amount if last.state is State.NUMBER else None
    issued, repealed = figures[f"{row}issued"], figures[f"{row}repealed"]
    if State.NUMBER is not issued.state or State.NUMBER is not repealed.state:
        return None
    return figures[key].amount - issued.amount + repealed.amount


def _long_before(inspection: Inspection, key: str) -> Decimal | int | None:
    """The figure a year earlier still, which last year's report tells."""
    return _before(Inspection(inspection.last), key) if inspection.last is not None else None


def _so_far(
    report: Report, sentence: Sentence, text: str, match: re.Match[str], following: Sentence | None
) -> str:
    """What is wrong with the day of a figure that grows: 公众号累计发布…条, 关注…人."""
    if not (match["by"] or "").startswith("截") or not re.search("[0-9]", text[match.end() :]):
        return ""
    day = _end(match)
    if day is None:
        return ""
    if _is_ahead(day, match, report):
        return "那时还没有到"
    if not match["day"] or (day.year, day.month) != (report.year, 1) or day.day == 1:
        return ""
    if not _SO_FAR.search(text, match.end()) or COMPARES.search(text):
        return ""
    others = set(re.findall(r"20[0-9]{2}(?=\s*年)", text)) - {match["year"]}
    if others or (
        following is not None
        and following.paragraph == sentence.paragraph
        and _GOES_ON.search(following.text)
    ):
        return ""
    return f"是报告年度之初，像是应为 {report.year + 1} 年"


def _is_ahead(day: date, match: re.Match[str], report: Report) -> bool:
    """Whether the day, or the month where no day is named, comes after the 成文日期."""
    signed = report.date
    if signed is None or signed.year <= report.year:  # none, or wrong itself
        signed = date(report.year + 1, 12, 30)
    if not match["day"] and (day.year, day.month) == (signed.year, signed.month):
        return False
    return day > signed


def _end(match: re.Match[str]) -> date | None:
    """The last day that the words mean; None where there is no such day."""
    year, month, day = int(match["year"]), int(match["month"] or 12), int(match["day"] or 0)
    if not 1 <= month <= 12 or not 0 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day or monthrange(year, month)[1])
