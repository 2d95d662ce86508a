"""What is shown instead of every page while the drafts cannot be opened, with the ways out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from nianbao.app.outcome import problems
from nianbao.web import idle, static
from nianbao.web.words import catalogue
from nianbao.web.workbench import upgrade
from nianbao.web.workbench.upgrade import Hindrance

_now: list[Hindrance] = []  # what hinders this server, as long as something does


def open_drafts() -> str:
    """Open the drafts, brought up to date; why they were not opened, "" where they were."""
    hindrance = upgrade.bring_up_to_date(_folder())
    _now[:] = [] if hindrance is None else [hindrance]
    return "" if hindrance is None else hindrance.reason


class Hindered:
    """Shows why the drafts are not open, whatever page is asked for; what is forged was refused before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the program."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        """What is answered in place of a page; None where the page may be shown."""
        idle.heard()
        return _shown(request) if _now and view not in (try_again, go_back, static.serve) else None


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Try to open the drafts once more."""
    open_drafts()
    return redirect("start")


@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """Put the backup, or an empty database, in the place of the drafts, which are kept under another name."""
    if not _now or not (_now[0].backup or _now[0].blank):
        return redirect("start")
    try:
        upgrade.go_back(_folder(), _now[0].backup)
    except OSError as error:
        return _shown(request, problems(error, _folder())[0].what)
    open_drafts()
    return redirect("start")


def _shown(request: HttpRequest, failed: str = "") -> HttpResponse:
    words = catalogue()["hindered"]
    [hindrance] = _now
    way = words["go_back"].format(backup=hindrance.backup_told) if hindrance.backup else words["blank"]
    shown = {"reason": hindrance.reason, "failed": failed, "way": way if hindrance.blank else ""}
    return render(request, "workbench/hindered.html", shown, status=503)


def _folder() -> Path:
    return Path(settings.DATABASES["default"]["NAME"]).parent
