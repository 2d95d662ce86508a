"""Years left over from an earlier report: sentences that report what another year did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.only_this import answered, foreseen
from nianbao.report.checks.times.plans import is_plan
from nianbao.report.checks.times.years import AHEAD, LATER, NEXT, arabic, compares
from nianbao.report.figure import State
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE, Report

_NUMBERING = (
    r"(?:[（(](?:[一二三四五六七八九十]+|[0-9]+)[）)][^，。；：0-9]{0,24}\s*|[一二三四五六七八九十]是"
    r"|[0-9]{1,2}[.．、]\s*)?"
)
_ORGANS = "局|委|办|厅|院|部|机关|单位|部门|系统|省|市|县|区|旗|镇|乡|街道"
_SPEAKER = f"(?:[我本全](?:{_ORGANS})(?:机关|各单位|上下|系统)?)?"
# A year that opens a sentence or a clause; one with a month, a range or 以来 speaks of something else.
_OPENS = regex(
    rf"(?:^\s*{_NUMBERING}|(?<=[，；：])){_SPEAKER}(?P<year>20[0-9]{{2}})\s*年度?"
    r"(?!\s*[0-9]+\s*月|[至到\-－—–~～、以起期前后底末初内和与及第度]|[上下]半)"
)
# What makes another year legitimate right after it: what goes on from it, and what has its year in its name.
_NAMED = regex(
    "结转|转入|遗留|延续|沿用|继续|通报|考核|考评|评估|测评|评议|检查|巡查|审计|决算|预算|规划|纲要|版|修订|成立|组建|挂牌|改革|基础上"
    "|年报|年度报告|工作报告|公报|年鉴|要点|荣获|获评|获得|评为|之前|此前|截至|截止|启动|(?:存在|提出|指出|查摆|发现|收到|受理|办理|公开|发布|形成)的"
)
_CLAUSE = 40  # characters after the year in which its verb is, before the number
_FAR = 200  # characters after the year that are looked at at all
_ATTRIBUTE = regex("(?![我本全])[一-鿿]{2,4}的(?=[一-鿿])")
_CLAUSE_END = regex("[，。；,;]")
_HEAD = 14  # characters after the year in which that is said
_DOES = regex(
    "制作|获取|公开|发出|缴纳|收到|受理|接收|办理|办结|答复|新收|制发|废止|推送|编发|开展|举办|召开|组织|更新|解读|回应|收取|共有|转载|报送"
    "|(?:印发|制定|出台|发布|新增)(?!的|[^，。；]{0,8}《)"
)
_NOTHING = regex(
    "(?:未|没有|无)[^，。；]{0,16}(?:收取|收到|发生|产生|出现|接到|收费|复议|诉讼|情况|情形|追究|问责)"
)
# How the first sentence of a section speaks of the whole year.
_SPEAKS = regex(
    "度?[，,][^。]*(?:坚持|贯彻|工作|公开|不足|成效)|度?的[^，。]{0,8}公开工作|是[^，。]{2,24}之年"
)
_HAPPENS = regex(  # what nobody can do before its time, nor plan in numbers
    "收到|新收|受理(?!的)|接收|收取|缴纳|发出[^，。；]{0,8}通知|办结|发生|[有为]$"
)
_BESIDES = regex(
    "[，,](?:上年|去年|上一年)度?(?:同样)?[也亦同][^，。；]*(?=[。；]|$)"
)  # of the year that it opens with
_SINCE_THEN = regex("[，,](?:同比|[比较](?:上年|去年|上一年|20[0-9]{2}年)|占|均|全部|后者)")
_FIRST_NUMBER = regex(r"[^0-9。；]{2,40}?(?P<value>[0-9]+(?:[.][0-9]+)?)(?![0-9%])")
_ACHIEVED = regex("取得了?|[仍还]存在|虽然?|有所")
_DONE_LATER = regex(
    r"(?<![0-9])(?P<year>20[0-9]{2})\s*年[，,]?(?:均|都|也|现|目前)?已(?!列|确定|明确|纳入|规划|排|安排|计划)"
)
_YEAR = regex(r"20[0-9]{2}(?=\s*年)")
_TITLE = regex("《[^》]*》|“[^”]*”")
_PIECES = regex(
    r"[0-9〇零一二三四五六七八九十百千]\s*(?:[余多]|万余?)?\s*[件份条起宗次项篇期人封家场户册部名例则批张幅]|[0-9]\s*(?:[余多]|万余?)?\s*个(?!月)"
)
_HAN = regex("[一-鿿]{2,}")
_COMMON = {"我局", "全年"}
SHARED = 2  # pairs of characters that a sentence has in common with the one before, to go on from it
TELLING = 10  # smaller numbers are in every report


def stale(inspection: Inspection) -> Iterator[Problem]:
    """Sentences that report what another year did."""
    year, told = inspection.report.year, inspection.sentences
    last = _amounts(inspection.last) - _amounts(inspection.report) if inspection.last else frozenset()
    own = _amounts(inspection.report) - (_amounts(inspection.last) if inspection.last else frozenset())
    before: Sentence | None = None
    first = True
    for index, sentence in enumerate(told):
        if "年" in sentence.text and "已" in sentence.text:
            later = _DONE_LATER.search(sentence.text)
            if later and int(later["year"]) > year + 1:
                yield _left(sentence, later, int(later["year"]), year)
        if before is None or before.section != sentence.section:
            first = True
        elif not before.heading:
            first = False
        text = arabic(sentence.text) if "年" in sentence.text else ""
        if match := foreseen(text, year) or answered(sentence, text, inspection.report):
            yield _left(sentence, match, int(match["year"]), year)
            before = sentence
            continue
        opening = _OPENS.finditer(text) if "20" in text else ()
        openings = [match for match in opening if int(match["year"]) != year]
        if openings and str(year) not in _YEAR.findall(text):
            following = told[index + 1] if index + 1 < len(told) else None
            compared = compares(_BESIDES.sub("", text))
            for match in openings:
                ours = _is_ours(text, match, own)
                if not ours and not _reports(sentence, text, match, first, compared, inspection.report):
                    continue
                if _series(before, sentence, following):
                    continue
                if ours or not _goes_on(sentence, match, before, last):
                    yield _left(sentence, match, int(match["year"]), year)
                    break
        before = sentence


def _is_ours(text: str, match: re.Match[str], own: frozenset[Decimal | int]) -> bool:
    """Whether the first number after an earlier year is one that only this year's tables have."""
    rest = text[match.end() : match.end() + _FAR]
    number = _FIRST_NUMBER.match(rest)
    if (
        number is None
        or is_plan(text)
        or not re.search(f"收费|{_DOES.pattern}", number.group())
        or "结转" in number.group()
    ):
        return False
    value = Decimal(number["value"])
    return value in own and (value >= TELLING or "." in number["value"])


def _reports(
    sentence: Sentence, text: str, match: re.Match[str], first: bool, compared: bool, report: Report
) -> bool:
    """Whether it says what the other year did, as a report of that year would."""
    rest = _TITLE.sub("《》", text[match.end() : match.end() + _FAR])
    if int(match["year"]) == report.year + 1 and _happened(text, rest):
        return True
    opens = match.start() == 0 and not sentence.heading
    speaks = first and opens and bool(_SPEAKS.match(rest))
    if (compares(text, opening=True) if speaks else compared) or _is_named(rest):
        return False
    if int(match["year"]) > report.year:
        return _foretells(sentence, match, rest, first and opens, report)
    if speaks:
        return True
    if sentence.section == PREFACE or is_plan(text):
        return False
    if count := _PIECES.search(rest):
        return bool(_DOES.search(rest, 0, min(count.start(), _CLAUSE)))
    return (opens or text[: match.start()].endswith("方面，")) and bool(_NOTHING.search(rest))


def _happened(text: str, rest: str) -> bool:
    """Whether a number of the next year is told as one that is known: 2026年收到66件，比上年多."""
    count = _PIECES.search(rest)
    if count is None or is_plan(text) or LATER.search(text) or AHEAD.search(text) or NEXT.search(text):
        return False
    before = rest[: count.start()]
    clause = _CLAUSE_END.search(rest, count.end())
    known = bool(_HAPPENS.search(before)) and len(before) < _HEAD
    return known or (bool(clause and _SINCE_THEN.match(rest, clause.start())) and len(before) < _CLAUSE)


def _is_named(rest: str) -> bool:
    """Whether what follows a year makes it a thing's own: 2024年组织的培训, 2024年度决算."""
    return bool(_NAMED.search(rest[:_HEAD]) or _ATTRIBUTE.match(rest))


def _foretells(sentence: Sentence, match: re.Match[str], rest: str, opens: bool, report: Report) -> bool:
    """Whether it reports of the next year what nobody can know yet; plans are left alone."""
    overview = sentence.section == report.mandate.duties.overview
    if int(match["year"]) > report.year + 1 or LATER.search(rest) or AHEAD.search(rest):
        return False
    if match.start() == 0 and _NOTHING.search(rest):
        return True
    if opens and (_ACHIEVED.search(rest) or (overview and _SPEAKS.match(rest))):
        return True
    count = _PIECES.search(rest)
    if not overview or not count or not _DOES.search(rest, 0, min(count.start(), _CLAUSE)):
        return False
    return not AHEAD.search(report.narratives[sentence.section][sentence.paragraph].text)


def _series(before: Sentence | None, sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a neighbour tells the same of a further year: 2023年…件。2024年…件."""
    for other in (before, following):
        if other is not None and other.section == sentence.section and other.paragraph == sentence.paragraph:
            match = _OPENS.match(arabic(other.text))
            if match and other.counts and match["year"] not in sentence.text:
                return True
    return False


def _goes_on(
    sentence: Sentence, match: re.Match[str], before: Sentence | None, last: frozenset[Decimal | int]
) -> bool:
    """Whether last year is told to be compared: after the same of this year, or with last year's number."""
    if any(count.value >= TELLING and count.value in last for count in sentence.counts):
        return True
    if before is None or (before.section, before.paragraph) != (sentence.section, sentence.paragraph):
        return False
    if before.heading or not _PIECES.search(before.text):
        return False
    return len(_pairs(sentence.text[match.end() : match.end() + _FAR]) & _pairs(before.text)) >= SHARED


def _amounts(report: Report) -> frozenset[Decimal | int]:
    return frozenset(figure.amount for figure in report.figures.values() if figure.state is State.NUMBER)


def _pairs(text: str) -> set[str]:
    """Every two characters beside one another."""
    return {word[at : at + 2] for word in _HAN.findall(text) for at in range(len(word) - 1)} - _COMMON


def _left(sentence: Sentence, match: re.Match[str], stated: int, year: int) -> Problem:
    shown = quote(sentence.text[match.start("year") :])
    what = f"这一句说的是 {stated} 年，报告年度是 {year} 年：“{shown}”"
    mend = f"请核对是否应为 {year} 年；沿用上年文字的，数也要核对"
    return rule("stale-year").broken(what, mend, (sentence.place,), (stated, year, sentence.text))
