"""Figures held against one another: what each report gives, and how one differs from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from nianbao.mandate import Kind
from nianbao.report.comparison.columns import Column, Step
from nianbao.report.comparison.items import Item
from nianbao.report.figure import MONEY, Figure, State, tidy, total
from nianbao.report.regex import regex

Number = int | Decimal
TENTH = Decimal("0.1")
_MONEY = regex(rf"({'|'.join(MONEY)})\s*(?:[(（].*)?$")


class Turn(StrEnum):
    """How one report's figure differs from another's."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    FILLED = "filled"  # no number before
    EMPTIED = "emptied"  # no number after
    REWRITTEN = "rewritten"  # a number in neither, and not the same in both
    UNITS = "units"  # two numbers of money, not both in the same unit
    APART = "apart"  # one of the two forms has no such figure


@dataclass(frozen=True, slots=True)
class Given:
    """What one report has on a line: no figures where its form has none, several where it is a sum."""

    figures: tuple[Figure, ...]

    @property
    def known(self) -> tuple[Figure, ...]:
        """Those that are numbers."""
        return tuple(figure for figure in self.figures if figure.number is not None)

    @property
    def number(self) -> Number | None:
        """The number; of a sum, of what is a number in it; None where there is none."""
        return total(self.known) if self.known else None

    @property
    def partial(self) -> bool:
        """Whether only a part of the sum is known."""
        return 0 < len(self.known) < len(self.figures)

    @property
    def unit(self) -> str:
        """The unit of money that is written behind the number."""
        written = _MONEY.search(self.figures[0].text) if len(self.figures) == 1 else None
        return written[1] if written else ""

    @property
    def word(self) -> tuple[State, str]:
        """What stands there instead of a number."""
        figure = self.figures[0]
        return figure.state, figure.text.strip()


@dataclass(frozen=True, slots=True)
class Difference:
    """How the later figure differs; `amount` is exact, None unless both are numbers.

    `percent` is of the earlier one, to a tenth; None from zero, below zero, and of what is itself
    a change.
    """

    turn: Turn
    amount: Number | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the form in all reports, with a difference for each step."""

    item: Item
    given: tuple[Given, ...]
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> bool:
        """Whether any two reports that were held against each other differ."""
        return any(difference.turn not in (Turn.SAME, Turn.APART) for difference in self.differences)

    @property
    def apart(self) -> bool:
        """Whether some report's form has no such figure."""
        return any(not given.figures for given in self.given)


def line(item: Item, columns: Sequence[Column], steps: Sequence[Step]) -> Line:
    """Hold the reports' figures on one line against one another."""
    given = tuple(
        Given(tuple(column.report.figures[key] for key in item.figures.get(_edition(column), ())))
        for column in columns
    )
    return Line(item, given, tuple(differ(item, given[step.before], given[step.after]) for step in steps))


def differ(item: Item, before: Given, after: Given) -> Difference:
    """How two reports' figures on one line differ."""
    if not before.figures or not after.figures:
        return Difference(Turn.APART)
    first, second = before.number, after.number
    if first is None and second is None:
        return Difference(Turn.SAME if before.word == after.word else Turn.REWRITTEN)
    if first is None or second is None:
        return Difference(Turn.EMPTIED if second is None else Turn.FILLED)
    if item.kind is Kind.AMOUNT and not item.unit and before.unit != after.unit and (first or second):
        return Difference(Turn.UNITS)
    amount = tidy(Decimal(second) - Decimal(first))
    turn = Turn.MORE if amount > 0 else Turn.LESS if amount < 0 else Turn.SAME
    parts = item.kind is not Kind.SIGNED and first > 0 and second >= 0
    return Difference(turn, amount, percent(amount, first) if parts else None)


def percent(part: Number, whole: Number) -> Decimal:
    """Per cent, to a tenth, halves away from zero."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def _edition(column: Column) -> str:
    return column.report.mandate.edition.key
