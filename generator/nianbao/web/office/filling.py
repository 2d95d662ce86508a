"""The workbench in the office: the boxes of one submission, with what the office says of them."""

from __future__ import annotations

import json

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page

from nianbao.mandate import for_year
from nianbao.report.submission import Right
from nianbao.web import static
from nianbao.web.office import submissions
from nianbao.web.office.access import Asking
from nianbao.web.office.models import Submission
from nianbao.web.office.remarks import described
from nianbao.web.words import catalogue, moment
from nianbao.web.workbench import views

CONFLICT = 409


@gzip_page
@ensure_csrf_cookie
def report(request: Asking, boxes: Submission) -> HttpResponse:
    """The page on which a report is filled in; it can only be read once it was handed in."""
    assert boxes.draft is not None
    assert request.person is not None
    fills = request.person.submissions(Right.FILL).filter(pk=boxes.pk).exists()
    closed = submissions.closed(boxes)
    remarks = described(boxes)
    more = {"office": True, "closed": closed if fills else catalogue()["mine"]["closed_person"]}
    shown = views.shown(request, boxes.draft, **more, state_closed=closed)
    own = {
        "submission": boxes,
        "fills": fills,
        "home": "mine-one",
        "remarks": remarks,
        "open": sum(row["open"] for row in remarks),
    }
    edition = for_year(boxes.year).edition.key
    shown["form"] = static.page(edition, "office/form.html", own, request)
    return render(request, "office/report.html", shown)


def values(request: Asking, boxes: Submission) -> JsonResponse:
    """Keep what stands in the boxes, and count for the office what is found in it."""
    assert boxes.draft is not None
    assert request.person is not None
    answer = views.values(request, boxes.draft.pk)
    if request.method == "PUT" and answer.status_code == HttpResponse.status_code:
        before = (boxes.errors, boxes.warnings, boxes.saved_by)
        submissions.count(boxes, json.loads(answer.content)["findings"])
        now = (boxes.errors, boxes.warnings, request.person.name)
        if now != before:
            counted = dict(zip(("errors", "warnings", "saved_by"), now, strict=True))
            Submission.objects.filter(pk=boxes.pk).update(**counted)
    elif request.method == "GET" or answer.status_code == CONFLICT:
        return JsonResponse(
            json.loads(answer.content) | {"said": _changed(boxes.pk)}, status=answer.status_code
        )
    return answer


def _changed(key: int) -> str:
    """Who has changed the boxes last, and when, to whoever sees them change."""
    boxes = Submission.objects.select_related("draft").get(pk=key)
    if boxes.draft is None or not boxes.saved_by:
        return ""
    when = moment(timezone.localtime(boxes.draft.changed))
    return str(catalogue()["mine"]["changed_by"].format(who=boxes.saved_by, at=when))


def news(request: Asking) -> JsonResponse:
    """Whether a draft within reach was changed elsewhere, and why it cannot be changed any more."""
    assert request.person is not None
    own = request.person.submissions(Right.FILL, Right.SIGN)
    boxes = own.select_related("draft").filter(draft=request.GET.get("draft", "")).first()
    if boxes is None or boxes.draft is None:
        return JsonResponse({"revision": None})
    return JsonResponse({"revision": boxes.draft.revision, "closed": submissions.closed(boxes)})
