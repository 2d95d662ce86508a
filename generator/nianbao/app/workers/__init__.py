"""Who does the work on many files: this process, or others on this machine.

Each has `results`: from tasks to what came of them, in the tasks' order, with no more than a few of
them in memory at a time. A worker that dies, or takes too long, costs only the task it was at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from nianbao.app import files
from nianbao.app.outcome import Failure

GIGABYTE = 2**30


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

    `seconds` are for one task, `memory` is in bytes for the whole process (where the system can hold
    it to that), `tasks` are all that one worker is given.
    """

    seconds: float = 300.0  # the longest real report takes two
    memory: int = 3 * GIGABYTE
    tasks: int = 250


USUAL = Limits()


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
        return Failure.of(error, task.name)


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
) -> Workers:
    """So many processes; one is this process itself, to which no limits apply.

    `context` makes what all tasks of a worker share, `preload` names the modules they need, `doing` is
    what messages say of a task that took too long.
    """
    if jobs == 1:
        from nianbao.app.workers.serial import Serial

        return Serial(context)
    from nianbao.app.workers.pool import Pool

    return Pool(context, jobs, limits=limits, preload=preload, doing=doing)
