"""Who may talk to the server: pages of this machine that were opened with the key, and nobody else."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from nianbao.app.outcome import Usage, problems
from nianbao.web import shortage
from nianbao.web.words import catalogue, words

COOKIE = "nianbao_key"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, our own forms come from "null", as forged ones do
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
REASONS = {
    400: "request",
    403: "key",
    404: "missing",
    413: "too_large",
    421: "host",
}  # by status, names of words
TOO_MANY = {TooManyFilesSent: "files", TooManyFieldsSent: "fields"}  # names of words
WORDS = {"workbench": "refused", "office": "office_refused"}  # by the face that is served
_keys: set[str] = set()  # of this process: in the address that the browser is opened with


def new_key() -> str:
    """A key that opens the pages."""
    key = secrets.token_urlsafe(32)
    _keys.add(key)
    return key


class Access:
    """Refuses foreign hosts and whoever has no key; puts the headers on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the program."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return guarded(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_HOST", "").rpartition(":")[0] not in settings.ALLOWED_HOSTS:
            return refuse(request, 421)  # another name for this machine: somebody's page may be behind it
        if request.path == "/enter":
            return self._enter(request)
        if not holds_key(request.COOKIES.get(COOKIE, "")):
            return refuse(request, 403)
        return self.get_response(request)

    def _enter(self, request: HttpRequest) -> HttpResponse:
        key = request.GET.get("key", "")
        if not _is_key(key):
            return refuse(request, 403)
        response = _opened(request)
        response.set_cookie(COOKIE, _pass(), httponly=True, samesite="Strict")
        return response


def _opened(request: HttpRequest) -> HttpResponse:
    """The way to the first page, or to a file that the program was started with; or why it cannot be read.

    Whoever has the key is the user of this machine, who may read the file as well.
    """
    from nianbao.web.workbench import given

    try:
        file = given.named(request.META["QUERY_STRING"])
        response = HttpResponseRedirect("/" if file is None else given.opened(file))
    except Exception as error:
        shortage.insist(error)
        return refuse(request, 422, _told(error))
    response.status_code = 303
    return response


def _told(error: Exception) -> tuple[str, ...]:
    """What went wrong with a file, in words."""
    return (str(error),) if isinstance(error, Usage) else tuple(map(str, problems(error)))


def guarded(response: HttpResponse) -> HttpResponse:
    """An answer with what a browser may do with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def refuse(request: HttpRequest, status: int, reasons: tuple[str, ...] = ()) -> HttpResponse:
    """Why nothing is shown, as an answer to a request."""
    return refusal(request.headers.get("Accept", "text/html"), status, reasons, request)


def refusal(
    accepted: str, status: int, reasons: tuple[str, ...] = (), request: HttpRequest | None = None
) -> HttpResponse:
    """Why nothing is shown: as a page, or to a script, which accepts no page, as problems."""
    face = settings.NIANBAO_FACE
    reasons = reasons or (catalogue()[WORDS[face]][REASONS[status]],)
    reasons = tuple(reason.encode("utf-8", "backslashreplace").decode() for reason in reasons)  # odd names
    if "text/html" not in accepted:
        return JsonResponse({"problems": reasons, "codes": []}, status=status)
    shown = {"reasons": reasons, "home": status in (400, 404, 413, 422, 500, 503, 507), **words()}
    return HttpResponse(render_to_string(f"{face}/refused.html", shown, request), status=status)


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a request that no page of ours has sent."""
    return refuse(request, 403, (catalogue()[WORDS[settings.NIANBAO_FACE]]["forged"],))


def refuse_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse a request that makes no sense, or that has more in it than is taken at once."""
    for kind, word in TOO_MANY.items():
        if isinstance(exception, kind):
            return refuse(request, 413, (catalogue()["too_many"][word],))
    return refuse(request, 400)


def miss(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing has this address."""
    return refuse(request, 404)


def admit(request: HttpRequest) -> HttpResponse:
    """Say that something of ours has gone wrong, and where the log lies; or what the machine is short of."""
    error = sys.exc_info()[1]
    assert isinstance(error, Exception)  # Django calls this while it handles one
    if found := shortage.of(error):
        return guarded(refuse(request, found.status, (shortage.told(found),)))
    return guarded(refuse(request, 500, tuple(map(str, problems(error)))))


def holds_key(cookie: str) -> bool:
    """Whether this is what the cookie holds of whoever has opened a page with the key."""
    return secrets.compare_digest(cookie.encode(), _pass().encode())


def _pass() -> str:
    """What the cookie holds: the same after a restart, so that an open page goes on."""
    return salted_hmac("nianbao.web.access", COOKIE).hexdigest()


def _is_key(word: str) -> bool:
    return any(secrets.compare_digest(word.encode(), key.encode()) for key in _keys)
