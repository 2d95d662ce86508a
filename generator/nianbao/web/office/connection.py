"""The lines to an office's server: a large body is waited for only where it comes from a session."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from nianbao.web import connection

SMALL = 64 * 1024  # bytes of a form; whoever comes may send so many


class Request(connection.Request):
    """A request to an office's server."""

    def is_known(self, cookies: Mapping[str, str]) -> bool:
        """Whether it says that it is of a session."""
        return settings.SESSION_COOKIE_NAME in cookies

    def may_send(self, cookies: Mapping[str, str]) -> bool:
        """Whether its body is small, or it is of a session that goes on."""
        if not self.chunked and self.content_length <= SMALL:
            return True
        key = cookies.get(settings.SESSION_COOKIE_NAME, "")
        return Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).exists()


class Connection(connection.Connection):
    """A connection to an office's server."""

    parser_class = Request
