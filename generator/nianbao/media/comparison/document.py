"""A comparison as JSON for programs: everything, whether it differs or not."""

from __future__ import annotations

from decimal import Decimal

from nianbao.report.comparison import Column, Comparison, Difference, Given, Line, Rate, Section, wording
from nianbao.report.figure import plain


def to_json(comparison: Comparison) -> dict[str, object]:
    """The comparison as `compare --json` prints it; docs/compare.md tells what each name means."""
    return {
        "reports": list(map(_column, comparison.columns)),
        "steps": [
            {
                "before": step.before,
                "after": step.after,
                "whole": step.whole,
                "label": wording.step(comparison, step),
            }
            for step in comparison.steps
        ],
        "particulars": [
            {"key": one.key, "name": one.name, "texts": list(one.texts), "changed": one.changed}
            for one in comparison.particulars
        ],
        "figures": list(map(_line, comparison.lines)),
        "rates": list(map(_rate, comparison.rates)),
        "sections": list(map(_section, comparison.sections)),
    }


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
    item = line.item
    return {
        "key": item.key,
        "section": item.section,
        "row": item.row,
        "column": item.column,
        "kind": item.kind.value,
        "unit": item.unit,
        "notes": list(item.notes),
        "changed": line.changed,
        "given": list(map(_given, line.given)),
        "differences": list(map(_difference, line.differences)),
    }


def _given(given: Given) -> dict[str, object] | None:
    if not given.figures:
        return None
    return {
        "number": _number(given.number),
        "partial": given.partial,
        "states": [figure.state.value for figure in given.figures],
        "texts": [figure.text for figure in given.figures],
    }


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "turn": difference.turn.value,
        "amount": _number(difference.amount),
        "percent": _number(difference.percent),
    }


def _rate(rate: Rate) -> dict[str, object]:
    return {
        "name": rate.name,
        "shares": [
            {"part": _number(one.part), "whole": _number(one.whole), "percent": _number(one.percent)}
            for one in rate.shares
        ],
        "points": list(map(_number, rate.points)),
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "key": section.key,
        "heading": section.heading,
        "rewritings": [
            {
                "alike": None if one.alike is None else round(one.alike, 1),
                "passages": [
                    {
                        "turn": passage.turn.value,
                        "before": passage.before,
                        "after": passage.after,
                        "runs": [{"fate": run.fate.value, "text": run.text} for run in passage.runs],
                    }
                    for passage in one.passages
                ],
            }
            for one in section.rewritings
        ],
    }


def _number(number: int | Decimal | None) -> int | float | str | None:
    """A number as JSON has it; as a text where a float would not be the same number."""
    if not isinstance(number, Decimal):
        return number
    near = float(number)
    return near if Decimal(repr(near)) == number else plain(number)
