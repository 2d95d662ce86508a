"""What a count in a sentence is about: subjects.toml, written out over one edition's figures."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.mandate import Mandate, load
from nianbao.report.figure import UNKNOWN, State, total
from nianbao.report.report import Report

FILE = Path(__file__).with_name("subjects.toml")
DISPUTES = {  # topic → the blocks of the table it may mean
    "review": ("disputes.review",),
    "litigation": ("disputes.litigation_direct", "disputes.litigation_after_review"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures whose sum a count may mean, and what people call that sum."""

    keys: tuple[str, ...]
    name: str

    def value(self, report: Report) -> int | Decimal | None:
        """The sum; None where one of the figures is no number, or none was filled in."""
        figures = [report.figures[key] for key in self.keys if key in report.figures]
        states = {figure.state for figure in figures}
        known = len(figures) == len(self.keys) and State.NUMBER in states
        return total(figures) if known and states <= {State.NUMBER, State.BLANK} else None

    def unreadable(self, report: Report) -> bool:
        """Whether one of the figures cannot be read, which was told at its cell."""
        return any(report.figures[key].state in UNKNOWN for key in self.keys if key in report.figures)

    def values(self, report: Report) -> Iterator[int | Decimal]:
        """The sum, and what it would be if its totals were what their parts add up to.

        A total left at 0 is an error of its own; the sentence is not to blame for it.
        """
        if (value := self.value(report)) is not None:
            yield value
            parts = [part for key in self.keys for part in report.mandate.totals.get(key, (key,))]
            yield total(report.figures[part] for part in parts)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that counts are about, as subjects.toml tells it."""

    name: str
    group: str
    topics: tuple[str, ...]  # what the sentence speaks of from here on
    within: tuple[str, ...]  # only where the sentence speaks of one of these
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    spite: re.Pattern[str] | None
    readings: tuple[str, ...]
    columns: tuple[str, ...]
    units: str
    any_year: bool

    def speaks(self, clause: str, wide: str, unit: str, topics: frozenset[str]) -> bool:
        """Whether a clause, its count written #, is about this; `wide` goes on to its very end."""
        if unit not in self.units:
            return False
        if self.within and not topics & {*self.within}:
            return False
        if not self.says.search(clause):
            return False
        barred = self.unless is not None and self.unless.search(wide)
        return not barred or (self.spite is not None and bool(self.spite.search(wide)))


@dataclass(frozen=True, slots=True)
class Subjects:
    """All subjects in the order in which they are tried."""

    all: tuple[Subject, ...]
    unless: re.Pattern[str]
    foreign: re.Pattern[str]
    groups: Mapping[str, tuple[str, ...]]


@cache
def subjects() -> Subjects:
    """Read subjects.toml; KeyError, re.error and TOMLDecodeError where it is not what it must be."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Subjects(
        all=tuple(_subject(entry, content["units"]) for entry in content["subjects"]),
        unless=re.compile(content["unless"]),
        foreign=re.compile(f"({content['foreign']})(的)?申请"),
        groups={name: tuple(rows) for name, rows in content["groups"].items()},
    )


def _subject(entry: Mapping[str, Any], units: str) -> Subject:
    return Subject(
        name=entry["name"],
        group=entry["group"],
        topics=tuple(entry.get("topic", "").split()),
        within=tuple(entry.get("within", "").split()),
        says=re.compile(entry["says"]),
        unless=re.compile(entry["unless"]) if "unless" in entry else None,
        spite=re.compile(entry["spite"]) if "spite" in entry else None,
        readings=tuple(entry["readings"]),
        columns=tuple(entry.get("column", "total").split()),
        units=units + entry.get("units", ""),
        any_year=entry.get("any_year", False),
    )


@cache
def readings(edition: str, name: str, topics: frozenset[str]) -> tuple[Reading, ...]:
    """Every reading of a subject that this edition of the form has; none twice."""
    mandate = load(edition)
    subject = next(candidate for candidate in subjects().all if candidate.name == name)
    by_keys: dict[tuple[str, ...], Reading] = {}
    for written in subject.readings:
        if "{}" in written:
            for keys in _results(written, topics):
                by_keys.setdefault(keys, Reading(keys, _name(keys, subject.name, mandate)))
            continue
        keys = tuple(key for word in written.split("+") for key in _keys(word.strip(), subject, mandate))
        if keys and len(keys) >= len(written.split("+")):
            by_keys.setdefault(keys, Reading(keys, _name(keys, subject.name, mandate)))
    return tuple(by_keys.values())


def _keys(word: str, subject: Subject, mandate: Mandate) -> tuple[str, ...]:
    """The keys that one word of a reading stands for, of those that the edition has."""
    if word.startswith("@"):
        rows = subjects().groups[word[1:]]
    elif "." in word:
        return (word,) if word in mandate.slots else ()
    else:
        rows = (word,)
    keys = (f"requests.{row}.{column}" for row in rows for column in subject.columns)
    return tuple(key for key in keys if key in mandate.slots)


def _results(written: str, topics: frozenset[str]) -> list[tuple[str, ...]]:
    """The outcome of a dispute: of the blocks that the sentence speaks of, one by one and together."""
    blocks = [block for topic in sorted(DISPUTES) if topic in topics for block in DISPUTES[topic]]
    together = tuple(written.format(block) for block in blocks)
    return [together, *((key,) for key in together)]


def _name(keys: tuple[str, ...], name: str, mandate: Mandate) -> str:
    """What people call a sum of figures: their names where they are few."""
    names = [mandate.slots[key].name.removesuffix(".总计") for key in keys]
    return "＋".join(names) if len(names) <= 3 else f"{name}各项合计"
