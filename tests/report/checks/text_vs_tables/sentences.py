"""What the inspector says of sentences that are put after what a sound report says of applications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from nianbao.report import Problem, Report
from nianbao.report.checks.text_vs_tables import CHECKS
from nianbao.report.narrative import paragraph

from tests.report.checks.examples import pair
from tests.reports import found_by

BEFORE = "2025年，收到政府信息公开申请132件。"  # the topic is known
CODES = ("prose-number", "prose-basis", "prose-unit", "prose-all", "prose-none")


@cache
def _pair() -> tuple[Report, Report | None]:
    return pair()


def told(*paragraphs: str, report: Report | None = None) -> list[Problem]:
    """What is said of section 一 where it has these paragraphs and no others."""
    this, last = _pair()
    this = report or this
    [first, *_] = this.narratives["overview"]
    texts = tuple(paragraph(text, text, first.place) for text in paragraphs)
    narratives = {**dict.fromkeys(this.narratives, ()), "overview": texts}
    return found_by(CHECKS, replace(this, narratives=narratives), last)


def briefly(problems: Sequence[Problem]) -> list[str]:
    """Codes with what was counted: prose-number 140."""
    return [
        f"{problem.code} {problem.about[2]}" if problem.code == "prose-number" else problem.code
        for problem in problems
        if problem.code in CODES
    ]
