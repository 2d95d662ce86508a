"""一览: every organ of a year with how far its report is."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nianbao.report.submission import Right, State
from nianbao.web.office.access import Asking
from nianbao.web.office.submissions import setting

UNDONE = frozenset({State.ABSENT, State.FILLING, State.UNSIGNED, State.RETURNED})  # not with the office yet


def board(request: Asking) -> HttpResponse:
    """The organs within reach, by one query."""
    assert request.person is not None
    year = setting().year
    today = timezone.localdate()
    rows = list(
        request.person.submissions(Right.BOARD)
        .filter(year=year)
        .values(
            "pk", "organ__name", "organ__reporter", "organ__superior__name", "due", "state", "number",
            "errors", "warnings", "submitted_at", "changed_at",
        )
    )  # fmt: skip
    for row in rows:
        undone = State(row["state"]) in UNDONE
        row["days"] = (row["due"] - today).days if undone else None
        row["late"] = undone and row["due"] < today
    tallies = Counter(row["state"] for row in rows)
    shown = {
        "rows": rows,
        "year": year,
        "tallies": [(state.value, tallies[state.value]) for state in State if tallies[state.value]],
        "late": sum(row["late"] for row in rows),
    }
    return render(request, "office/board.html", shown)
