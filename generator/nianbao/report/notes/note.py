"""What an office writes to an organ, as a value; and as plain text for mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nianbao.report.dates import write_date
from nianbao.report.narrative import without_control
from nianbao.report.problem import Place


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part, with its number."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, the first of each its number; `widths` are in hundredths of the type area.

    `line` says a row in plain text, its cells as {0}, {1} …
    """

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    line: str
    rows: tuple[tuple[str, ...], ...]


def printable(text: str) -> str:
    """The text without what no file of Word can hold, and no UTF-8: a name on a disk may have such signs."""
    return without_control(text, Place(""))[0]


Block = str | Heading | Table


@dataclass(frozen=True, slots=True)
class Note:
    """A letter: `blocks` are its paragraphs, headings and tables; blank is what it does not have."""

    title: str
    addressee: str
    blocks: tuple[Block, ...]
    office: str = ""
    day: date | None = None

    def text(self) -> str:
        """The whole as plain text: a line for each paragraph and each row, parts parted by blank lines."""
        return "\n\n".join(filter(None, map(printable, self._parts()))) + "\n"

    def _parts(self) -> Iterator[str]:
        yield self.title
        yield self.addressee
        heading = ""
        for block in self.blocks:
            if isinstance(block, Heading):
                heading = f"{block.text}\n"
                continue
            lines = [block.line.format(*row) for row in block.rows] if isinstance(block, Table) else [block]
            yield heading + "\n".join(lines)
            heading = ""
        yield "\n".join(filter(None, (self.office, write_date(self.day) if self.day else "")))
