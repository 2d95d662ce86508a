"""Reports held against one another: figures, rates, particulars and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.report.comparison.columns import Column, Step, columns, steps
from nianbao.report.comparison.figures import Line, line
from nianbao.report.comparison.items import items
from nianbao.report.comparison.passages import Section, sections
from nianbao.report.comparison.rates import Rate, rates
from nianbao.report.report import CHOICES, CONTACTS, ELEMENTS, Report

PARTICULARS = {
    "organ": "机关",
    "year": "年度",
    "reporter": "机关类型",
    "title": "标题",
    "issued_by": "署名",
    "date_line": "成文日期",
    **CONTACTS,
    **{key: name for key, name in ELEMENTS.items() if key not in CHOICES},
}


@dataclass(frozen=True, slots=True)
class Particular:
    """One particular in all reports, "" where a report has none."""

    key: str
    name: str
    texts: tuple[str, ...]
    changed: bool  # not the same in all reports, but for the report's own year


@dataclass(frozen=True)
class Comparison:
    """All that can be compared; what is given for each report or each step stands in their order."""

    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    particulars: tuple[Particular, ...]
    lines: tuple[Line, ...]
    rates: tuple[Rate, ...]
    sections: tuple[Section, ...]

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the form that the reports are made in, oldest first."""
        return tuple(sorted({column.report.mandate.edition.key for column in self.columns}))

    @property
    def one_organ(self) -> bool:
        """Whether they are reports of one organ, each of another year."""
        reports = [column.report for column in self.columns]
        organs, years = {report.organ for report in reports}, {report.year for report in reports}
        return len(organs) == 1 and len(years) == len(reports)


def compare(reports: Sequence[Report]) -> Comparison:
    """Compare two reports or more, in the order of their years."""
    ordered = columns(reports)
    pairs = steps(ordered)
    lines = items(column.report.mandate.edition.key for column in ordered)
    return Comparison(
        columns=ordered,
        steps=pairs,
        particulars=_particulars(ordered),
        lines=tuple(line(item, ordered, pairs) for item in lines),
        rates=rates(ordered, pairs),
        sections=sections(ordered, pairs),
    )


def _particulars(ordered: Sequence[Column]) -> tuple[Particular, ...]:
    by_year = [(str(column.report.year), _texts(column.report)) for column in ordered]
    rows = []
    for key, name in PARTICULARS.items():
        texts = tuple(words[key] for _, words in by_year)
        if any(texts):
            changed = len({words[key].replace(year, "") for year, words in by_year}) > 1
            rows.append(Particular(key, name, texts, changed))
    return tuple(rows)


def _texts(report: Report) -> dict[str, str]:
    texts = {
        "organ": report.organ,
        "year": str(report.year),
        "reporter": report.reporter_name,
        "title": report.title,
        "issued_by": report.issued_by,
        "date_line": report.date_line,
        **report.contact,
        **report.elements,
    }
    return {key: texts.get(key, "") for key in PARTICULARS}
