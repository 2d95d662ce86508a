"""Disputes told without their number, where the table has none: 2人提起行政诉讼, 复议机关撤销了答复."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.figure import UNKNOWN
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_PEOPLE = regex(  # who went to law, not how often
    "[0-9一二两三四五六七八九十]+[名位]?(?:申请)?人[^，。；人]{0,14}?(?:直接|依法)?(?:提起|提出|申请)了?(?:行政)?(?P<what>复议|诉讼)",
    "复议|诉讼",
)
_REVERSED = regex(
    "(?:^|[，；。：、])(?:后?经复议，)?(?P<who>复议机[关构]|(?:一审|二审|终审|人民|县|市|区)?法院)(?:依法|最终|经审理后?)*(?:决定|判决)?"
    "(?:撤销|纠正|变更)了[^，。；]{0,8}?(?:答复|处理决定|处理|决定|告知)",
    "复议机|法院",
)
_ABOUT = regex("信息公开|政府信息|公开申请")
_OTHERWISE = regex(
    "(?:[上去]|20[0-9]{2})年|[没未无]|[因就对](?![^，。；]{0,10}(?:公开|答复|信息|此))|行政(?:处罚|许可|强制)|其他|以外|如果?|可以|可|有权"
)
_BLOCKS = {
    "复议": ("disputes.review",),
    "诉讼": ("disputes.litigation_direct", "disputes.litigation_after_review"),
}


def occurrences(sentence: Sentence, report: Report) -> Iterator[Problem]:
    """Reviews or lawsuits that the table has none of, or none that was corrected."""
    text = sentence.text
    if not ("复议" in text or "诉讼" in text or "法院" in text) or not _ABOUT.search(text):
        return
    for match in _PEOPLE.finditer(text):
        yield from _told(sentence, match.start(), match.end(), match["what"], "total", report)
    for match in _REVERSED.finditer(text):
        what = "复议" if match["who"].startswith("复议") else "诉讼"
        yield from _told(sentence, match.start("who"), match.end(), what, "corrected", report)


def _told(
    sentence: Sentence, start: int, end: int, what: str, column: str, report: Report
) -> Iterator[Problem]:
    """What is told where all figures of the kind are 0."""
    before = max(sentence.text.rfind(mark, 0, start) for mark in "；。") + 1
    clause = max(sentence.text.rfind(mark, before, start) for mark in "，、") + 1
    if _OTHERWISE.search(sentence.text, max(clause, before), end):
        return
    keys = [f"{block}.{column}" for block in _BLOCKS[what]]
    if any(key not in report.figures for key in keys):
        return
    figures = [report.figures[key] for key in keys]
    if any(figure.state in UNKNOWN or figure.amount for figure in figures):
        return
    kind = f"行政{what}" if column == "total" else f"行政{what}的{report.mandate.slots[keys[0]].column}"
    said = sentence.text[start:end]
    told = f"文中写“{quote(said)}”，表中{kind}是 0"
    places = (sentence.place, *(figure.place for figure in figures))
    yield rule("prose-number").broken(told, "请核对文字和表格", places, (sentence.text, kind, said, "0"))
