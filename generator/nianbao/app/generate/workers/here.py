"""This process itself: for few reports, which are made before others would have started."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao.app.generate.making import Bench, Product, make
from nianbao.app.generate.order import Order
from nianbao.app.generate.workers import Task


class Here:
    """Makes one report after another."""

    def __init__(self, order: Order) -> None:
        self._bench = Bench(order)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to be ended."""

    def products(self, tasks: Iterable[Task | Product]) -> Iterator[Product]:
        """The products, in the tasks' order."""
        for task in tasks:
            yield task if isinstance(task, Product) else make(self._bench, *task)
