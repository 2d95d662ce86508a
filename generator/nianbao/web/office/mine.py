"""我的报告: what an organ sees and does with its own report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from nianbao.app.outcome import Usage, problems
from nianbao.app.reading import KINDS
from nianbao.report.submission import Right, State, possible
from nianbao.web.office import submissions
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Remark, Submission, Version
from nianbao.web.workbench.views import upload as uploaded


def mine(request: Asking) -> HttpResponse:
    """The reports that are this person's to fill in or to sign; where it is one, that one."""
    assert request.person is not None
    own = list(request.person.submissions(Right.FILL, Right.SIGN).order_by("-year", "organ_id"))
    if len(own) == 1:
        return redirect("mine-one", own[0].pk)
    return render(request, "office/mine.html", {"submissions": own})


def one(request: Asking, submission: Submission, problems: tuple[str, ...] = ()) -> HttpResponse:
    """One report: its state, day, remarks, what can be done now."""
    assert request.person is not None
    actions = [
        row
        for row in possible(State(submission.state))
        if request.person.submissions(*row.rights).filter(pk=submission.pk).exists()
    ]
    remarks = Remark.objects.filter(version__submission=submission).select_related("version")
    shown = {
        "submission": submission,
        "actions": actions,
        "remarks": remarks,
        "versions": Version.objects.filter(submission=submission)
        .defer("report", "findings")
        .order_by("-number"),
        "kinds": ",".join(KINDS),
        "problems": problems,
    }
    return render(request, "office/one.html", shown, status=422 if problems else 200)


def upload(request: Asking, submission: Submission) -> HttpResponse:
    """Take in a file."""
    try:
        content, name = uploaded(request)
        submissions.hand_in(submission, content, name, who(request))
    except (Usage, submissions.Refused) as error:
        return one(request, submission, tuple(map(str, error.args)))
    except Exception as error:
        return one(request, submission, tuple(map(str, problems(error))))
    return redirect("mine-one", submission.pk)


def begin(request: Asking, submission: Submission) -> HttpResponse:
    """Fill in on the workbench."""
    try:
        draft = submissions.begin(submission, who(request))
    except submissions.Refused as error:
        return one(request, submission, error.reasons)
    return redirect("report", draft.pk)
