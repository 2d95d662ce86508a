"""Work done in the test's own process, where it can be counted and a check be added to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from nianbao.app import check, rollup, workers
from nianbao.app.generate import pipeline
from nianbao.app.outcome import Failure
from nianbao.app.workers import Task, Workers, perform


class Here(Workers):
    """Does one task after another in this process, without limits."""

    def __init__(self, context: Callable[[], Any], *_: object, **__: object) -> None:
        self._context = context()

    def __exit__(self, *_: object) -> None:
        """There is nothing to be ended."""

    def results(self, tasks: Iterable[Task | Failure]) -> Iterator[Any]:
        """What came of the tasks, in their order."""
        for task in tasks:
            yield task if isinstance(task, Failure) else perform(self._context, task)


def stay(patch: pytest.MonkeyPatch) -> None:
    """Have all work done in this process for the time of a test."""
    patch.setattr(workers, "isolated", True)
    for module in (check, rollup, pipeline):
        patch.setattr(module, "hire", Here)
