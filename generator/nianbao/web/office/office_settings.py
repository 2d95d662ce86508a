"""设置: what the office decides for itself, and the fonts of its server."""

from __future__ import annotations

from importlib.metadata import version

from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from nianbao.web.numbers import plain_number
from nianbao.web.office import events, submissions
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Setting
from nianbao.web.office.notices import say, show
from nianbao.web.workbench.beside import font_table

TEXTS, TICKS = ("name", "contact"), ("signature", "lenient")
FEWEST_DAYS, MOST_DAYS = 1, 366  # that a link holds


def settings(request: Asking) -> HttpResponse:
    """What the office decides; changed by the same page."""
    office = submissions.setting()
    if request.method != "POST":
        return _page(request, office)
    before = {name: getattr(office, name) for name in (*TEXTS, *TICKS, "link_days")}
    for name in TEXTS:
        setattr(office, name, request.POST.get(name, "").strip()[:200])
    for name in TICKS:
        setattr(office, name, request.POST.get(name) == "on")
    days = request.POST.get("link_days", "").strip()
    number = plain_number(days)
    if number is None or not FEWEST_DAYS <= number <= MOST_DAYS:
        what = f"链接的有效天数写了“{days[:20]}”，请写 {FEWEST_DAYS} 到 {MOST_DAYS} 的数"
        return _page(request, office, (what,), days)
    office.link_days = number
    changed = {
        name: [str(value), str(getattr(office, name))]
        for name, value in before.items()
        if value != getattr(office, name)
    }
    with transaction.atomic():
        office.save()
        if changed:
            events.record(who(request), "settings", None, settings=changed)
    say(request, "settings", "saved")
    return redirect("settings")


def _page(
    request: Asking, office: Setting, problems: tuple[str, ...] = (), days: str | None = None
) -> HttpResponse:
    rows, missing = font_table()
    shown = {
        "office": office,
        "days": office.link_days if days is None else days,
        "fonts": rows,
        "missing": missing,
        "version": version("nianbao"),
        "database": connection.vendor,
    }
    return show(request, "office/settings.html", shown, problems)
