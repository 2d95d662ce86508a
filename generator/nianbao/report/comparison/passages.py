"""The written sections held against one another, paragraph by paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nianbao.report.comparison.alignment import Pair, align
from nianbao.report.comparison.columns import Column, Step
from nianbao.report.comparison.runs import Fate, Run, runs
from nianbao.report.narrative import Paragraph
from nianbao.report.prose.similarity import ALIKE, repeated
from nianbao.report.prose.statements import bare, statements
from nianbao.report.report import PREFACE


class Turn(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    FIGURES = "figures"  # only numbers, years or marks differ
    CHANGED = "changed"
    MOVED = "moved"  # it stands elsewhere; its words may differ too
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of either report or of both; `before` and `after` count the section's from 1."""

    turn: Turn
    before: int | None
    after: int | None
    runs: tuple[Run, ...]

    @property
    def reworded(self) -> bool:
        """Whether any words differ: of what was moved, some may."""
        return any(run.fate is not Fate.KEPT for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """One section in one step.

    `alike` is how many per cent of the later text stand in the earlier one, measured as the
    inspector measures copying; None where neither has a sentence that is worth comparing.
    """

    passages: tuple[Passage, ...]
    alike: float | None

    @property
    def counts(self) -> Counter[Turn]:
        """How many paragraphs there are of each kind."""
        return Counter(passage.turn for passage in self.passages)

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(passage.turn is not Turn.SAME for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Section:
    """One section, `heading` "" for the preface, with a rewriting for each step."""

    key: str
    heading: str
    rewritings: tuple[Rewriting, ...]


def sections(columns: Sequence[Column], steps: Sequence[Step]) -> tuple[Section, ...]:
    """Every section in which some report has text: the written ones, and those where text has no place."""
    headings = {PREFACE: ""}
    for column in reversed(columns):  # the latest form's headings go before
        for section in column.report.mandate.sections:
            headings.setdefault(section.key, section.heading)
        for key in column.report.unplaced:
            headings.setdefault(key, key)
    compared = []
    for key, heading in headings.items():
        written = [_written(column, key) for column in columns]
        if any(written):
            rewritings = tuple(rewriting(written[step.before], written[step.after]) for step in steps)
            compared.append(Section(key, heading, rewritings))
    return tuple(compared)


def _written(column: Column, key: str) -> tuple[Paragraph, ...]:
    report = column.report
    return (*report.narratives.get(key, ()), *report.unplaced.get(key, ()))


def rewriting(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Rewriting:
    """Hold one text against the other."""
    passages = tuple(_passage(pair, before, after) for pair in align(before, after))
    return Rewriting(passages, _alike(passages, before, after))


def _passage(pair: Pair, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Passage:
    old = before[pair.before].text.strip() if pair.before is not None else ""
    new = after[pair.after].text.strip() if pair.after is not None else ""
    if pair.before is None or pair.after is None:
        turn = Turn.NEW if pair.before is None else Turn.DROPPED
        words: tuple[Run, ...] = (Run(Fate.NEW, new),) if turn is Turn.NEW else (Run(Fate.GONE, old),)
    else:
        words = (Run(Fate.KEPT, new),) if old == new else runs(old, new, near=pair.alike >= ALIKE)
        if pair.moved:
            turn = Turn.MOVED
        elif old == new:
            turn = Turn.SAME
        else:
            turn = Turn.FIGURES if bare(old) == bare(new) else Turn.CHANGED
    first, second = (None if at is None else at + 1 for at in (pair.before, pair.after))
    return Passage(turn, first, second, words)


def _alike(
    passages: Sequence[Passage], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> float | None:
    if passages and all(passage.turn in (Turn.SAME, Turn.FIGURES) for passage in passages):
        return 100.0
    now = statements(after)
    size = sum(len(sentence.bare) for sentence in now)
    if not size:
        return None
    return 100 * sum(len(sentence.bare) for sentence in repeated(now, statements(before))) / size
