"""How many of a test's random trials are made: a third, and all where NIANBAO_TRIALS=all says so."""

from __future__ import annotations

import os

SHARE = 1 if os.environ.get("NIANBAO_TRIALS") == "all" else 3


def trials(count: int) -> int:
    """Of so many trials, each with a seed or a moment of its own, those that are made in this run."""
    return -(-count // SHARE)
