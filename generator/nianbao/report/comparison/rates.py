"""The rates that people ask for, where the form's own figures give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.report.comparison.columns import Column, Step
from nianbao.report.comparison.figures import Number, percent
from nianbao.report.figure import total
from nianbao.report.report import Report
from nianbao.report.trend import DISPUTES, RECEIVED, REQUESTS, TOTAL, outcomes

CLOSED, CORRECTED, PENDING = "outcome_total", "corrected", "pending"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole in one report, `percent` to a tenth.

    None where a figure of either is no number, the whole is zero, or the part is more than it.
    """

    part: Number | None
    whole: Number | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate in all reports, with the percentage points for each step, None where one has no rate."""

    name: str
    shares: tuple[Share, ...]
    points: tuple[Decimal | None, ...]


def rates(columns: Sequence[Column], steps: Sequence[Step]) -> tuple[Rate, ...]:
    """Every rate that at least one report has."""
    by_report = [dict(_shares(column.report)) for column in columns]
    none = Share(None, None, None)
    all_rates = []
    for name in dict.fromkeys(name for shares in reversed(by_report) for name in shares):
        shares = tuple(own.get(name, none) for own in by_report)
        if any(share.percent is not None for share in shares):
            points = tuple(_points(shares[step.before], shares[step.after]) for step in steps)
            all_rates.append(Rate(name, shares, points))
    return tuple(all_rates)


def _points(before: Share, after: Share) -> Decimal | None:
    if before.percent is None or after.percent is None:
        return None
    return after.percent - before.percent


def _shares(report: Report) -> Iterator[tuple[str, Share]]:
    """What is closed of all applications, each kind of outcome, and what is corrected of closed disputes."""
    mandate = report.mandate
    done = [f"{REQUESTS}.{CLOSED}.{TOTAL}"]
    yield "办结率", _share(report, done, [f"{REQUESTS}.{row}.{TOTAL}" for row in RECEIVED])
    for node in outcomes(mandate):
        rows = [f"{REQUESTS}.{leaf.key}.{TOTAL}" for leaf in node.leaves()]
        yield f"{node.name}率", _share(report, rows, done)
    for top in mandate.tables[DISPUTES].blocks[0].columns:
        blocks = [node.key for node in (top, *top.children) if node.key and node.children]
        results = {leaf.key for leaf in top.leaves() if not leaf.total and leaf.key != PENDING}
        part = [f"{DISPUTES}.{block}.{CORRECTED}" for block in blocks]
        whole = [f"{DISPUTES}.{block}.{result}" for block in blocks for result in sorted(results)]
        yield f"{top.label}纠正率", _share(report, part, whole)


def _share(report: Report, part: Sequence[str], whole: Sequence[str]) -> Share:
    upper, lower = _sum(report, part), _sum(report, whole)
    if upper is None or lower is None or lower <= 0 or not 0 <= upper <= lower:
        return Share(upper, lower, None)
    return Share(upper, lower, percent(upper, lower))


def _sum(report: Report, keys: Sequence[str]) -> Number | None:
    figures = [report.figures[key] for key in keys]
    return total(figures) if all(figure.number is not None for figure in figures) else None
