"""Copied: sentences of the written sections that last year's report has already."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import similarity
from nianbao.report.prose.statements import statements

HIGHEST = 50  # per cent of the characters; where inspectors begin to take points off
FEWEST = 40  # characters that are compared; with fewer, nothing is said
FEWEST_REPEATED = 2  # sentences


def sections(inspection: Inspection) -> Iterator[Problem]:
    """Written sections more than half of which is last year's; the last, 其他事项, may well be."""
    report, last = inspection.report, inspection.last
    if last is None or last.year != report.year - 1:
        return
    for section in report.mandate.narratives[:-1]:
        now = statements(inspection.paragraphs(section.key))
        size = sum(len(sentence.bare) for sentence in now)
        if size < FEWEST:
            continue
        repeated = similarity.repeated(now, statements(last.narratives.get(section.key, ())))
        share = 100 * sum(len(sentence.bare) for sentence in repeated) / size
        if share > HIGHEST and len(repeated) >= FEWEST_REPEATED:
            what = (
                f"“{section.heading}”的 {len(now)} 句中有 {len(repeated)} 句与上年报告相同或基本相同，"
                f"占字数的 {share:.0f}%，例如“{quote(repeated[0].text)}”"
            )
            mend = "请按这一年的实际情况改写，不能逐年照抄"
            places = dict.fromkeys(sentence.place for sentence in repeated)
            about = (section.key, *(sentence.text for sentence in repeated))
            yield rule("copied-section").broken(what, mend, places, about)
