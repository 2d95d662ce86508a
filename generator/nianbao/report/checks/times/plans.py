"""Plans for a year that is over: in 五 and 六, where the measures of the next year stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.years import DONE, NEXT, arabic
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_NUMBERING = r"(?:[（(](?:[一二三四五六七八九十]+|[0-9]+)[）)][^，。；：0-9]{0,24}\s*|[0-9]{1,2}[.．、]\s*)?"
_FUTURE = (
    "编印|印制|汇编|压减|压缩|实现|增配|增设|选派|引进|引入|配备|配齐|扩大|扩充|降低|减少|缩短|升级|开通|召开"
    "|派员|派出|聘请|安排(?=[0-9])"
)
_ITEM = "(?:[一二三四五六七八九]是|首先|其次|再次|最后|第[一二三四五六]|[（(][0-9]+[）)]|[①-⑩])[，,]?"
_ITEM_OR_NONE = f"(?:{_ITEM})?"
_OPENS = rf"(?:^\s*{_NUMBERING}|(?<=[，；：,;:])|{_ITEM}(?:[在于])?)"
_YEAR = r"(?P<year>20[0-9]{2})\s*年度?"
_WILL = (
    "将(?:继续|坚持|进一步|重点|着力|从|采取|以|围绕|按照|严格|不断|持续|加强|深入|着重|聚焦|认真|加大|立足|紧紧|切实|努力"
    "|大力|全面|积极|深化|强化|健全|完善|推进|推动|优化|在(?!职|办|审)|对(?!外)|把|针对|根据|通过|做好|抓好|加快|严格|扎实|主要|突出|紧扣"
    "|(?:组织|开展|建立|制定|举办|推出|启动|开设|修订|出台|编制|探索|增加|新增|提高|提升|公开(?!工作|内容|指南|目录|要求|情况)|发布|公布|梳理|会同|联合|邀请|建设"
    "|逐步|分批|集中|推行|实行|选取|每[月周季])(?![^，。；]{0,24}(?:纳入|列[入为]|作为|录入|归入|转|融入|延伸|更新为|整合|成册))"
    f"|{_FUTURE})|准备(?:这样|从|采取|做好|继续|进一步|再|开展|组织|建立)"
    "|计划(?!书|表|财|生育|[科处股]|[^，。；]{0,6}的)|拟(?![定制稿发办文订写公答])|力争|打算|争取(?![^，。；]{0,8}(?:资金|项目|支持|政策))"
)
_INTENDS = regex(
    rf"{_OPENS}{_YEAR}[，,]?(?!初)[^，。；]{{0,12}}?(?:{_WILL})", "将|准备|计划|拟|力争|打算|争取"
)
# A day by which something is to be done; not one by which documents were issued.
_DEADLINE = regex(
    rf"(?<![0-9〔]){_YEAR}\s*(?:[0-9]{{1,2}}\s*月)?(?:[0-9]{{1,2}}\s*日)?(?:上半年|下半年|第?[一二三四]季度)?"
    r"年?[底末初]?(?:之|以)?前(?!期|述|后|列|三|两)"
    r"(?![^，。；]{0,4}(?:印发|制发|发布|出台|收到|形成|受理|产生|公布|公开|施行|实施|存在)[^，。；]{0,10}的)",
    "前",
)
_PART = regex(
    rf"{_OPENS}{_YEAR}(?:\s*[0-9]{{1,2}}\s*月(?:份|底|起|[上中下]旬)?|[上下]半年|第?[一二三四]季度|年底)(?![^，。；]{{0,12}}的)",
    "月|半年|季度|年底",
)
_TOWARDS = regex(
    rf"(?:力争|争取|(?P<expects>(?<!原)(?:预计|将[于在]))|拟[于在]?|(?<!工作)(?<![按照原])计划[于在到]?"
    rf"|打算[于在]?|确保[于在])[到至在于]?{_YEAR}"
    "(?![^，。；]{0,10}(?:基础|经验|成果|做法))",
    "力争|争取|预计|将|拟|计划|打算|确保",
)
# A year's end by which something is striven for, and a heading of plans.
_BY_END = regex(
    rf"(?:^|(?<=[，；：])){_ITEM_OR_NONE}到{_YEAR}[底末](?![^。；]{{0,30}}(?:已|了))[^。；]{{0,30}}?(?:力争|争取|确保|将(?!近))",
    "力争|争取|确保|将",
)
_HEADING = regex(
    rf"^\s*{_NUMBERING}{_YEAR}(?:重点|主要)*(?:工作|任务)(?P<plans>打算|计划|安排|思路)?[：:。]?$",
    "年工作|年度工作|年任务|年度任务|年重点|年度重点|年主要|年度主要",
)
# The first of several measures: 下步打算：2025年，一是…
_LISTED = regex(rf"{_OPENS}{_YEAR}[，,](?=\s*(?:一是|首先|第一[，,是]|1[.．、]|[（(][一1][）)]|①))")
_MEASURES = frozenset(f"{words}{mark}" for words in ("改进措施", "整改措施", "改进打算") for mark in "：:，")
_MEASURE = regex(f"(?:改进|整改)(?:措施|打算)[：:，,]{_ITEM}?")
_SPAN = "(?:第?[一二三四]季度|[上下]半年|[0-9]{1,2}月(?:份|底|起|[上中下]旬)?)"
_WHICH = (
    "[^，。；]{0,8}(?:[印制]发|发布|出台|收到|形成|受理|产生|公[布开]|[施实]行|实施|存在|发现|通报|抽查|检查)"
    "[^，。；]{0,10}的"
)
# The year right behind 下一步: what is announced is of that year.
_NEXT_YEAR = regex(
    rf"(?:下一?步|下一?阶段|接下来|今后|新的一年)(?:工作|打算|计划|安排|思路|中|里)*[，,：:]\s*{_YEAR}"
    "(?!年?[底末初]?(?:之|以)?[前后]|以来|[至到起、和与]|[^，。；]{0,6}(?:已|未|没有))"
    f"(?:(?={_SPAN}(?!{_WHICH}))|(?![^，。；]{{0,16}}的))",
    "下步|下一步|下阶段|下一阶段|接下来|今后|新的一年",
)
_LONG_AGO = 3  # years
_PROMISED = regex(rf"将[于在]{_YEAR}[^，。；]{{0,8}}(?:之|以)?前(?![^，。；]{{0,8}}的)")
_FIRST = regex(rf"\s*{_NUMBERING}")  # what stands before a date that a sentence begins with
_OTHERS = regex("要求|提出|规划|方案|意见|目标|纲要|《|“[^”]*$")
_FORMERLY = regex("原|曾|本来|此前|年初|当时|去年|上年")
_NEAR = 12  # characters before what is expected


def planned(inspection: Inspection) -> Iterator[Problem]:
    """Measures dated in the report year or before it."""
    year, duties = inspection.report.year, inspection.report.mandate.duties
    sections = {duties.improvement, inspection.report.mandate.narratives[-1].key}
    before: Sentence | None = None
    paragraph = earlier = False  # whether this paragraph, and the one before, has come to the plans
    under = False  # whether the heading above speaks of them
    for sentence in inspection.sentences:
        if sentence.section not in sections:
            promised = _promised(sentence.text, year) if "将" in sentence.text else None
            promised = promised or _late(sentence.text, year)
            if promised and not DONE.search(sentence.text):
                yield _over(sentence, promised, year)
            continue
        text = arabic(sentence.text)
        if before is None or before.section != sentence.section:
            paragraph = earlier = under = False
        elif before.paragraph != sentence.paragraph:
            paragraph, earlier = False, paragraph
        if sentence.heading:
            under = bool(NEXT.search(text))
        match = _past(text, year, paragraph, earlier, under) if "年" in text else None
        if match and not _is_done(text, match):
            yield _over(sentence, match, year)
        paragraph = paragraph or _starts_ahead(text, year) < len(text)
        before = sentence


def is_plan(text: str) -> bool:
    """Whether a sentence opens with a year in which something is intended."""
    return bool(_INTENDS.search(text))


def _starts_ahead(text: str, year: int) -> int:
    """Where the sentence comes to the next year; its length where it does not."""
    found = (re.search(rf"{year + 1}\s*年", text), NEXT.search(text))
    return min((match.start() for match in found if match), default=len(text))


def _past(text: str, year: int, paragraph: bool, earlier: bool, under: bool) -> re.Match[str] | None:
    """The first date of a plan that is over, if the sentence has one; the rest says where plans stand."""
    for match in _INTENDS.finditer(text):
        if int(match["year"]) <= year:
            return match
    for match in _TOWARDS.finditer(text):
        clause = text.rfind("，", 0, match.start()) + 1 if match["expects"] else 0
        if int(match["year"]) <= year and not _OTHERS.search(text[clause : match.start()]):
            return match
    by = _BY_END.search(text)
    if by and int(by["year"]) <= year and not _OTHERS.search(text[: by.start()]):
        return by
    heading = _HEADING.search(text)
    if heading and int(heading["year"]) < year + bool(heading["plans"]):
        return heading
    ahead = _starts_ahead(text, year)
    if (opened := _NEXT_YEAR.search(text)) and int(opened["year"]) <= year:
        return opened
    for pattern in (_DEADLINE, _PART, _LISTED):
        for match in pattern.finditer(text):
            stated = int(match["year"])
            if stated < year - _LONG_AGO and match.group().endswith("年以前"):
                continue  # 2010年以前的案卷
            told = ahead < match.start() or (pattern is _LISTED and text[: match.start()] in _MEASURES)
            if pattern is _DEADLINE:
                told = (
                    told or paragraph or (stated < year and bool(_MEASURE.fullmatch(text, 0, match.start())))
                )
            if _FIRST.fullmatch(text, 0, match.start()):
                told = told or under or (earlier and (stated < year or pattern is _DEADLINE))
            if stated <= year and told:
                return match
    return None


def _is_done(text: str, match: re.Match[str]) -> bool:
    """Whether it was carried out, or not; of what is still expected only what follows tells that."""
    if not match.groupdict().get("expects"):
        return bool(DONE.search(text))
    before = max(text.rfind("，", 0, match.start()), match.start() - _NEAR, 0)
    return bool(DONE.search(text, match.end()) or _FORMERLY.search(text, before, match.start()))


def _promised(text: str, year: int) -> re.Match[str] | None:
    """Outside the plans: a day to come that is over, 将于2025年1月底前答复."""
    return next((match for match in _PROMISED.finditer(text) if int(match["year"]) <= year), None)


def _late(text: str, year: int) -> re.Match[str] | None:
    """Outside the plans: an intention that opens a sentence with a year before the report's."""
    opened = _INTENDS.match(text) if "将" in text else None
    return opened if opened and int(opened["year"]) < year else None


def _over(sentence: Sentence, match: re.Match[str], year: int) -> Problem:
    stated, words = int(match["year"]), sentence.text[match.start() : match.end()].strip("，；：")
    what = f"改进的打算写的是 {stated} 年：“{quote(words)}”"
    mend = f"请核对是否应为 {year + 1} 年"
    return rule("plan-year").broken(what, mend, (sentence.place,), (stated, year, sentence.text))
