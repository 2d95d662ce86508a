"""This process itself: for few files, which are done before others would have started."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nianbao.app.outcome import Failure
from nianbao.app.workers import Task, Workers, perform


class Serial(Workers):
    """Does one task after another."""

    def __init__(self, context: Callable[[], Any]) -> None:
        self._context = context()

    def __exit__(self, *_: object) -> None:
        """There is nothing to be ended."""

    def results(self, tasks: Iterable[Task | Failure]) -> Iterator[Any]:
        """What came of the tasks, in their order."""
        for task in tasks:
            yield task if isinstance(task, Failure) else perform(self._context, task)
