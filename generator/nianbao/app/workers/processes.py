"""How this machine starts processes: by fork where that is safe, else out of a server or from nothing."""

from __future__ import annotations

import errno
import multiprocessing
import multiprocessing.util
import os
import signal
import sys
import tempfile
import threading
import types
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from nianbao.report import Unreadable, rule

if sys.platform == "win32":  # which knows neither fork nor a server for it
    from multiprocessing.connection import PipeConnection as Link
    from multiprocessing.context import SpawnContext as Processes
else:
    from multiprocessing.connection import Connection as Link
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    Processes = ForkContext | ForkServerContext | SpawnContext

__all__ = ["Link", "Processes", "cannot_start", "processes", "without_main"]
_THREADS = Path("/proc/self/task")
_LONGEST = 70  # bytes of the folder that a socket lies below, for its path to have 104 at most
_PLACES = ("/tmp", "/var/tmp", "/dev/shm")
_FILES = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)  # said of the folder for temporary files


def processes(preload: Iterable[str], jobs: int, *, foreign: bool) -> Processes:
    """What starts so many processes.

    A fork takes milliseconds, and has all that is imported here, but of what other threads are at it has
    half: it is made where there are none. What only reads (`foreign`) does not mind threads of C libraries.
    Several processes come out of one that has imported all (`preload`) once for them.
    """
    if sys.platform == "linux" and threading.active_count() == 1 and (foreign or (jobs == 1 and _alone())):
        for module in preload if jobs > 1 else ():
            import_module(module)
        return multiprocessing.get_context("fork")
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nianbao.app.workers.worker", *preload])
    _start_server()
    return context


def _alone() -> bool:
    """Whether this process has one thread only: Pango and numpy have some of their own."""
    try:
        return sum(1 for _ in _THREADS.iterdir()) == 1
    except OSError:
        return False


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes without the program that calls us: it would be run in each of them once more."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def cannot_start() -> Unreadable:
    """What is raised where the system gives no process, or none that has enough memory to begin with."""
    mend = "请关闭别的程序，或减少 --jobs 再试"
    return Unreadable([rule("memory").broken("内存不够，启动不了处理文件的进程", mend)])


def _start_server() -> None:
    """Start the process that others come out of: deaf to Ctrl-C and mute from its first moment on."""
    if sys.platform == "win32":
        return
    from multiprocessing import forkserver, resource_tracker

    try:
        _find_socket_place()
        resource_tracker.ensure_running()  # in starting it, Python lets these signals in again
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
        try:
            with _muted():
                forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    except (OSError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno in _FILES:
            raise
        raise cannot_start() from error


def _find_socket_place() -> None:
    """Have that process' socket lie where its path is short enough, wherever TMPDIR is."""
    named = tempfile.gettempdir()
    if len(os.fsencode(named)) <= _LONGEST:
        return
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), *_PLACES):
        if place and len(os.fsencode(place)) <= _LONGEST and os.access(place, os.W_OK | os.X_OK):
            tempfile.tempdir = place
            try:
                multiprocessing.util.get_temp_dir()  # which it makes once
            finally:
                tempfile.tempdir = named
            return


@contextmanager
def _muted() -> Iterator[None]:
    """Have what is started meanwhile say nothing on standard error."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is none
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
