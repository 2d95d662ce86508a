"""The tables of the page: the reports, their figures, and the rates worked out from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

from nianbao.media.comparison.markup import head, scroll
from nianbao.report.comparison import Comparison, Line, Rate, wording
from nianbao.report.comparison.figures import Turn

SIGNS = {Turn.MORE: "more", Turn.LESS: "less", Turn.SAME: "same", Turn.APART: "apart"}


def reports(comparison: Comparison, *, every: bool) -> Iterator[str]:
    """What is compared: file and edition of each report, and particulars that differ."""
    labels = [one.label for one in comparison.columns]
    rows = [
        ("文件", [one.report.file for one in comparison.columns]),
        ("格式", [one.report.mandate.edition.decree for one in comparison.columns]),
        *((one.name, list(one.texts)) for one in comparison.particulars if every or one.changed),
    ]
    table = [f"<table><caption>{wording.PARTICULARS}</caption>", head(("", *labels)), "<tbody>"]
    for name, texts in rows:
        cells = "".join(f"<td>{escape(text or wording.NOTHING)}</td>" for text in texts)
        table.append(f'<tr><th scope="row" class="label">{escape(name)}</th>{cells}</tr>')
    yield from scroll(wording.PARTICULARS, (*table, "</tbody></table>"))


def figures(comparison: Comparison, section: str, lines: Sequence[Line]) -> Iterator[str]:
    """The figures of one section: a group of lines for each row of the form, a column for each report."""
    columns = _columns(comparison)
    table = [f"<table><caption>{escape(section)}</caption>", head(columns)]
    for row, group in groupby(lines, key=lambda line: line.item.row):
        of_row = list(group)
        notes = dict.fromkeys(note for line in of_row if not line.apart for note in line.item.notes)
        said = "".join(f"<br><small>{escape(note)}</small>" for note in notes)
        table.append("<tbody>")
        table.append(
            f'<tr class="group"><th scope="rowgroup" class="group" colspan="{len(columns)}">'
            f"<span>{escape(row)}{said}</span></th></tr>"
        )
        table += [_line(comparison, line) for line in of_row]
        table.append("</tbody>")
    yield from scroll(section, (*table, "</table>"))


def _line(comparison: Comparison, line: Line) -> str:
    cells = [(_turn(""), wording.given(one), "") for one in line.given]
    wholes = []
    for step, one in zip(comparison.steps, line.differences, strict=True):
        said = wording.difference(one, line.given[step.before], line.given[step.after])
        sign = SIGNS.get(one.turn, "other")
        if step.whole:
            wholes.append((_turn(sign), "", said))
        elif one.turn not in (Turn.SAME, Turn.APART):
            _, value, _ = cells[step.after]
            cells[step.after] = (_turn(sign), value, wording.against(comparison, step) + said)
    for at, given in enumerate(line.given):
        if not given.figures:
            cells[at] = (_turn("apart"), wording.ABSENT, "")
    return _row(line.item.column, (*cells, *wholes))


def rates(comparison: Comparison) -> Iterator[str]:
    """The rates, each with what it is worked out from; nothing where there are none."""
    if not comparison.rates:
        return
    table = [f"<table><caption>{wording.RATES}</caption>", head(_columns(comparison)), "<tbody>"]
    table += [_rate(comparison, one) for one in comparison.rates]
    yield '<p class="note">括号内是算出比率的两个数；比率只由表格中的数算出，缺数的、前后矛盾的不算。</p>'
    yield from scroll(wording.RATES, (*table, "</tbody></table>"))


def _rate(comparison: Comparison, rate: Rate) -> str:
    cells = [(_turn(""), wording.share(one), "") for one in rate.shares]
    wholes = []
    for step, one in zip(comparison.steps, rate.points, strict=True):
        if step.whole:
            wholes.append((_turn(_sign(one)), "", wording.points(one)))
        elif one:
            _, value, _ = cells[step.after]
            change = wording.against(comparison, step) + wording.points(one)
            cells[step.after] = (_turn(_sign(one)), value, change)
    return _row(rate.name, (*cells, *wholes))


def _columns(comparison: Comparison) -> list[str]:
    wholes = [wording.step(comparison, step) for step in comparison.steps if step.whole]
    return ["项目", *(one.label for one in comparison.columns), *wholes]


def _sign(change: Decimal | None) -> str:
    return "" if not change else "more" if change > 0 else "less"


def _turn(sign: str) -> str:
    return f"number {sign}".rstrip()


def _row(label: str, cells: Sequence[tuple[str, str, str]]) -> str:
    """One row; each cell has its class, its value, and what is said below it."""
    row = "".join(
        f'<td class="{kind}">{escape(value)}{f"<small>{escape(below)}</small>" if below else ""}</td>'
        for kind, value, below in cells
    )
    return f'<tr><th scope="row" class="label">{escape(label)}</th>{row}</tr>'
