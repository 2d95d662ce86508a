"""填报链接: made for organs, handed out on slips, revoked; kept as digests, so seen once only."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from nianbao.app import office_lists
from nianbao.report.dates import write_date
from nianbao.report.submission import Right
from nianbao.web.office import events
from nianbao.web.office.access import Asking, who
from nianbao.web.office.entry import digest
from nianbao.web.office.events import Who
from nianbao.web.office.models import Link, Organ, Submission
from nianbao.web.office.notices import say, show
from nianbao.web.office.roster import link_state, links_of, workbook
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue

BYTES = 16  # of a link's token: 128 bits
USED = (
    "link-forms"  # in the session: forms that have been sent, for a second one would undo the first's links
)
MOST_USED = 50


@dataclass(frozen=True, slots=True)
class Slip:
    """What an organ is handed: its link, and by when it has to report."""

    organ: str
    reporter: str
    address: str
    due: date | None
    expires: date
    token: str


@gzip_page
def links(request: Asking, problems: tuple[str, ...] = ()) -> HttpResponse:
    """Every organ with its link of the year."""
    assert request.person is not None
    year, now = setting().year, timezone.now()
    of = links_of(year)
    rows = [
        {**organ, **link_state(of.get(organ["pk"]), now)}
        for organ in request.person.organs(Right.ADMIN).filter(active=True).values("pk", "name", "reporter")
    ]
    without = sum(not row["usable"] for row in rows)
    shown = {"rows": rows, "year": year, "without": without, "form": secrets.token_hex(8)}
    return show(request, "office/links.html", shown, problems)


def make(request: Asking) -> HttpResponse:
    """Make links, and show them: for those without one, for those chosen, or for all anew."""
    assert request.person is not None
    year, now = setting().year, timezone.now()
    organs = request.person.organs(Right.ADMIN).filter(active=True)
    chosen = [int(word) for word in request.POST.getlist("organ") if word.isdecimal() and len(word) < 19]
    match request.POST.get("which"):
        case "all":
            wanted = list(organs)
        case "without":
            of = links_of(year)
            wanted = [organ for organ in organs if not link_state(of.get(organ.pk), now)["usable"]]
        case _:
            wanted = list(organs.filter(pk__in=chosen)) if chosen else []
    if not wanted:
        return links(request, (catalogue()["links"]["nobody"],))
    form = request.POST.get("form", "")
    sent = request.session.get(USED, [])
    if form and form in sent:
        return links(request, (catalogue()["links"]["twice"],))
    request.session[USED] = [*sent, form][-MOST_USED:]
    slips = hand_out(wanted, year, setting().link_days, who(request), request.build_absolute_uri("/enter/"))
    return _sheet(request, slips, year)


def hand_out(organs: Iterable[Organ], year: int, days: int, by: Who, base: str) -> list[Slip]:
    """Give each organ a new link; the one that it had is revoked."""
    expires = timezone.now() + timedelta(days=days)
    organs = list(organs)
    tokens = [secrets.token_urlsafe(BYTES) for _ in organs]
    due = dict(Submission.objects.filter(year=year).values_list("organ_id", "due"))
    with transaction.atomic():
        keys = [organ.pk for organ in organs]
        Link.objects.filter(organ__in=keys, year=year, revoked=False).update(revoked=True)
        Link.objects.bulk_create(
            Link(digest=digest(token), organ=organ, year=year, made_by=by.name, expires=expires)
            for organ, token in zip(organs, tokens, strict=True)
        )
        events.record(by, "links", None, year=year, organs=[organ.name for organ in organs])
    last = timezone.localtime(expires).date()
    return [
        Slip(organ.name, organ.reporter, f"{base}{token}", due.get(organ.pk), last, token)
        for organ, token in zip(organs, tokens, strict=True)
    ]


def as_workbook(request: Asking) -> HttpResponse:
    """The links that a page shows, as a workbook: by their tokens, which only that page has."""
    tokens = request.POST.get("tokens", "").split()
    found = {
        link.digest: link
        for link in Link.objects.filter(digest__in=map(digest, tokens), revoked=False).select_related("organ")
    }
    known = [(token, found[digest(token)]) for token in tokens if digest(token) in found]
    if not known:
        return links(request, (catalogue()["links"]["gone"],))
    words = catalogue()["links"]
    due = dict(Submission.objects.filter(year=known[0][1].year).values_list("organ_id", "due"))
    rows = [
        (
            link.organ.name,
            link.organ.reporter,
            request.build_absolute_uri(f"/enter/{token}"),
            _day(due.get(link.organ_id)),
            _day(timezone.localtime(link.expires).date()),
        )
        for token, link in known
    ]
    heads = [
        (words["organ"], 34.0),
        (words["reporter"], 16.0),
        (words["address"], 56.0),
        (words["due"], 16.0),
        (words["expires"], 16.0),
    ]
    year = known[0][1].year
    content = office_lists.list_workbook(words["sheet"], words["advice"], heads, rows)
    return workbook(content, f"填报链接-{year}.xlsx")


def revoke(request: Asking, link: Link) -> HttpResponse:
    """Revoke a link: whoever came by it is out at once."""
    with transaction.atomic():
        link.revoked = True
        link.save(update_fields=["revoked"])
        events.record(who(request), "link-revoke", None, organ=link.organ.name, link=link.pk)
    say(request, "links", "is_revoked", name=link.organ.name)
    return redirect("links")


def _sheet(request: Asking, slips: list[Slip], year: int) -> HttpResponse:
    office = setting()
    shown = {
        "slips": slips,
        "year": year,
        "office": office,
        "tokens": " ".join(slip.token for slip in slips),
    }
    return show(request, "office/slips.html", shown)


def _day(day: date | None) -> str:
    return write_date(day) if day else ""
