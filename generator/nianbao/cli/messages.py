"""What people are told, in Chinese."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sized
from typing import Any, TypeVar

import typer

from nianbao.app.outcome import Outcome, Usage
from nianbao.report.problem import Problem, Severity, tally

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
FEWEST = 3  # files for which a bar is shown
Item = TypeVar("Item")
HELP = "用法见 nianbao --help"


def tell(problems: Iterable[Problem], *, err: bool = True) -> None:
    """Print problems, errors first; on standard error unless they are what was asked for."""
    order = list(Severity)
    for problem in sorted(problems, key=lambda one: order.index(one.severity)):
        word = typer.style(problem.severity.word, fg=COLOURS[problem.severity])
        typer.echo(f"{word} {problem}", err=err)


def count(problems: Iterable[Problem]) -> str:
    """How many problems there are, by severity."""
    return "、".join(tally(problems)) or "没有问题"


def refused(outcome: Outcome) -> str:
    """The line that says a report was not made."""
    errors = sum(one.severity is Severity.ERROR for one in outcome.problems)
    hint = "；改好后重新生成，或加 --draft 先出草稿" if outcome.draft_helps else ""
    return f"{outcome.source.name}：有 {errors} 个错误，没有生成{hint}"


def document(content: object) -> None:
    """Print the one JSON document of --json."""
    put_out(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def put_out(text: str) -> None:
    """Print what programs read on standard output: UTF-8, whatever the terminal's language."""
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()


def progress(items: Iterable[Item], doing: str, total: int | None = None) -> Iterator[Item]:
    """The items one by one, with a bar where many come and somebody watches."""
    total = total if total is not None or not isinstance(items, Sized) else len(items)
    if (total is not None and total < FEWEST) or not sys.stderr.isatty():
        yield from items
        return
    from nianbao.cli import progress

    yield from progress.watched(items, doing, total)


def is_usage(error: Exception) -> bool:
    """Whether an exception says that the command line was used wrongly."""
    return isinstance(error, Usage) or getattr(error, "exit_code", None) == 2


def usage(error: Any) -> str:
    """Wrong usage in Chinese; the parser itself speaks English."""
    if isinstance(error, Usage):
        return f"{error}。{HELP}"
    kind, message = type(error).__name__, str(error)
    if kind == "NoArgsIsHelpError":
        return message
    parameter = getattr(error, "param", None)
    name = getattr(parameter, "metavar", None) or "／".join(getattr(parameter, "opts", ()))
    if kind == "MissingParameter":
        said = f"缺少 {name}"
    elif kind == "NoSuchOption":
        near = getattr(error, "possibilities", None) or ()
        said = f"没有 {error.option_name} 这个选项" + (f"，是否想写 {near[0]}" if near else "")
    elif kind == "BadOptionUsage":
        said = f"{error.option_name} 后面" + ("不带值" if "does not take" in message else "要跟一个值")
    elif kind == "BadParameter":
        said = f"{'／'.join(getattr(parameter, 'opts', ())) or name} 的值不对"
    elif "No such command" in message:
        wrong, *near = re.findall("'([^']*)'", message)
        said = f"没有 {wrong} 这个命令" + (f"，是否想写 {near[0]}" if near else "")
    elif "extra argument" in message:
        said = f"多出了 {message.rpartition('(')[2].rstrip(').')}"
    else:
        said = f"命令行写法不对（{message}）"
    return f"{said}。{HELP}"
