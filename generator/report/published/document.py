"""A published report as its reader hands it over: lines and tables in order, before they are understood.

Readers of Word, web pages and PDF all make this; what it means is decided once, in `enter`.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.report.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it is printed, without line breaks of the layout; `place` tells where it stands.

    `right` where it is set to the right, as a signature is.
    """

    text: str
    place: Place
    right: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table on its grid: `row` and `column` count from 0, merged cells span several.

    `text` keeps the line breaks of the cell as newlines.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its cells in reading order. A table cut by a page may be two of them."""

    cells: tuple[GridCell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Published:
    """What a file holds: `blocks` in reading order.

    `title` is what the file calls itself outside its text (a page's title, a document's properties),
    `organ` whom it names as its author there if its subject is this form, and `problems` what its
    reader could not read.
    """

    file: str
    blocks: tuple[Line | Grid, ...]
    title: str = ""
    problems: tuple[Problem, ...] = ()
    organ: str = ""
