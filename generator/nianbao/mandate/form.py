"""The frozen types that one edition's TOML file becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


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
class Equation:
    """Σ left = Σ right, over figure keys of one column or one row."""

    code: str
    rule: str  # the relation in the words of the form
    where: str  # the column's or row's label
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossYear:
    """value = Σ last (of the year before) + Σ add − Σ subtract, all figure keys."""

    code: str
    severity: str
    rule: str
    where: str
    value: str
    last: tuple[str, ...]
    add: tuple[str, ...]
    subtract: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of figures of the edition before: Σ former there is Σ now here, all figure keys.

    Where they are not `comparable` either side may be empty; `why` says what differs. `key` and `row`,
    its label, are those of a sum, which is no figure of either form's own.
    """

    former: tuple[str, ...]
    now: tuple[str, ...]
    comparable: bool
    why: str
    key: str = ""
    row: str = ""


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


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic that the overview has to cover.

    `named` finds it in a heading, `told` in a text: the words by which reports name it. A heading
    with the word `core` follows the decree.
    """

    name: str
    core: str
    named: re.Pattern[str]
    told: re.Pattern[str]
    governments: bool = False  # asked of governments only


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee that one section has to report, charged or not."""

    name: str
    section: str
    told: re.Pattern[str]
    within: str  # the figure of all fees, which cannot be less
    unpaid: str  # the figure of applications dropped because it was not paid


@dataclass(frozen=True, slots=True)
class Share:
    """Some rows of a table as a part of their total: figure keys."""

    name: str
    parts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Duties:
    """What the decree asks of the written sections, and of figures that not everyone may have."""

    overview: str  # section keys
    improvement: str
    topics: tuple[Topic, ...]
    governments: frozenset[str]  # keys of the reporters that are governments
    no_government: str  # what such a reporter's name has if it is none all the same
    longest_overview: int | None  # characters; None where the decree sets no limit
    fee: Fee | None  # None where the decree does not ask for it
    exceptional: Share  # outcomes that the decree wants to be rare
    regulations: tuple[str, ...]  # figures of those with the power to make regulations
    no_regulations: frozenset[str]  # keys of the reporters that never have it


@dataclass(frozen=True, slots=True)
class Edition:
    """Which decree, and for which report years it is in force."""

    key: str
    decree: str
    decree_title: str
    first_year: int
    last_year: int | None
    follows: str = ""  # the edition before, whose figures `Mandate.succession` speaks of

    def covers(self, year: int) -> bool:
        """Whether the report of `year` is made in this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class Mandate:
    """One edition of the form; everything else in the program is derived from it."""

    edition: Edition
    title: str  # with {organ} and {year}
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]  # by section key
    equations: tuple[Equation, ...]
    cross_year: tuple[CrossYear, ...]
    reporters: tuple[Reporter, ...]
    duties: Duties
    succession: tuple[
        Succession, ...
    ] = ()  # what both editions have under one key and is not named here is one figure

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Every figure's slot by key, in reading order."""
        return {slot.key: slot for table in self.tables.values() for slot in table.slots}

    @cached_property
    def names(self) -> Mapping[str, Slot]:
        """Every figure's slot by the name the narrative uses."""
        return {slot.name: slot for slot in self.slots.values()}

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The figures that are sums of others in their own row or column, with what they add up.

        A figure that closes both a row and a column is given by its row.
        """
        sums: dict[str, tuple[str, ...]] = {}
        for equation in self.equations:
            if len(equation.right) == 1:
                slot, first = self.slots[equation.right[0]], self.slots[equation.left[0]]
                if slot.row_key == first.row_key or equation.right[0] not in sums:
                    sums[equation.right[0]] = equation.left
        return sums

    @cached_property
    def narratives(self) -> tuple[Section, ...]:
        """The sections that are written, not tabulated."""
        return tuple(section for section in self.sections if not section.table)

    def section(self, key: str) -> Section:
        """The section with this key; KeyError if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def default_title(self, organ: str, year: int | str) -> str:
        """The usual title of the report."""
        return self.title.format(organ=organ, year=year)
