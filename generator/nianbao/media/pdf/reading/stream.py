"""Rows and columns of a table without rules, out of what stands beside and above what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.media.pdf.reading.text_blocks import Patch

FIRST = 4  # where the columns of figures begin: no row of the form has more labels in front
Level = list[Patch]
Cell = tuple[int, int, int, int, str]  # row, column, rowspan, colspan, text


def cells(found: Sequence[Patch]) -> Iterator[Cell]:
    """The cells, run by run: some rows of heads and the rows of figures below them share their columns.

    A figure's row is the label at its height. Where a row has no figure below a head, its cell is blank.
    """
    levels, start = _levels(found), 0
    for at, level in enumerate(levels):
        last = at + 1 == len(levels)
        if _has_figures(level) and (last or not _has_figures(levels[at + 1])):
            yield from _run(levels[start : at + 1], start)
            start = at + 1
    yield from _run(levels[start:], start)


def _has_figures(level: Level) -> bool:
    return any(one.is_figure for one in level)


def _run(levels: Sequence[Level], above: int) -> Iterator[Cell]:
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
            yield (above + row, FIRST + first, deep, max(len(covered), 1), one.text)
        if _has_figures(level):
            for at in set(range(len(columns))) - filled:
                yield (above + row, FIRST + at, 1, 1, "")


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
        near = [one for one in left if one.is_part_of(level[0]) and above < one.middle < below]
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
