"""审核: one submission as the office sees it, its remarks, and every action on it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page

from nianbao.app import notes
from nianbao.media import form
from nianbao.media.form import Marks, Saying
from nianbao.report import ProblemsFound, Report
from nianbao.report.comparison import wording
from nianbao.report.comparison.revision import Revision, revise
from nianbao.report.notes import remarked
from nianbao.report.particulars import SHEET
from nianbao.report.submission import ACTIONS, REMARKED, UNDONE, Action, Right, State, possible, refusals
from nianbao.report.targets import Area, Target
from nianbao.web.access import refuse
from nianbao.web.downloads import download
from nianbao.web.numbers import plain_number
from nianbao.web.office import mine, remarks, rows, submissions, versions
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Event, Presence, Remark, Submission, Version
from nianbao.web.words import catalogue

HERE = (Action.REVIEW, Action.RETURN, Action.ACCEPT, Action.REOPEN)  # whose forms stand on this page
PRESENT = timedelta(minutes=2)  # for which somebody counts as present after the last beat


@dataclass(frozen=True)
class Typed:
    """What was typed into a form that was refused: it stands there again."""

    action: str = ""
    reason: str = ""
    target: str = ""
    text: str = ""


@gzip_page
@ensure_csrf_cookie
def submission(
    request: Asking, submission: Submission, problems: Sequence[str] = (), typed: Typed = Typed()
) -> HttpResponse:
    """A submission with its newest version, or an earlier one: ?version=; a remark on a spot: ?at=."""
    assert request.person is not None
    looks = request.person.submissions(Right.LOOK).filter(pk=submission.pk).exists()
    reviews = request.person.submissions(Right.REVIEW).filter(pk=submission.pk).exists()
    state, history = State(submission.state), _history(submission)
    began = (event["who"] for event in history if event["what"] == Action.REVIEW)
    shown: dict[str, Any] = {
        "submission": submission,
        "days": _days(submission),
        "undone": state in UNDONE,
        "actions": _actions(request, submission),
        "history": history,
        "reviewer": next(began, "") if state is State.IN_REVIEW else "",
        "others": _others(submission, request.person.name) if reviews else [],
        "next": _next(request, submission) if reviews else None,
        "reviews": reviews,
        "problems": problems,
        "typed": typed,
        "looks": looks,
    }
    if looks:
        shown |= _version(request, submission, remarkable=reviews and state in REMARKED)
    if typed.target or typed.text:
        shown["at"] = typed.target
    return render(request, "office/submission.html", shown, status=422 if problems else 200)


def act(request: Asking, submission: Submission, action: str) -> HttpResponse:
    """Do an action, where this person may do it on this submission."""
    assert request.person is not None
    try:
        row = ACTIONS[Action(action)]
    except ValueError:
        raise Http404 from None
    if row.action is Action.FILL:  # by a file or on the workbench
        raise Http404
    if not request.person.submissions(*row.rights).filter(pk=submission.pk).exists():
        return refuse(request, 403)
    own = request.person.submissions(Right.FILL, Right.SIGN).filter(pk=submission.pk).exists()
    try:
        said = submissions.Said(
            request.POST.get("reason", ""),
            request.POST.get("address", ""),
            _day(request.POST.get("day", "")),
            _seen(request),
        )
        submissions.act(submission, row.action, who(request), said)
    except (submissions.Refused, ProblemsFound) as error:
        reasons = error.reasons if isinstance(error, submissions.Refused) else tuple(map(str, error.problems))
        again = request.person.submissions(*row.rights).get(pk=submission.pk)
        if own:
            return mine.one(request, again, mine.Refusal(action, reasons))
        return _again(request, again, reasons, Typed(row.action, request.POST.get("reason", "")))
    return redirect("mine-one" if own else "submission", submission.pk)


def remark(request: Asking, version: Version) -> HttpResponse:
    """Pin a remark to a spot of a version, or to the whole; of a finding by its id, with its words."""
    target, text = request.POST.get("target", ""), request.POST.get("text", "")
    if finding := request.POST.get("finding", ""):
        target, text = _of_finding(version, finding)
    try:
        if not remarks.fitting(target, form.spots(versions.report(version))):
            raise submissions.Refused((catalogue()["review"]["no_spot"],))
        remarks.write(version.submission, target, text, who(request), version.number)
    except submissions.Refused as error:
        return _again(request, version.submission, error.reasons, Typed(target=target, text=text))
    return redirect(f"{reverse('submission', args=(version.submission_id,))}#remarks")


def settle(request: Asking, remark: Remark) -> HttpResponse:
    """Settle a remark, or open it again."""
    submission = remark.version.submission
    try:
        remarks.settle(remark, who(request), again="again" in request.POST)
    except submissions.Refused as error:
        return _again(request, submission, error.reasons, Typed())
    return redirect(f"{reverse('submission', args=(submission.pk,))}#remark-{remark.pk}")


def note(request: Asking, submission: Submission) -> HttpResponse:
    """What the organ is told of the remarks that are open, to be copied, or taken home as text or Word."""
    version = submissions.last_version(submission)
    if version is None:
        raise Http404
    mandate = versions.report(version).mandate
    listed = Remark.objects.filter(version__submission=submission, settled_at=None)
    spots = [(remarks.where(mandate, remark.target), remark.text) for remark in listed]
    office, today = submissions.setting().name, timezone.localdate()
    organ, year, number = submission.organ.name, submission.year, submission.number
    written = remarked(organ, year, number, spots, office=office, day=today)
    if "text" in request.GET:
        return download(written.text().encode(), f"{written.title}.txt")
    if "word" in request.GET:
        return download(notes.sent(written).docx, f"{written.title}.docx")
    title = catalogue()["review"]["note"]
    shown = {"notes": [written], "title": title, "back": reverse("submission", args=(submission.pk,))}
    return render(request, "office/notes.html", shown)


def present(request: Asking, submission: Submission) -> JsonResponse:
    """Take note that somebody has the page open; who else has, and whether the page is still true."""
    assert request.person is not None
    Presence.objects.update_or_create(
        submission=submission, who=request.person.name[:200], defaults={"at": timezone.now()}
    )
    others = _others(submission, request.person.name)
    return JsonResponse({"others": others, "state": submission.state, "number": submission.number})


def _again(request: Asking, shown: Submission, reasons: Sequence[str], typed: Typed) -> HttpResponse:
    """The page of a submission as it now is, with why something was refused."""
    shown.refresh_from_db()
    answer: HttpResponse = submission(request, shown, reasons, typed)
    return answer


def _version(request: Asking, submission: Submission, *, remarkable: bool) -> dict[str, Any]:
    """All that the page shows of one version: the report with what is said of it, and what differs."""
    all_ = list(Version.objects.filter(submission=submission).defer("report", "findings").order_by("-number"))
    written = list(Remark.objects.filter(version__submission=submission).select_related("version"))
    if not all_:
        return {"versions": all_, "remarks": []}
    asked = request.GET.get("version", "")
    version = next((one for one in all_ if str(one.number) == asked), all_[0])
    newest = version is all_[0]
    report = versions.report(version)
    findings = json.loads(version.findings)
    before = next((one for one in all_ if one.number == version.number - 1), None)
    revision = revise(versions.report(before), report) if before else None
    last = versions.last_year(submission)
    current = [one for one in written if newest or one.version_id == version.pk]
    words = [(one, remarks.where(report.mandate, one.target)) for one in current]
    pin = f"{reverse('submission', args=(submission.pk,))}?at=" if remarkable and newest else ""
    said = {(one.target, one.text) for one in current if one.settled_at is None}
    return {
        "version": version,
        "versions": all_,
        "newest": newest,
        "report": form.show(report, _marks(findings, current, revision, last, report, pin)),
        "open": [
            one | {"remarked": (_first(one), _text(one)) in said} for one in findings if not one["decision"]
        ],
        "decided": [one for one in findings if one["decision"]],
        "remarks": words,
        "unsettled": sum(one.settled_at is None for one in current),
        "revision": revision,
        "passages": [(one, wording.passage(one.passage)) for one in revision.paragraphs] if revision else [],
        "before": before,
        "last": last is not None,
        "may_remark": bool(pin),
        "spots": _choices(report) if pin else [],
        "at": request.GET.get("at", ""),
    }


def _marks(
    findings: Sequence[Mapping[str, Any]],
    written: Sequence[Remark],
    revision: Revision | None,
    last: Report | None,
    report: Report,
    pin: str,
) -> Marks:
    words = catalogue()["review"]
    sayings = [
        Saying(one["severity"], one["word"], f"{one['what']}。", one["targets"])
        for one in findings
        if not one["decision"]
    ]
    sayings += [
        Saying("remark", words["remark_word"], one.text, [one.target])
        for one in written
        if one.target and one.settled_at is None
    ]
    return Marks(
        sayings,
        before={str(one.target): one.before for one in revision.figures} if revision else {},
        changed=frozenset(map(str, revision.spots)) if revision else frozenset(),
        last=versions.last_figures(last, report) if last else {},
        pin=pin,
        pin_word=words["pin"],
    )


def _choices(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """The spots that a remark can be pinned to, by section: the name of each target, and its words."""
    mandate = report.mandate
    headings = {section.key: section.heading for section in mandate.sections}

    def section(spot: Target) -> str:
        if spot.area is Area.PARTICULAR:
            return SHEET
        key = mandate.slots[spot.key].table if spot.area is Area.FIGURE else spot.key
        return headings.get(key, remarks.where(mandate, f"section:{key}"))

    return [
        (heading, [(str(spot), remarks.where(mandate, str(spot))) for spot in spots])
        for heading, spots in groupby(form.spots(report), section)
    ]


def _actions(request: Asking, submission: Submission) -> list[dict[str, Any]]:
    """The actions of this page that this person may do now, each with what stands against it."""
    assert request.person is not None
    state = State(submission.state)
    offered = [
        row
        for row in possible(state)
        if row.action in HERE and request.person.submissions(*row.rights).filter(pk=submission.pk).exists()
    ]
    words, facts = catalogue()["review"], submissions.facts(submission) if offered else None
    return [
        {
            "action": row.action.value,
            "word": row.word,
            "what": words[f"{row.action}_what"],
            "against": refusals(row.action, state, facts),
            "asks": row.action is Action.REOPEN
            or (row.action is Action.ACCEPT and facts.errors + facts.warnings > 0),
        }
        for row in offered
        if facts is not None
    ]


def _history(submission: Submission) -> list[dict[str, Any]]:
    """What was done with it, newest first: of the log the lines that changed its state, and their reasons."""
    events = Event.objects.filter(submission=submission, what__in=[action.value for action in Action])
    return [
        {
            "at": parse_datetime(event.at),
            "who": event.who,
            "what": event.what,
            "word": rows.word(event.what),
            "reason": json.loads(event.detail).get("reason", "") if event.detail else "",
        }
        for event in events.order_by("-id")[:50]
    ]


def _others(submission: Submission, name: str) -> list[str]:
    """Who else has it open."""
    present = Presence.objects.filter(submission=submission, at__gte=timezone.now() - PRESENT)
    return list(present.exclude(who=name[:200]).order_by("who").values_list("who", flat=True))


def _next(request: Asking, submission: Submission) -> Submission | None:
    """The next report that waits for a review, in the order of the roster; behind the last the first."""
    assert request.person is not None
    waiting = request.person.submissions(Right.REVIEW).filter(year=submission.year, state=State.SUBMITTED)
    others = waiting.exclude(pk=submission.pk).order_by("organ_id")
    return others.filter(organ_id__gt=submission.organ.pk).first() or others.first()


def _days(submission: Submission) -> int:
    """How many days were left when it was submitted, or are left."""
    state, at = State(submission.state), submission.submitted_at
    return (
        submission.due - (timezone.localdate(at) if at and state not in UNDONE else timezone.localdate())
    ).days


def _of_finding(version: Version, finding: str) -> tuple[str, str]:
    """The spot and the words of a finding; raises Http404."""
    for one in json.loads(version.findings):
        if one["id"] == finding:
            return _first(one), _text(one)
    raise Http404


def _first(finding: Mapping[str, Any]) -> str:
    return str(finding["targets"][0]) if finding["targets"] else ""


def _text(finding: Mapping[str, Any]) -> str:
    return f"{finding['what']}。{finding['mend']}。"


def _seen(request: Asking) -> int | None:
    """The version that whoever acts has looked at; None where the form does not say."""
    return plain_number(request.POST.get("seen", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise submissions.Refused((f"“{text}”不是日期，请写作 2026-01-31",)) from None
