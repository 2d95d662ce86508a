"""Where the program is left: every way out is a message in Chinese and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

import typer

from generator.app import messages, outcome

INTERRUPTED, NOBODY_LISTENS = 130, 141  # as shells have it: 128 and the signal's number


def run(command: Callable[[], object]) -> int:
    """Call a command; turn what it returns or raises into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Chinese gets \u4e2d, not a failure
            stream.reconfigure(errors="backslashreplace")
    return _close_output(_call(command))


def _call(command: Callable[[], object]) -> int:
    try:
        code = command()
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except SystemExit:  # how the parser, too, takes a pipe that nobody reads
        return NOBODY_LISTENS
    except BrokenPipeError:  # nianbao … | head
        return NOBODY_LISTENS
    except Exception as error:  # the last door: a bug must not reach the clerk as a traceback
        if messages.is_usage(error):
            typer.echo(messages.usage(error), err=True)
            return outcome.USAGE
        messages.tell(outcome.problems(error))
        return outcome.exit_code(error)
    if code == INTERRUPTED:
        typer.echo("已中断，没有留下不完整的文件。", err=True)
    return code if isinstance(code, int) else outcome.DONE


def _close_output(code: int) -> int:
    """Write out what is left; where nothing more is taken, let Python's own flush at exit go nowhere."""
    with suppress(AttributeError, ValueError):  # no standard output at all
        try:
            sys.stdout.flush()
        except OSError as error:
            code = NOBODY_LISTENS if isinstance(error, BrokenPipeError) else outcome.FILES
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
