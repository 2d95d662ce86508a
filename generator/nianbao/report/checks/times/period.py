"""统计期限: the whole report year, from its first day to its last; and the year the report calls its own."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.years import COMPARES, arabic
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE

_DAY = r"(?P<month{0}>[0-9]{{1,2}})\s*月\s*(?P<day{0}>[0-9]{{1,2}})\s*日?"
_HOUR = r"(?:[0-9]{1,2}时|零时)?"
_RANGE = regex(
    rf"(?P<year1>20[0-9]{{2}})\s*年\s*{_DAY.format(1)}\s*{_HOUR}\s*(?:起|开始)?(?:统计|计算|算)?\s*[，,]?\s*(?:至|到|[-－—–~～]+|和(?=.{{4,5}}\s*12))\s*"
    rf"(?:(?P<year2>20[0-9]{{2}})\s*年\s*)?{_DAY.format(2)}"
)
_ABOUT = regex(
    "统计[^，。；]{0,4}(?:期|时限|时间|区间|范围|周期|口径|起止|日期|自|从|截)|(?:数据|数字)[^，。；]{0,10}(?:期限|时限|时间|区间|范围|周期|起止|统计)"
    "|报告[中里]?的数[字据]，?(?:起|始|自|从)|报告[^，。；]{0,4}(?:期限|时限|时间|期间|区间|周期|范围)|所列(?:数据|数字|期限)|数据期间|数据(?:起|始)于|(?:数据|数字)(?:均|都)?[自从]"
    "|(?:报告[中里]?的|各项)数据[自从]|反映(?:的是)?(?=20[0-9]{2}年1月1日[至到-])"
)
_ONE_YEAR = regex(
    r"(?:统计|数据)[^，。；]{0,8}(?:期限|时限|时间|时段|区间|范围|周期|期)[^0-9，。；]{0,3}"
    r"(?P<year>20[0-9]{2})\s*年(?!\s*[0-9]+\s*月)"
)
_UNTIL = regex(
    r"(?:统计|所列|数据|数字)[^，。；0-9]{0,14}截[至止][到于]?\s*(?P<year>20[0-9]{2})\s*年(?:\s*12\s*月(?:\s*31\s*日|底)|[年度]?[底末])"
)
# One end of the year by itself: 起于2025年1月1日，止于2025年12月31日.
_END = regex(
    r"(?:止[于到]|截[至止][到于]?|终止?于|[至到])\s*(?P<last>20[0-9]{2})\s*年\s*12\s*月\s*31\s*日"
    r"|(?:起于|始于|[自从]|起始[^，。；0-9]{0,4}?[为是])\s*(?P<first>20[0-9]{2})\s*年\s*1\s*月\s*1\s*日"
)
_PART = regex(  # an end that is not the year's
    r"(?:截?止于|截[至止][到于]?|终于)\s*(?P<year>20[0-9]{2})\s*年\s*(?!12\s*月\s*31\s*日)[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日"
)
_FIRST_DAY = regex(r"1\s*月\s*1\s*日[^至到—－-]{0,6}$")
_DATA = regex("(?:所列|所用|各项|本报告|全部|有关)(?:的)?数据")
# How the report speaks of itself: 2025年度…工作年度报告, 本报告是2025年的, 编制2025年度。
_KINDS = "年度报告|年报|工作报告|公开工作(?:开展|推进|总体|有关|具体|的)?情况"
_NOT_ITSELF = "格式|编制|(?:发布|公布|公开|印发)?之?后|[中里已所]|的?(?:要求|通知|部署|模板|栏目|专栏)"
_OWN = regex(
    r"(20[0-9]{2})\s*年(?!度?(?:起|以[来后前]|[前底末初至到及和与、]))[^，。；：《》“”0-9]{0,24}?"
    rf"(?:{_KINDS})(?!{_NOT_ITSELF})"
    r"|本(?:年度)?报告(?:是|为|系|反映|涵盖|所涉|所列|记录|汇总)(?:的是|了)?[^，。；0-9《]{0,10}(20[0-9]{2})\s*年"
    r"|向[^，。；]{0,6}(?:报告|公布|公开)[^，。；0-9]{0,8}(20[0-9]{2})\s*年度?(?:的)?(?:政府信息|政务|信息)公开"
    r"|(?:编制|编写|撰写|形成|发布|公布)(?:的|完成|了|本)*[^，。；0-9《于时日在自截至]{0,12}(20[0-9]{2})\s*年度?(?:的?报告)?(?=[，。；]|$)"
)
_ISSUES = regex("编制|编写|撰写|形成|发布|公布|公开|现将|提交|报送")
_COLLECTED = regex(  # of which reports this one is made up
    "汇总[^。；《》]{0,40}?(?P<year>20[0-9]{2})\\s*年度?的?(?:政府信息公开(?:工作)?)?(?:年度)?(?:报告|年报|数据|情况|报表)"
)
_PRESENTS = regex("现将|现就|现予|如下")
_FORMER = regex(
    "上年|上一年度|往年|历年|历次|一致|此前|曾|已于|连续|承接|基础上|对比|沿用|问题|不足|通报|整改|指出"
)
_YEARS = regex("20[0-9]{2}")


def period(inspection: Inspection) -> Iterator[Problem]:
    """A period of another year, or of a part of the year only; a report said to be of another year."""
    year = inspection.report.year
    for sentence in inspection.sentences:
        text = arabic(sentence.text)
        if "年" not in text:
            continue
        about = bool(_ABOUT.search(text))
        if sentence.section == PREFACE or about:
            yield from _periods(sentence, text, year, about=about)
        if sentence.section == PREFACE or _PRESENTS.search(text):
            yield from _own(sentence, text, year)
        if sentence.section == PREFACE and (match := _COLLECTED.search(text)) and int(match["year"]) < year:
            yield _other_report(sentence, match.start("year"), match.end(), int(match["year"]), year)


def _periods(sentence: Sentence, text: str, year: int, *, about: bool) -> Iterator[Problem]:
    for match in _RANGE.finditer(text):
        days = tuple(int(match[name]) for name in ("month1", "day1", "month2", "day2"))
        if not about and days != (1, 1, 12, 31):
            continue  # when something is open, or on display
        first, last = int(match["year1"]), int(match["year2"] or match["year1"])
        if (first, last) != (year, year):
            yield _other_year(sentence, *match.span(), year)
        elif days != (1, 1, 12, 31):
            yield _part(sentence, *match.span(), year)
    if (about or _DATA.search(text)) and not COMPARES.search(text):
        ends = [match for match in _END.finditer(text) if int(match["first"] or match["last"]) != year]
        if ends and not _RANGE.search(text) and not _UNTIL.search(text):
            yield _other_year(sentence, *ends[0].span(), year)
    early = _PART.search(text) if about or _DATA.search(text) else None
    if early and int(early["year"]) == year and _FIRST_DAY.search(text, 0, early.start()):
        yield _part(sentence, *early.span(), year)
    for pattern in (_ONE_YEAR, _UNTIL):
        whole = pattern.search(text)
        if whole and int(whole["year"]) != year and not COMPARES.search(text):
            yield _other_year(sentence, *whole.span(), year)


def _part(sentence: Sentence, start: int, end: int, year: int) -> Problem:
    written = sentence.text[start:end]
    what = f"统计期限“{quote(written)}”不是整年"
    mend = f"请核对，一般写作 {year}年1月1日至12月31日；机构新设的，写明原因"
    return rule("period-part").broken(what, mend, (sentence.place,), (written, sentence.text))


def _other_year(sentence: Sentence, start: int, end: int, year: int) -> Problem:
    written = sentence.text[start:end]
    what = f"统计期限“{quote(written)}”不是报告年度 {year} 年"
    mend = f"请改为 {year}年1月1日至12月31日"
    right = _YEARS.sub(str(year), written)
    corrections = [Correction.of(sentence, start, end, right)] if right != written else []
    return rule("period-year").broken(
        what, mend, (sentence.place,), (written, year, sentence.text), corrections
    )


def _own(sentence: Sentence, text: str, year: int) -> Iterator[Problem]:
    """The year of the report as the report itself calls it, in sentences that issue it."""
    former = COMPARES.search(text) or _FORMER.search(text)
    own = {int(next(filter(None, match.groups()))): match for match in _OWN.finditer(text)}
    if not own or year in own or (former and max(own) <= year):
        return
    stated, match = next(iter(own.items()))
    title = text.rfind("《", 0, match.start())
    if title > text.rfind("》", 0, match.start()) and (
        "关于" in text[title:] or not _ISSUES.search(text, 0, title)
    ):
        return  # a document of that year, not this report
    yield _other_report(sentence, *match.span(), stated, year)


def _other_report(sentence: Sentence, start: int, end: int, stated: int, year: int) -> Problem:
    shown = quote(sentence.text[start:end])
    what = f"这里说的是 {stated} 年的报告：“{shown}”，报告年度是 {year} 年"
    mend = f"请核对是否应为 {year} 年"
    at = sentence.text.find(str(stated), start, end)
    right = [Correction.of(sentence, at, at + len(str(stated)), str(year), alone=True)] if at >= 0 else []
    return rule("report-year").broken(what, mend, (sentence.place,), (stated, year, sentence.text), right)
