"""Mandated headings in a text: the report prints each of them once, by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from nianbao.mandate import Mandate, Section, load
from nianbao.report.catalogue import rule
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.published.label_matching import likeness
from nianbao.report.regex import regex
from nianbao.report.report import Report

LIKE = 0.72  # likeness from which on a line with a section's own number is its heading, reworded
LONGER = 8  # characters that a reworded heading may be longer than the form's
LONGEST_SUBHEAD = 20  # characters of a line without a number that heads what follows
STOPS = "。；！？!?;"
_LEADS = "“‘《〈「『（(、，,：:与和及由为即是"  # before a heading that is named, not pasted
_GOES_ON = regex(r"[”’》〉」』）)、，,和与及中里内的所]|部分|一?[节章栏]|表|[详参]?见|如[下上]")
_SUBHEAD = regex(r"[^。；！？：:，、,;\d（(]+")
_NUMBER = regex(r"\s*([一二三四五六七八九十])、")
_NUMBERS = regex("[一二三四五六]、")
SHORT = 4  # characters of a heading that is an everyday word: the preface speaks of 总体情况
MEND = "规定的标题由报告自己印出，请从这一段里删去"


class _Heading(NamedTuple):
    """A section with what finds its heading, with or without its number."""

    section: Section
    words: str
    finds: re.Pattern[str]


@cache
def _headings(edition: str) -> tuple[_Heading, ...]:
    found = []
    for section in load(edition).sections:
        words = section.heading.removeprefix(f"{section.number}、")
        number = rf"第?{section.number}(?:、|部分)[、：:]?"
        found.append(_Heading(section, words, regex(rf"(?P<number>{number}\s*)?{re.escape(words)}")))
    return tuple(found)


def headings(section: str, paragraphs: Sequence[Paragraph], text: str, report: Report) -> Iterator[Problem]:
    """Headings of this or another section, as a line, as a sentence, or with their number in a sentence.

    One that was not found where it should be stands in a text because of that, which was told.
    """
    mandate = report.mandate
    known = [heading for heading in _headings(mandate.edition.key) if heading.words in text]
    numbered = sum(1 for paragraph in paragraphs if _NUMBER.match(paragraph.text))
    if not known and not numbered:
        return
    lost = [problem.what for problem in report.reading if problem.code == "heading-missing"]
    for at, paragraph in enumerate(paragraphs):
        named = [heading for heading in known if heading.words in paragraph.text]
        named = [heading for heading in named if len(heading.words) > SHORT] or named
        words = ""
        if len(named) == 1 and len(set(_NUMBERS.findall(paragraph.text))) < 2:  # else it lists the parts
            words = _pasted(named[0], section, at, paragraphs)
        elif not named and numbered == 1:
            words = _reworded(paragraph.text, mandate)
        if words and not any(named[0].section.heading in what for what in lost if named):
            yield _told(words, paragraph, mandate)


def _pasted(heading: _Heading, section: str, at: int, paragraphs: Sequence[Paragraph]) -> str:
    """The words pasted into a paragraph, "" where it only speaks of the part, or has a heading of its own."""
    text = paragraphs[at].text
    for match in heading.finds.finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        begins = not before or before[-1] in STOPS
        if match["number"]:
            if before and before[-1] in _LEADS:
                continue
            if not _GOES_ON.match(after) and (begins or "部分" not in match["number"]):
                return match.group().strip()
        elif begins and (not after or after[0] in f"{STOPS}：:"):
            alone = not before and not after.strip(f"{STOPS}：:")
            if alone and _is_subhead(heading, section, at, paragraphs):
                continue
            if after[:1] in ("：", ":") and not alone:
                continue
            if alone or before or section == heading.section.key:
                return match.group()
    return ""


def _is_subhead(heading: _Heading, section: str, at: int, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a line without a number may be one of several headings of the clerk's own."""
    if at == 0 and section == heading.section.key:
        return False
    others = (paragraph.text.strip() for index, paragraph in enumerate(paragraphs) if index != at)
    return any(len(other) <= LONGEST_SUBHEAD and _SUBHEAD.fullmatch(other) for other in others)


def _reworded(text: str, mandate: Mandate) -> str:
    """A line that is a heading in other words, with the section's own number."""
    match = _NUMBER.match(text)
    line = text.strip().rstrip("。：:")
    if not match or re.search(f"[{STOPS}，：:]", line):
        return ""
    for section in mandate.sections:
        same = section.number == match[1] and len(line) <= len(section.heading) + LONGER
        if same and likeness(line, section.heading) >= LIKE:
            return line
    return ""


def _told(words: str, paragraph: Paragraph, mandate: Mandate) -> Problem:
    exact = any(heading.words in words for heading in _headings(mandate.edition.key))
    best = max(mandate.sections, key=lambda section: likeness(words, section.heading))
    what = f"文字里混入了规定的标题“{quote(words)}”，会印出两次"
    if not exact:
        what = f"文字里混入了“{quote(words)}”，像是规定的标题“{best.heading}”，会印出两次"
    about = (words, paragraph.text)
    right = _taken_out(words, paragraph) if exact else []
    return rule("pasted-heading").broken(what, MEND, (paragraph.place,), about, right)


def _taken_out(words: str, paragraph: Paragraph) -> list[Correction]:
    """The paragraph without the heading, where it is the whole or opens it."""
    text = paragraph.text
    if not text.lstrip().startswith(words):
        return []
    end = text.index(words) + len(words)
    while end < len(text) and text[end] in f"{STOPS}：: \u3000":
        end += 1
    return [Correction.of(paragraph, 0, end, "")]
