"""The characters of a page as the texts of cells: programs print a table cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile, zip_longest

from nianbao.media.pdf.reading.cell_text import cell_text
from nianbao.media.pdf.reading.glyphs import LEVEL, Glyph, rows
from nianbao.media.pdf.reading.known_labels import KnownLabels
from nianbao.report.published.table_rows import figure_like

WITHIN = 0.6  # of a character's size: a gap wider than this parts two cells
DIGITS = 0.12  # the same for two digits
NEXT_LINE = 1.75  # characters: the next line of the same cell is no further down
WIDE_LINE = 2.6  # the same where with it a label goes on
BACK = 3.0  # characters by which the next line of a cell set in the middle may begin further left
CELL = 0.6  # of the width of all that is printed: wider lines are no cell's, and have no next line
PART = 2.5  # characters between the middles of a figure and of a line of its label
LONGEST = 120  # characters, more than any label or heading has
_DIGITS = frozenset("0123456789")
_STOPS = frozenset(".．、")


@dataclass(eq=False)
class TextBlock:
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

    @cached_property
    def text(self) -> str:
        """Its lines; asked for when it is whole."""
        return "\n".join(row.text for row in rows(self.glyphs))

    @cached_property
    def doubt(self) -> str:
        """Why a figure in it cannot be read for certain."""
        return cell_text(self.glyphs).doubt

    @property
    def last_line(self) -> str:
        """Its characters that stand at the height of the last."""
        last = self.glyphs[-1]
        level = takewhile(
            lambda glyph: abs(glyph.middle - last.middle) <= LEVEL * last.size, reversed(self.glyphs)
        )
        return "".join(glyph.text for glyph in level)[::-1]

    @property
    def string(self) -> str:
        """Its characters as they were printed; of a long text so many that it is known to be no label."""
        return "".join(glyph.text for glyph in self.glyphs[:LONGEST])

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2

    @cached_property
    def is_figure(self) -> bool:
        """Whether it is what stands in a cell for a figure."""
        return figure_like(self.text)

    def beside(self, other: TextBlock) -> bool:
        """Whether the other's middle is at its height."""
        slack = LEVEL * self.glyphs[0].size
        return self.top - slack <= other.middle <= self.bottom + slack

    def over(self, other: TextBlock) -> bool:
        """Whether both stand in one column."""
        return self.left < other.right and other.left < self.right

    def is_part_of(self, figure: TextBlock) -> bool:
        """Whether this may be a line of the label of a figure that has no text at its height."""
        near = abs(self.middle - figure.middle) <= PART * self.glyphs[0].size
        return near and self.right <= figure.left


def text_blocks(glyphs: Sequence[Glyph], known: KnownLabels) -> Iterator[TextBlock]:
    """The texts of cells and the lines of paragraphs."""
    left = min((glyph.left for glyph in glyphs), default=0)
    widest = CELL * (max((glyph.right for glyph in glyphs), default=0) - left)
    block = TextBlock()
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    for glyph, after in zip_longest(printed, printed[1:]):
        numbered = after is not None and glyph.text in _DIGITS and after.text in _STOPS
        if block.glyphs and not _goes_on(block, glyph, widest, known, numbered=numbered):
            yield block
            block = TextBlock()
        block.add(glyph)
    if block.glyphs:
        yield block


def _goes_on(block: TextBlock, glyph: Glyph, widest: float, known: KnownLabels, *, numbered: bool) -> bool:
    """Whether a character belongs to the text before it: near enough, and that text not whole without it.

    A line that begins with a number, as 2. does, is another label's.
    """
    last = block.glyphs[-1]
    size = max(last.size, glyph.size)
    if abs(glyph.middle - last.middle) <= LEVEL * size:
        within = DIGITS if last.text in _DIGITS and glyph.text in _DIGITS else WITHIN
        near = -WITHIN * size <= glyph.left - last.right <= within * size
    else:
        is_label = known.begins(block.string + glyph.text)
        below = WIDE_LINE if is_label else NEXT_LINE
        near = (
            0 < glyph.middle - last.middle <= below * size
            and block.left - BACK * size <= glyph.left < block.right
            and (is_label or block.right - block.left <= widest)
            and not numbered
            and not known.is_heading(block.last_line)
        )
    return near and not known.ends(block.string, glyph.text)
