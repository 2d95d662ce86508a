"""This process itself: for few reports, which are made before others would have started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao.app.generate.job import Job
from nianbao.app.generate.pipeline import Artifacts, RenderContext, make
from nianbao.app.generate.workers import Task


class Serial:
    """Makes one report after another."""

    def __init__(self, job: Job) -> None:
        self._context = RenderContext(job)

    def __enter__(self) -> Serial:
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to be ended."""

    def products(self, tasks: Iterable[Task | Artifacts]) -> Iterator[Artifacts]:
        """The products, in the tasks' order."""
        for task in tasks:
            yield task if isinstance(task, Artifacts) else make(self._context, *task)
