"""A browser's line to the server: what comes too slowly, or from nobody we know, takes nothing of it."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from nianbao.app import interrupt
from nianbao.web import access, shortage
from nianbao.web.shortage import Shortage

MOST = 300  # connections: the next one takes the place of one


class Short:
    """That a request cannot be taken in for what the machine is short of: an error as waitress has them."""

    def __init__(self, found: Shortage) -> None:
        self.found = found


class Request(HTTPRequestParser):
    """A request: the body of one without the key is not waited for."""

    known = False  # whether it has the key

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of the request; raises as waitress has it."""
        super().parse_header(header_plus)
        sent = cookies(self)
        self.known = self.is_known(sent)
        if self.body_rcv is not None and not self.may_send(sent):
            self.body_rcv, self.content_length, self.chunked = None, 0, False
            self.connection_close = True  # what comes of it is no further request

    def received(self, data: bytes) -> int:
        """Take what has come; where the disk has no room for the body, that is the answer."""
        try:
            return int(super().received(data))
        except OSError as error:
            if (found := shortage.of(error)) is None:
                raise
            self.error = Short(found)  # type: ignore[assignment] # the types ask for one of waitress's own
            self.completed = self.connection_close = True
            return len(data)

    def is_known(self, cookies: Mapping[str, str]) -> bool:
        """Whether it has the key."""
        return access.holds_key(cookies.get(access.COOKIE, ""))

    def may_send(self, cookies: Mapping[str, str]) -> bool:
        """Whether its body is waited for."""
        return self.known


class Refusal(ErrorTask):
    """The answer to a request that never reaches the program: too large, or no HTTP."""

    channel: Any  # the types that are published for waitress know neither what these are, nor what they have
    request: Any
    response_headers: list[tuple[str, str]]

    def execute(self) -> None:
        """Say so in words, to people and to scripts."""
        error, accepted = self.request.error, self.request.headers.get("ACCEPT", "text/html")
        if isinstance(error, Short):
            status = error.found.status
            answer = access.refusal(accepted, status, (shortage.told(error.found),))
        else:
            status = 413 if isinstance(error, RequestEntityTooLarge) else 400
            answer = access.refusal(accepted, status)
        self.status = f"{status} {answer.reason_phrase}"
        self.response_headers.extend(access.guarded(answer).items())
        self.channel.refused = True
        self.set_close_on_finish()
        self.content_length = len(answer.content)
        self.write(answer.content)


class Connection(HTTPChannel):
    """A connection: its time runs from the beginning of a request, however steadily that comes in.

    Where there are too many, the oldest that never had the key makes room.
    """

    parser_class = Request
    requests: list[Any]
    requests_lock: Lock
    error_task_class = Refusal
    known = False  # whether a request on it had the key
    refused = False  # whether what was sent is not taken
    draining = False  # whether that is still coming, and thrown away

    def __init__(self, server: Any, *others: Any, **options: Any) -> None:
        """Take a connection that was accepted."""
        _make_room(server.active_channels.values())
        super().__init__(server, *others, **options)

    def readable(self) -> bool:
        """Whether something may come in."""
        return self.draining or bool(super().readable())

    def handle_read(self) -> None:
        """Take what has come."""
        if self.draining:
            self.recv(self.adj.recv_bytes)  # at its end, or where it breaks off, it is closed
            return
        begun = self.last_activity if self.request is not None else None
        super().handle_read()
        if begun is not None and self.request is not None:
            self.last_activity = begun

    def received(self, data: bytes) -> bool:
        """Read requests from what has come."""
        taken = bool(super().received(data))
        with self.requests_lock:
            self.known = self.known or any(request.known for request in self.requests)
        return taken

    def handle_error(self) -> None:
        """Go on without this connection; but a signal to end that broke in here ends the server."""
        interrupt.insist()
        super().handle_error()

    def handle_close(self) -> None:
        """Close it; after a refusal our side first: a browser that is still sending would not see why."""
        if self.refused and not self.draining:
            self.draining, self.will_close = True, False
            with suppress(OSError):
                assert self.socket is not None  # it was written to
                self.socket.shutdown(socket.SHUT_WR)
            return
        super().handle_close()


def _make_room(connections: Iterable[Connection]) -> None:
    staying = [one for one in connections if not one.will_close]
    strangers = [one for one in staying if not one.known and not one.requests]
    if len(staying) >= MOST and strangers:
        min(strangers, key=lambda one: one.creation_time).will_close = True


def cookies(request: HTTPRequestParser) -> dict[str, str]:
    """The cookies of a request by their names; none where they cannot be read."""
    try:
        return {name: one.value for name, one in SimpleCookie(request.headers.get("COOKIE", "")).items()}
    except CookieError:
        return {}
