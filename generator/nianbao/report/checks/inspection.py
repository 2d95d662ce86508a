"""What an inspector has before him: one report, and last year's where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from nianbao.report.checks.passages import Passage, read
from nianbao.report.narrative import Paragraph
from nianbao.report.prose import Sentence, sentences
from nianbao.report.report import Report

Made = TypeVar("Made")


@dataclass(frozen=True)
class Inspection:
    """One report under inspection; `last` is the same organ's report of the year before."""

    report: Report
    last: Report | None = None
    _made: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the written sections in reading order, the preface first, unplaced last."""
        return tuple(sentences({**self.report.narratives, **self.report.unplaced}))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph as a proofreader reads it, in the same order."""
        return tuple(read(self.report))

    @cached_property
    def text(self) -> str:
        """All passages, a line each."""
        return "\n".join(passage.text for passage in self.passages)

    def once(self, make: Callable[[Inspection], Made]) -> Made:
        """What a function makes of this inspection; made once, for all checks that need it."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def paragraphs(self, section: str) -> Sequence[Paragraph]:
        """The paragraphs of one written section."""
        return self.report.narratives.get(section, ())
