"""The rows of the board: one for each organ of a year, by one query; which are asked for, in what order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from nianbao.report.submission import ACTIONS, UNDONE, Action, Right, State
from nianbao.web.office.models import Event
from nianbao.web.office.person import Person
from nianbao.web.words import catalogue

_ORDER = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Row:
    """How far one organ's report is.

    `days` are left until it is due, below 0 for late ones: of what is not with the office yet, until today;
    of what is, until it was submitted. `done` is what was done last, at `changed`, and `who` by whom.
    """

    pk: int
    organ: str
    reporter: str
    superior: str
    state: State
    due: date
    days: int
    errors: int
    warnings: int
    number: int
    changed: datetime
    done: str
    who: str

    @property
    def undone(self) -> bool:
        """Whether it is not with the office."""
        return self.state in UNDONE

    @property
    def late(self) -> bool:
        """Whether it should be with the office, and is not."""
        return self.undone and self.days < 0

    @property
    def begun(self) -> bool:
        """Whether there is anything that errors could be in."""
        return self.state is not State.ABSENT


SORTS: Mapping[str, Callable[[Row], Any]] = {  # by the name of the column; the roster's order without
    "reporter": lambda row: row.reporter,
    "superior": lambda row: row.superior,
    "state": lambda row: _ORDER[row.state],
    "due": lambda row: (row.due, row.days),
    "errors": lambda row: (row.errors, row.warnings),
    "number": lambda row: row.number,
    "changed": lambda row: row.changed,
}


@dataclass(frozen=True)
class Asked:
    """Which rows of a year are asked for, and in what order; blank is all, in the order of the roster."""

    year: int
    text: str = ""
    state: str = ""
    reporter: str = ""
    superior: str = ""
    late: str = ""
    errors: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], year: int) -> Asked:
        """What an address asks for; what it cannot mean is left out. `year` where it names none."""
        words = {field.name: query.get(field.name, "").strip() for field in fields(cls)}
        named = words.pop("year")
        if words["sort"].removeprefix("-") not in SORTS:
            words["sort"] = ""
        return cls(int(named) if named.isascii() and named.isdigit() and len(named) == 4 else year, **words)

    def query(self, **changes: str) -> str:
        """The address that asks for the same, but for these."""
        words = {field.name: getattr(self, field.name) for field in fields(self)} | changes
        return urlencode({name: word for name, word in words.items() if word})

    def sorted_by(self, column: str) -> str:
        """The order that a click on a column's head asks for: by it, then the other way round."""
        return f"-{column}" if self.sort == column else column

    @property
    def narrowed(self) -> bool:
        """Whether not all rows of the year are asked for."""
        return replace(self, sort="") != Asked(self.year)

    def shown(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are asked for, in their order."""
        found = [row for row in rows if self._asks_for(row)]
        if self.sort:
            found.sort(key=SORTS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-"))
        return found

    def _asks_for(self, row: Row) -> bool:
        return (
            (not self.state or row.state == self.state)
            and (not self.reporter or row.reporter == self.reporter)
            and (not self.superior or row.superior == self.superior)
            and (not self.late or row.late)
            and (not self.errors or row.errors > 0)
            and self.text.casefold() in row.organ.casefold()
        )


def rows(person: Person, year: int) -> list[Row]:
    """Every organ within reach that is to report for a year, in the order of the roster."""
    last = Event.objects.filter(submission=OuterRef("pk")).order_by("-id")
    told = Subquery(last.values(told=JSONObject(what="what", who="who", at="at"))[:1])
    listed = (
        person.submissions(Right.BOARD)
        .filter(year=year)
        .annotate(told=told)
        .values_list(
            "pk", "organ__name", "organ__reporter", "organ__superior__name", "state", "due", "submitted_at",
            "errors", "warnings", "number", "changed_at", "told",
        )
    )  # fmt: skip
    today, zone = timezone.localdate(), timezone.get_current_timezone()
    found = []
    for (
        pk,
        organ,
        reporter,
        superior,
        state,
        due,
        submitted,
        errors,
        warnings,
        number,
        changed,
        event,
    ) in listed:
        until = today if state in UNDONE or submitted is None else submitted.astimezone(zone).date()
        done = json.loads(event) if isinstance(event, str) else event or {"what": "", "who": ""}
        if "at" in done:
            changed = datetime.fromisoformat(done["at"])
        found.append(
            Row(
                pk, organ, reporter, superior or "", State(state), due, (due - until).days, errors, warnings,
                number, changed.astimezone(zone), word(done["what"]), done["who"],
            )
        )  # fmt: skip
    return found


def years(person: Person) -> list[int]:
    """The years of which there is any report within reach, newest first."""
    found = person.submissions(Right.BOARD).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def choices(rows: Sequence[Row], name: str) -> list[str]:
    """What the rows have in a column, each once."""
    return sorted({getattr(row, name) for row in rows} - {""})


def word(what: str) -> str:
    """What was done, in a word; "" where no page has one for it."""
    if what in ACTIONS:
        return ACTIONS[Action(what)].word
    return str(catalogue()["events"].get(what, ""))
