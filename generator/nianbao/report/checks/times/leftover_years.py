"""Years left over from an earlier report: in what was done, and in what is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import PREFACE

_NUMBERING = (
    r"(?:[（(](?:[一二三四五六七八九十]+|[0-9]+)[）)][^，。；：0-9]{0,24}\s*|[一二三四五六七八九十]是"
    r"|[0-9]{1,2}[.．、]\s*)?"
)
# A year that opens a sentence or a clause; one with a month, a range or 以来 speaks of something else.
_OPENS = re.compile(
    rf"(?:^\s*{_NUMBERING}|(?<=[，；：]))(?P<year>20[0-9]{{2}})\s*年度?"
    r"(?!\s*[0-9]+\s*月|[至到\-－—–~～、以起期前后底末初内和与及第度]|[上下]半)"
)
_LATER = re.compile("将(?!政|信|各|其|该|此|本|全|上|有|相)|计划|拟|力争|预计|打算|争取")
_PLAN = re.compile(
    "[，,]?[^，。；]{0,12}?(?:将(?:继续|坚持|进一步|重点|着力|从|采取|以|围绕|按照|严格|不断|持续|加强|深入|着重|聚焦|认真|加大|立足"
    "|紧紧|切实|努力|大力|全面|积极|深化|强化|健全|完善|推进|推动|优化|在|对|把|针对|根据)|计划|拟(?!定)|力争)"
)
# What makes another year legitimate: a comparison or a time series anywhere in the sentence,
_COMPARES = re.compile(
    "同比|环比|较(?![好大多快强高为])|比(?=[上去前往0-9])|相比|上年(?!度?结转)|去年|同期|以来|至今|今年|历年|连续|近[两二三四五]年"
    "|整改|反馈|分别|仍然?(?:有效|沿用)|其中[^，。]{0,6}20[0-9]{2}年"
)
# or right after the year what goes on from it, and what has its year in its name.
_NAMED = re.compile(
    "结转|转入|遗留|延续|沿用|继续|通报|考核|考评|评估|测评|评议|检查|巡查|审计|决算|预算|规划|纲要|版|修订|成立|组建|挂牌|改革|基础上"
    "|年报|年度报告|工作报告|公报|年鉴|要点|荣获|获评|获得|评为|之前|此前|截至|截止|启动"
)
_HEAD = 14  # characters after the year in which that is said
_DOES = re.compile(
    "制作|获取|公开|收到|受理|接收|办理|办结|答复|新收|制发|废止|推送|编发|开展|举办|召开|组织|更新|解读|回应|收取|共有|转载|报送"
    "|(?:印发|制定|出台|发布|新增)(?!的)"
)
_NOTHING = re.compile("(?:未|没有|无)[^，。；]{0,16}(?:收取|收到|发生|产生|出现|接到|收费|复议|诉讼|情况)")
# How the first sentence of a section speaks of the whole year.
_SPEAKS = re.compile("度?[，,][^。]*(?:坚持|贯彻|工作|公开|不足|成效)")
_YEAR = re.compile("20[0-9]{2}(?=年)")


def stale(inspection: Inspection) -> Iterator[Problem]:
    """Sentences that report what another year did, and plans for a year that is over."""
    year, improvement = inspection.report.year, inspection.report.mandate.duties.improvement
    before: Sentence | None = None
    told = inspection.sentences
    for index, sentence in enumerate(told):
        first = before is None or before.section != sentence.section
        if "年" in sentence.text and sentence.section != PREFACE:
            following = told[index + 1] if index + 1 < len(told) else None
            for match in _OPENS.finditer(sentence.text):
                stated = int(match["year"])
                plan = _PLAN.match(sentence.text, match.end())
                if plan and stated <= year and sentence.section == improvement:
                    yield _planned(sentence, stated, match.group() + plan.group(), year)
                    break
                tells = stated != year and _reports(sentence, match, first, year)
                if tells and not _series(before, sentence, following):
                    yield _left(sentence, match, stated, year)
                    break
        before = sentence


def _reports(sentence: Sentence, match: re.Match[str], first: bool, year: int) -> bool:
    """Whether it says what the other year did, as a report of that year would."""
    text, stated = sentence.text, int(match["year"])
    rest = text[match.end() :]
    if str(year) in _YEAR.findall(text) or _COMPARES.search(text) or _NAMED.search(rest[:_HEAD]):
        return False
    if stated > year and (_LATER.search(rest) or stated > year + 1 or not sentence.counts):
        return False
    if sentence.counts and any(count.start > match.end() for count in sentence.counts):
        return bool(_DOES.search(rest[:40]))
    if stated > year or sentence.heading:
        return False
    opens = match.start() == 0
    return opens and (bool(_NOTHING.search(rest)) or (first and bool(_SPEAKS.match(rest))))


def _series(before: Sentence | None, sentence: Sentence, following: Sentence | None) -> bool:
    """Whether a neighbour tells the same of a further year: 2023年…件。2024年…件."""
    for other in (before, following):
        if other is not None and other.section == sentence.section and other.paragraph == sentence.paragraph:
            match = _OPENS.match(other.text)
            if match and other.counts and match["year"] not in sentence.text:
                return True
    return False


def _left(sentence: Sentence, match: re.Match[str], stated: int, year: int) -> Problem:
    shown = quote(sentence.text[match.start("year") :])
    what = f"这一句说的是 {stated} 年，报告年度是 {year} 年：“{shown}”"
    mend = f"请核对是否应为 {year} 年；沿用上年文字的，数也要核对"
    return rule("stale-year").broken(what, mend, (sentence.place,), (stated, year, sentence.text))


def _planned(sentence: Sentence, stated: int, words: str, year: int) -> Problem:
    what = f"改进的打算写的是 {stated} 年：“{quote(words.strip('，；：'))}”"
    mend = f"请核对是否应为 {year + 1} 年"
    return rule("plan-year").broken(what, mend, (sentence.place,), (stated, year, sentence.text))
