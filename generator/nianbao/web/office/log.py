"""日志: what was done, by whom, from where; and whether anybody has been at the log itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from nianbao.app.outcome import Usage
from nianbao.report.submission import ACTIONS
from nianbao.web.office import events
from nianbao.web.office.access import Asking
from nianbao.web.office.models import Event, Head
from nianbao.web.office.notices import show
from nianbao.web.office.roster import day
from nianbao.web.words import catalogue

LINES = 100  # on a page
MOST_NAMED = 12  # of a list that a line tells
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t",
    "\r",
    "\n",
)  # a spreadsheet counts what begins so
FILTERS = ("since", "until", "who", "organ", "what")


@gzip_page
def log(request: Asking) -> HttpResponse:
    """The newest lines that are asked for, and the digest of the last one of all."""
    problems: tuple[str, ...] = ()
    try:
        found = _found(request.GET)
    except Usage as error:
        found, problems = Event.objects.none(), (str(error),)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(id__lt=int(before))
    lines = list(found.order_by("-id").select_related("submission__organ")[: LINES + 1])
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    shown = {
        "lines": [_line(event) for event in lines[:LINES]],
        "older": lines[LINES - 1].id if len(lines) > LINES else None,
        "asked": asked,
        "query": _query(asked),
        "kinds": sorted(names().items(), key=lambda pair: pair[1]),
        "head": Head.objects.filter(pk=1).first(),
    }
    return show(request, "office/log.html", shown, problems)


def verify(request: Asking) -> HttpResponse:
    """Whether every line follows from the one before it, from the first to the last."""
    flaws = [flaw for flaw, _ in zip(events.flaws(), range(LINES), strict=False)]
    return show(
        request, "office/log_verified.html", {"flaws": flaws, "head": Head.objects.filter(pk=1).first()}
    )


def taken_home(request: Asking) -> HttpResponse:
    """The lines that are asked for, all of them, for a spreadsheet; oldest first."""
    try:
        found = _found(request.GET)
    except Usage as error:
        return show(request, "office/log.html", {"asked": {}, "kinds": []}, (str(error),))
    headers = {"Content-Disposition": 'attachment; filename="log.csv"'}
    rows = _rows(found.order_by("id").select_related("submission__organ"))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)  # type: ignore[return-value]


def names() -> dict[str, str]:
    """What is done, in words."""
    words: dict[str, str] = catalogue()["events"]
    return {str(action): row.word for action, row in ACTIONS.items()} | words


def told(detail: str) -> list[str]:
    """What a line says beside who and what: a name and its value each."""
    words: Mapping[str, str] = catalogue()["details"]
    values = json.loads(detail) if detail else {}
    if isinstance(values.get("remark"), int):  # as it was called at first, like an organ's
        values["remark_number"] = values.pop("remark")
    return [
        f"{words.get(name, name)}：{_told(value)}" for name, value in values.items() if value not in ("", [])
    ]


def _told(value: object) -> str:
    words: Mapping[str, str] = catalogue()["details"]
    match value:
        case [str(before), str(after)] if before != after:
            return f"{before or '空白'} → {after or '空白'}"
        case list():
            more = f"…等 {len(value)} 个" if len(value) > MOST_NAMED else ""
            return "、".join(map(_told, value[:MOST_NAMED])) + more
        case dict():
            pairs = [f"{words.get(name, name)}（{_told(of)}）" for name, of in value.items()]
            more = f"…等 {len(pairs)} 个" if len(pairs) > MOST_NAMED else ""
            return "、".join(pairs[:MOST_NAMED]) + more
        case _:
            return str(value)


def _found(asked: Mapping[str, str]) -> QuerySet[Event]:
    """The lines that are asked for; raises Usage for a day that is none."""
    found = Event.objects.all()
    since, until = day(asked.get("since", "")), day(asked.get("until", ""))
    if since:
        found = found.filter(id__gte=_first_of(since))
    if until:
        found = found.filter(id__lt=_first_of(until + timedelta(days=1)))
    if word := asked.get("who", "").strip():
        found = found.filter(Q(who__icontains=word) | Q(address=word))
    if word := asked.get("organ", "").strip():
        found = found.filter(
            Q(submission__organ__name__contains=word) | Q(detail__contains=word) | Q(who__contains=word)
        )
    if word := asked.get("what", ""):
        found = found.filter(what=word)
    return found


def _first_of(wanted: date) -> int:
    """The number of the first line of a day or later: lines stand in the order of time."""
    begin = timezone.make_aware(datetime.combine(wanted, time()))
    low, high = 1, (Event.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        event = Event.objects.filter(id__gte=middle).only("at").order_by("id").first()
        if event is None or datetime.fromisoformat(event.at) >= begin:
            high = middle
        else:
            low = middle + 1
    return low


def _line(event: Event) -> dict[str, Any]:
    submission = event.submission
    return {
        "number": event.id,
        "at": timezone.localtime(datetime.fromisoformat(event.at)),
        "who": event.who or catalogue()["log"]["program"],
        "address": event.address,
        "what": names().get(event.what, event.what),
        "organ": f"{submission.organ.name} {submission.year}" if submission else "",
        "detail": told(event.detail),
        "digest": event.digest,
    }


def _rows(found: QuerySet[Event]) -> Iterator[str]:
    """A line of text for each line of the log, after a row of heads."""
    words = catalogue()["log"]
    heads = ("number", "at", "who", "address", "what", "organ", "detail", "before", "digest")
    yield "\ufeff" + _row([words[head] for head in heads])
    for event in found.iterator(events.STEP):
        line = _line(event)
        yield _row(
            [
                str(event.id),
                f"{line['at']:%Y-%m-%d %H:%M:%S}",
                line["who"],
                event.address,
                line["what"],
                line["organ"],
                "；".join(line["detail"]),
                event.before,
                event.digest,
            ]
        )


def _row(fields: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([f"'{field}" if field.startswith(FORMULA) else field for field in fields])
    return text.getvalue()


def _query(asked: Mapping[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode({name: word for name, word in asked.items() if word})
