"""汇总: each aggregate with its members, and its roll-ups."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from nianbao.report.submission import Right
from nianbao.web.downloads import download
from nianbao.web.office import aggregates, filestore
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Submission, Sum
from nianbao.web.office.submissions import Refused, setting


def sums(request: Asking, refused: tuple[Submission, tuple[str, ...]] | None = None) -> HttpResponse:
    """Every aggregate within reach, how far its members are, and its newest roll-up."""
    assert request.person is not None
    found = request.person.submissions(Right.SUM).filter(year=setting().year, organ__aggregate=True)
    listed = []
    for one in found:
        made, stand = Sum.objects.filter(aggregate=one).last(), aggregates.members(one)
        listed.append(
            {
                "submission": one,
                "stand": stand,
                "sum": made,
                "moved": aggregates.moved(made, stand) if made else [],
                "told": json.loads(made.told) if made else [],
                "changes": json.loads(made.changes) if made else [],
                "open": one.state in aggregates.OPEN,
                "refused": refused[1] if refused and refused[0].pk == one.pk else (),
            }
        )
    return render(request, "office/sums.html", {"listed": listed}, status=422 if refused else 200)


def make(request: Asking, submission: Submission) -> HttpResponse:
    """Add the members up."""
    try:
        job = aggregates.ask(submission, who(request), partial="partial" in request.POST)
    except Refused as error:
        return sums(request, (submission, error.reasons))
    return redirect("work", job.pk)


def workbook(request: Asking, submission: Submission) -> HttpResponse:
    """The workbook of the newest roll-up, with its sheets."""
    made = Sum.objects.filter(aggregate=submission).select_related("file").last()
    if made is None:
        raise Http404
    return download(filestore.read(made.file), f"{submission.organ.name}{submission.year}年汇总.xlsx")
