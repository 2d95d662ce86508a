"""Where the program is entered and left: every way out is a message in Chinese and an exit code."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress

from nianbao.app import interrupt  # no more: before it watches, nothing can be stopped well

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nianbao.cli.commands.serve import Pages

INTERRUPTED, NOBODY_LISTENS = 130, 141  # as shells have it: 128 and the signal's number


def main(pages: Pages | None = None) -> None:
    """Run the command line; nothing but Chinese messages and exit codes reaches the user.

    `pages` are those in the browser, which this face does not know.
    """
    interrupt.watch()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads take memory, and are of no use here
    gc.set_threshold(500_000)  # one report makes fewer objects; looking for cycles took a tenth of its time
    code = run(lambda: program(pages=pages))
    gc.freeze()  # nor at the end: the process takes them all with it
    interrupt.ignore()
    sys.exit(code)


def program(words: Sequence[str] | None = None, *, pages: Pages | None = None) -> object:
    """Do what the words of a command line say, or those that the program was started with.

    Where there are none and the pages can be opened, they are.
    """
    from nianbao.app import libraries

    libraries.silence()
    from nianbao.cli import catalogue
    from nianbao.cli.commands import nianbao

    catalogue.bind()
    if pages is not None and not (sys.argv[1:] if words is None else words):
        words = ["serve"]
    return nianbao(words, standalone_mode=False, prog_name="nianbao", obj=pages)


def run(command: Callable[[], object]) -> int:
    """Call a command; turn what it returns or raises into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Chinese gets \u4e2d, not a failure
            stream.reconfigure(errors="backslashreplace")
    try:
        return _close_output(_call(command))
    except (MemoryError, ImportError):  # a library that finds no memory to be loaded into
        return _short_of_memory()
    finally:
        if (isolation := sys.modules.get("nianbao.app.workers.isolation")) is not None:
            isolation.end()


def _call(command: Callable[[], object]) -> int:
    try:
        with interrupt.heeded():
            code = command()
    except interrupt.Stopped as stopped:
        return _stopped(stopped)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as end:  # how the parser takes a pipe that nobody reads, and ends completion
        return NOBODY_LISTENS if end.code else 0
    except BrokenPipeError:  # nianbao … | head
        return NOBODY_LISTENS
    except Exception as error:  # the last door: a bug must not reach the clerk as a traceback
        return _refused(error)
    if code == INTERRUPTED:
        return _stopped(interrupt.Stopped(INTERRUPTED - 128))
    return code if isinstance(code, int) else 0


def _refused(error: Exception) -> int:
    import click

    from nianbao.app import outcome
    from nianbao.cli import log, messages

    if isinstance(error, click.Abort):
        return _stopped(interrupt.Stopped(INTERRUPTED - 128))
    if isinstance(error, outcome.Usage | click.UsageError):
        messages.tell(getattr(error, "problems", ()))
        messages.say(messages.usage(error), err=True)
        return outcome.USAGE
    log.failure(error)
    messages.tell(outcome.problems(error))
    return outcome.exit_code(error)


def _short_of_memory() -> int:
    """Say that there is no memory left, even for saying so as usual."""
    with suppress(AttributeError, OSError, ValueError, MemoryError):
        sys.stderr.write(
            "错误 内存不够，没有做完，没有留下不完整的文件。请关闭别的程序，或减少 --jobs 再试。\n"
        )
        sys.stderr.flush()
    return 3  # as outcome.FILES


def _stopped(stopped: interrupt.Stopped) -> int:
    """Say that it is over; the command's own means of saying so may be half imported."""
    with suppress(AttributeError, OSError, ValueError):  # no standard error, or its terminal is gone
        sys.stderr.write(f"{stopped}\n")
        sys.stderr.flush()
    return stopped.code


def _close_output(code: int) -> int:
    """Write out what is left; where nothing more is taken, let Python's own flush at exit go nowhere."""
    with suppress(AttributeError, ValueError):  # no standard output at all
        try:
            sys.stdout.flush()
        except OSError as error:
            from nianbao.app import outcome

            code = NOBODY_LISTENS if isinstance(error, BrokenPipeError) else outcome.FILES
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
