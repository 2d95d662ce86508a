"""A comparison as JSON for programs: everything, whether it differs or not."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from nianbao.report.comparison import Column, Comparison, Given, Line, Passage, Section, wording
from nianbao.report.figure import plain

ITEM = ("key", "section", "row", "column", "kind", "unit", "notes")  # what is told of a line's item


def to_json(comparison: Comparison) -> dict[str, object]:
    """The comparison as `compare --json` prints it."""
    document = {
        "reports": map(_column, comparison.columns),
        "steps": (asdict(step) | {"label": wording.step(comparison, step)} for step in comparison.steps),
        "particulars": map(asdict, comparison.particulars),
        "figures": map(_line, comparison.lines),
        "rates": map(asdict, comparison.rates),
        "sections": map(_section, comparison.sections),
    }
    return {name: [_plain(entry) for entry in entries] for name, entries in document.items()}


def _column(column: Column) -> dict[str, object]:
    report = column.report
    return {
        "label": column.label,
        "file": report.file,
        "organ": report.organ,
        "year": report.year,
        "edition": report.mandate.edition.key,
    }


def _line(line: Line) -> dict[str, object]:
    item = {name: getattr(line.item, name) for name in ITEM}
    return item | {
        "changed": line.changed,
        "given": list(map(_given, line.given)),
        "differences": list(map(asdict, line.differences)),
    }


def _given(given: Given) -> dict[str, object] | None:
    if not given.figures:
        return None
    return {
        "number": given.number,
        "partial": given.partial,
        "states": [figure.state for figure in given.figures],
        "texts": [figure.text for figure in given.figures],
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "heading": section.heading,
        "rewritings": [
            {
                "alike": None if rewriting.alike is None else round(rewriting.alike, 1),
                "passages": list(map(_passage, rewriting.passages)),
            }
            for rewriting in section.rewritings
        ],
    }


def _passage(passage: Passage) -> dict[str, object]:
    return asdict(passage) | {"runs": [{"fate": run.fate, "text": run.text} for run in passage.runs]}


def _plain(value: Any) -> Any:
    """The value as JSON has it; a number as a text where a float would not be the same number."""
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return list(map(_plain, value))
        case Decimal():
            near = float(value)
            return near if Decimal(repr(near)) == value else plain(value)
        case _:
            return value
