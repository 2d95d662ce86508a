"""一览: every organ of a year with how far its report is."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page

from nianbao.report.submission import State
from nianbao.web.downloads import download
from nianbao.web.office import picked, rows
from nianbao.web.office.access import Asking
from nianbao.web.office.rows import Asked
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue


@gzip_page
@ensure_csrf_cookie
def board(request: Asking) -> HttpResponse:
    """The organs within reach, by one query."""
    assert request.person is not None
    asked = Asked.of(request.GET, setting().year)
    listed = rows.rows(request.person, asked.year)
    found = asked.shown(listed)
    tallies = Counter(row.state for row in listed)
    words = catalogue()["board"]
    shown = {
        "asked": asked,
        "rows": found,
        "every": len(listed),
        "years": [(year, asked.query(year=str(year))) for year in rows.years(request.person)],
        "tallies": [
            (state.value, tallies[state], asked.query(state="" if asked.state == state else state))
            for state in State
            if tallies[state]
        ],
        "late": sum(row.late for row in listed),
        "late_query": asked.query(late="" if asked.late else "1"),
        "faulty": sum(row.errors > 0 for row in listed),
        "faulty_query": asked.query(errors="" if asked.errors else "1"),
        "all_query": Asked(asked.year, sort=asked.sort).query(),
        "reporters": rows.choices(listed, "reporter"),
        "superiors": rows.choices(listed, "superior"),
        "heads": [
            (words[name], name, asked.query(sort=asked.sorted_by(name)), _order(asked, name))
            for name in rows.SORTS
        ],
        "bulk": picked.offered(request.person),
        "told": picked.told(request),
    }
    return render(request, "office/board.html", shown)


def export(request: Asking) -> HttpResponse:
    """The same rows as a workbook."""
    from nianbao.media.workbook import board as sheet

    assert request.person is not None
    asked = Asked.of(request.GET, setting().year)
    found = asked.shown(rows.rows(request.person, asked.year))
    words = catalogue()["board"]
    lines = [
        sheet.Line(
            row.organ, row.reporter, row.superior, row.state, row.due, row.days if row.undone else None,
            row.errors, row.warnings, row.number, row.changed.strftime("%Y-%m-%d %H:%M"), row.done, row.who,
        )
        for row in found
    ]  # fmt: skip
    title = words["sheet"].format(year=asked.year)
    return download(sheet.write(title, lines), f"{title}.xlsx")


def _order(asked: Asked, column: str) -> str:
    """The order that a column is now in, as ARIA says it; "" for none."""
    if asked.sort.removeprefix("-") != column:
        return ""
    return "descending" if asked.sort.startswith("-") else "ascending"
