"""The bar that shows how far a command has come: one line, and only while nothing is printed."""

from __future__ import annotations

import os
import stat
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TextIO, TypeVar

Item = TypeVar("Item")
WIDTH = 80  # columns of a terminal that does not say how many it has
LONGEST, SHORTEST = 40, 8  # columns of the bar itself


def is_seen() -> bool:
    """Whether somebody looks on, and nothing else can write on the same line at the same time.

    What reads our output through a pipe (tee, less) may print it on the terminal whenever it likes.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return False
    try:
        "份".encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:  # it would be \u4efd, and no bar has room for that
        return False
    try:
        return not stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):  # no standard output: nothing is printed on it
        return True


def watched(items: Iterable[Item], doing: str, total: int | None) -> Iterator[Item]:
    """The items one by one; while the next one is awaited, a bar stands on the terminal.

    It is taken away before an item is handed on: whatever is then printed, on either stream, begins on
    a line of its own, and nothing of it is broken or held back.
    """
    coming, begun, done = iter(items), time.monotonic(), 0
    while True:
        width = _draw(sys.stderr, line(doing, done, total, time.monotonic() - begun, _columns(sys.stderr)))
        try:
            item = next(coming)
        except StopIteration:
            return
        finally:
            _draw(sys.stderr, " " * width)
        yield item
        done += 1


def line(doing: str, done: int, total: int | None, seconds: float, columns: int) -> str:
    """What the bar shows on a terminal of so many columns; what has no room is left out.

    Rate and remaining time are of all that is done so far.
    """
    speed = done / seconds if seconds else 0.0
    rate = "" if not speed else f"{speed:.1f} 份/秒" if speed >= 1 else f"{speed * 60:.0f} 份/分"
    left = f"剩余 {_clock((total - done) / speed)}" if total and speed else ""
    words = [doing, f"{done}/{total}" if total else str(done), rate, left]
    room = columns - 1  # a full line makes some terminals begin the next one
    while (needed := _width("  ".join(filter(None, words)))) > room and len(words) > 1:
        words.pop(0 if len(words) == 2 else -1)
    length = min(LONGEST, room - needed - len("  []"))
    if total and len(words) > 1 and length >= SHORTEST:
        filled = round(length * min(done, total) / total)
        words.insert(1, f"[{'=' * filled}{' ' * (length - filled)}]")  # whose width all terminals agree on
    text = "  ".join(filter(None, words))
    return text if _width(text) <= room else ""


def _draw(stream: TextIO, text: str) -> int:
    """Put a text in place of what stands on the line, the cursor before it; its width."""
    with suppress(OSError, ValueError, AttributeError):  # the terminal is gone: the work goes on
        stream.write(f"\r{text}\r")
        stream.flush()
    return _width(text)


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"
