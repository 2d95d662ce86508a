"""Where the mandated sections begin in a published report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.mandate import Mandate, Section
from nianbao.report.published.alignment import align
from nianbao.report.published.document import Grid, Line, lines
from nianbao.report.published.label_matching import NUMBERED, bare, core, letters, likeness

LIKE = 0.72  # likeness from which on a short line in order is taken for a heading
LONGER = 8  # characters that a heading may be longer than the form's
FOLLOWED = 0.05  # for a heading that something follows: a list of contents has headings too


@dataclass(frozen=True)
class Chapter:
    """One section as found: the line of its heading, None where there is none, and the blocks below it.

    `rest` is what stands behind the heading in its own line.
    """

    section: Section
    heading: Line | None
    rest: str
    blocks: tuple[Line | Grid, ...]


def heading_like(text: str, section: Section) -> float:
    """How much a line is a section's heading; also one that goes on with the section's text."""
    whole = bare(text)
    if whole.startswith(bare(section.heading)):
        return 1.0 if len(whole) == len(bare(section.heading)) else NUMBERED
    if len(whole) > len(section.heading) + LONGER:
        return 0.0
    like = likeness(text, section.heading)
    named = core(section.heading)
    if like < NUMBERED and named in letters(text):
        like = max(like, 0.9)
    return like if like >= LIKE else 0.0


def cut(mandate: Mandate, blocks: Sequence[Line | Grid]) -> tuple[tuple[Line | Grid, ...], list[Chapter]]:
    """What stands before the first heading, and the sections; without any heading all is before."""

    def score(index: int, section: Section) -> float:
        block = blocks[index]
        like = heading_like(block.text, section) if isinstance(block, Line) else 0.0
        return like + FOLLOWED * _followed(blocks[index + 1 :], mandate, section) if like else 0.0

    starts = align(range(len(blocks)), mandate.sections, score)
    first = next((start for start in starts if start is not None), len(blocks))
    chapters = []
    for number, (section, start) in enumerate(zip(mandate.sections, starts, strict=True), 1):
        line = None if start is None else blocks[start]
        if start is None or not isinstance(line, Line):
            chapters.append(Chapter(section, None, "", ()))
            continue
        end = next((later for later in starts[number:] if later is not None), len(blocks))
        chapters.append(Chapter(section, line, _rest(line, section), tuple(blocks[start + 1 : end])))
    return tuple(blocks[:first]), chapters


def _followed(below: Sequence[Line | Grid], mandate: Mandate, section: Section) -> bool:
    """Whether what a section should have stands next: a table, or a text that is no heading."""
    if section.table:
        return any(isinstance(block, Grid) for block in below[:3])
    return any(
        not any(heading_like(line.text, other) for other in mandate.sections) for line in lines(below[:1])
    )


def _rest(line: Line, section: Section) -> str:
    """The text behind a heading that runs into its section."""
    wanted, seen = bare(section.heading), ""
    for at, sign in enumerate(line.text):
        if len(seen) == len(wanted):
            return line.text[at:].strip() if seen == wanted else ""
        seen += bare(sign)
    return ""
