"""How somebody follows what takes long: each step passes through a watcher, which may show it.

What takes long is done while an item is awaited; what is said of it, before the next one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Watch(Protocol):
    """Hands on the items one by one; `doing` says what is done to them, `total` how many will come."""

    def __call__(self, items: Iterable[Item], doing: str, total: int | None = None) -> Iterator[Item]:
        """The items, as they are asked for."""


def unwatched(items: Iterable[Item], doing: str, total: int | None = None) -> Iterator[Item]:
    """The items; nobody looks on."""
    yield from items
