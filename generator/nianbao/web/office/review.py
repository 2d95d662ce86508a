"""审核: one submission as the office sees it, its remarks, and every action on it."""

from __future__ import annotations

import json
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from nianbao.report.submission import ACTIONS, Action, Right, State, possible
from nianbao.web.access import refuse
from nianbao.web.office import events, submissions
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Remark, Submission, Version


def submission(request: Asking, submission: Submission) -> HttpResponse:
    """A submission with the findings and remarks of its last version."""
    assert request.person is not None
    version = submissions.last_version(submission)
    actions = [
        row
        for row in possible(State(submission.state))
        if row.action is not Action.FILL
        and request.person.submissions(*row.rights).filter(pk=submission.pk).exists()
    ]
    shown = {
        "submission": submission,
        "version": version,
        "findings": json.loads(version.findings) if version else [],
        "remarks": Remark.objects.filter(version__submission=submission).select_related("version"),
        "actions": actions,
        "may_remark": request.person.submissions(Right.REVIEW).filter(pk=submission.pk).exists(),
    }
    return render(request, "office/submission.html", shown)


def act(request: Asking, submission: Submission, action: str) -> HttpResponse:
    """Do an action, where this person may do it on this submission."""
    assert request.person is not None
    try:
        row = ACTIONS[Action(action)]
    except ValueError:
        raise Http404 from None
    if not request.person.submissions(*row.rights).filter(pk=submission.pk).exists():
        return refuse(request, 403)
    try:
        said = submissions.Said(
            request.POST.get("reason", ""), request.POST.get("address", ""), _day(request.POST.get("day", ""))
        )
        submissions.act(submission, row.action, who(request), said)
    except submissions.Refused as error:
        return refuse(request, 422, error.reasons)
    own = request.person.submissions(Right.FILL, Right.SIGN).filter(pk=submission.pk).exists()
    return redirect("mine-one" if own else "submission", submission.pk)


def remark(request: Asking, version: Version) -> HttpResponse:
    """Pin a remark to a spot of a version, or to the whole."""
    text = request.POST.get("text", "").strip()
    if not text:
        return refuse(request, 422, ("请写明意见",))
    target = request.POST.get("target", "")[:200]
    Remark.objects.create(version=version, target=target, text=text, who=who(request).name)
    events.record(who(request), "remark", version.submission, version=version.number, target=target)
    return redirect("submission", version.submission_id)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise submissions.Refused((f"“{text}”不是日期，请写作 2026-01-31",)) from None
