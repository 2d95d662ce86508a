"""--verbose: what is done, step by step, on standard error."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)  # by how often -v is given
_log = logging.getLogger("nianbao.cli")


class _Formatter(logging.Formatter):
    """Lines that a terminal can be trusted with."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        from nianbao.cli import messages

        return messages.shown(super().format(record))


def listen(ctx: click.Context, _option: click.Parameter, count: int) -> None:
    """Write the log on standard error, the more the oftener -v is given, before or after the command."""
    if ctx.parent is not None and not count:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    program = logging.getLogger("nianbao")
    program.handlers = [handler] if count else []
    program.setLevel(LEVELS[min(count, len(LEVELS) - 1)])


def is_heard() -> bool:
    """Return whether anybody reads the log."""
    return _log.isEnabledFor(logging.INFO)


def note(what: str) -> None:
    """Log what is done."""
    _log.info("%s", what)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Log a step as it begins, and how long it took."""
    start = time.monotonic()
    _log.info("%s …", what)
    try:
        yield
    finally:
        _log.info("%s：%.2f 秒", what, time.monotonic() - start)


def failure(error: Exception) -> None:
    """Log where in the program something went wrong, for whoever helps the user."""
    _log.debug("%s", type(error).__name__, exc_info=error)
