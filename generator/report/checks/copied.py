"""Copied: sentences of the written sections that last year's report has already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.report.checks.catalogue import rule
from generator.report.checks.inspection import Inspection
from generator.report.problem import Problem, quote
from generator.report.prose.said import Said, said

HIGHEST = 50  # per cent of the characters; where inspectors begin to take points off
ALIKE = 0.55  # Jaccard of the shingles; of published reports, copies with a word changed begin at 0.59
FEWEST = 40  # characters that are compared; with fewer, nothing is said
FEWEST_REPEATED = 2  # sentences
SHINGLE = 2  # characters
CANDIDATES = 2  # sentences of last year that are compared with one of this year's


def sections(inspection: Inspection) -> Iterator[Problem]:
    """Written sections more than half of which is last year's; the last, 其他事项, may well be."""
    report, last = inspection.report, inspection.last
    if last is None or last.year != report.year - 1:
        return
    for section in report.mandate.narratives[:-1]:
        now = said(inspection.paragraphs(section.key))
        size = sum(len(one.bare) for one in now)
        if size < FEWEST:
            continue
        repeated = _repeated(now, said(last.narratives.get(section.key, ())))
        share = 100 * sum(len(one.bare) for one in repeated) / size
        if share > HIGHEST and len(repeated) >= FEWEST_REPEATED:
            what = (
                f"“{section.heading}”的 {len(now)} 句中有 {len(repeated)} 句与上年报告相同或基本相同，"
                f"占字数的 {share:.0f}%，例如“{quote(repeated[0].text)}”"
            )
            mend = "请按这一年的实际情况改写，不能逐年照抄"
            places = dict.fromkeys(one.place for one in repeated)
            about = (section.key, *(one.text for one in repeated))
            yield rule("copied-section").broken(what, mend, places, about)


def _repeated(now: Sequence[Said], before: Sequence[Said]) -> list[Said]:
    """This year's sentences that last year's report has, word for word or nearly so.

    Of last year's sentences only those are compared that share most shingles by an index in which
    the last to use a shingle stands for it; rare shingles, which tell sentences apart, stay true.
    """
    same = {one.bare for one in before}
    shingles = [_shingles(one.bare) for one in before]
    index: dict[str, int] = {}
    for number, found in enumerate(shingles):
        index.update(dict.fromkeys(found, number))

    def nearly(bare: str) -> bool:
        mine = _shingles(bare)
        votes = Counter(index[one] for one in mine if one in index)
        return any(_jaccard(mine, shingles[number]) >= ALIKE for number, _ in votes.most_common(CANDIDATES))

    return [one for one in now if one.bare in same or nearly(one.bare)]


def _shingles(bare: str) -> set[str]:
    return {bare[start : start + SHINGLE] for start in range(len(bare) - SHINGLE + 1)}


def _jaccard(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
