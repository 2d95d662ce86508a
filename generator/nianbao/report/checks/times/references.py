"""Years that the text itself settles: which one 上年 means, and those of a stretch told one by one."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.times.years import arabic
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

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
