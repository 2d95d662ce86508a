"""What is done with several lines of the board at once: one table, one form with the picked lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from nianbao.app import notes
from nianbao.report.notes import reminder
from nianbao.report.submission import ACTIONS, UNDONE, Action, Facts, Right, State, refusals
from nianbao.web.downloads import download
from nianbao.web.numbers import KEY, plain_number
from nianbao.web.office import remarks, rows, submissions
from nianbao.web.office.access import Asking, who
from nianbao.web.office.models import Submission
from nianbao.web.office.person import Person
from nianbao.web.office.rows import Asked
from nianbao.web.words import catalogue

TOLD = "picked"  # in the session: what became of the lines, until the board has said it once


@dataclass(frozen=True)
class Bulk:
    """What can be done with lines: one of `rights` is enough; `answer` is given the submissions."""

    name: str
    rights: frozenset[Right]
    answer: Callable[[Asking, Sequence[Submission]], HttpResponse]


def offered(person: Person) -> list[tuple[str, str]]:
    """What a person may do with lines: the name and the word of each."""
    words = catalogue()["picked"]
    return [(bulk.name, words[bulk.name]) for bulk in BULK.values() if person.may(*bulk.rights)]


def picked(request: Asking) -> HttpResponse:
    """Go on with the lines that were picked, or with all that the board's address asks for."""
    assert request.person is not None
    bulk = BULK.get(request.POST.get("action", ""))
    if bulk is None:
        raise Http404
    chosen = _chosen(request, bulk)
    if not chosen:
        _tell(request, [catalogue()["picked"]["none"]])
        return _back(request)
    return bulk.answer(request, chosen)


def told(request: Asking) -> list[str]:
    """What became of the lines that were picked last, said once."""
    return list(request.session.pop(TOLD, ()))


def _chosen(request: Asking, bulk: Bulk) -> list[Submission]:
    """The submissions that were picked; raises Http404 where one is not within reach."""
    assert request.person is not None
    reach = request.person.submissions(*bulk.rights)
    reach = reach.annotate(open=Count("versions__remarks", Q(versions__remarks__settled_at=None)))
    if "all" in request.POST:
        asked = Asked.of(request.GET, submissions.setting().year)
        keys = {row.pk for row in asked.shown(rows.rows(request.person, asked.year))}
        return [one for one in reach.filter(year=asked.year) if one.pk in keys]
    sent = request.POST.getlist("pick")
    picked = [plain_number(key, KEY) for key in sent]
    keys = {key for key in picked if key is not None}
    if None in picked:
        raise Http404
    found = list(reach.filter(pk__in=keys))
    if len(found) != len(keys):
        raise Http404
    return found


def _accept(request: Asking, chosen: Sequence[Submission]) -> HttpResponse:
    """Ask once more, with what stands against it; then accept each that can be."""

    def accept(submission: Submission, reason: str) -> None:
        said = submissions.Said(reason=reason, seen=submission.number)
        submissions.act(submission, Action.ACCEPT, who(request), said)

    return _each(request, chosen, Action.ACCEPT, accept)


def _return(request: Asking, chosen: Sequence[Submission]) -> HttpResponse:
    """Ask for the remark that all of them get; then send each back."""

    def send_back(submission: Submission, text: str) -> None:
        with transaction.atomic():
            if text:
                remarks.write(submission, "", text, who(request))
            said = submissions.Said(seen=submission.number)
            submissions.act(submission, Action.RETURN, who(request), said)

    return _each(request, chosen, Action.RETURN, send_back)


def _each(
    request: Asking,
    chosen: Sequence[Submission],
    action: Action,
    do: Callable[[Submission, str], None],
) -> HttpResponse:
    text = request.POST.get("text", "").strip()
    listed = [_Line(submission, action, text) for submission in chosen]
    possible = sum(not line.never for line in listed)
    confirmed = "confirmed" in request.POST
    if not confirmed or not any(not line.now for line in listed):
        shown = {
            "action": action,
            "word": ACTIONS[action].word,
            "listed": listed,
            "possible": possible,
            "text": text,
            "asks": catalogue()["picked"][f"{action}_text"],
            "query": request.GET.urlencode(),
            "refused": confirmed,
        }
        return render(request, "office/picked.html", shown, status=422 if confirmed else 200)
    done, refused = 0, []
    for line in listed:
        try:
            if line.now:
                raise submissions.Refused(line.now)
            do(line.submission, text)
            done += 1
        except submissions.Refused as error:
            refused.append(f"{line.submission.organ.name}：{'；'.join(error.reasons)}")
    words = catalogue()["picked"]
    _tell(request, [words["done"].format(word=ACTIONS[action].word, count=done), *refused])
    return _back(request)


class _Line:
    """A submission with why the action is refused: now, with what is said; and never, whatever is said."""

    def __init__(self, submission: Any, action: Action, text: str) -> None:
        self.submission = submission
        self.now = self._against(action, text)
        self.never = self._against(action, text or "…")

    def _against(self, action: Action, text: str) -> tuple[str, ...]:
        facts = Facts(
            errors=self.submission.errors,
            warnings=self.submission.warnings,
            remarks=self.submission.open + (action is Action.RETURN and bool(text)),
            reason=text,
        )
        return refusals(action, State(self.submission.state), facts)


def _remind(request: Asking, chosen: Sequence[Submission]) -> HttpResponse:
    """A note to each that has not reported, to be copied, or taken home as one text or as Word files."""
    setting, today = submissions.setting(), timezone.localdate()
    due = [one for one in chosen if one.state in UNDONE]
    listed = [reminder(one.organ.name, one.year, one.due, office=setting.name, day=today) for one in due]
    name = catalogue()["picked"]["remind"]
    if "text" in request.POST:
        return download(notes.several(listed).encode(), f"{name}.txt")
    if "word" in request.POST:
        return download(notes.packed(listed), f"{name}.zip")
    shown = {
        "notes": listed,
        "picks": [one.pk for one in due],
        "left": [one.organ.name for one in chosen if one.state not in UNDONE],
        "query": request.GET.urlencode(),
        "title": name,
        "action": "remind",
    }
    return render(request, "office/notes.html", shown)


def _tell(request: Asking, lines: list[str]) -> None:
    request.session[TOLD] = lines


def _back(request: Asking) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{reverse('board')}{f'?{query}' if query else ''}")


BULK = {
    bulk.name: bulk
    for bulk in (
        Bulk("remind", frozenset({Right.REVIEW, Right.ADMIN}), _remind),
        Bulk("accept", frozenset({Right.REVIEW}), _accept),
        Bulk("return", frozenset({Right.REVIEW}), _return),
    )
}
