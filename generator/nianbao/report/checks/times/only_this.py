"""Another year where only the report's own can be meant: 已于2026年5月; 针对上年指出的问题，2024年制发…."""

from __future__ import annotations

import re

from nianbao.report.checks.times.plans import is_plan
from nianbao.report.checks.times.years import LATER, NEXT
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_WHEN = r"(?P<year>20[0-9]{2})\s*年"
_DONE = r"已(?!列|纳入|明确|确定|规划|安排|有|[于在]20[0-9]{2}\s*年1月)|[^，。；完为除]{1,4}了(?!解)"
_KNOWN = tuple(  # what nobody can know yet of the next year
    regex(pattern)
    for pattern in (
        rf"已[^，。；]{{0,4}}?[于在]{_WHEN}(?:[2-9]|1[0-2])月",
        rf"(?<!截[至止]){_WHEN}(?:(?:[2-9]|1[0-2])月[底末]?)?(?![^，。；]{{0,8}}(?:的|预算|计划|方案))"
        rf"[^，。；将拟力目至0-9]{{0,12}}(?:{_DONE})",
        rf"(?<!相)[比较]{_WHEN}(?:的[0-9]|至少|多|少|增|减|提高|降低|下降|上升)",
        rf"^[^，。；0-9]{{0,12}}{_WHEN}[，,][^，。；]{{0,12}}(?:针对|围绕|对照)(?:上一?年|去年)",
        rf"{_WHEN}[^，。；将拟力]{{0,6}}的[0-9]+[件份][^，。；]{{0,10}}(?:均|全部|都)",
        rf"(?:上年|去年)[^，。；]{{1,8}}[，,]{_WHEN}(?:没有|无|未)",
        rf"{_WHEN}度?(?:政务|政府信息)公开(?:工作)?要点[^。；]{{0,30}}已完成",
        rf"(?:以来|累计)[^。；]{{0,30}}，其中，?{_WHEN}(?:新[增建]|[^，。；将]{{0,4}})[0-9约]",
    )
)
_NUMBERING = "(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.是])?"
_LAST_REPORT = "(?:上一?年度?|去年)(?:度?报告)?"
_MENDED = tuple(  # what last year's report had found: 针对上年指出的问题，2024年…; 2024年，我局针对上年…
    regex(_NUMBERING + pattern)
    for pattern in (
        "(?:改进情况[：:])?(?:针对|对|就|对照|围绕|对于)(?:于)?[^，。；0-9]{0,4}"
        rf"{_LAST_REPORT}[^。；0-9]{{2,36}}[，,][^，。；0-9《]{{0,6}}{_WHEN}(?!度|[^，。；]{{0,8}}[《的])",
        rf"[^，。；0-9]{{0,12}}{_WHEN}[，,][^，。；]{{0,12}}(?:针对|围绕|对照){_LAST_REPORT}",
    )
)
_CHARGED = regex(  # in the section on fees
    rf"{_NUMBERING}(?:[^0-9]{{0,30}}(?:办法》|处理费)[^0-9]{{0,16}}(?:〔2020〕109号)?[^0-9]{{0,14}}?[，,：:])?{_WHEN}[，,]?"
    r"(?![^。；]*(?:20[0-9]{2}年|以来|历年|上年|同比))[^。；，]{0,24}(?:信息处理费|收费通知|收取(?!的))"
)
_YEARS = regex(r"20[0-9]{2}(?=\s*年)")


def foreseen(text: str, year: int) -> re.Match[str] | None:
    """The next year where something is said to have happened in it, or this year is measured by it."""
    if str(year + 1) not in text or is_plan(text) or LATER.search(text) or NEXT.search(text):
        return None
    told = (match for pattern in _KNOWN for match in pattern.finditer(text))
    return next((match for match in told if int(match["year"]) == year + 1), None)


def answered(sentence: Sentence, text: str, report: Report) -> re.Match[str] | None:
    """An earlier year in which what last year's report had found was mended, or fees were asked for."""
    if "20" not in text or str(report.year) in (years := _YEARS.findall(text)) or not years:
        return None
    fees = sentence.section == report.mandate.narratives[-1].key
    matches = (pattern.match(text) for pattern in (*_MENDED, *((_CHARGED,) if fees else ())))
    return next((match for match in matches if match and int(match["year"]) < report.year), None)
