"""A browser's line to the server: what comes too slowly, or from nobody we know, takes nothing of it."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from nianbao.web import access


class Request(HTTPRequestParser):
    """A request: the body of one without the key is not waited for."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of the request; raises as waitress has it."""
        super().parse_header(header_plus)
        if self.body_rcv is not None and not _is_known(self.headers.get("COOKIE", "")):
            self.body_rcv, self.content_length, self.chunked = None, 0, False
            self.connection_close = True  # what comes of it is no further request


class Timed(HTTPChannel):
    """A connection: its time runs from the beginning of a request, however steadily that comes in."""

    def handle_read(self) -> None:
        """Take what has come."""
        begun = self.last_activity if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self.last_activity = begun


class Connection(Timed):
    """A connection to one's own machine: of nobody but who has the key is a body read."""

    parser_class = Request


def _is_known(cookies: str) -> bool:
    try:
        cookie = SimpleCookie(cookies).get(access.COOKIE)
    except CookieError:
        return False
    return cookie is not None and access.holds_key(cookie.value)
