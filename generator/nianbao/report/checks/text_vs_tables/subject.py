"""What a count in a sentence is about: subjects.toml, written out over one edition's figures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from nianbao.mandate import Mandate, load
from nianbao.report.figure import Figure, State, total
from nianbao.report.report import Report

FILE = Path(__file__).with_name("subjects.toml")


class Reading(NamedTuple):
    """Figures whose sum a count may mean, and what people call that sum."""

    keys: tuple[str, ...]
    name: str

    def value(self, report: Report) -> int | Decimal | None:
        """The sum; None where one of the figures is no number, or none was filled in.

        A total that was left blank, or at 0, is what its parts add up to.
        """
        if any(key not in report.figures for key in self.keys):
            return None
        figures = [part for key in self.keys for part in _filled(key, report)]
        states = {figure.state for figure in figures}
        return total(figures) if State.NUMBER in states and states <= _COUNTED else None

    def unreadable(self, report: Report) -> bool:
        """Whether one of the figures is no number and was not left blank."""
        figures = [part for key in self.keys if key in report.figures for part in _filled(key, report)]
        return any(figure.state not in _COUNTED for figure in figures)

    def values(self, report: Report) -> Iterator[int | Decimal]:
        """The sum, as printed, and what it would be if its totals were what their parts add up to.

        A total that is wrong is an error of its own; the sentence is not to blame for it.
        """
        if (value := self.value(report)) is not None:
            yield value
            yield total(report.figures[key] for key in self.keys)
            parts = [part for key in self.keys for part in report.mandate.totals.get(key, (key,))]
            yield total(report.figures[part] for part in parts)


_COUNTED = frozenset({State.NUMBER, State.BLANK})


def _filled(key: str, report: Report) -> list[Figure]:
    """The figure itself, or the parts of a total that was not filled in."""
    figure = report.figures[key]
    if figure.amount or figure.state not in _COUNTED or key not in report.mandate.totals:
        return [figure]
    return [report.figures[part] for part in report.mandate.totals[key]]


class Subject(NamedTuple):
    """One thing that counts are about, as subjects.toml tells it.

    `kind` says how its words go together with others': noun, flow, row and column of the statistics
    of applications; block and result of disputes; document, event and regulation; decision.
    """

    name: str
    group: str
    kind: str
    readings: tuple[str, ...]
    columns: tuple[str, ...]
    blocks: tuple[str, ...]
    role: str  # what the reading of sentences knows it by
    of_regulations: str  # the name of the same of regulations


class Subjects(NamedTuple):
    """All subjects by name, and the words of every kind."""

    by_name: dict[str, Subject]
    words: Mapping[str, Subject]
    plain: frozenset[str]  # all that name none
    negations: frozenset[str]
    views: frozenset[str]
    foreign: frozenset[str]
    publishing: frozenset[str]
    papers: frozenset[str]
    judges: frozenset[str]
    things: frozenset[str]
    groups: Mapping[str, tuple[str, ...]]
    units: str

    def of_role(self, role: str) -> Subject:
        """The subject with this role; of several the last."""
        return next(subject for subject in reversed(self.by_name.values()) if subject.role == role)


@cache
def subjects() -> Subjects:
    """Read subjects.toml; KeyError and TOMLDecodeError where it is not what it must be."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    entries = [(_subject(entry), entry.get("words", "").split()) for entry in content["subjects"]]
    lists = ("filler", "negations", "views", "foreign", "publishing", "papers", "judges", "things")
    filler, negations, views, foreign, publishing, papers, judges, things = (
        frozenset(content[name].split()) for name in lists
    )
    return Subjects(
        by_name={subject.name: subject for subject, _ in entries},
        words={word: subject for subject, words in entries for word in words},
        plain=filler | negations | views | foreign | publishing | papers | judges | things,
        negations=negations,
        views=views,
        foreign=foreign,
        publishing=publishing,
        papers=papers,
        judges=judges,
        things=things,
        groups={name: tuple(rows) for name, rows in content["groups"].items()},
        units=content["units"],
    )


def _subject(entry: Mapping[str, Any]) -> Subject:
    return Subject(
        name=entry["name"],
        group=entry["group"],
        kind=entry["kind"],
        readings=tuple(entry.get("readings", ())),
        columns=tuple(entry.get("column", "total").split()),
        blocks=tuple(entry.get("blocks", ())),
        role=entry.get("role", ""),
        of_regulations=entry.get("of_regulations", ""),
    )


def readings(edition: str, name: str, topics: frozenset[str]) -> tuple[Reading, ...]:
    """Every reading of the subject of this name that this edition of the form has; none twice."""
    del topics  # what a sentence speaks of is in the readings of its claims
    subject = subjects().by_name[name]
    return expand(edition, subject.name, subject.readings, subject.columns)


@cache
def expand(
    edition: str, name: str, written: tuple[str, ...], columns: tuple[str, ...]
) -> tuple[Reading, ...]:
    """The sums that are written as in subjects.toml, of those that this edition has; none twice."""
    mandate = load(edition)
    by_keys: dict[tuple[str, ...], Reading] = {}
    for sum_ in written:
        words = [word.strip() for word in sum_.split("+")]
        keys = tuple(key for word in words for key in _keys(word, columns, mandate))
        if len(keys) >= len(words):
            by_keys.setdefault(keys, Reading(keys, _name(keys, name, mandate)))
    return tuple(by_keys.values())


def _keys(word: str, columns: tuple[str, ...], mandate: Mandate) -> tuple[str, ...]:
    """The keys that one word of a reading stands for, of those that the edition has."""
    if word.startswith("@"):
        rows = subjects().groups[word[1:]]
    elif "." in word:
        return (word,) if word in mandate.slots else ()
    else:
        rows = (word,)
    keys = (f"requests.{row}.{column}" for row in rows for column in columns)
    return tuple(key for key in keys if key in mandate.slots)


def _name(keys: tuple[str, ...], name: str, mandate: Mandate) -> str:
    """What people call a sum of figures: their names where they are few."""
    names = [mandate.slots[key].name.removesuffix(".总计") for key in keys]
    return "＋".join(names) if len(names) <= 3 else f"{name}各项合计"
