"""A table of the form as the rows it prints: what the tables of a published report are held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.mandate import Role, Slot, Table
from nianbao.mandate.geometry import keys, paths
from nianbao.report.published.label_matching import NUMBERED, bare, likeness, nearest


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row that the form prints: a banner, the lowest row of heads, or a row of figures.

    `label` is the banner's or the row's, `above` the labels of the groups that the row is in; `slots`
    are those of its figures, or of the columns it heads.
    """

    role: Role
    label: str
    above: tuple[str, ...]
    slots: tuple[Slot, ...]


class FormTable:
    """One table of the form: its rows in order, and every text that it prints itself.

    `labels` are all of them; `heads` those above the figures, `named` those of rows of figures, `groups`
    those of rows that only group others.
    `widths` are the numbers of figures that a row may have.
    """

    def __init__(self, table: Table) -> None:
        self.key = table.key
        self.rows = tuple(_rows(table))
        self.labels = frozenset(cell.text for cell in table.cells if cell.role is not Role.FIGURE)
        self.heads = frozenset(
            cell.text for cell in table.cells if cell.role in (Role.HEAD, Role.CORNER, Role.BANNER)
        )
        self.named = frozenset(row.label for row in self.rows if row.role is Role.FIGURE and row.label)
        self.groups = frozenset(label for row in self.rows for label in row.above)
        self.widths = frozenset(len(row.slots) for row in self.rows)

    def knows(self, text: str) -> bool:
        """Whether the table prints a text, but for signs and the number in front."""
        return nearest(text, self.labels) >= NUMBERED

    def is_cut(self, text: str) -> bool:
        """Whether a text is part of a label: the end of a page has cut through it."""
        part = bare(text)
        return any(part in bare(label) for label in self.labels)

    def group(self, text: str) -> tuple[FormRow, ...]:
        """The rows of the group with this label."""
        return tuple(row for row in self.rows if row.above and likeness(text, row.above[-1]) >= NUMBERED)


def _rows(table: Table) -> Iterable[FormRow]:
    by_key = {slot.key: slot for slot in table.slots}
    for block in table.blocks:
        if block.banner:
            yield FormRow(Role.BANNER, block.banner, (), ())
        lines = []
        for row in paths(block.rows):
            slots = tuple(
                by_key[".".join((table.key, *keys(row), *keys(column)))] for column in paths(block.columns)
            )
            lines.append(FormRow(Role.FIGURE, row[-1].label, tuple(node.label for node in row[:-1]), slots))
        yield FormRow(Role.HEAD, "", (), lines[0].slots)
        yield from lines
