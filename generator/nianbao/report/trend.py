"""Charts as values: how applications, their outcomes and disputes went over the years, or in one.

What a chart shows is worked out here; how it looks is `media/charts`. All words come from the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nianbao.mandate import Mandate, Node, load
from nianbao.report.chart import Chart, Kind, LeftOut, Series
from nianbao.report.report import Report

REQUESTS, DISPUTES = "requests", "disputes"
RECEIVED = ("received", "carried_in")
TOTAL = "total"
MOST_YEARS = 12  # that can be read side by side; of more, the last are shown


@dataclass(frozen=True, slots=True)
class Year:
    """What charts take from one report, `numbers` by figure key: small enough to be sent about."""

    organ: str
    year: int
    edition: str
    numbers: Mapping[str, int | None]


def year_of(report: Report) -> Year:
    """The counts of one report; None where a cell has none: blank, not applicable, text, below zero."""
    tables = (report.mandate.tables[key] for key in (REQUESTS, DISPUTES))
    numbers = {slot.key: report.figures[slot.key].number for table in tables for slot in table.slots}
    counts = {
        key: number if isinstance(number, int) and number >= 0 else None for key, number in numbers.items()
    }
    return Year(report.organ, report.year, report.mandate.edition.key, counts)


def trends(reports: Sequence[Report | Year], labels: Sequence[str] = ()) -> tuple[Chart, ...]:
    """The charts of one report, of one organ's years, or of several organs; none that shows nothing.

    One organ's years stand in their order, with a gap for each year between them without a report.
    Other reports stand as they are given, told apart by organ and year, or by `labels`.
    """
    return tuple(chart for chart in _charts(reports, labels) if any(chart.numbers))


def left_out(reports: Sequence[Report | Year], labels: Sequence[str] = ()) -> tuple[LeftOut, ...]:
    """The charts that `trends` does not give of these reports."""
    empty = [chart for chart in _charts(reports, labels) if not any(chart.numbers)]
    return tuple(LeftOut(chart.title, "全部是 0" if chart.numbers else "没有填数") for chart in empty)


Cell = tuple[Year | None, tuple[str, ...]]  # a year, and the figures whose sum is shown
Rows = Mapping[str, Sequence[Cell]]  # by the series' name


def _charts(reports: Sequence[Report | Year], labels: Sequence[str]) -> Iterator[Chart]:
    years = [report if isinstance(report, Year) else year_of(report) for report in reports]
    if len(years) == 1:
        yield from _of_one(years[0])
    elif years:
        yield from _of_many(_columns(years, labels))


def _of_one(year: Year) -> Iterator[Chart]:
    """Applicants, outcomes and disputes of one report; categories are labels of the form."""
    mandate, span = load(year.edition), f"{year.year}年"
    rows = [_row(mandate, key) for key in RECEIVED]
    columns = mandate.tables[REQUESTS].blocks[0].columns
    kinds = _parts(columns)
    title = f"{span}{_joined(rows)}（{columns[0].label}）"
    received: Rows = {
        row.name: [(year, (f"{REQUESTS}.{row.key}.{kind.key}",)) for kind in kinds] for row in rows
    }
    yield _chart(Kind.COLUMNS, title, [kind.label for kind in kinds], received)
    group = _outcome_group(mandate)
    figures = _outcome_figures(mandate)
    cells = [(year, keys) for keys in figures.values()]
    label = _bare(group.label)
    yield _chart(Kind.COLUMNS, f"{span}{label}", list(figures), {label: cells})
    blocks = [block for top in mandate.tables[DISPUTES].blocks[0].columns for block in _blocks(top)]
    disputes = {block.label: [(year, keys) for keys in _results(block).values()] for block in blocks}
    title = f"{span}{_bare(mandate.section(DISPUTES).heading)}"
    yield _chart(Kind.COLUMNS, title, list(_results(blocks[0])), disputes)


def _of_many(columns: Mapping[str, Year | None]) -> Iterator[Chart]:
    """Applications, outcomes, and disputes of each kind; categories are the reports."""
    editions = {year.edition: load(year.edition) for year in columns.values() if year is not None}
    last, span = editions[max(editions)], _span(columns)
    rows = [_row(last, key) for key in RECEIVED]
    received = {
        edition: {row.name: (f"{REQUESTS}.{row.key}.{TOTAL}",) for row in rows} for edition in editions
    }
    yield _over(Kind.COLUMNS, f"{span}{_joined(rows)}", columns, received)
    closed = {edition: _outcome_figures(mandate) for edition, mandate in editions.items()}
    yield _over(Kind.STACKED, f"{span}{_bare(_outcome_group(last).label)}", columns, closed)
    for top in last.tables[DISPUTES].blocks[0].columns:
        results = {
            edition: _results(column)
            for edition, mandate in editions.items()
            for column in mandate.tables[DISPUTES].blocks[0].columns
            if column.label == top.label
        }
        yield _over(Kind.STACKED, f"{span}{top.label}情况", columns, results)


def _over(
    kind: Kind,
    title: str,
    columns: Mapping[str, Year | None],
    figures: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> Chart:
    """A chart over reports; `figures` are by edition and series, and a form may lack a series."""
    names = dict.fromkeys(name for edition in sorted(figures) for name in figures[edition])
    rows: Rows = {
        name: [
            (year, figures.get(year.edition, {}).get(name, ()) if year else ()) for year in columns.values()
        ]
        for name in names
    }
    return _chart(kind, title, list(columns), rows)


def _chart(kind: Kind, title: str, categories: Sequence[str], rows: Rows) -> Chart:
    series = tuple(Series(name, tuple(_sum(cell) for cell in cells)) for name, cells in rows.items())
    partly = [
        category
        for index, category in enumerate(categories)
        if any(0 < len(_known(cells[index])) < len(cells[index][1]) for cells in rows.values())
    ]
    note = f"{'、'.join(partly)}有没填数的格，只合计填了的。" if partly else ""
    return Chart(kind, title, tuple(categories), series, note=note)


def _sum(cell: Cell) -> int | None:
    known = _known(cell)
    return sum(known) if known else None


def _known(cell: Cell) -> list[int]:
    year, keys = cell
    numbers = [year.numbers.get(key) for key in keys] if year else []
    return [number for number in numbers if number is not None]


def _columns(years: Sequence[Year], labels: Sequence[str]) -> dict[str, Year | None]:
    """Each report by its label, in the order of the axis; None for a year without a report."""
    organs, by_year = {year.organ for year in years}, {year.year: year for year in years}
    if not labels and len(organs) == 1 and len(by_year) == len(years):
        axis = range(min(by_year), max(by_year) + 1)[-MOST_YEARS:]
        return {f"{number}年": by_year.get(number) for number in axis}
    if not labels:
        several = len(organs) > 1
        labels = [
            (year.organ if several else "") + (f"{year.year}年" if len(by_year) > 1 or not several else "")
            for year in years
        ]
    counts: Counter[str] = Counter()
    columns: dict[str, Year | None] = {}
    for label, year in zip(labels, years, strict=True):
        counts[label] += 1
        columns[f"{label}（{counts[label]}）" if list(labels).count(label) > 1 else label] = year
    return columns


def _span(columns: Mapping[str, Year | None]) -> str:
    years = [year.year for year in columns.values() if year is not None]
    return f"{min(years)}年" if min(years) == max(years) else f"{min(years)}—{max(years)}年"


def _row(mandate: Mandate, key: str) -> Node:
    return next(node for node in mandate.tables[REQUESTS].blocks[0].rows if node.key == key)


def _outcome_group(mandate: Mandate) -> Node:
    """The group of rows that has the outcomes: the one with rows of its own."""
    return next(node for node in mandate.tables[REQUESTS].blocks[0].rows if node.children)


def outcomes(mandate: Mandate) -> list[Node]:
    """The kinds of outcome: the rows of the group that has them, but its total."""
    return [node for node in _outcome_group(mandate).children if not node.total]


def _outcome_figures(mandate: Mandate) -> dict[str, tuple[str, ...]]:
    """Each kind of outcome by its name, with the totals of its rows, however many the form has."""
    return {
        node.name: tuple(f"{REQUESTS}.{leaf.key}.{TOTAL}" for leaf in node.leaves())
        for node in outcomes(mandate)
    }


def _parts(nodes: Sequence[Node]) -> list[Node]:
    """All leaves that are no total of others."""
    return [leaf for node in nodes for leaf in node.leaves() if not leaf.total]


def _blocks(node: Node) -> list[Node]:
    """The nodes right above leaves."""
    below = [block for child in node.children for block in _blocks(child)]
    return below or ([node] if node.children else [])


def _results(node: Node) -> dict[str, tuple[str, ...]]:
    """Each result of disputes of one kind by its label, with its figures."""
    results: dict[str, tuple[str, ...]] = {}
    for block in _blocks(node):
        for leaf in _parts(block.children):
            results[leaf.label] = (*results.get(leaf.label, ()), f"{DISPUTES}.{block.key}.{leaf.key}")
    return results


def _bare(label: str) -> str:
    """A label without its number."""
    return label.partition("、")[2] or label


def _joined(rows: Sequence[Node]) -> str:
    """The labels of rows as one, what they all end with said once."""
    labels = [_bare(row.label) for row in rows]
    ends = [labels[0][at:] for at in range(len(labels[0]) + 1)]
    end = next(end for end in ends if all(label.endswith(end) for label in labels))
    return "、".join(label.removesuffix(end) for label in labels) + end
