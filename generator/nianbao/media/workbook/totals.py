"""Totals are computed again from their parts; what a formula last said is only compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from nianbao.mandate import Mandate
from nianbao.report import Place, Problem, Value, rule
from nianbao.report import figure as figures
from nianbao.report.figure import plain


def recompute(
    mandate: Mandate,
    values: dict[str, Value],
    formulas: Mapping[str, Value],
    unreadable: dict[str, Place],
    problems: list[Problem],
) -> None:
    """Put into `values` the value of every total that stands as a formula.

    `formulas` has what each last gave. A total of nothing but blanks is blank; one with a part
    that is unreadable, or a text, is unreadable itself: what is wrong is told at the part.
    """
    sums = _Sums(mandate, values, formulas, set(unreadable))
    for key, formula in formulas.items():
        again = sums.value(key)
        if key in sums.unknown:
            unreadable[key] = formula.place
            continue
        values[key] = Value(again, formula.place)
        last = figures.read(formula.raw, mandate.slots[key].kind, "", formula.place)
        if last.number is not None and last.number != again:
            before, now = plain(last.number), "空白" if again is None else plain(again)
            what = f"{mandate.slots[key].label}：公式上次得 {before}，按各格重算得 {now}，已采用后者"
            mend = "请在 Excel 或 WPS 中打开并保存，核对公式是否被改过"
            problems.append(rule("stale-total").broken(what, mend, (formula.place,)))


class _Sums:
    """The numbers of cells, and the sums of those that are totals; each is worked out once.

    `unknown` are the keys of what is no number and not blank, and of the totals of such.
    """

    def __init__(
        self,
        mandate: Mandate,
        values: Mapping[str, Value],
        formulas: Mapping[str, Value],
        unknown: set[str],
    ) -> None:
        self._mandate, self._values, self._formulas = mandate, values, formulas
        self.unknown = unknown
        self._done: dict[str, int | Decimal | None] = {}

    def value(self, key: str) -> int | Decimal | None:
        """The number of a cell or a total, None where there is none."""
        if key not in self._done:
            self._done[key] = self._total(key) if key in self._formulas else self._given(key)
        return self._done[key]

    def _given(self, key: str) -> int | Decimal | None:
        if (given := self._values.get(key)) is None:
            return None
        slot = self._mandate.slots[key]
        figure = figures.read(given.raw, slot.kind, slot.unit, given.place)
        if figure.state is figures.State.TEXT:
            self.unknown.add(key)
        return figure.number

    def _total(self, key: str) -> int | Decimal | None:
        of = self._mandate.totals[key]
        parts = [number for part in of if (number := self.value(part)) is not None]
        if not self.unknown.isdisjoint(of):
            self.unknown.add(key)
        return figures.tidy(sum(map(Decimal, parts), Decimal(0))) if parts else None
