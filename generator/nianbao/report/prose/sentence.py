"""The written sections cut into sentences, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.report.problem import Place
from nianbao.report.prose.numeral import Count, Percentage, counts_by_each, narrow, percentages
from nianbao.report.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:  # a figure may be written in numerals, and a paragraph has figures in it
    from nianbao.report.narrative import Paragraph

LONGEST = 2000  # characters of a sentence; what looks at one may take the square of it
_END = regex(r"[^。！？!?]*[。！？!?]?[”’」』）)]?")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a written section: `text` with full-width digits made half-width.

    `paragraph` counts the section's paragraphs from 0; `heading` is true for a numbered line
    of its own.
    """

    section: str
    paragraph: int
    text: str
    place: Place
    heading: bool = False

    @cached_property
    def _by_each(self) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
        return counts_by_each(self.text)

    @property
    def counts(self) -> tuple[Count, ...]:
        """Its numbers of pieces, from left to right."""
        return self._by_each[0]

    @property
    def each(self) -> tuple[Count, ...]:
        """Its numbers that are said of each of several things, from left to right."""
        return self._by_each[1]

    @cached_property
    def percentages(self) -> tuple[Percentage, ...]:
        """Its percentages, from left to right."""
        return percentages(self.text)


def sentences(narratives: Mapping[str, Sequence[Paragraph]]) -> Iterator[Sentence]:
    """Every sentence of the written sections in reading order; none is blank, and what has no end is cut."""
    for section, paragraphs in narratives.items():
        for number, paragraph in enumerate(paragraphs):
            for piece in _END.findall(narrow(paragraph.text)):
                for start in range(0, len(piece), LONGEST):
                    if text := piece[start : start + LONGEST].strip():
                        yield Sentence(section, number, text, paragraph.place, paragraph.heading)
