"""我的报告: what an organ sees and does with its own report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from nianbao.app.handed_in import ACCEPTED
from nianbao.app.outcome import Usage
from nianbao.report.submission import ACTIONS, Action, Right, State, possible
from nianbao.web import shortage
from nianbao.web.access import refuse
from nianbao.web.office import submissions, uploads
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Publication, Remark, Submission, Upload, Version
from nianbao.web.office.remarks import described
from nianbao.web.words import catalogue
from nianbao.web.workbench import drafts
from nianbao.web.workbench.views import upload as uploaded

OWN = (Right.FILL, Right.SIGN)
WITH_ORGAN = frozenset({State.ABSENT, State.FILLING, State.UNSIGNED, State.RETURNED})  # not handed in yet
FINAL = frozenset({Action.SIGN, Action.PUBLISH})  # the organ cannot take them back: they are asked for twice
NEAR = 7  # days before the last one, on which it is pointed out
SHOWN = 12  # findings that are not folded away


@dataclass(frozen=True)
class Refusal:
    """What was asked for and not done: the form that it came from, why, and what was in it."""

    form: str
    reasons: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)
    upload: Upload | None = None  # that waits for a word


NOTHING = Refusal("", ())


def mine(request: Asking) -> HttpResponse:
    """The reports that are this person's to fill in or to sign; where it is one, that one."""
    assert request.person is not None
    still = Count("versions__remarks", filter=Q(versions__remarks__settled_at=None))
    own = list(request.person.submissions(*OWN).annotate(remarks=still).order_by("-year", "organ_id"))
    if len(own) == 1:
        return redirect("mine-one", own[0].pk)
    rows = [{"submission": one, "due": _due(one)} for one in own]
    return render(request, "office/mine.html", {"rows": rows})


def one(request: Asking, submission: Submission, refusal: Refusal = NOTHING) -> HttpResponse:
    """One report: how far it is, what comes next, what the office says, what is found and was handed in."""
    found = Version.objects.filter(submission=submission).defer("report", "findings")
    versions = list(found.select_related("upload").order_by("-number"))
    handed = list(Upload.objects.filter(submission=submission).select_related("file").order_by("-id"))
    setting = submissions.setting()
    shown = {
        "submission": submission,
        "due": _due(submission),
        "next": catalogue()["mine"]["next"][submission.state],
        "fills": _may(request, submission, Right.FILL),
        "signs": _may(request, submission, Right.SIGN),
        "actions": {row.action.value: row for row in _actions(request, submission)},
        "publication": Publication.objects.filter(submission=submission).last(),
        "remarks": described(submission),
        "versions": versions,
        "uploads": handed,
        "lenient": setting.lenient,
        "signature": setting.signature,
        "draft_page": reverse("report", args=[submission.draft_id]) if submission.draft_id else "",
        "kinds": ",".join(ACCEPTED),
        "refusal": refusal,
        **_findings(submission),
    }
    return render(request, "office/one.html", shown, status=422 if refusal.reasons else 200)


def upload(request: Asking, submission: Submission) -> HttpResponse:
    """Take in a file: it is kept, then read."""
    try:
        content, name = uploaded(request)
        received = uploads.receive(submission, content, name, who(request))
    except (Usage, submissions.Refused) as error:
        return one(request, submission, Refusal("upload", tuple(map(str, error.args))))
    return _take(request, received)


def take(request: Asking, handed: Upload) -> HttpResponse:
    """Read a file that is there: once more, or for the first time."""
    return _take(request, handed, replace="replace" in request.POST)


def begin(request: Asking, submission: Submission) -> HttpResponse:
    """Fill in on the workbench."""
    try:
        draft = uploads.begin(submission, who(request))
    except submissions.Refused as error:
        return one(request, submission, Refusal("fill", error.reasons))
    return redirect("report", draft.pk)


def act(request: Asking, submission: Submission, action: str) -> HttpResponse:
    """Do an action on one's own report; where it is refused, its form is there again as it was filled in."""
    assert request.person is not None
    try:
        row = ACTIONS[Action(action)]
    except ValueError:
        raise Http404 from None
    if not _may(request, submission, *row.rights):
        return refuse(request, 403)
    said = {name: request.POST.get(name, "").strip() for name in ("reason", "address", "day")}
    try:
        if row.action in FINAL and "sure" not in request.POST:
            raise submissions.Refused((catalogue()["mine"]["unsure"],))
        day = _day(said["day"])
        submissions.act(
            submission, row.action, who(request), submissions.Said(said["reason"], said["address"], day)
        )
    except submissions.Refused as error:
        submission.refresh_from_db()
        return one(request, submission, Refusal(action, error.reasons, said))
    return redirect("mine-one", submission.pk)


def answer(request: Asking, remark: Remark) -> HttpResponse:
    """Answer a remark of the office; a script is told in JSON."""
    text, words = request.POST.get("text", "").strip(), catalogue()["mine"]
    reason = words["settled_already"] if remark.settled_at else "" if text else words["no_answer"]
    if reason:
        if "text/html" not in request.headers.get("Accept", "text/html"):
            return JsonResponse({"problems": [reason]}, status=422)
        submission = remark.version.submission
        return one(request, submission, Refusal(f"remark-{remark.pk}", (reason,), {"text": text}))
    submissions.answer(remark, text, who(request))
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return JsonResponse({"answer": remark.answer, "answered_by": remark.answered_by})
    return redirect("mine-one", remark.version.submission_id)


def _take(request: Asking, handed: Upload, *, replace: bool = False) -> HttpResponse:
    submission = handed.submission
    try:
        uploads.take(handed, who(request), replace=replace)
    except uploads.Unasked as error:
        return one(request, submission, Refusal("upload", error.reasons, upload=handed))
    except submissions.Refused as error:
        return one(request, submission, Refusal("upload", error.reasons))
    except Exception as error:  # what it was stands in the upload
        if found := shortage.of(error):
            kept = catalogue()["mine"]["kept_for_later"].format(name=handed.name)
            return refuse(request, found.status, (shortage.told(found), kept))
        handed.refresh_from_db()
        kept = catalogue()["mine"]["kept_unread"].format(name=handed.name)
        return one(request, submission, Refusal("upload", (kept, *handed.told)))
    return redirect("mine-one", submission.pk)


def _may(request: Asking, submission: Submission, *rights: Right) -> bool:
    assert request.person is not None
    return request.person.submissions(*rights).filter(pk=submission.pk).exists()


def _actions(request: Asking, submission: Submission) -> list[Any]:
    """What this person may do now."""
    rows = possible(State(submission.state))
    asked = {right for row in rows for right in row.rights}
    held = {right for right in asked if _may(request, submission, right)}
    return [row for row in rows if held & row.rights]


def _due(submission: Submission) -> dict[str, str]:
    """How the day stands, in words, and how they look: days left or over; whether it was handed in late."""
    words, today = catalogue()["mine"], timezone.localdate()
    if State(submission.state) not in WITH_ORGAN:
        at = submission.submitted_at
        late = at is not None and timezone.localdate(at) > submission.due
        return {"words": words["was_late"] if late else "", "look": "late"}
    days = (submission.due - today).days
    if days < 0:
        return {"words": words["late"].format(days=-days), "look": "late"}
    look = "late" if not days else "near" if days <= NEAR else "note"
    return {"words": words["left"].format(days=days) if days else words["today"], "look": look}


def _findings(submission: Submission) -> dict[str, Any]:
    """What is found in what is in the boxes: once handed in, nobody changes them."""
    if submission.draft is None:
        return {"findings": [], "found": None}
    found = [finding for finding in drafts.findings(submission.draft) if not finding.get("decision")]
    errors = sum(finding["severity"] == "error" for finding in found)
    warnings = sum(finding["severity"] == "warning" for finding in found)
    return {
        "findings": found[:SHOWN],
        "more": found[SHOWN:],
        "found": {"errors": errors, "warnings": warnings, "notices": len(found) - errors - warnings},
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise submissions.Refused((f"“{text}”不是日期，请写作 2026-01-31",)) from None
