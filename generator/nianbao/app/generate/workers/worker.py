"""A worker process: makes reports until it is told to end, or until nobody is there to tell it."""

from __future__ import annotations

import gc
import os
import queue
import signal
import threading
from multiprocessing.connection import Connection

from nianbao.app.generate.job import Job
from nianbao.app.generate.pipeline import RenderContext, make
from nianbao.app.generate.workers import Task


def work(link: Connection, job: Job) -> None:
    """Answer each task that comes over the link with its artifacts, in their job."""
    for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGHUP")):
        if number is not None:
            signal.signal(number, signal.SIG_IGN)  # the process that gives the tasks decides
    gc.set_threshold(500_000)  # as the command line has it
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    # What comes is taken at once: two that send to one another, and nobody reads, would wait for ever.
    threading.Thread(target=_take, args=(link, tasks), daemon=True).start()
    context = RenderContext(job)
    gc.freeze()  # what was imported stays; nobody need look through it again
    while True:
        artifacts = make(context, *tasks.get())
        try:
            link.send(artifacts)
        except OSError:  # nobody is there any more
            return


def _take(link: Connection, tasks: queue.SimpleQueue[Task]) -> None:
    try:
        while True:
            tasks.put(link.recv())
    except (
        EOFError,
        OSError,
    ):  # the other end is closed, by intent or by death: what is half made is not wanted
        os._exit(0)
