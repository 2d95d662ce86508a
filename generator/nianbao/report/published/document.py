"""A published report as its reader hands it over: lines and tables in order, before they are understood.

Readers of Word, web pages and PDF all make this; what it means is decided once, in `enter`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from nianbao.mandate import editions, load
from nianbao.report.problem import Place, Problem

# the doubts of a cell that may hold several figures, one below the other and one beside the other
BROKEN, SPREAD = "数字分成了几行", "数字之间的距离不同"


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

    `text` keeps the line breaks of the cell as newlines. `doubt` says why a figure in it cannot be read
    for certain, "" where it can.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    place: Place
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its cells in reading order. A table cut by a page may be two of them."""

    cells: tuple[GridCell, ...]
    place: Place


Blocks = tuple[Line | Grid, ...]


def lines(blocks: Iterable[Line | Grid]) -> list[Line]:
    """The lines among blocks."""
    return [block for block in blocks if isinstance(block, Line)]


@dataclass(frozen=True, slots=True)
class Published:
    """What a file holds: `blocks` in reading order.

    `title`, `author` and `subject` are what the file says of itself outside its text, as a page's
    title or a document's properties; `problems` is what its reader could not read. Where
    rules have made tables of a PDF, `rearrange` gives the blocks anew, in which rules make only the
    statutory tables with these keys.
    """

    file: str
    blocks: Blocks
    title: str = ""
    problems: tuple[Problem, ...] = ()
    author: str = ""
    subject: str = ""
    rearrange: Callable[[Collection[str]], Blocks] | None = field(default=None, repr=False, compare=False)

    @property
    def organ(self) -> str:
        """The author where the subject is this form: then the file was made so."""
        return self.author if self.subject in _subjects() else ""


@cache
def _subjects() -> frozenset[str]:
    return frozenset(load(edition).edition.decree_title for edition in editions())
