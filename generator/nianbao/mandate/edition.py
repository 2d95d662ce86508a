"""One edition of the form as a whole: which decree, and all that follows from its TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, SupportsIndex

from nianbao.mandate.duties import Duties
from nianbao.mandate.form import Reporter, Section, Slot, Table
from nianbao.mandate.relations import CrossYear, Equation
from nianbao.mandate.succession import Succession


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
    # What both editions have under one key and is not named here is one figure.
    succession: tuple[Succession, ...] = ()

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        """How it goes from one process to another: by its name, for every process has it."""
        from nianbao.mandate.load import editions, load

        key = self.edition.key
        known = key in editions() and load(key) is self
        return (load, (key,)) if known else super().__reduce_ex__(protocol)

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
