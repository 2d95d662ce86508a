"""A worker process: does tasks until it is told to end, or until nobody is there to tell it."""

from __future__ import annotations

import gc
import os
import queue
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from nianbao.app import libraries
from nianbao.app.workers import Limits, Task, perform


def work(link: Connection, context: Callable[[], Any], limits: Limits) -> None:
    """Answer each task that comes over the link with what came of it, in their order."""
    for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGHUP")):
        if number is not None:
            signal.signal(number, signal.SIG_IGN)  # the process that gives the tasks decides
    libraries.silence()
    gc.set_threshold(500_000)  # as the command line has it
    _limit(limits.memory)
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    # What comes is taken at once: two that send to one another, and nobody reads, would wait for ever.
    threading.Thread(target=_take, args=(link, tasks), daemon=True).start()
    shared = context()
    gc.freeze()  # what was imported stays; nobody need look through it again
    while True:
        result = perform(shared, tasks.get())
        try:
            link.send(result)
        except OSError:  # nobody is there any more
            return


def _limit(memory: int) -> None:
    """Have what goes beyond so many bytes refused with MemoryError, where the system can do that."""
    with suppress(ImportError, AttributeError, ValueError, OSError):  # Windows; or a lower limit is set
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))


def _take(link: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    try:
        while True:
            tasks.put(link.recv())
    except (EOFError, OSError):  # the other end is closed, by intent or death; half of it is not wanted
        os._exit(0)
