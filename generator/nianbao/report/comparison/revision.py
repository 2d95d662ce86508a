"""What became of one report from one revision to the next: only what differs, each with its spot."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.report.comparison import wording
from nianbao.report.comparison.compare import Comparison, compare
from nianbao.report.comparison.passages import Passage, Turn
from nianbao.report.report import Report
from nianbao.report.targets import Area, Target


@dataclass(frozen=True, slots=True)
class Change:
    """One figure or particular that differs: its spot, its name, and what stood and stands there."""

    target: Target
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One paragraph that differs; its spot is its section where it is gone."""

    target: Target
    heading: str
    passage: Passage


@dataclass(frozen=True)
class Revision:
    """All that differs."""

    figures: tuple[Change, ...]
    particulars: tuple[Change, ...]
    paragraphs: tuple[Rewritten, ...]

    @property
    def spots(self) -> frozenset[Target]:
        """Every spot that differs."""
        changed = [change.target for change in (*self.figures, *self.particulars)]
        return frozenset(changed + [change.target for change in self.paragraphs])

    @property
    def count(self) -> int:
        """How many things differ."""
        return len(self.figures) + len(self.particulars) + len(self.paragraphs)


def revise(before: Report, after: Report) -> Revision:
    """Hold a report against an earlier revision of itself: the same organ, year and form."""
    held = compare([before, after])
    return Revision(tuple(_figures(held)), tuple(_particulars(held)), tuple(_paragraphs(held)))


def _figures(held: Comparison) -> list[Change]:
    return [
        Change(
            Target(Area.FIGURE, line.item.key),
            f"{line.item.row} › {line.item.column}",
            *map(wording.given, line.given),
        )
        for line in held.lines
        if line.changed
    ]


def _particulars(held: Comparison) -> list[Change]:
    return [
        Change(Target(Area.PARTICULAR, particular.key), particular.name, *particular.texts)
        for particular in held.particulars
        if particular.changed
    ]


def _paragraphs(held: Comparison) -> list[Rewritten]:
    changed = []
    for section in held.sections:
        for passage in section.rewritings[0].passages:
            if passage.turn is Turn.SAME:
                continue
            spot = Target(Area.SECTION, section.key)
            if passage.after:
                spot = Target(Area.PARAGRAPH, section.key, passage.after)
            changed.append(Rewritten(spot, wording.heading(section), passage))
    return changed
