"""Sentences that stand twice in a report: pasted once more, or left after they were moved."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.prose import Sentence

SHORTEST, SHORTEST_APART = 16, 30  # characters, in one section and in two: a fee may be told of in both


def repeated(inspection: Inspection) -> Iterator[Problem]:
    """Every sentence that has stood before, word for word; those of one paragraph as one."""
    before: dict[str, Sentence] = {}
    again: dict[tuple[Place, Place], list[str]] = {}
    for sentence in inspection.sentences:
        text = sentence.text
        if len(text) < SHORTEST or sentence.section not in inspection.report.narratives:
            continue
        first = before.setdefault(text, sentence)
        if first is not sentence and (first.section == sentence.section or len(text) >= SHORTEST_APART):
            again.setdefault((first.place, sentence.place), []).append(text)
    for places, texts in again.items():
        more = f"等 {len(texts)} 句" if len(texts) > 1 else ""
        what = f"同一句话写了两遍：“{quote(texts[0])}”{more}"
        yield rule("repeated-text").broken(what, "请核对，删去多余的", dict.fromkeys(places), texts)
