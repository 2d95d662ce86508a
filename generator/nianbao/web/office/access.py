"""Who may ask what of an office's server: hosts, sessions, rights; and the headers on every answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nianbao.report.submission import Right
from nianbao.web import access
from nianbao.web.access import refuse
from nianbao.web.office import events, lockouts, person, submissions
from nianbao.web.office.events import Who
from nianbao.web.office.models import Assignment, Job, Link, Organ, Remark, Submission, Upload, Version
from nianbao.web.office.person import Person
from nianbao.web.office.sessions import ADDRESSES, MOST
from nianbao.web.words import catalogue
from nianbao.web.workbench.jobs import jobs

LOCKED = 423
READING = frozenset({"GET", "HEAD"})
PASSWORD = "password"  # the name of the page that changes it
Answer = Callable[..., HttpResponse]


class Closed(Exception):  # noqa: N818 # no fault of anybody's
    """What was handed in cannot be changed; the reason in words."""


class Asking(HttpRequest):
    """A request with the person who sends it, None for nobody."""

    person: Person | None


class Access:
    """Finds out who asks, and puts the headers on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the program."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return access.guarded(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        host = request.META.get("HTTP_HOST", "").rpartition(":")
        if (host[0] or host[2]) not in settings.ALLOWED_HOSTS:
            return refuse(request, 421)
        asking: Asking = request  # type: ignore[assignment]
        asking.person = person.of(request)
        if asking.person is not None:
            _note_address(asking)
        return self.get_response(request)


def guarded(
    view: Answer, rights: frozenset[Right], methods: frozenset[str], kinds: Mapping[str, str]
) -> Answer:
    """A view behind its rights: it is given what its address names, and only to whom it may be shown.

    `kinds` says what a name in the address is called in LOADERS, where the two differ. Of a stranger's report
    nobody learns that it is there: its address answers as one that nothing has.
    """

    def answer(request: Asking, **named: str) -> HttpResponse:
        if request.method not in methods:
            return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(methods))})
        if rights:
            if request.person is None:
                return _shut_out(request)
            if request.person.must_change and _name(request) != PASSWORD:
                return redirect(PASSWORD) if request.method in READING else _refuse(request, "password")
            if not request.person.may(*rights):
                return _refuse(request, "rights" if request.person.roles else "roles")
        if _holds_nul(request):
            return refuse(request, 400)
        try:
            loaded = {name: _load(request, kinds.get(name, name), key, rights) for name, key in named.items()}
        except Closed as closed:
            return refuse(request, LOCKED, (str(closed),))
        return view(request, **loaded)

    return answer


def _shut_out(request: Asking) -> HttpResponse:
    """What somebody sees who has not come in, or whose link has ended meanwhile."""
    words = catalogue()
    if person.LINK in request.session:
        if "text/html" in request.headers.get("Accept", "text/html"):
            return render(request, "office/link_gone.html", {"ended": True}, status=403)
        return refuse(request, 403, (words["enter"]["ended"],))
    if request.method in READING and "text/html" in request.headers.get("Accept", "text/html"):
        return redirect("login")
    return refuse(request, 403, (words["office"]["signed_out"],))


def who(request: Asking) -> Who:
    """Who is written into the log."""
    return Who(request.person.name if request.person else "", lockouts.address(request))


def _note_address(request: Asking) -> None:
    """Write into the log that a session goes on from another address than before: it may have been stolen."""
    at = lockouts.address(request)
    known = request.session.setdefault(ADDRESSES, [at])
    if at not in known:
        request.session[ADDRESSES] = [*known, at][-MOST:]
        events.record(who(request), "moved", None, before=known[-1])


def _holds_nul(request: HttpRequest) -> bool:
    """Whether a form or an address has the sign that no keyboard writes and PostgreSQL cannot keep."""
    forms = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
    return any("\0" in value for form in forms for _, values in form.lists() for value in values)


def _refuse(request: HttpRequest, why: str) -> HttpResponse:
    return refuse(request, 403, (catalogue()["office_refused"][why],))


def _name(request: HttpRequest) -> str | None:
    return request.resolver_match.url_name if request.resolver_match else None


def _load(request: Asking, name: str, key: str, rights: frozenset[Right]) -> object:
    """What an address names, where it is within reach; raises Http404. A plain word is given as it is."""
    loader = LOADERS.get(name)
    if loader is None or not rights:
        return key
    assert request.person is not None
    try:
        return loader(request, request.person, tuple(rights), key)
    except (ObjectDoesNotExist, OverflowError):  # SQLite has no number so large
        raise Http404 from None


def _submission(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Submission:
    return person.submissions(*rights).get(pk=key)


def _version(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Version:
    return Version.objects.get(pk=key, submission__in=person.submissions(*rights))


def _remark(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Remark:
    return Remark.objects.get(pk=key, version__submission__in=person.submissions(*rights))


def _upload(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Upload:
    within = person.submissions(*rights)
    return Upload.objects.select_related("submission__organ", "file").get(pk=key, submission__in=within)


def _organ(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Organ:
    return person.organs(*rights).get(pk=key)


def _link(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Link:
    return Link.objects.get(pk=key, organ__in=person.organs(*rights))


def _boxes(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Submission:
    """The submission whose draft has this key; to be changed only while it is being filled in."""
    if request.method in READING:
        return person.submissions(*rights).select_related("draft").get(draft=key)
    found = person.submissions(Right.FILL).select_related("draft").get(draft=key)
    if reason := submissions.closed(found):
        raise Closed(reason)
    return found


def _account(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> User:
    return User.objects.get(pk=key)  # accounts are the whole office's, as the right to them is


def _assignment(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Assignment:
    return Assignment.objects.select_related("user", "organ").get(pk=key)


def _draft(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> str:
    """The key of a draft that may be changed or, by a method that only reads, looked at."""
    _boxes(request, person, rights, key)
    return key


def _seen(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> str:
    """The key of a draft within reach, of which nothing is changed by whatever method."""
    person.submissions(*rights).get(draft=key)
    return key


def _made(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> str:
    """A made report's key: of a draft within reach."""
    made = jobs().get(key)
    if made is None:
        raise Http404
    person.submissions(*rights).get(draft=made.draft)
    return key


def _job(request: Asking, person: Person, rights: tuple[Right, ...], key: str) -> Job:
    """A job of this person's own."""
    return Job.objects.get(pk=key, who=person.name)


Loader = Callable[[Asking, Person, tuple[Right, ...], str], Any]
LOADERS: dict[str, Loader] = {
    "submission": _submission,
    "version": _version,
    "remark": _remark,
    "upload": _upload,
    "organ": _organ,
    "link": _link,
    "job": _job,
    "boxes": _boxes,
    "account": _account,
    "assignment": _assignment,
    "draft": _draft,
    "seen": _seen,
    "made": _made,
}
