"""What an inspector has before him: one report, and last year's where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.report.checks.passages import Passage, read
from nianbao.report.narrative import Paragraph
from nianbao.report.prose import Sentence, sentences
from nianbao.report.report import Report


@dataclass(frozen=True)
class Inspection:
    """One report under inspection; `last` is the same organ's report of the year before."""

    report: Report
    last: Report | None = None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the written sections in reading order, the preface first, unplaced last."""
        return tuple(sentences({**self.report.narratives, **self.report.unplaced}))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph as a proofreader reads it, in the same order."""
        return tuple(read(self.report))

    def paragraphs(self, section: str) -> Sequence[Paragraph]:
        """The paragraphs of one written section."""
        return self.report.narratives.get(section, ())
