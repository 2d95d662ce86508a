"""What people are told, in Chinese."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sized
from pathlib import Path
from typing import TypeVar

import click

from nianbao.app.outcome import DONE, PROBLEMS, Outcome, Usage
from nianbao.cli import log
from nianbao.report.problem import Problem, Severity, in_order

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
FEWEST = 3  # files for which a bar is shown
Item = TypeVar("Item")
_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)  # of terminals, and of the direction of writing
HELP = "用法见 nianbao --help"


def shown(text: str) -> str:
    r"""The text as a terminal can be trusted with it: signs that steer it or turn its lines as \x1b."""
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def say(text: str, *, err: bool = False, end: str = "\n") -> None:
    """Print lines for people."""
    click.echo(shown(text) + end, err=err, nl=False)


def tell(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems, errors first; on standard error unless they are what was asked for."""
    for problem in in_order(problems):
        word = click.style(problem.severity.word, fg=COLOURS[problem.severity])
        line = shown(str(problem)).replace("\n", r"\n")
        click.echo(f"{word} {line}", err=err)


def exit_code(problems: Iterable[Problem]) -> int:
    """The exit code of what was done all the same, whatever was found."""
    return PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else DONE


def refused(outcome: Outcome) -> str:
    """The line that says a report was not made."""
    errors = sum(problem.severity is Severity.ERROR for problem in outcome.problems)
    hint = "；改好后重新生成，或加 --draft 先出草稿" if outcome.draft_helps else ""
    return f"{outcome.source.name}：有 {errors} 个错误，没有生成{hint}"


def document(content: object) -> None:
    """Print the one JSON document of --json."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    put_out(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")  # which only strings have


def put_out(text: str) -> None:
    """Print what programs read on standard output: UTF-8, whatever the terminal's language."""
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.flush()


def deliver(text: str, output: Path | None, *, force: bool) -> None:
    """Write a document to the file named and print its path, or print it itself where none is."""
    from nianbao.app import files

    if output is None:
        put_out(text)
        return
    files.put({output: _encoded(text)}, force=force)
    say(str(output))


def _encoded(text: str) -> bytes:
    """UTF-8; of a file's name that is none, ? for each sign."""
    return text.encode("utf-8", "replace")


def progress(items: Iterable[Item], doing: str, total: int | None = None) -> Iterator[Item]:
    """The items one by one, with a bar where many come and somebody watches."""
    total = total if total is not None or not isinstance(items, Sized) else len(items)
    if (total is not None and total < FEWEST) or log.is_heard():
        yield from items
        return
    from nianbao.cli import progress

    yield from progress.watched(items, doing, total) if progress.is_seen() else items


def usage(error: Usage | click.UsageError) -> str:
    """Wrong usage in words."""
    match error:
        case click.NoSuchOption(possibilities=[near, *_]) | click.NoSuchCommand(possibilities=[near, *_]):
            what = f"{error.message}，是否想写 {near}"
        case click.MissingParameter(param=click.Parameter() as missing):
            what = f"缺少 {_name(missing)}"
        case click.BadParameter(param=click.Parameter() as wrong):
            what = f"{_name(wrong)} 的值不对：{error.message}"
        case click.exceptions.NoArgsIsHelpError():
            return str(error)
        case _:
            what = str(error)
    return f"{what}。{HELP}"


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.human_readable_name.strip("[]")
    return "／".join(parameter.opts)
