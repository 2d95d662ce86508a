"""Tables that a page makes of a CSS grid: which element is one, and its cells in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css import Styles

MOST_ROWS, MOST_COLUMNS = 2_000, 100  # of a table that a report may have
_REPEATED = re.compile(r"repeat\(\s*(\d{1,3})\s*,((?:[^()]|\([^()]*\))*)\)")
_TRACK = re.compile(r"(?:[^\s()\[\]]|\([^()]*\))+")
_NAMES = re.compile(r"\[[^\]]*\]")
_GRIDS = ("grid", "inline-grid")
_LEAST = 2  # columns of a table


class Cell(NamedTuple):
    """A cell in its place on the grid, and the element that is it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    element: HtmlElement


def is_grid(element: HtmlElement, styles: Styles) -> bool:
    """Whether an element arranges what it holds in several columns of a known count."""
    style = styles.of[element]
    return style.display in _GRIDS and _LEAST <= _columns(style.grid) <= MOST_COLUMNS


def items(grid: HtmlElement, styles: Styles) -> Iterator[HtmlElement]:
    """The cells of a grid in their order: its children, or those of what only holds them together."""
    path = [iter(grid)]
    while path:
        child = next(path[-1], None)
        if child is None:
            path.pop()
        elif child in styles.of and not styles.of[child].hidden:
            if styles.of[child].display == "contents":
                path.append(iter(child))
            else:
                yield child


def laid_out(grid: HtmlElement, styles: Styles) -> Iterator[Cell]:
    """The cells of a grid, row by row, as they are placed where nothing names a row."""
    columns = _columns(styles.of[grid].grid)
    taken: set[tuple[int, int]] = set()
    row = column = 0
    for item in items(grid, styles):
        placed = styles.of[item].grid
        start, across = _lines(placed.get("grid-column", ""), columns)
        _, down = _lines(placed.get("grid-row", ""), MOST_ROWS)
        across, down = min(max(across, 1), columns - (start or 0)), min(max(down, 1), MOST_ROWS)
        if start is not None:
            row, column = row + (start < column), start
        while column + across > columns or any((row, column + at) in taken for at in range(across)):
            column += 1
            if start is not None or column + across > columns:
                row, column = row + 1, start or 0
        if row >= MOST_ROWS:
            return
        taken.update((row + below, column + right) for below in range(down) for right in range(across))
        yield Cell(row, column, down, across, item)
        column += across


def _columns(placed: Mapping[str, str]) -> int:
    tracks = _NAMES.sub(" ", placed.get("grid-template-columns", ""))
    tracks = _REPEATED.sub(lambda match: f" {match[2]} " * min(int(match[1]), MOST_COLUMNS + 1), tracks)
    return 0 if "auto-fi" in tracks or tracks == "none" else len(_TRACK.findall(tracks))


def _lines(value: str, columns: int) -> tuple[int | None, int]:
    """The first column of a cell, None where it has none of its own, and how many it spans."""
    first, _, last = (part.strip() for part in value.partition("/"))
    span = next((int(word[5:]) for word in (first, last) if re.fullmatch(r"span \d{1,4}", word)), 1)
    if not re.fullmatch(r"-?\d{1,4}", first):
        return None, span
    start = int(first) - 1 if int(first) > 0 else columns + int(first)
    if re.fullmatch(r"-?\d{1,4}", last):
        end = int(last) - 1 if int(last) > 0 else columns + int(last) + 1
        span = end - start
    return (start if 0 <= start < columns else None), span
