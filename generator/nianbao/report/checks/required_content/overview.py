"""一: the topics that it has to cover, and how long it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.mandate import Topic
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import wording
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Problem, quote
from nianbao.report.regex import regex
from nianbao.report.report import Report

FEWEST_NAMED = (
    3  # headings; where so many, and all there are, are bare topics of the decree, each must be one
)
LONGEST_LINE = 20  # characters; a line without a full stop that is no longer is a heading
_NUMBERED = regex(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*([^。：:；;，,\s]{2,24})")
_LISTED = regex(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．是]|[0-9]{1,2}[.．、])\s*([^。：:；;，,\s]{2,24})")
_SENTENCE = regex("[。；;！？!?，,]")
# How a heading opens that says what was done under it, not what it is about.
_DOING = regex(
    "持续|进一步|不断|切实|全面|深入|扎实|着力|认真|严格?|大力|积极|统筹|聚焦|坚持|突出|围绕|做|抓|加[强大快]|强化|规范|优化|完善|健全"
    "|深化|提[升高]|拓[宽展]|夯实|压实|落实|推[进动]|细化|筑牢|用好|办好|以|在"
)


def overview(inspection: Inspection) -> Iterator[Problem]:
    """Topics that are missing, and a text that is too long; or a text that says nothing."""
    report = inspection.report
    duties = report.mandate.duties
    section = report.mandate.section(duties.overview)
    paragraphs = inspection.paragraphs(section.key)
    if not paragraphs:
        return  # said already: the section is missing
    place = (report.place(section.key),)
    text = wording.text(paragraphs)
    if wording.is_empty(text, section.placeholder):
        what = f"“{section.heading}”等于没有写：“{quote(text)}”"
        yield rule("hollow-section").broken(what, "请写明这一年的情况", place, (section.key, text))
        return
    if wording.is_hollow(text):
        what = f"“{section.heading}”写得太少：“{quote(text)}”"
        yield rule("thin-section").broken(what, "请写明这一年的情况", place, (section.key, text))
        return
    yield from _topics(report, paragraphs, inspection)
    count = wording.length(paragraphs)
    if duties.longest_overview and count > duties.longest_overview:
        what = (
            f"“{section.heading}”有 {count} 字（不计空格），规定原则上不超过 {duties.longest_overview} 字，"
            f"多出 {count - duties.longest_overview} 字"
        )
        mend = "请删减，留下主要做法和数字"
        yield rule("overview-too-long").broken(what, mend, place, (duties.longest_overview, count))


def _topics(report: Report, paragraphs: Sequence[Paragraph], inspection: Inspection) -> Iterator[Problem]:
    duties = report.mandate.duties
    asked = [topic for topic in duties.topics if not topic.governments or _is_government(report)]
    highest, lower = _titles(paragraphs)
    text = wording.text(paragraphs)
    by_heading = len(highest) >= FEWEST_NAMED and all(_is_bare(title, asked) for title in highest)
    others = inspection.paragraphs(report.mandate.narratives[-1].key)  # results of assessment may stand there
    besides = f"{text}\n{wording.text(others)}"

    def is_covered(topic: Topic) -> bool:
        if topic.governments:
            return bool(topic.told.search(besides))
        if by_heading:
            return any(topic.named.search(title) for title in (*highest, *lower))
        return bool(topic.told.search(text))

    missing = [topic.name for topic in asked if not is_covered(topic)]
    if missing:
        heading = report.mandate.section(duties.overview).heading
        what = (
            f"“{heading}”应写 {len(asked)} 个方面，写到 {len(asked) - len(missing)} 个，"
            f"没有写到：{'、'.join(missing)}"
        )
        mend = f"请各写一段{'，用小标题标出' if by_heading else ''}；没有发生的也要写明"
        yield rule("topic-missing").broken(what, mend, (report.place(duties.overview),), missing)


def _is_bare(title: str, topics: Sequence[Topic]) -> bool:
    """Whether a heading is a topic as the decree names it: 主动公开情况, not 加大主动公开力度."""
    named = any(not topic.governments and topic.core in title for topic in topics)
    return named and not _DOING.match(title)


def _is_government(report: Report) -> bool:
    duties = report.mandate.duties
    certain = all(kind.key in duties.governments for kind in report.kinds)
    return certain and duties.no_government not in report.organ


def _titles(paragraphs: Sequence[Paragraph]) -> tuple[list[str], list[str]]:
    """The headings of the highest level there is, and those below it.

    A heading may also open its paragraph, with or without a mark after it, or stand within one.
    """
    numbered, listed = [], []
    for paragraph in paragraphs:
        line = paragraph.text.strip()
        titles = [match[1] for match in _NUMBERED.finditer(line)]
        if paragraph.level == 2 and (whole := line if paragraph.heading else paragraph.lead.strip()):
            titles[:1] = [whole]
        numbered += titles
        if not titles and (match := _LISTED.match(line)):
            listed.append(match[1])
        elif not titles and len(line) <= LONGEST_LINE and not _SENTENCE.search(line):
            listed.append(line)
    return (numbered, listed) if numbered else (listed, [])
