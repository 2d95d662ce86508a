"""年度与期限: the year that is collected, and by when each kind of reporter has to report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from nianbao.app.outcome import Usage
from nianbao.mandate import editions, for_year
from nianbao.web.numbers import plain_number
from nianbao.web.office import deadlines
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Submission
from nianbao.web.office.notices import say, show
from nianbao.web.office.roster import day
from nianbao.web.office.submissions import setting

FIRST, LAST = min(map(int, editions())), 2100  # years that can be collected


def years(request: Asking, problems: tuple[str, ...] = ()) -> HttpResponse:
    """The years, and the days of the one that is collected now."""
    office = setting()
    own = deadlines.own_deadlines(office.year)
    given = request.POST if problems else {}
    kinds = [
        {
            "key": kind.key,
            "name": kind.name,
            "note": kind.note,
            "usual": kind.deadline(office.year),
            "due": given.get(kind.key) or own.get(kind.name, kind.deadline(office.year)).isoformat(),
            "own": kind.name in own,
        }
        for kind in for_year(office.year).reporters
    ]
    known = set(Submission.objects.values_list("year", flat=True).distinct().order_by()) | {office.year}
    newest = max(*known, timezone.localdate().year)
    shown = {
        "year": office.year,
        "years": sorted({*known, newest, newest + 1, newest - 1}, reverse=True),
        "kinds": kinds,
        "counted": Submission.objects.filter(year=office.year).count(),
    }
    return show(request, "office/years.html", shown, problems)


def open_year(request: Asking) -> HttpResponse:
    """Collect a year from now on."""
    text = request.POST.get("year", "")
    year = plain_number(text)
    if year is None or not FIRST <= year <= LAST:
        return years(request, (f"“{text[:20]}”不是年度，请写作 {timezone.localdate().year - 1}",))
    added = deadlines.open_year(year, who(request))
    say(request, "years", "opened", year=year, count=added)
    return redirect("years")


def set_deadlines(request: Asking) -> HttpResponse:
    """Set the days of each kind of reporter."""
    year = setting().year
    days = {}
    try:
        for kind in for_year(year).reporters:
            due = day(request.POST.get(kind.key, "")) or kind.deadline(year)
            if wrong := deadlines.misplaced(year, due):
                raise Usage(f"{kind.name}：{wrong}")
            days[kind.name] = due
    except Usage as error:
        return years(request, (str(error),))
    changed = deadlines.set_deadlines(year, days, who(request))
    say(request, "years", "set", count=changed)
    return redirect("years")
