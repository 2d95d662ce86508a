"""What boxes and paragraphs should say instead, where a finding leaves no doubt about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.report.narrative import NAME, Paragraph
from nianbao.report.problem import Correction, Problem
from nianbao.report.prose.numeral import narrow
from nianbao.report.report import Report
from nianbao.report.targets import Area, Target, Targets


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


def edits(report: Report, problem: Problem, targets: Targets) -> tuple[Edit, ...]:
    """All that mends a finding; none where a person has to decide, or where a name in braces is concerned."""
    made = [edit for correction in problem.corrections for edit in _edits(report, correction, targets)]
    return tuple(made) if len(made) == len(problem.corrections) else ()


def _edits(report: Report, correction: Correction, targets: Targets) -> Iterator[Edit]:
    for target in targets.at(correction.place):
        if target.area is not Area.PARAGRAPH:
            becomes = (
                f"{correction.text[: correction.start]}{correction.right}{correction.text[correction.end :]}"
            )
            was = correction.text
            yield Edit(target, 0, len(was), was, becomes, correction.alone)
        else:
            paragraph = report.narratives[target.key][target.number - 1]
            if (span := _span(paragraph, correction)) is not None:
                was = paragraph.written[slice(*span)]
                yield Edit(target, *span, was, correction.right, correction.alone)


def _span(paragraph: Paragraph, correction: Correction) -> tuple[int, int] | None:
    """Where in a paragraph as it was written; None where that is not sure."""
    text, written = paragraph.text, paragraph.written
    within = narrow(text)
    if within.count(correction.text) != 1:
        return None
    start = within.index(correction.text) + correction.start
    end = start + correction.end - correction.start
    if written == text:
        return start, end
    if (start, end) == (0, len(text)):
        return 0, len(written)
    was = re.compile(re.escape(text[start:end]))
    bare = NAME.sub(lambda match: "\0" * len(match.group()), written)
    printed, places = ([match.span() for match in was.finditer(one)] for one in (text, bare))
    if len(printed) != len(places) or (start, end) not in printed:
        return None  # the words of a name, or beside others that it stands for
    return places[printed.index((start, end))]
