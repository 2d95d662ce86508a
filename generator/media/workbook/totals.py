"""Totals are computed again from their parts; what a formula last said is only compared."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.mandate import Mandate
from generator.report import Place, Problem, Severity, Value
from generator.report import figure as figures
from generator.report.figure import plain


def recompute(
    mandate: Mandate,
    found: dict[str, Value],
    formulas: Mapping[str, Value],
    unreadable: dict[str, Place],
    problems: list[Problem],
) -> None:
    """Put into `found` the value of every total that stands as a formula.

    `formulas` has what each last gave. A total of nothing but blanks is blank; one with an
    unreadable part is unreadable itself.
    """
    done: dict[str, int | Decimal | None] = {}

    def value(key: str) -> int | Decimal | None:
        if key not in formulas:
            given = found.get(key)
            if given is None:
                return None
            slot = mandate.slots[key]
            return figures.read(given.raw, slot.kind, slot.unit, given.place).number
        if key not in done:
            parts = [number for part in mandate.totals[key] if (number := value(part)) is not None]
            done[key] = figures.tidy(sum(map(Decimal, parts), Decimal(0))) if parts else None
        return done[key]

    for key, given in formulas.items():
        if any(part in unreadable for part in mandate.totals[key]):
            unreadable[key] = given.place
            continue
        total = value(key)
        found[key] = Value(total, given.place)
        last = figures.read(given.raw, mandate.slots[key].kind, "", given.place)
        if last.number is not None and last.number != total:
            before, now = plain(last.number), "空白" if total is None else plain(total)
            what = f"{mandate.slots[key].label}：公式上次得 {before}，按各格重算得 {now}，已采用后者"
            mend = "请在 Excel 或 WPS 中打开并保存，核对公式是否被改过"
            problems.append(Problem("stale-total", Severity.WARNING, what, mend, (given.place,)))
