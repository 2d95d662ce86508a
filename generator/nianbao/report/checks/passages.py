"""Paragraphs as a proofreader reads them: whole, one after another, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from nianbao.report.catalogue import Rule
from nianbao.report.narrative import LEVELS, Paragraph
from nianbao.report.problem import Correction, Place, Problem
from nianbao.report.prose.numeral import narrow
from nianbao.report.prose.sentence import LONGEST
from nianbao.report.regex import regex
from nianbao.report.report import Report

if TYPE_CHECKING:
    from nianbao.report.checks.inspection import Inspection

AROUND = 6  # characters shown on either side of what is wrong
_STOPS = "。！？；"
_LEFT_OUT = regex(r"…[^…\]］】）)]{0,12}[\]］】]")  # […略]: whoever copied the text left something out


class Passage(NamedTuple):
    """One paragraph of a written section or of a stray text: `text` with half-width digits.

    `level` is that of the numbering which it begins with, 0 where there is none; `complete` is
    false where the text itself says that something was left out.
    """

    section: str
    text: str
    level: int
    complete: bool
    paragraph: Paragraph

    @property
    def place(self) -> Place:
        """Where the paragraph stands."""
        return self.paragraph.place

    def broken(
        self, rule: Rule, what: str, mend: str, at: int, *about: object, right: Iterable[Correction] = ()
    ) -> Problem:
        """The problem at a character of the paragraph, which rests on its sentence, whatever else it does.

        `right` are the corrections, where there is only one right text.
        """
        return rule.broken(what, mend, (self.place,), (*about, self.sentence(at)), right)

    def sentence(self, at: int) -> str:
        """The sentence that has this character."""
        first, last = max(0, at - LONGEST), min(len(self.text), at + LONGEST)
        start = max(self.text.rfind(stop, first, at) + 1 for stop in _STOPS) or first
        ends = [end for stop in _STOPS if (end := self.text.find(stop, at, last)) >= 0]
        return self.text[start : min(ends, default=last) + 1].strip()

    def excerpt(self, start: int, end: int) -> str:
        """What stands at text[start:end], with a little of what is around it."""
        return self.text[max(0, start - AROUND) : end + AROUND].strip()


def passages(inspection: Inspection) -> Sequence[Passage]:
    """Every paragraph in reading order, unplaced last."""
    return inspection.passages


def read(report: Report) -> Iterator[Passage]:
    """The paragraphs of a report as passages."""
    for section, paragraphs in (*report.narratives.items(), *report.unplaced.items()):
        for paragraph in paragraphs:
            text = narrow(paragraph.text)
            complete = "…" not in text or not _LEFT_OUT.search(text)
            yield Passage(section, text, _level(text), complete, paragraph)


def _level(text: str) -> int:
    bare = text.lstrip()
    return next((level for level, numbering in LEVELS if numbering.match(bare)), 0)
