"""One page of HTML with a comparison, for reading and printing; needs no other file and runs no script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from nianbao.media import pages
from nianbao.report.comparison import Comparison, Line, Rate, wording
from nianbao.report.comparison.figures import Turn

WIDE = 4  # reports; of more, paper is turned
CHANGES = ("more", "less", "other")  # how a cell with a change is marked


class Cell(NamedTuple):
    """A value with how it changed below it; `turn` is one of CHANGES, same, apart, or ""."""

    value: str
    change: str = ""
    turn: str = ""


def write(
    comparison: Comparison,
    drawings: Sequence[pages.Drawing] = (),
    *,
    without: Sequence[str] = (),
    every: bool = False,
) -> str:
    """The page: what differs, or with `every` what is the same too; `without` says which charts it lacks."""
    contents = {
        "charts": wording.CHARTS if drawings or without else "",
        "figures": wording.FIGURES,
        "rates": wording.RATES if comparison.rates else "",
        "texts": wording.TEXTS if comparison.sections else "",
    }
    labels = [column.label for column in comparison.columns]
    wholes = [wording.step(comparison, step) for step in comparison.steps if step.whole]
    return pages.render(
        "comparison/page.html",
        comparison=comparison,
        contents={name: heading for name, heading in contents.items() if heading},
        landscape=len(comparison.columns) > WIDE,
        labels=labels,
        columns=["项目", *labels, *wholes],
        drawings=drawings,
        without=without,
        every=every,
        grouped=_grouped,
        figure_cells=_figure_cells,
        rate_cells=_rate_cells,
        wording=wording,
    )


def _grouped(lines: Sequence[Line], name: str) -> list[tuple[str, list[Line]]]:
    """Lines by what is called so of their items, in their order."""
    return [(label, list(group)) for label, group in groupby(lines, attrgetter(f"item.{name}"))]


def _figure_cells(comparison: Comparison, line: Line) -> list[Cell]:
    """A cell for each report, and one for each change from an organ's first report to its last."""
    values = [Cell(wording.given(given), turn="" if given.figures else "apart") for given in line.given]
    changes = []
    for step, difference in zip(comparison.steps, line.differences, strict=True):
        turn = difference.turn if difference.turn in (*CHANGES, Turn.SAME, Turn.APART) else "other"
        before, after = line.given[step.before], line.given[step.after]
        changes.append((turn, wording.difference(difference, before, after)))
    return _changed(comparison, values, changes)


def _rate_cells(comparison: Comparison, rate: Rate) -> list[Cell]:
    """The same of a rate, each with what it is worked out from."""
    turns = ["" if not points else "more" if points > 0 else "less" for points in rate.points]
    changes = list(zip(turns, map(wording.points, rate.points), strict=True))
    return _changed(comparison, [Cell(wording.share(share)) for share in rate.shares], changes)


def _changed(comparison: Comparison, cells: Sequence[Cell], changes: Sequence[tuple[str, str]]) -> list[Cell]:
    """The reports' cells, each with its change; behind them those of whole changes."""
    reports, wholes = list(cells), []
    for step, (turn, change) in zip(comparison.steps, changes, strict=True):
        if step.whole:
            wholes.append(Cell("", change, turn))
        elif turn in CHANGES:
            told = wording.against(comparison, step) + change
            reports[step.after] = Cell(reports[step.after].value, told, turn)
    return [*reports, *wholes]
