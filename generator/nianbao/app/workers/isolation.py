"""A process, with limits, for what comes from outside: started with the first file, kept for the next.

Parsers of other people's files loop, and fill the memory, upon what somebody has made for that; there it
costs a message. Who already is in such a process does the work itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from queue import LifoQueue
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from nianbao.app import workers
from nianbao.app.outcome import Failure
from nianbao.app.workers import READING, Task

if TYPE_CHECKING:
    from nianbao.app.workers.pool import Pool

Given = ParamSpec("Given")
Result = TypeVar("Result")
PRELOAD = ("nianbao.app.reading", "nianbao.media.workbook.read", "nianbao.media.pdf.reading")


class _Lane:
    """One such process; a file at a time."""

    def __init__(self) -> None:
        self._pool: Pool | None = None

    def result(self, task: Task) -> Any:
        """What came of a task; after an exception the process is ended, for it may hold half of an answer."""
        try:
            [result] = self._started().results([task])
        except BaseException:
            self.end()
            raise
        return result

    def end(self) -> None:
        """End the process, where there is one; the next file would have another."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.__exit__()

    def _started(self) -> Pool:
        if self._pool is None:
            from nianbao.app.workers.pool import Pool

            self._pool = Pool(nothing, 1, limits=READING, preload=PRELOAD, doing="读取", foreign=True)
        return self._pool


class _Lanes:
    """As many processes as files may be read at once: one, unless a server asks for more."""

    def __init__(self) -> None:
        self._free: LifoQueue[_Lane] = LifoQueue()  # the one that was used last is the warmest
        self._lanes = 0
        self.widen(1)

    def widen(self, lanes: int) -> None:
        """Let so many files be read at once."""
        while self._lanes < lanes:
            self._lanes += 1
            self._free.put(_Lane())

    @contextmanager
    def lane(self) -> Iterator[_Lane]:
        """A free one; waits until there is."""
        lane = self._free.get()
        try:
            yield lane
        finally:
            self._free.put(lane)

    def end(self) -> None:
        """End every process, once each has done what it is at."""
        lanes = [self._free.get() for _ in range(self._lanes)]
        for lane in lanes:
            lane.end()
            self._free.put(lane)


_lanes = _Lanes()


def isolate(name: str, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Return what a function of a module returns, called in the process for files from outside.

    `name` is what messages call the file. Raises what reading raises: ProblemsFound, and Unreadable also
    where the process was at it for too long, or it ended.
    """
    if workers.isolated:
        return work(*args, **kwargs)
    with _lanes.lane() as lane:
        result = lane.result(Task(name, _call, (partial(work, **kwargs), *args)))
    if isinstance(result, Failure):
        raise result.error()
    return result  # type: ignore[no-any-return]


def warm() -> None:
    """Start a process, so that the first file need not wait for it; raises as `isolate`."""
    isolate("", nothing)


def widen(lanes: int) -> None:
    """Let so many files be read at once, each in a process of its own."""
    _lanes.widen(lanes)


def end() -> None:
    """End the processes, where there are any; the next file would have another."""
    _lanes.end()


def _call(_context: None, _name: str, work: Callable[..., Result], *args: object) -> Result:
    return work(*args)


def nothing() -> None:
    """The context of tasks that share nothing."""


def _forget() -> None:
    """In the child of a fork: that process is its parent's."""
    global _lanes
    _lanes = _Lanes()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
