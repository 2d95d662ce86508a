"""公布与归档: files for the site, where and when reports were published, and what is kept of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from nianbao.app.outcome import Usage, problems
from nianbao.report.submission import ACTIONS, Action, Right, State
from nianbao.web import shortage
from nianbao.web.downloads import download
from nianbao.web.numbers import KEY, plain_number
from nianbao.web.office import jobs, publications
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Job, Submission
from nianbao.web.office.submissions import setting
from nianbao.web.words import catalogue
from nianbao.web.workbench.views import upload

RIGHTS = (Right.SUM, Right.ARCHIVE)


def publication(request: Asking, reasons: tuple[str, ...] = ()) -> HttpResponse:
    """The reports that the office has accepted, each with its publication."""
    assert request.person is not None
    person = request.person
    found = person.submissions(*RIGHTS).filter(year=setting().year, state__in=publications.APPROVED)
    shown = {
        "rows": publications.approved(found.order_by("organ_id")),
        "may_archive": person.may(Right.ARCHIVE),
        "may_publish": person.may(Right.SUM),
        "reasons": reasons,
        "publishable": ACTIONS[Action.PUBLISH].before,
    }
    return render(request, "office/publication.html", shown, status=422 if reasons else 200)


def site(request: Asking) -> HttpResponse:
    """Have the files for the site made of the reports that were picked; of all, where none was."""
    keys = _picked(request, Right.SUM)
    if not keys:
        return publication(request, (catalogue()["publication"]["none"],))
    return redirect("work", jobs.put(publications.SITE, who(request), submissions=keys).pk)


def archive(request: Asking) -> HttpResponse:
    """Keep the reports that were picked in the archive; all that can be, where none was."""
    keys = _picked(request, Right.ARCHIVE, ACTIONS[Action.ARCHIVE].before)
    if not keys:
        return publication(request, (catalogue()["publication"]["none_to_archive"],))
    reason = request.POST.get("reason", "").strip()
    job = jobs.put(publications.ARCHIVE, who(request), submissions=keys, reason=reason)
    return redirect("work", job.pk)


def export(request: Asking) -> HttpResponse:
    """Have the whole archive packed for handing over."""
    return redirect("work", jobs.put(publications.EXPORT, who(request)).pk)


def compare(request: Asking, submission: Submission) -> HttpResponse:
    """Hold a file that was published against what was approved."""
    shown: dict[str, object] = {"submission": submission}
    status = 200
    if request.method == "POST":
        try:
            content, name = upload(request)
            shown |= {"name": name, "differences": publications.differences(submission, content, name)}
        except Usage as error:
            shown["problems"], status = [str(error)], 422
        except Exception as error:
            shortage.insist(error)
            shown["problems"], status = [str(problem) for problem in problems(error)], 422
    return render(request, "office/published.html", shown, status=status)


def work(request: Asking, job: Job) -> HttpResponse:
    """How far a job is, and what came of it."""
    told = publications.result(job)
    shown = {"job": job, "result": told, "problems": told.get("problems", ()), "over": job.state in _OVER}
    return render(request, "office/work.html", shown)


def work_file(request: Asking, job: Job) -> HttpResponse:
    """The file that a job has made."""
    made = publications.made_file(job)
    if made is None:
        raise Http404
    return download(*made)


_OVER = (jobs.DONE, jobs.FAILED)


def _picked(
    request: Asking, right: Right, states: frozenset[State] = frozenset(publications.APPROVED)
) -> list[int]:
    """The submissions that were picked and are within reach."""
    assert request.person is not None
    found = request.person.submissions(right).filter(year=setting().year, state__in=states)
    sent = request.POST.getlist("pick")
    picked = [key for key in (plain_number(one, KEY) for one in sent) if key is not None]
    return list((found.filter(pk__in=picked) if sent else found).values_list("pk", flat=True))
