"""A worker process: does tasks until it is told to end, or until nobody is there to tell it."""

from __future__ import annotations

import gc
import logging
import math
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from nianbao.app import libraries, workers
from nianbao.app.outcome import Failure
from nianbao.app.workers import Limits, Task, perform
from nianbao.report.shortage import is_short_of_memory

SHORT, SPENT = (
    75,
    76,
)  # the exit codes of one that has no memory to begin with, and to say what came of a task
STATUS = Path("/proc/self/status")  # where Linux says how much memory a process has


class Answer(NamedTuple):
    """What came of a task, and what was logged meanwhile.

    A worker that is `spent` has run out of memory, and is to do nothing more: much of it may stay taken.
    """

    result: Any
    records: tuple[logging.LogRecord, ...] = ()
    spent: bool = False


def work(
    link: Connection,
    context: Callable[[], Any],
    limits: Limits,
    level: int = logging.WARNING,
    other_end: Connection | None = None,
) -> None:
    """Answer each task that comes over the link with what came of it, in their order.

    `other_end` is that of the process that gives the tasks, where a fork has it here too: were it open,
    nobody would notice that process's death. `level` is of the log that is sent along.
    """
    _deaf()
    if other_end is not None:
        other_end.close()
    try:
        _mute()
        workers.isolated = True
        libraries.silence()
        records = _logged(level)
        gc.set_threshold(500_000)  # as the command line has it
        _limit_memory(limits.memory)
        tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        # What comes is taken at once: two that send to one another, and nobody reads, would wait for ever.
        threading.Thread(target=_take, args=(link, tasks), daemon=True).start()
        shared = context()
    except Exception as error:
        if is_short_of_memory(error):
            os._exit(SHORT)
        raise
    gc.freeze()  # what was imported stays; nobody need look through it again
    try:
        while True:
            task = tasks.get()
            _limit_time(limits.allowed(task))
            result = perform(shared, task)
            spent = isinstance(result, Failure) and any(found.code == "memory" for found in result.problems)
            link.send(Answer(result, tuple(records), spent))
            records.clear()
    except OSError:  # nobody is there any more
        return
    except MemoryError:
        os._exit(SPENT)


def _mute() -> None:
    """Say nothing on standard error: what libraries say there is English, and ours goes over the link."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _deaf() -> None:
    """Leave Ctrl-C and a closed terminal to the process that gives the tasks; be ended at once otherwise."""
    for name, action in (("SIGINT", signal.SIG_IGN), ("SIGHUP", signal.SIG_IGN), ("SIGTERM", signal.SIG_DFL)):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, action)


def _logged(level: int) -> list[logging.LogRecord]:
    """The list that the program's log goes into from now on."""
    records: list[logging.LogRecord] = []

    class Kept(QueueHandler):
        def enqueue(self, record: logging.LogRecord) -> None:
            records.append(record)

    program = logging.getLogger("nianbao")
    program.handlers = [Kept(queue.SimpleQueue())]
    program.setLevel(level)
    return records


def _limit_memory(more: int) -> None:
    """Have what goes so many bytes beyond what is in use refused with MemoryError, where that can be done."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(AttributeError, ValueError, OSError):  # macOS; or a lower limit is set
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_in_use() + more, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is ended leaves nothing behind


def _in_use() -> int:
    """The bytes that count for the limit now; none where the system does not say."""
    with suppress(OSError):
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _limit_time(seconds: float) -> None:
    """Have the system end this process after so many seconds of the processor's time from now on."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), hard))


def _take(link: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    try:
        while True:
            tasks.put(link.recv())
    except (EOFError, OSError):  # the other end is closed, by intent or death; half of it is not wanted
        os._exit(0)
    except BaseException as error:  # what comes makes no sense here, or there is no memory for it
        os._exit(SPENT if is_short_of_memory(error) else 1)
