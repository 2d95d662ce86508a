"""When the last page was heard of: a server that nobody looks at ends."""

from __future__ import annotations

import time

PATIENCE = 15 * 60.0  # seconds after which the server ends, when no page asks any more

_last = time.monotonic()


def heard() -> None:
    """A page is open."""
    global _last
    _last = time.monotonic()


def silent() -> float:
    """Seconds since a page was heard of."""
    return time.monotonic() - _last
