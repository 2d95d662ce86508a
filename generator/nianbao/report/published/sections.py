"""Where the mandated sections begin in a published report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.mandate import Mandate, Section
from nianbao.report.published.alignment import align
from nianbao.report.published.document import Grid, Line, lines
from nianbao.report.published.label_matching import NUMBERED, bare, core, letters, likeness
from nianbao.report.regex import regex

LIKE = 0.72  # likeness from which on a short line in order is taken for a heading
LONGER = 8  # characters that a heading may be longer than the form's
FOLLOWED = 0.05  # for a heading that something follows: a list of contents has headings too
REWORDED = 0.5  # likeness of a short line without a number, where no line is the heading
_STOPS = "。！？…”）)"  # what a text ends with that a heading has run into
_NUMBERED = regex(
    r"(?:第([一二三四五六七八九十]{1,2})部分\s*[、：:]?|([一二三四五六七八九十]{1,2})\s*[、.．,，：:])\s*"
)
_WORDS = regex(r"([^。；！？：:，,;!?…]{2,24})(?:[。：:]\s*(.*))?", flags=re.DOTALL)
HiddenHeading = tuple[int, list[Line], list[Line]]  # which block it is in; its lines above, and from it on


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
    if None in starts and any(start is not None for start in starts):
        blocks, starts = _with_hidden(mandate, blocks, starts)
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


def _with_hidden(
    mandate: Mandate, blocks: Sequence[Line | Grid], starts: Sequence[int | None]
) -> tuple[list[Line | Grid], list[int | None]]:
    """Blocks and starts with the headings too that nobody has found by their words, each a line of its own.

    One may have run into the text before it, or be worded anew; it stands between the headings found.
    """
    whole, begun = list(blocks), list(starts)
    for number, section in enumerate(mandate.sections):
        if begun[number] is not None:
            continue
        first = next((start + 1 for start in begun[number::-1] if start is not None), 0)
        end = next((start for start in begun[number:] if start is not None), len(whole))
        found = list(_joined(whole, range(first, end), section))
        found = found or list(_reworded(whole, first, end, mandate, section))
        if len(found) == 1:
            [(at, above, heading)] = found
            whole[at : at + 1] = above + heading
            begun[number] = at + len(above)
            more = len(above) + len(heading) - 1
            begun[number + 1 :] = [None if start is None else start + more for start in begun[number + 1 :]]
    return whole, begun


def _joined(blocks: Sequence[Line | Grid], gap: Sequence[int], section: Section) -> Iterator[HiddenHeading]:
    """Where a heading stands behind the last words of a text, in one line with it."""
    heading = r"\s*".join(map(re.escape, bare(section.heading)))
    words = regex(rf"(?<=[{_STOPS}])\s*(?={heading})")
    for at in gap:
        line = blocks[at]
        if isinstance(line, Line) and (parting := words.search(line.text)):
            before, after = line.text[: parting.start()], line.text[parting.end() :]
            yield at, [replace(line, text=before)], [replace(line, text=after)]


def _reworded(
    blocks: Sequence[Line | Grid], first: int, end: int, mandate: Mandate, section: Section
) -> Iterator[HiddenHeading]:
    """Short lines with a section's number, or like its heading, below which stands what it should have.

    A line of a list is none: there the number before stands above it.
    """
    before = next((one.number for one, after in pairwise(mandate.sections) if after is section), "")
    for at in range(first, end):
        line = blocks[at]
        if not isinstance(line, Line):
            continue
        number = _NUMBERED.match(line.text)
        if number and before in number.groups():
            return
        words = _WORDS.fullmatch(line.text, number.end() if number else 0)
        if words is None:
            continue
        named = number is not None and section.number in number.groups()
        like = not number and not words[2] and likeness(words[1], section.heading) >= REWORDED
        rest = [replace(line, text=words[2])] if words[2] else []
        below = [*rest, *blocks[at + 1 : end]]
        if (named or like) and _followed(below, mandate, section):
            yield at, [], [replace(line, text=line.text[: words.end(1)]), *rest]


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
