"""What a count may mean: sums of figures, written as in subjects.toml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.subject import Subject
from nianbao.report.prose import Count

Sum = tuple[str, tuple[str, ...]]  # a reading as subjects.toml writes it, and the columns it is taken of
TOTAL = ("total",)
BOTH = "received + carried_in"
COLUMNS = ("natural_person", "business", "research", "welfare", "legal_service", "other")


class Meaning(NamedTuple):
    """The sums that a count may mean: those that a message lists, and those that make it right.

    Of several ways to read it, those hold in which `whole`, of which it is a part, agrees too. Where it
    agrees in none of them and they are `alone`, `otherwise` is meant, or nothing that is known.
    """

    subject: Subject
    listed: tuple[Sum, ...]
    accepted: tuple[Sum, ...]
    whole: Count | None = None
    alone: bool = False
    otherwise: Meaning | None = None


def sums(written: Iterable[str], *columns: tuple[str, ...]) -> tuple[Sum, ...]:
    """Every reading of each of these sets of columns; none twice."""
    return tuple(dict.fromkeys((reading, among) for reading in written for among in columns))


def plainly(subject: Subject, name: Subject | None = None) -> Meaning:
    """The subject's own readings and no others; `name` where it is called by another."""
    own = sums(subject.readings, TOTAL)
    return Meaning(name or subject, own, own)
