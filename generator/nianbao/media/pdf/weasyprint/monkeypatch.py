"""Parts of WeasyPrint replaced while a document is made, and put back afterwards.

It has no hooks for them: each module says what is wanting there, with the issue where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def replaced(owner: Any, **parts: Any) -> Iterator[None]:
    """Let attributes of a module or class be others for a while."""
    before = {name: vars(owner)[name] for name in parts}
    for name, part in parts.items():
        setattr(owner, name, part)
    try:
        yield
    finally:
        for name, part in before.items():
            setattr(owner, name, part)


def kept(owner: Any, name: str, work: Callable[[Any], Any]) -> Any:
    """What is worked out of an object, once: it is kept among its attributes."""
    attributes = vars(owner)
    if name not in attributes:
        attributes[name] = work(owner)
    return attributes[name]
