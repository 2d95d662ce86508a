"""One process, with limits, for what comes from outside: started with the first file, kept for the next.

Parsers of other people's files loop, and fill the memory, upon what somebody has made for that; there it
costs a message. Who already is in such a process does the work itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from nianbao.app import workers
from nianbao.app.outcome import Failure
from nianbao.app.workers import READING, Task

if TYPE_CHECKING:
    from nianbao.app.workers.pool import Pool

Given = ParamSpec("Given")
Result = TypeVar("Result")
PRELOAD = ("nianbao.app.reading", "nianbao.media.workbook.read", "nianbao.media.pdf.reading")
_one = threading.Lock()  # a file at a time
_pool: Pool | None = None


def isolate(name: str, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Return what a function of a module returns, called in the process for files from outside.

    `name` is what messages call the file. Raises what reading raises: ProblemsFound, and Unreadable also
    where the process was at it for too long, or it ended.
    """
    if workers.isolated:
        return work(*args, **kwargs)
    with _one:
        try:
            [result] = _started().results([Task(name, _call, (partial(work, **kwargs), *args))])
        except BaseException:  # half of it is done, and is not to be taken for the next one's answer
            _end()
            raise
    if isinstance(result, Failure):
        raise result.error()
    return result  # type: ignore[no-any-return]


def warm() -> None:
    """Start the process, so that the first file need not wait for it; raises as `isolate`."""
    isolate("", nothing)


def end() -> None:
    """End the process, where there is one; the next file would have another."""
    with _one:
        _end()


def _call(_context: None, _name: str, work: Callable[..., Result], *args: object) -> Result:
    return work(*args)


def nothing() -> None:
    """The context of tasks that share nothing."""


def _started() -> Pool:
    global _pool
    if _pool is None:
        from nianbao.app.workers.pool import Pool

        _pool = Pool(nothing, 1, limits=READING, preload=PRELOAD, doing="读取", foreign=True)
    return _pool


def _end() -> None:
    global _pool
    pool, _pool = _pool, None
    if pool is not None:
        pool.__exit__()


def _forget() -> None:
    """In the child of a fork: that process is its parent's."""
    global _pool, _one
    _pool, _one = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
