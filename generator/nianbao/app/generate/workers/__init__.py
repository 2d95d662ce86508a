"""Who makes the reports: this process, others on this machine, or those of a cluster.

Each has `products`: from tasks to their products, in the tasks' order, with no more than a few of them
in memory at a time. A worker that dies takes nothing with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from nianbao.app.generate.pipeline import Artifacts


class Task(NamedTuple):
    """One filled-in file: its name in messages, and its bytes."""

    name: str
    content: bytes


class Workers(AbstractContextManager["Workers"], Protocol):
    """What makes products of tasks; what could not even become a task passes through in its place."""

    def products(self, tasks: Iterable[Task | Artifacts]) -> Iterator[Artifacts]:
        """The products, in the tasks' order; raises ProblemsFound where nothing can be made at all."""
