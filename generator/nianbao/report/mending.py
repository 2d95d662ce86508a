"""What boxes and paragraphs should say instead, where a finding leaves no doubt about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nianbao.report.checks import Inspection, text_vs_tables
from nianbao.report.narrative import NAME, Paragraph, paragraph
from nianbao.report.problem import Correction, Problem
from nianbao.report.prose.numeral import narrow
from nianbao.report.regex import regex
from nianbao.report.report import Report
from nianbao.report.targets import Area, Target, Targets

NUMBERS = frozenset({"prose-number"})  # what is proved, for other numbers of the sentence may rest on it
BESIDE = 3  # sentences before and behind one, with which it is proved
MOST_PROVED = 6  # sentences of a report, for it takes time; the next ones once these are mended


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters [start:end] of what stands at a target, as it was written, become others.

    They are `was`. A paragraph that becomes blank goes. `alone` as of its correction.
    """

    target: Target
    start: int
    end: int
    was: str
    becomes: str
    alone: bool = False


class Mending:
    """The edits that findings of one report ask for; `last` is the report of the year before."""

    def __init__(self, report: Report, last: Report | None, targets: Targets) -> None:
        """Begin with no finding."""
        self._report, self._last, self._targets = report, last, targets
        self._proved: dict[tuple[Correction, ...], bool] = {}

    def of(self, problem: Problem) -> tuple[Edit, ...]:
        """All that mends a finding; none where a person has to decide, or a name in braces is concerned."""
        made = [edit for correction in problem.corrections for edit in self._edits(correction)]
        if len(made) < len(problem.corrections):
            return ()
        return tuple(made) if problem.code not in NUMBERS or self._proves(problem) else ()

    def _edits(self, correction: Correction) -> Iterator[Edit]:
        for target in self._targets.at(correction.place):
            if target.area is not Area.PARAGRAPH:
                was, alone = correction.text, correction.alone
                becomes = f"{was[: correction.start]}{correction.right}{was[correction.end :]}"
                yield Edit(target, 0, len(was), was, becomes, alone)
            elif (span := _written(self._paragraph(target), correction)) is not None:
                was = self._paragraph(target).written[slice(*span)]
                yield Edit(target, *span, was, correction.right, correction.alone)

    def _paragraph(self, target: Target) -> Paragraph:
        return self._report.narratives[target.key][target.number - 1]

    def _proves(self, problem: Problem) -> bool:
        """Whether with its corrections fewer sentences contradict the tables, and none in a new way."""
        corrections = problem.corrections
        if corrections and corrections not in self._proved:
            if len(self._proved) == MOST_PROVED:
                return False
            [target, *_] = self._targets.at(corrections[0].place)
            passage = _around(self._paragraph(target), corrections[0].text)
            before = self._contradictions(target.key, passage)
            after = self._contradictions(target.key, _corrected(passage, corrections))
            self._proved[corrections] = after <= before and after[problem.code] < before[problem.code]
        return self._proved.get(corrections, False)

    def _contradictions(self, section: str, passage: Paragraph) -> Counter[str]:
        """How many findings of each kind some sentences of a section have against the tables."""
        report = replace(self._report, narratives={section: (passage,)}, unplaced={})
        inspection = Inspection(report, self._last)
        return Counter(problem.code for check in text_vs_tables.CHECKS for problem in check(inspection))


def _around(one: Paragraph, sentence: str) -> Paragraph:
    """A sentence with those on either side that may speak of the same."""
    start = narrow(one.text).index(sentence)
    end = start + len(sentence)
    for _ in range(BESIDE):
        start = one.text.rfind("。", 0, max(0, start - 1)) + 1
        end = one.text.find("。", end) + 1 or len(one.text)
    return paragraph(one.text[start:end], one.text[start:end], one.place)


def _printed(one: Paragraph, correction: Correction) -> tuple[int, int] | None:
    """Where in a paragraph as it is printed; None where that is not sure."""
    text = narrow(one.text)
    if text.count(correction.text) != 1:
        return None
    start = text.index(correction.text) + correction.start
    return start, start + correction.end - correction.start


def _written(one: Paragraph, correction: Correction) -> tuple[int, int] | None:
    """Where in a paragraph as it was written; None where that is not sure."""
    span = _printed(one, correction)
    if span is None or one.written == one.text:
        return span
    if span == (0, len(one.text)):
        return 0, len(one.written)
    was = regex(re.escape(one.text[slice(*span)]))
    bare = NAME.sub(lambda match: "\0" * len(match.group()), one.written)
    printed, places = ([match.span() for match in was.finditer(text)] for text in (one.text, bare))
    if len(printed) != len(places) or span not in printed:
        return None  # the words of a name, or beside others that it stands for
    return places[printed.index(span)]


def _corrected(one: Paragraph, corrections: Sequence[Correction]) -> Paragraph:
    """A paragraph with those of the corrections that are its own."""
    spans = {
        span: correction.right
        for correction in corrections
        if correction.place == one.place and (span := _printed(one, correction))
    }
    text = one.text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{spans[start, end]}{text[end:]}"
    return paragraph(text, text, one.place)
