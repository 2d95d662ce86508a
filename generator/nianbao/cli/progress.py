"""The bar that shows how far a command has come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Item = TypeVar("Item")


class Rate(ProgressColumn):
    """How many are done in a second, or, of slow ones, in a minute."""

    def render(self, task: Task) -> Text:
        """The rate of late, as people say it."""
        speed = task.finished_speed or task.speed
        if not speed and task.elapsed:  # what is done so soon was not measured on the way
            speed = task.completed / task.elapsed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f} 份/秒" if speed >= 1 else f"{speed * 60:.0f} 份/分")


def watched(items: Iterable[Item], word: str, total: int | None) -> Iterator[Item]:
    """The items one by one, while a bar on the terminal moves on.

    What is printed on standard output goes where it goes; only on the same terminal it has to be
    kept above the bar.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    same = sys.stdout is not None and sys.stdout.isatty()
    with Progress(*columns, console=Console(stderr=True), redirect_stdout=same, transient=True) as progress:
        yield from progress.track(items, total=total, description=word)
