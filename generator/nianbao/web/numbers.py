"""Numbers that come with an address or a form."""

from __future__ import annotations

KEY = 15  # digits of a record's number, of which every database has more


def plain_number(text: str, digits: int = 9) -> int | None:
    """The whole number that so many plain digits say at most; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
