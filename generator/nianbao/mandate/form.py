"""What the form prints, as frozen types: trees of labels, cells, tables, sections; and who fills it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What kind of number a figure is."""

    COUNT = "count"  # whole, not negative
    SIGNED = "signed"  # whole, may be negative: 本年增/减
    AMOUNT = "amount"  # decimal with up to AMOUNT_PLACES places, not negative


AMOUNT_PLACES = 6


class Role(StrEnum):
    """What a cell of a printed table is."""

    BANNER = "banner"  # a line across the whole table: 第二十条第（一）项
    CORNER = "corner"  # above the row labels
    HEAD = "head"  # a column label
    LABEL = "label"  # a row label
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Node:
    """One label in a tree of rows or columns; a leaf addresses figures."""

    label: str
    key: str = ""
    name: str = ""
    note: str = ""
    kind: Kind = Kind.COUNT
    unit: str = ""
    span: int = 1
    total: str = ""  # the equation's code, where the leaf is the sum of the leaves beside it
    children: tuple[Node, ...] = ()

    def leaves(self) -> Iterator[Node]:
        """The node itself if it is a leaf, else all leaves below it, in reading order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Block:
    """A tree of columns × a tree of rows, with an optional line across and a corner."""

    columns: tuple[Node, ...]
    rows: tuple[Node, ...]
    banner: str = ""
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: `row` and `column` count from 0 on the table's grid."""

    row: int
    column: int
    rowspan: int
    colspan: int
    role: Role
    text: str = ""
    key: str = ""  # a figure's key; its text is then blank


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in the form where one figure goes, with its official labels."""

    key: str  # table.row.column
    table: str
    section: str  # the section's heading
    row_key: str
    column_key: str
    row: str  # the row's label; of table 四, which has none, the label of the group of columns
    column: str
    name: str  # what the narrative inserts: 本年新收.总计
    kind: Kind
    unit: str
    note: str
    cell: Cell

    @property
    def label(self) -> str:
        """Row and column in words."""
        return f"{self.row} / {self.column}"


@dataclass(frozen=True, slots=True)
class Table:
    """One statutory table, laid out on its grid."""

    key: str
    grid: tuple[int, ...]  # the official column widths, twips
    stub: int  # grid columns taken by row labels
    header_rows: int  # rows repeated on every page; 0 where the table is a stack of blocks
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]  # reading order
    slots: tuple[Slot, ...]  # reading order

    @property
    def row_count(self) -> int:
        """How many rows are printed."""
        return max(cell.row + cell.rowspan for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six mandated sections: a table if `table` is true, else a narrative."""

    key: str
    number: str
    heading: str
    note: str
    placeholder: str = ""
    table: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """A kind of reporting organ and the day its report is due in the following year."""

    key: str
    name: str
    month: int
    day: int
    note: str
    aggregate: bool = False  # sums up the organs below it

    def deadline(self, report_year: int) -> date:
        """The last day for submitting and publishing the report of `report_year`."""
        return date(report_year + 1, self.month, self.day)
