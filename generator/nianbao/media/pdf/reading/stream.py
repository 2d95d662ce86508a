"""Rows and columns of a table without rules, out of what stands beside and above what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nianbao.media.pdf.reading.lattice import Cell
from nianbao.media.pdf.reading.text_blocks import TextBlock

FIRST = 4  # where the columns of figures begin: no row of the form has more labels in front


@dataclass(eq=False)
class Level:
    """What stands at one height: figures and their labels, or heads alone, which are labels too."""

    figures: list[TextBlock] = field(default_factory=list)
    labels: list[TextBlock] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Where the middle of its first figure is."""
        return self.figures[0].middle

    @property
    def top(self) -> float:
        """Where the highest of its middles is."""
        return min(block.middle for block in (*self.figures, *self.labels))


class Column(NamedTuple):
    """From where to where a column reaches."""

    left: float
    right: float

    def holds(self, block: TextBlock) -> bool:
        """Whether a text reaches into it."""
        return block.left < self.right and self.left < block.right


def cells(blocks: Iterable[TextBlock]) -> Iterator[Cell]:
    """The cells, run by run: some rows of heads and the rows of figures below them share their columns.

    A figure's row is the label at its height. Where a row has no figure below a head, its cell is blank.
    """
    levels, start = _levels(blocks), 0
    for end, level in enumerate(levels, 1):
        if level.figures and (end == len(levels) or not levels[end].figures):
            yield from _run(levels[start:end], start)
            start = end
    for row, level in enumerate(levels[start:], start):
        yield from _labels(level.labels, row)


def _labels(labels: Iterable[TextBlock], row: int) -> Iterator[Cell]:
    for column, label in enumerate(sorted(labels, key=lambda label: label.left)):
        yield Cell(row, column, 1, 1, label.text, label.doubt)


def _run(levels: Sequence[Level], above: int) -> Iterator[Cell]:
    """The cells of rows of heads and of rows of figures; `above` is how many rows stand above them."""
    figures = [figure for level in levels for figure in level.figures]
    labelled = any(level.figures and level.labels for level in levels)
    edge = min(figure.left for figure in figures) if labelled else float("-inf")
    columns = _columns(figures, [head for head in _lowest_heads(levels) if head.right > edge])
    for number, level in enumerate(levels):
        row = above + number
        yield from _labels((label for label in level.labels if label.right <= edge), row)
        filled: set[int] = set()
        for block in (*level.figures, *(label for label in level.labels if label.right > edge)):
            covered = [at for at, column in enumerate(columns) if column.holds(block)]
            first = covered[0] if covered else len(columns)
            depth = 1 if level.figures else _depth(levels[number + 1 :], block)
            yield Cell(row, FIRST + first, depth, max(len(covered), 1), block.text, block.doubt)
            filled.update(covered)
        if level.figures:
            yield from (Cell(row, FIRST + at, 1, 1, "") for at in range(len(columns)) if at not in filled)


def _lowest_heads(levels: Sequence[Level]) -> list[TextBlock]:
    """The heads below which there is no other."""
    heads = [head for level in levels if not level.figures for head in level.labels]
    return [
        head for head in heads if not any(below.middle > head.bottom and below.over(head) for below in heads)
    ]


def _columns(figures: Iterable[TextBlock], heads: Iterable[TextBlock]) -> list[Column]:
    """The columns from left to right: figures in one column overlap, a head may be wider."""
    columns: list[Column] = []
    for figure in sorted(figures, key=lambda figure: figure.left):
        if columns and figure.left < columns[-1].right:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, figure.right))
        else:
            columns.append(Column(figure.left, figure.right))
    for head in heads:
        if not any(column.holds(head) for column in columns):
            columns.append(Column(head.left, head.right))
    return sorted(columns)


def _depth(below: Iterable[Level], head: TextBlock) -> int:
    """How many rows a head covers: down to the next text in its column; there are figures in the end."""
    return next(
        depth
        for depth, level in enumerate(below, 1)
        if level.figures or any(label.over(head) for label in level.labels)
    )


def _levels(blocks: Iterable[TextBlock]) -> list[Level]:
    """The rows from top to bottom: figures of one height and the labels beside them, and rows of heads."""
    from_above = sorted(blocks, key=_middle)
    rows: list[Level] = []
    for figure in from_above:
        if not figure.is_figure:
            continue
        if not rows or not rows[-1].figures[0].beside(figure):
            rows.append(Level())
        rows[-1].figures.append(figure)
    loose = _label(rows, [block for block in from_above if not block.is_figure])
    heads: list[Level] = []
    for head in _label_around(rows, loose):
        if not heads or not any(other.beside(head) for other in heads[-1].labels):
            heads.append(Level())
        heads[-1].labels.append(head)
    return sorted([*rows, *heads], key=lambda level: level.top)


def _label(rows: Sequence[Level], labels: Iterable[TextBlock]) -> list[TextBlock]:
    """Give figures the labels at their height; return what is left."""
    loose = []
    for label in labels:
        beside = [row for row in rows if label.beside(row.figures[0])]
        if beside:
            nearest = min(beside, key=lambda row: abs(row.middle - label.middle))
            nearest.labels.append(label)
        else:
            loose.append(label)
    return loose


def _label_around(rows: Sequence[Level], loose: Sequence[TextBlock]) -> list[TextBlock]:
    """Give figures without a label the lines above and below them that are one; return what is left."""
    left = list(loose)
    for at, row in enumerate(rows):
        if row.labels:
            continue
        top = (rows[at - 1].middle + row.middle) / 2 if at else float("-inf")
        bottom = (rows[at + 1].middle + row.middle) / 2 if at + 1 < len(rows) else float("inf")
        near = [line for line in left if line.is_part_of(row.figures[0]) and top < line.middle < bottom]
        above = max((line for line in near if line.middle < row.middle), key=_middle, default=None)
        below = min((line for line in near if line.middle > row.middle), key=_middle, default=None)
        edge = min(figure.left for figure in row.figures)
        parts = [line for line in (above, below) if line is not None and line.right <= edge]
        if parts and parts[0].over(parts[-1]):
            label = TextBlock()
            for glyph in (glyph for part in parts for glyph in part.glyphs):
                label.add(glyph)
            row.labels.append(label)
            left = [line for line in left if line not in parts]
    return left


def _middle(block: TextBlock) -> float:
    return block.middle
