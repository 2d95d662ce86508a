"""Who does the work on files: processes with limits, on this machine or on others.

Each has `results`: from tasks to what came of them, in the tasks' order, with no more than a few of
them in memory at a time. A worker that dies, or takes too much, costs only the task it was at.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from nianbao.app import files
from nianbao.app.outcome import Failure
from nianbao.report.shortage import is_short_of_memory

MEGABYTE, GIGABYTE = 2**20, 2**30
SLOWER = 10  # by the clock: the machine may have other things to do
isolated = False  # whether this process is a worker, with limits that hold for all it does


class Task(NamedTuple):
    """One piece of work: the file's name in messages, and what is called as `work(context, name, *args)`.

    `work` is a function of a module, and `args` are values: both are sent to other processes.
    """

    name: str
    work: Callable[..., Any]
    args: tuple[Any, ...] = ()


def task(source: Path, name: str, work: Callable[..., Any]) -> Task | Failure:
    """The piece of work on a file's bytes as they are now, or why they cannot be read."""
    try:
        return Task(name, work, (files.read(source),))
    except OSError as error:
        return Failure.of(error, name)


@dataclass(frozen=True)
class Limits:
    """What a worker may take, and when a fresh one takes its place.

    `seconds` are of the processor's time for one task, with `per_megabyte` more for each megabyte of its
    bytes; by the clock it may take SLOWER times as many. `memory` is in bytes, beyond what the process
    begins with. Windows knows the clock only. `tasks` are all that one worker is given.
    """

    seconds: float = 30.0  # a report of 200,000 characters with its PDF takes so many, a real one two
    per_megabyte: float = 20.0
    memory: int = GIGABYTE
    tasks: int = 250

    def allowed(self, task: Task) -> float:
        """The seconds for this task."""
        size = sum(len(value) for value in task.args if isinstance(value, bytes))
        return self.seconds + self.per_megabyte * size / MEGABYTE


USUAL = Limits()
READING = Limits(seconds=6.0, per_megabyte=5.0)  # thirty pages, one megabyte, take one


class Workers(AbstractContextManager["Workers"], Protocol):
    """What does tasks; a failure among them passes through in its place."""

    def results(self, tasks: Iterable[Task | Failure]) -> Iterator[Any]:
        """What each task returned, or the Failure that came of it, in the tasks' order.

        Raises ProblemsFound where nothing can be done at all.
        """


def perform(context: object, task: Task) -> Any:
    """Do a task; what it raises becomes a Failure, so that other tasks go on."""
    try:
        return task.work(context, task.name, *task.args)
    except Exception as error:  # a bug with one file is no reason to lose the others
        if not is_short_of_memory(error):
            return Failure.of(error, task.name)
    gc.collect()  # without what the exception's frames hold, there is memory again
    return Failure.of(MemoryError(), task.name)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def hire(
    context: Callable[[], Any],
    jobs: int,
    *,
    limits: Limits = USUAL,
    preload: Iterable[str] = (),
    doing: str = "处理",
    foreign: bool = False,
) -> Workers:
    """So many processes, with limits.

    `context` makes what all tasks of a worker share, `preload` names the modules they need, `doing` is
    what messages say of a task that took too much. Where the files are `foreign`, one that no worker can
    finish is told as damaged.
    """
    from nianbao.app.workers.pool import Pool

    return Pool(context, jobs, limits=limits, preload=preload, doing=doing, foreign=foreign)
