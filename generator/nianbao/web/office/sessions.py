"""Sessions that last as long as somebody is at it, without a write for every page that is looked at."""

from __future__ import annotations

import time

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from nianbao.web import shortage

SEEN = "seen"  # in the session: when it was last put down that somebody is there, in seconds
ADDRESSES = "addresses"  # in the session: of the network, from which it has been used
MOST = 20  # of these
STEP = 300  # seconds after which it is put down again


def begin(session: SessionBase, address: str) -> None:
    """Put down in a session that somebody has come in just now."""
    session[SEEN], session[ADDRESSES] = int(time.time()), [address]


class Sessions(SessionMiddleware):
    """Django's, which would save a session never or each time."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save what has changed; that somebody is still there, every few minutes.

        Where nothing can be saved, the answer is given all the same: what was done is done.
        Who comes in is saved before it is said.
        """
        session = request.session
        if session.session_key and time.time() - session.get(SEEN, 0) > STEP and response.status_code < 500:
            session[SEEN] = int(time.time())
        try:
            return super().process_response(request, response)
        except Exception as error:
            if shortage.of(error) is None:
                raise
            return response
