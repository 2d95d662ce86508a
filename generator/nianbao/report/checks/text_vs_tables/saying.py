"""A saying of all or of none, as it was read."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.meaning import TOTAL
from nianbao.report.prose import Count


class Saying(NamedTuple):
    """Words that say all or none: of every one of the `sums`, written as in subjects.toml, nothing is left.

    Several sums are ways to understand it; it is wrong where none of them is 0.
    """

    code: str
    words: str
    sums: tuple[str, ...]
    columns: tuple[str, ...] = TOTAL
    whole: Count | None = None  # how many they are
    wholes: tuple[str, ...] = ()  # nothing is said where that many are in none of these sums
