"""Who is shut out for a while after too many wrong passwords.

A name at an address, as django-axes counts; and an address at which many names were tried.
"""

from __future__ import annotations

import ipaddress
from contextlib import suppress

from axes.helpers import get_cool_off  # type: ignore[import-untyped] # ships no types
from axes.models import AccessAttempt  # type: ignore[import-untyped] # ships no types
from axes.signals import user_locked_out  # type: ignore[import-untyped] # ships no types
from axes.utils import reset  # type: ignore[import-untyped] # ships no types
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from nianbao.web.office import events
from nianbao.web.office.events import Who

MOST_LOGINS = 20  # that failed at one address in a quarter of an hour, and have not come in since
LOCAL = "127.0.0.1"  # whoever comes by a Unix socket, and from no address that could be told


def address(request: HttpRequest) -> str:
    """The address of the network that a request comes from: the proxy's client, where there is a proxy."""
    said = request.META.get("REMOTE_ADDR", "").strip("[]")
    with suppress(ValueError):
        return str(ipaddress.ip_address(said))
    return LOCAL


def sprayed(request: HttpRequest) -> bool:
    """Whether so many logins have failed at an address of late that it rather is somebody who tries them all.

    Who came in after a slip counts no more: behind one address of a whole bureau slips are many, and mended.
    """
    since = timezone.now() - get_cool_off()
    tried = AccessAttempt.objects.filter(ip_address=address(request), attempt_time__gte=since)
    return int(tried.values("username").distinct().count()) >= MOST_LOGINS


def locked() -> set[str]:
    """The logins that are shut out somewhere now, as they were written."""
    since = timezone.now() - get_cool_off()
    attempts = AccessAttempt.objects.filter(attempt_time__gte=since).values("username", "ip_address")
    counted = attempts.annotate(failures=Sum("failures_since_start")).order_by()
    shut = counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    return {attempt["username"] for attempt in shut}


def release(login: str) -> None:
    """Let a login try again, from wherever it comes."""
    reset(username=login)


def watch() -> None:
    """Write into the log, once each time, when a name is shut out."""
    user_locked_out.connect(_record, dispatch_uid="nianbao")


def _record(sender: object, request: HttpRequest, username: str, **_: object) -> None:
    if getattr(request, "axes_failures_since_start", 0) == settings.AXES_FAILURE_LIMIT:
        events.record(Who("", address(request)), "locked", None, account=username)
