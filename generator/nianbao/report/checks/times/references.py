"""Years that the text itself settles: which one 上年 means, and those of a stretch told one by one."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.years import arabic
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE

_MEANS = regex(
    "[“‘]?(?P<word>上一?年度?|去年|前一年|本年度?|报告年度|今年|下一?年度?|明年)[”’]?"
    r"[，,]?(?:均|皆|都|一律|系|即|是){0,2}指(?:的)?(?:均?[是为])?\s*(?P<year>20[0-9]{2})\s*年"
)
_APART = {
    "上": -1,
    "去": -1,
    "前": -1,
    "本": 0,
    "报": 0,
    "今": 0,
    "下": 1,
    "明": 1,
}  # years, by first character
_STRETCH = regex(
    r"(?<![0-9])(20[0-9]{2})\s*年?\s*[至到\-－—–~～]+\s*(20[0-9]{2})\s*年(?![^，。；]{0,4}[前后比])"
)
_CARRIED_ON = regex(  # 6件结转2025年继续办理: they go on in the next year
    r"(?P<said>(?:结转|转入|转[至到]|顺延|延续|留[待到至]|跨入)(?:[到至入]|于)?\s*(?P<year>20[0-9]{2})\s*年度?)"
    "(?=(?:继续|再)?(?:办[理结]|处理|答复)|[，。；、）（]|$)",
    "转|延|留|跨",
)
_FORMER = regex("上年|去年|上一年|年初|(?:承接|接续)[^，。；]*$|20[0-9]{2}年[^，。；]*$")
_BASE = regex(  # 与2025年相比: a year is not compared with itself
    r"(?P<said>同比[^，。；]{0,8}[与和同较比]\s*(?P<same>20[0-9]{2})\s*年度?|[与和同较比]\s*(?P<year>20[0-9]{2})\s*年度?(?!初|[末底]|[上下]半|第|[0-9一二三四])(?:同期|全年)?"
    "(?=相比|[^，。；]{0,12}(?:增[加长]|减少|下降|上升|[多少][0-9]|持平|相同))"
    r"|(?:上年|去年|同比|对比|作比|比较)[^，。；]{0,8}(?:取|来|出|引|摘|源)自[^，。；0-9]{0,8}(?P<of>20[0-9]{2})\s*年度?(?:政府信息公开(?:工作)?)?(?:年度)?(?:报告|年报))",
    "比|同|与|较|和|自",
)
_AHEAD = regex("计划|拟|力争|争取|确保|不少于|不低于|以上|目标|预计|将|下一?步|明年")
_ISSUED = regex(  # the report itself
    r"(?:公布|发布|公开|上网|报送|挂网|上传)[^，。；]{0,10}(?P<said>(?P<year>20[0-9]{2})\s*年\s*[1-6]月[0-9]{1,2}日)"
    r"|(?P<told>(?P<when>20[0-9]{2})\s*年\s*[1-3]月[0-9]{1,2}日)(?:之?前|起|在|通过|向社会)[^，。；]{0,20}(?:公布|发布|公开)(?!的)",
    "公布|发布|公开|上网|报送|挂网|上传",
)
_YEARLY = regex(
    r"(?:^|(?<=[、，,和及；]))(?P<year>20[0-9]{2})\s*年度?[^，。；、0-9比较同自从起以至到截]{0,6}[0-9]+(?![0-9]*[月年日])"
)


def year_words(inspection: Inspection) -> Iterator[Problem]:
    """A word said to mean another year than it does, and a year told among those of a stretch without it."""
    year = inspection.report.year
    for sentence in inspection.sentences:
        text = arabic(sentence.text) if "年" in sentence.text else ""
        if "指" in text:
            yield from _meanings(sentence, text, year)
        if "其中" in text:
            yield from _beyond(sentence, text)
        if str(year) in text:
            yield from _next(sentence, text, year)
            yield from _base(sentence, text, year)
            yield from _issued(sentence, text, year)


def _next(sentence: Sentence, text: str, year: int) -> Iterator[Problem]:
    """What goes on in the next year, said to go on in this one."""
    for match in _CARRIED_ON.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "，；。（")
        if int(match["year"]) == year and not _FORMER.search(text, start + 1, match.start()):
            yield _wrong(sentence, match["said"], f"结转下年度是结转到 {year + 1} 年", year, year + 1)


def _base(sentence: Sentence, text: str, year: int) -> Iterator[Problem]:
    """This year compared with itself; not what is planned for the next one."""
    if str(year + 1) in text or _AHEAD.search(text):
        return
    for match in _BASE.finditer(text):
        if int(match["year"] or match["same"] or match["of"]) == year:
            yield _wrong(sentence, match["said"], f"本年的数是与 {year - 1} 年相比", year, year - 1)


def _issued(sentence: Sentence, text: str, year: int) -> Iterator[Problem]:
    """A day on which the report is to be published, before its year has ended."""
    if sentence.section != PREFACE or "报告" not in text or str(year - 1) in text:
        return
    for match in _ISSUED.finditer(text):
        if int(match["year"] or match["when"]) == year:
            yield _wrong(
                sentence, match["said"] or match["told"], f"报告在 {year + 1} 年公布", year, year + 1
            )


def _wrong(sentence: Sentence, said: str, really: str, year: int, meant: int) -> Problem:
    what = f"“{quote(said)}”：报告年度是 {year} 年，{really}"
    about = (said, str(meant), year, sentence.text)
    return rule("year-reference").broken(what, f"请核对是否应为 {meant} 年", (sentence.place,), about)


def _meanings(sentence: Sentence, text: str, year: int) -> Iterator[Problem]:
    for match in _MEANS.finditer(text):
        word, meant = match["word"], year + _APART[match["word"][0]]
        if int(match["year"]) != meant:
            said = quote(sentence.text[match.start() : match.end()])
            what = f"“{said}”：报告年度是 {year} 年，{word}是 {meant} 年"
            about = (word, match["year"], year, sentence.text)
            mend = f"请核对是否应为 {meant} 年"
            yield rule("year-reference").broken(what, mend, (sentence.place,), about)


def _beyond(sentence: Sentence, text: str) -> Iterator[Problem]:
    whole, _, parts = text.partition("其中")
    parts = parts.partition("；")[0]
    stretches = _STRETCH.findall(whole)
    if len(stretches) != 1:
        return
    first, last = map(int, stretches[0])
    told = [int(match["year"]) for match in _YEARLY.finditer(parts)]
    beyond = [year for year in told if not first <= year <= last]
    if beyond and len(beyond) < len(told) and first < last:
        what = f"说的是 {first} 年至 {last} 年，其中却有 {beyond[0]} 年：“{quote(parts)}”"
        about = (beyond[0], first, last, sentence.text)
        yield rule("year-reference").broken(what, "请核对各年的年份", (sentence.place,), about)
