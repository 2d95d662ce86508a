"""Values that a library says may be missing, and a test knows to be there."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def the(value: Value | None) -> Value:
    """The value, which is there."""
    assert value is not None
    return value
