"""When the last page was heard of: a server that nobody looks at ends."""

from __future__ import annotations

import time

_last = time.monotonic()


def heard() -> None:
    """A page is open."""
    global _last
    _last = time.monotonic()


def silent() -> float:
    """Seconds since a page was heard of."""
    return time.monotonic() - _last
