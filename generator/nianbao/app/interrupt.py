"""Ctrl-C, and being told to end: the command stops at once, but not in a step that must be whole.

A signal breaks into a command as Stopped, an exception, so that every `finally` on the way out clears
away what is its own. It breaks in only where that is safe: within `heeded`, and not within `held`.
Everywhere else it waits. It breaks into the main thread only, the one that Python hands signals to;
other threads are never broken into, and what they hold does not make the main thread wait.
Imported before all else: no more than a few names of the standard library here.
"""

from __future__ import annotations

import _thread
import signal
import sys
import time
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last where Windows closes the program's window
SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
CLEARING = 5.0  # seconds in which a second Ctrl-C does not disturb what the first has begun


class Stopped(BaseException):
    """The program is to end; `code` is the exit code, as shells have it: 128 and the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number, self.code = number, 128 + number

    def __str__(self) -> str:
        why = "已中断" if self.number == signal.SIGINT else "已按要求结束"
        return f"{why}，没有留下不完整的文件。"


_main: int | None = None  # the main thread, once it watches
_holds = 1  # how many of its steps must not be cut now; the program itself is one, until it may be stopped
_waiting = 0  # the signal that came meanwhile
_stopped = float("-inf")  # when the last one broke in
_broken_in: Stopped | None = None  # the one that has broken in and not yet ended what heeds it


def watch() -> None:
    """Take over the signals that end a program, but for those that somebody has us ignore (nohup)."""
    global _main
    _main = _thread.get_ident()
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _come)
    sys.unraisablehook = _unraisable


def ignore() -> None:
    """Be deaf from now on: all is done and told, and Python is putting itself away."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def heeded() -> Iterator[None]:
    """Let signals break in, and those that have waited; raises Stopped. Does nothing in other threads."""
    global _holds, _broken_in
    if _thread.get_ident() != _main:
        yield
        return
    try:
        _holds -= 1
        _heed()
        yield
    except Exception:
        insist()
        raise
    else:
        insist()
    finally:
        _holds += 1
        if _holds > 0:
            _broken_in = None


def insist() -> None:
    """Raise the Stopped that has broken in and was taken for something else.

    openpyxl does that, `except:` and then TypeError, wherever it converts a value; whoever makes a problem
    of an error asks first. Does nothing in other threads.
    """
    if _broken_in is not None and _thread.get_ident() == _main:
        raise _broken_in from None


@contextmanager
def held() -> Iterator[None]:
    """Let signals wait for the end of a step; raises Stopped after it. Does nothing in other threads."""
    global _holds
    if _thread.get_ident() != _main:
        yield
        return
    _holds += 1
    try:
        yield
    finally:
        _holds -= 1
        _heed()


def _come(number: int, _frame: object) -> None:
    global _waiting
    _waiting = _waiting or number
    _heed()


def _heed() -> None:
    global _waiting, _stopped, _broken_in
    if _waiting and _holds <= 0 and time.monotonic() - _stopped > CLEARING:
        number, _waiting = _waiting, 0
        _stopped = time.monotonic()
        _broken_in = Stopped(number)
        raise _broken_in


def _unraisable(dropped: sys.UnraisableHookArgs) -> None:
    """Where it came upon a finaliser, Python drops the exception and would print it: raise it anew."""
    global _stopped
    if not isinstance(dropped.exc_value, Stopped):
        sys.__unraisablehook__(dropped)
        return
    _stopped = float("-inf")
    _thread.start_new_thread(_again, (dropped.exc_value.number,))


def _again(number: int) -> None:
    time.sleep(0.01)  # by then the finaliser is left
    if hasattr(signal, "pthread_kill") and _main is not None:
        signal.pthread_kill(_main, number)  # which wakes the program where it waits
    else:
        _thread.interrupt_main(signal.Signals(number))
