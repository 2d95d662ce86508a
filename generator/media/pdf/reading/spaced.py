"""The statutory tables that are printed without rules: known by their labels and by what stands beside what.

Programs print a table cell by cell, so characters that follow one another and stand close together are
the text of one cell. Nothing here is guessed: a figure's row is the label at its height, its column what
stands below the same head; what does not come out as many figures as the form has is told by `enter`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.mandate import editions, load
from generator.media.pdf.reading.glyphs import LEVEL, Glyph, rows
from generator.media.pdf.reading.grids import Box, Ruled
from generator.report import Place
from generator.report.published import Grid, GridCell
from generator.report.published.found import LIKE, figure_like
from generator.report.published.printed import Printed, nearest
from generator.report.published.sections import heading_like
from generator.report.published.tables import belongs
from generator.report.published.words import bare

WITHIN = 0.6  # of a character's size: a gap wider than this parts two cells
NEXT_LINE = 1.75  # characters: the next line of the same cell is no further down
DIGITS = 0.12  # the same for two digits
CELL = 0.6  # of the width of all that is printed: wider lines are no cell's, and have no next line
WIDE_LINE = 2.6  # the same where with it a label goes on
BACK = 3.0  # characters by which the next line of a cell set in the middle may begin further left
PART = 2.5  # characters between the middles of a figure and of a line of its label
_DIGITS = frozenset("0123456789")
SHORTEST = 4  # characters that are known as a part of a label
FEWEST = 2  # figures on a page that make a table of labels


@dataclass(eq=False)
class Patch:
    """Characters that follow one another: the text of one cell, or a paragraph."""

    glyphs: list[Glyph] = field(default_factory=list)
    left: float = float("inf")
    right: float = float("-inf")
    top: float = float("inf")
    bottom: float = float("-inf")

    def add(self, glyph: Glyph) -> None:
        """Take in one more character."""
        self.glyphs.append(glyph)
        self.left, self.right = min(self.left, glyph.left), max(self.right, glyph.right)
        self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(row.text for row in rows(self.glyphs))

    @property
    def last_line(self) -> str:
        """Its characters that stand at the height of the last."""
        level = self.glyphs[-1].middle
        slack = LEVEL * self.glyphs[-1].size
        return "".join(one.text for one in self.glyphs if abs(one.middle - level) <= slack)

    @property
    def string(self) -> str:
        """Its characters as they were printed."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is what stands in a cell for a figure."""
        return figure_like(self.text)

    def beside(self, other: Patch) -> bool:
        """Whether the other's middle is at its height."""
        slack = LEVEL * self.glyphs[0].size
        return self.top - slack <= other.middle <= self.bottom + slack

    def over(self, other: Patch) -> bool:
        """Whether both stand in one column."""
        return self.left < other.right and other.left < self.right


Level = list[Patch]


class Forms:
    """What the tables of all editions print, but for those `read` already from their rules."""

    def __init__(self, read: Collection[str]) -> None:
        mandates = [load(edition) for edition in editions()]
        self.forms = [
            Printed(table) for one in mandates for key, table in one.tables.items() if key not in read
        ]
        self.labels = frozenset(text for form in self.forms for text in form.labels)
        self.sections = [section for one in mandates for section in one.sections]
        whole = {bare(text) for text in (*self.labels, *(one.heading for one in self.sections))}
        self._whole = frozenset(text for text in whole if text)

    def is_label(self, text: str) -> bool:
        """Whether a text is one that the tables print, or like it, or what a page's end leaves of it."""
        plain = bare(text)
        part = len(plain) >= SHORTEST and any(plain in label for label in self._whole)
        return bool(plain) and (part or nearest(text, self.labels) >= LIKE)

    def ends(self, text: str, following: str) -> bool:
        """Whether a text is a label or a heading that does not go on with the character that follows."""
        return text in self._whole and not self.begins(text + following)

    def begins(self, text: str) -> bool:
        """Whether a label or a heading begins so."""
        return any(one.startswith(text) for one in self._whole)

    def is_heading(self, text: str) -> bool:
        """Whether a text is a section's heading, rather than a label that begins with a number too."""
        like = max(heading_like(text, section) for section in self.sections)
        return like > 0 and like > nearest(text, self.labels)


def keys(grids: Iterable[Ruled]) -> set[str]:
    """The keys of the tables that are among these, of whatever edition."""
    forms = Forms(()).forms
    return {key for one in grids if (key := belongs(_grid(one), forms))}


@dataclass(frozen=True)
class Spaced:
    """A table that no rules show: its characters, whether it opens or ends its page, and has figures."""

    table: Ruled
    glyphs: tuple[Glyph, ...]
    first: bool
    last: bool
    filled: bool


def spaced(found: Sequence[Glyph], forms: Forms, *, goes_on: bool) -> list[Spaced]:
    """The tables on one page; `found` are the characters in no ruled table, in the order of printing.

    `goes_on` where the page before ends with such a table: a piece of it opens this one, however small.
    Heads alone may end the page; whether they are any, the next page tells.
    """
    made = []
    zones = list(_zones(list(_patches(found, forms)), forms))
    for number, patches in enumerate(zones):
        first, last = number == 0, number == len(zones) - 1
        figures = sum(patch.is_figure for patch in patches)
        if not patches or not (figures or last):
            continue
        table = Ruled(_box(patches), tuple(_cells(_levels(patches))))
        known = (figures >= FEWEST or last) and belongs(_grid(table), forms.forms)
        if known or (figures and first and goes_on):
            glyphs = tuple(glyph for patch in patches for glyph in patch.glyphs)
            made.append(Spaced(table, glyphs, first, last, filled=figures > 0))
    return made


def _patches(found: Sequence[Glyph], forms: Forms) -> Iterator[Patch]:
    """The texts of cells and the lines of paragraphs."""
    widest = CELL * (
        max((one.right for one in found), default=0) - min((one.left for one in found), default=0)
    )
    patch = Patch()
    for glyph in found:
        if glyph.text.isspace():
            continue
        if patch.glyphs and not _goes_on(patch, glyph, widest, forms):
            yield patch
            patch = Patch()
        patch.add(glyph)
    if patch.glyphs:
        yield patch


def _goes_on(patch: Patch, glyph: Glyph, widest: float, forms: Forms) -> bool:
    """Whether a character belongs to the text before it: near enough, and that text not whole without it."""
    last = patch.glyphs[-1]
    size = max(last.size, glyph.size)
    if abs(glyph.middle - last.middle) <= LEVEL * size:
        within = DIGITS if last.text in _DIGITS and glyph.text in _DIGITS else WITHIN
        near = -WITHIN * size <= glyph.left - last.right <= within * size
    else:
        known = forms.begins(patch.string + glyph.text)
        below = WIDE_LINE if known else NEXT_LINE
        near = (
            0 < glyph.middle - last.middle <= below * size
            and patch.left - BACK * size <= glyph.left < patch.right
            and (known or patch.right - patch.left <= widest)
            and not forms.is_heading(patch.last_line)
        )
    return near and not forms.ends(patch.string, glyph.text)


def _zones(patches: Sequence[Patch], forms: Forms) -> Iterator[list[Patch]]:
    """What stands together between headings and paragraphs, of labels and figures.

    The first is what opens the page and the last what ends it; a zone may be empty.
    """
    figures = [patch for patch in patches if patch.is_figure]
    words = [patch for patch in patches if patch not in figures]
    bare_figures = [one for one in figures if not any(other.beside(one) for other in words)]
    zone: list[Patch] = []
    for patch in sorted(patches, key=lambda one: (one.middle, one.left)):
        text = patch.text
        near = any(patch.beside(one) for one in figures) or any(_is_part(patch, one) for one in bare_figures)
        known = patch in figures or forms.is_label(text) or near
        if known and not forms.is_heading(text):
            zone.append(patch)
        else:
            yield zone
            zone = []
    yield zone


def _is_part(patch: Patch, figure: Patch) -> bool:
    """Whether a line may be of the label of a figure that has no text at its height."""
    return patch.right <= figure.left and abs(patch.middle - figure.middle) <= PART * patch.glyphs[0].size


def _box(patches: Sequence[Patch]) -> Box:
    return (
        min(one.left for one in patches),
        min(one.top for one in patches),
        max(one.right for one in patches),
        max(one.bottom for one in patches),
    )


def _levels(patches: Sequence[Patch]) -> list[Level]:
    """The rows from top to bottom: figures of one height and the labels beside them, and rows of heads."""
    levels: list[Level] = []
    others: list[Patch] = []
    for patch in sorted(patches, key=lambda one: one.middle):
        if not patch.is_figure:
            others.append(patch)
        elif levels and levels[-1][0].beside(patch):
            levels[-1].append(patch)
        else:
            levels.append([patch])
    loose: list[Patch] = []
    for patch in others:
        at = [level for level in levels if patch.beside(level[0])]
        if at:
            min(at, key=lambda level: abs(level[0].middle - patch.middle)).append(patch)
        else:
            loose.append(patch)
    loose = _around(levels, loose)
    heads: list[Level] = []
    for patch in loose:
        if heads and any(one.beside(patch) for one in heads[-1]):
            heads[-1].append(patch)
        else:
            heads.append([patch])
    return sorted([*levels, *heads], key=lambda level: min(one.middle for one in level))


def _around(levels: Sequence[Level], loose: Sequence[Patch]) -> list[Patch]:
    """Give figures without a label the lines above and below them that are one; return what is left."""
    left = list(loose)
    for at, level in enumerate(levels):
        edge = min(one.left for one in level)
        if any(not one.is_figure for one in level):
            continue
        middle = level[0].middle
        above = (levels[at - 1][0].middle + middle) / 2 if at else float("-inf")
        below = (levels[at + 1][0].middle + middle) / 2 if at + 1 < len(levels) else float("inf")
        near = [one for one in left if _is_part(one, level[0]) and above < one.middle < below]
        lines = [
            max((one for one in near if one.middle < middle), key=_height, default=None),
            min((one for one in near if one.middle > middle), key=_height, default=None),
        ]
        parts = [one for one in lines if one is not None and one.right <= edge]
        if parts and parts[0].over(parts[-1]):
            label = Patch()
            for glyph in (glyph for part in parts for glyph in part.glyphs):
                label.add(glyph)
            level.append(label)
            left = [one for one in left if one not in parts]
    return left


def _height(patch: Patch) -> float:
    return patch.middle


def _cells(levels: Sequence[Level]) -> Iterator[tuple[int, int, int, int, str]]:
    """The cells, run by run: some rows of heads and the rows of figures below them share their columns."""
    start = 0
    for at, level in enumerate(levels):
        last = at + 1 == len(levels)
        if _has_figures(level) and (last or not _has_figures(levels[at + 1])):
            yield from _run(levels[start : at + 1], start)
            start = at + 1
    yield from _run(levels[start:], start)


def _has_figures(level: Level) -> bool:
    return any(one.is_figure for one in level)


def _run(levels: Sequence[Level], above: int) -> Iterator[tuple[int, int, int, int, str]]:
    figures = [one for level in levels for one in level if one.is_figure]
    if not figures:
        for row, level in enumerate(levels):
            for column, one in enumerate(sorted(level, key=lambda each: each.left)):
                yield (above + row, column, 1, 1, one.text)
        return
    heads = [one for level in levels if not _has_figures(level) for one in level]
    labelled = any(not one.is_figure for level in levels if _has_figures(level) for one in level)
    edge = min(one.left for one in figures) if labelled else float("-inf")
    leaves = [one for one in heads if not any(_is_below(other, one) for other in heads)]
    columns = _columns([*figures, *(one for one in leaves if one.right > edge)], figures)
    for row, level in enumerate(levels):
        marks = sorted(
            (one for one in level if one.right <= edge and not one.is_figure), key=lambda one: one.left
        )
        for column, one in enumerate(marks):
            yield (above + row, column, 1, 1, one.text)
        filled: set[int] = set()
        for one in level:
            if one in marks:
                continue
            covered = [
                at for at, (left, right) in enumerate(columns) if one.left < right and left < one.right
            ]
            first = covered[0] if covered else len(columns)
            filled.update(covered)
            deep = _depth(levels, row, one) if one in heads else 1
            yield (above + row, _FIRST + first, deep, max(len(covered), 1), one.text)
        if _has_figures(level):
            for at in set(range(len(columns))) - filled:
                yield (above + row, _FIRST + at, 1, 1, "")


_FIRST = 4  # where the columns of figures begin: no row of the form has more labels in front


def _is_below(one: Patch, other: Patch) -> bool:
    return one.middle > other.bottom and one.over(other)


def _columns(patches: Sequence[Patch], figures: Sequence[Patch]) -> list[tuple[float, float]]:
    """From where to where the columns reach: figures in one column overlap, a head may be wider."""
    columns: list[tuple[float, float]] = []
    for one in sorted(figures, key=lambda each: each.left):
        if columns and one.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], one.right))
        else:
            columns.append((one.left, one.right))
    for one in patches:
        if not any(one.left < right and left < one.right for left, right in columns):
            columns.append((one.left, one.right))
    return sorted(columns)


def _depth(levels: Sequence[Level], row: int, head: Patch) -> int:
    """How many rows a head covers: down to the next text in its column."""
    for below, level in enumerate(levels[row + 1 :], 1):
        if _has_figures(level) or any(one.over(head) for one in level):
            return below
    return 1


def _grid(table: Ruled) -> Grid:
    nowhere = Place("")
    return Grid(tuple(GridCell(*cell, nowhere) for cell in table.cells), nowhere)
