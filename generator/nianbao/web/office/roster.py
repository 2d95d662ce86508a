"""名册: the organs, one by one and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from nianbao.app import office_lists
from nianbao.app.outcome import Usage
from nianbao.mandate import for_year
from nianbao.report import ProblemsFound
from nianbao.report.rollup import normal
from nianbao.report.submission import Right
from nianbao.web.downloads import download
from nianbao.web.office import organs
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Link, Organ, Submission
from nianbao.web.office.notices import say, show
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue


@gzip_page
def listed(request: Asking, problems: tuple[str, ...] = ()) -> HttpResponse:
    """Every organ, with its day, its report and its link; those that are asked for."""
    assert request.person is not None
    office, asked = setting(), request.GET
    now = timezone.now()
    found = request.person.organs(Right.ADMIN)
    if word := asked.get("q", "").strip():
        found = found.filter(Q(normal_name__contains=normal(word)) | Q(remark__contains=word))
    if kind := asked.get("reporter", ""):
        found = found.filter(reporter="" if kind == "-" else kind)
    if above := asked.get("superior", ""):
        found = found.filter(superior_id=int(above) if above.isdecimal() and len(above) < 19 else None)
    if not asked.get("all"):
        found = found.filter(active=True)
    reports = {
        number: {"due": due.isoformat(), "state": state}
        for number, due, state in Submission.objects.filter(year=office.year).values_list(
            "organ_id", "due", "state"
        )
    }
    links = links_of(office.year)
    none: dict[str, str] = {}
    rows = [
        {**row, **reports.get(row["pk"], none), **link_state(links.get(row["pk"]), now)}
        for row in found.values("pk", "name", "reporter", "superior__name", "active", "remark")
    ]
    shown = {
        "rows": rows,
        "year": office.year,
        "asked": asked,
        "kinds": [kind.name for kind in for_year(office.year).reporters],
        "superiors": Organ.objects.filter(pk__in=Organ.objects.exclude(superior=None).values("superior")),
        "idle": Organ.objects.filter(active=False).count(),
    }
    return show(request, "office/organs.html", shown, problems)


def links_of(year: int) -> dict[int, dict[str, Any]]:
    """What is known of each organ's newest link."""
    fields = ("pk", "organ_id", "made_by", "made_at", "expires", "revoked", "used_at")
    return {link["organ_id"]: link for link in Link.objects.filter(year=year).order_by("pk").values(*fields)}


def link_state(link: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """What became of a link, in a word, and the days of it; `usable` while it lets in."""
    words = catalogue()["links"]
    if link is None:
        return {"link": "", "usable": False, "word": words["none"]}
    state = (
        "revoked"
        if link["revoked"]
        else "expired"
        if link["expires"] < now
        else "used"
        if link["used_at"]
        else "unused"
    )
    return {
        "link": link["pk"],
        "usable": state in ("used", "unused"),
        "word": words[state],
        "until": timezone.localtime(link["expires"]).date().isoformat(),
        "made": f"{timezone.localtime(link['made_at']):%Y-%m-%d %H:%M} {link['made_by']}",
        "used": f"{timezone.localtime(link['used_at']):%Y-%m-%d %H:%M}" if link["used_at"] else "",
    }


def taken_home(request: Asking) -> HttpResponse:
    """The roster as a workbook, which can be read again."""
    year = setting().year
    content = office_lists.roster_workbook(organs.as_roster(year), for_year(year))
    return workbook(content, f"名册-{year}.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep."""
    return download(content, name)


def add(request: Asking) -> HttpResponse:
    """Put one more organ on the roster."""
    if request.method != "POST":
        return _form(request, None, {})
    try:
        given = _given(request.POST)
        organ = organs.add(**given, who=who(request))
    except (ProblemsFound, Usage) as error:
        return _form(request, None, request.POST, in_words(error))
    say(request, "organs", "added", name=organ.name)
    return redirect("organs")


def edit(request: Asking, organ: Organ) -> HttpResponse:
    """Change what stands on the roster of an organ."""
    if request.method != "POST":
        report = Submission.objects.filter(organ=organ, year=setting().year).first()
        values = {
            "name": organ.name,
            "reporter": organ.reporter,
            "superior": _called(organ.superior),
            "due": report.due.isoformat() if report else "",
            "remark": organ.remark,
        }
        return _form(request, organ, values)
    try:
        organs.change(organ, **_given(request.POST), who=who(request))
    except (ProblemsFound, Usage) as error:
        return _form(request, Organ.objects.get(pk=organ.pk), request.POST, in_words(error))
    say(request, "organs", "saved", name=organ.name)
    return redirect("organs")


def take_out(request: Asking, organ: Organ) -> HttpResponse:
    """Take an organ off the roster."""
    name = organ.name
    organs.take_out(organ, who(request))
    say(request, "organs", "out", name=name)
    return redirect("organs")


def take_back(request: Asking, organ: Organ) -> HttpResponse:
    """Put an organ back."""
    organs.take_back(organ, who(request))
    say(request, "organs", "back", name=organ.name)
    return redirect("organs")


def _given(form: Mapping[str, str]) -> dict[str, Any]:
    """What an organ's form says; raises Usage."""
    mandate = for_year(setting().year)
    name, kind, above = (form.get(key, "").strip() for key in ("name", "reporter", "superior"))
    if not name:
        raise Usage("请填机关全称")
    if kind and kind not in {reporter.name for reporter in mandate.reporters}:
        raise Usage(f"没有“{kind}”这一类机关，请在列出的各类里选，或者留空")
    return {
        "name": name,
        "reporter": kind,
        "superior": _superior(above),
        "due": day(form.get("due", "")),
        "remark": form.get("remark", "").strip(),
    }


def day(text: str) -> date | None:
    """A day as a form has it, None where there is none; raises Usage."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Usage(f"“{text[:40]}”不是日期，请写作 2026-01-31") from None


def _superior(name: str) -> Organ | None:
    """The organ that a form names as superior: the aggregate, of two of one name; raises Usage."""
    if not name:
        return None
    bare = normal(name)
    found = Organ.objects.filter(normal_name=bare, active=True).order_by("-aggregate").first()
    if found is None:
        raise Usage(f"名册上没有“{name[:40]}”，上级要是名册上的一个机关，或者留空")
    return found


def _called(organ: Organ | None) -> str:
    return organ.name if organ else ""


def _form(
    request: Asking, organ: Organ | None, values: Mapping[str, str], problems: tuple[str, ...] = ()
) -> HttpResponse:
    year = setting().year
    shown = {
        "organ": organ,
        "values": {key: values.get(key, "") for key in ("name", "reporter", "superior", "due", "remark")},
        "kinds": [kind.name for kind in for_year(year).reporters],
        "superiors": sorted(
            set(Organ.objects.filter(aggregate=True, active=True).values_list("name", flat=True))
        ),
        "year": year,
    }
    return show(request, "office/organ.html", shown, problems)


def in_words(error: ProblemsFound | Usage) -> tuple[str, ...]:
    """What a page says of what was not done."""
    return tuple(map(str, error.problems)) if isinstance(error, ProblemsFound) else (str(error),)
