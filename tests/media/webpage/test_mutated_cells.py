"""One cell changed in forty ways: never another value than the right one without a word of that cell."""

from __future__ import annotations

from collections import Counter
from random import Random

from benchmarks.mutated_cells import Verdict, html, judge


def test_no_changed_cell_is_read_wrong() -> None:
    verdicts = Counter(judge(mutation)[0] for mutation in html.mutations(Random(7), 40))

    assert verdicts[Verdict.WRONG] == verdicts[Verdict.REFUSED] == 0
    assert verdicts[Verdict.RIGHT] >= 34
