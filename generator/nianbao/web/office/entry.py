"""How people come in: by an account, or an organ by its link; and where each begins."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie

from nianbao.web.office import accounts, events, lockouts, sessions
from nianbao.web.office.access import Asking
from nianbao.web.office.events import Who
from nianbao.web.office.models import Link
from nianbao.web.office.pages import pages
from nianbao.web.office.person import LINK, MUST, STAMP, called, roles_of, stamp
from nianbao.web.words import catalogue


def home(request: Asking) -> HttpResponse:
    """The page on which this person's work begins."""
    assert request.person is not None
    for page in pages(request)["pages"]:
        return redirect(page["name"])
    return redirect("login")


@ensure_csrf_cookie
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and let in whoever has both."""
    if request.method == "POST" and lockouts.sprayed(request):
        return _refused(request, "sprayed")
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        assert isinstance(user, User)
        request.session.flush()  # of whoever was here before: by a link, or by another account
        auth.login(request, user)
        request.session[STAMP] = stamp(roles_of(user))
        sessions.begin(request.session, lockouts.address(request))
        if accounts.must_change(user):
            request.session[MUST] = True
        events.record(_who(request, called(user)), "login")
        return redirect("start")
    if request.method == "POST" and lockouts.sprayed(request):
        events.record(_who(request, ""), "sprayed")
    status = 422 if request.method == "POST" else 200
    return render(request, "office/login.html", {"form": form}, status=status)


def locked(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """Say that this name is shut out for a while, after too many wrong passwords."""
    return _refused(request, "locked")


def _refused(request: HttpRequest, word: str) -> HttpResponse:
    shown = {"form": AuthenticationForm(request), "locked": catalogue()["login"][word]}
    return render(request, "office/login.html", shown, status=429)


def logout(request: Asking) -> HttpResponse:
    """End the session."""
    if request.person is not None:
        events.record(_who(request, request.person.name), "logout")
    auth.logout(request)
    return redirect("login")


@ensure_csrf_cookie
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link leads to, and let in whoever presses its button: mail scanners only open links."""
    link = Link.objects.select_related("organ").filter(digest=digest(token)).first()
    if link is None or link.revoked or link.expires < timezone.now() or not link.organ.active:
        return render(request, "office/link_gone.html", status=404)
    if request.method != "POST":
        return render(request, "office/enter.html", {"link": link})
    with transaction.atomic():
        if link.used_at is None:
            link.used_at = timezone.now()
            link.save(update_fields=["used_at"])
        events.record(_who(request, f"{link.organ.name}（链接）"), "enter", link=link.pk)
    request.session.flush()
    request.session[LINK] = link.pk
    sessions.begin(request.session, lockouts.address(request))
    request.session.save()
    return redirect("mine")


def health(request: HttpRequest) -> JsonResponse:
    """That the server answers, and its version: for the proxy in front."""
    return JsonResponse({"version": version("nianbao")})


def digest(token: str) -> str:
    """A link's token as it is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _who(request: HttpRequest, name: str) -> Who:
    return Who(name, lockouts.address(request))
