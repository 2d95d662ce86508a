"""Problems as values: where, what is wrong, how to mend it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from nianbao.report.regex import regex

SEPARATOR = " › "
FAILED = "check-failed"  # the code of what is told where a check itself has failed
SETTLED = "已核实"  # of a finding that somebody has answered for
SHORTEST_RANGE = 5  # cells of a sheet in a row that are named as a range
SHORTEST_SPAN = 3  # the same for cells of a printed table, whose names are longer
MOST_SPOTS = 8  # more than this nobody reads; the JSON has them all
LONGEST_QUOTE = 40  # characters of a text that a message repeats
_CELL = regex(r"([A-Z]{1,3})(\d+)")
_PRINTED = regex(r"(.*)第 (\d+) 行第 (\d+) 列")
_UNPRINTABLE = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"  # the form is broken: generate refuses
    WARNING = "warning"  # a person should look
    NOTICE = "notice"  # worth knowing

    @property
    def word(self) -> str:
        """The word the clerk reads."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


@dataclass(frozen=True)
class Place:
    """Where in a file: of a workbook its `sheet`, of any other file its `part`.

    `cell` is what a person looks for there: C3, 第 4 段, 第 2 行第 3 列.
    `row` and `column` are the labels of the official form.
    """

    file: str
    sheet: str = ""
    part: str = ""
    cell: str = ""
    row: str = ""
    column: str = ""

    @property
    def within(self) -> tuple[str, str]:
        """The file and the sheet or part: what cells of one problem may share."""
        return (self.file, self.sheet or self.part)

    @property
    def spot(self) -> str:
        """The cell, or, where the file has no cells, the labels."""
        return self.cell or " / ".join(label for label in (self.row, self.column) if label)

    def to_json(self) -> dict[str, str]:
        """The place as `check --json` prints it, without the file."""
        named = {"sheet": self.sheet} if self.sheet else {"part": self.part}
        return named | {"cell": self.cell, "row": self.row, "column": self.column}


class Passage(Protocol):
    """Whatever has a text and stands somewhere: a paragraph, a sentence."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def place(self) -> Place:
        """Where it stands."""


@dataclass(frozen=True)
class Correction:
    """What is certainly right: of the `text` at a place, text[start:end] should be `right`.

    `alone` where it is right only if something else is, and nobody should take it unseen: a number that
    the tables contradict, a name nearly that of the organ.
    """

    place: Place
    text: str
    start: int
    end: int
    right: str
    alone: bool = False

    @classmethod
    def of(cls, passage: Passage, start: int, end: int, right: str, *, alone: bool = False) -> Correction:
        """What some characters of a paragraph or a sentence should be."""
        return cls(passage.place, passage.text, start, end, right, alone)

    @classmethod
    def whole(cls, place: Place, text: str, right: str, *, alone: bool = False) -> Correction:
        """What should stand at a place instead of its whole text."""
        return cls(place, text, 0, len(text), right, alone)


@dataclass(frozen=True)
class Problem:
    """One thing a person can mend; its texts are Chinese, its code stable kebab-case.

    `about` is what it rests on: figures' keys, numbers, whole sentences. `corrections` are all that mends
    it, where there is only one right text; none where a person has to decide.
    """

    code: str
    severity: Severity
    what: str
    mend: str
    places: tuple[Place, ...] = ()
    about: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = field(default=(), compare=False)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stay the same while the finding's facts do.

        They do not depend on the file's name, on cells' addresses, or on how the message is worded
        where `about` says what the finding rests on.
        """
        cells = (f"{place.within[1]}/{place.row}/{place.column}" for place in self.places)
        facts = self.about or (self.what, *cells)
        return hashlib.sha256("\x1f".join((self.code, *facts)).encode()).hexdigest()[:16]

    @property
    def where(self) -> str:
        """All its places in words: file › sheet › cells."""
        return _where(self.places)

    @property
    def inside(self) -> str:
        """Its places without the name of their file, where that stands above; blank where it has no other."""
        file = self.places[0].file if self.places else ""
        return _where(
            tuple(replace(place, file="") if place.file == file else place for place in self.places)
        )

    def __str__(self) -> str:
        where = self.where
        return f"{where}：{self.what}。{self.mend}。" if where else f"{self.what}。{self.mend}。"

    def to_json(self) -> dict[str, object]:
        """The problem as `check --json` prints it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.places[0].file if self.places else "",
            "places": [place.to_json() for place in self.places],
            "what": self.what,
            "mend": self.mend,
            "id": self.fingerprint,
        }


class ProblemsFound(Exception):  # noqa: N818 - the name says what happened, as in docs/architecture.md
    """Raised where nothing can be returned because of these problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ProblemsFound], tuple[tuple[Problem, ...]]]:
        """How it goes from one process to another."""
        return type(self), (self.problems,)


class Unreadable(ProblemsFound):
    """Raised where the file itself cannot be read: damaged, protected, of another kind."""


def quote(text: object) -> str:
    """What was written, as a message repeats it: on one line, printable, not too long."""
    bare = _UNPRINTABLE.sub(" ", str(text)).strip()
    return bare if len(bare) <= LONGEST_QUOTE else f"{bare[:LONGEST_QUOTE]}…"


def complete(problems: Iterable[Problem]) -> bool:
    """Whether these are the findings of every check: none has failed."""
    return all(problem.code != FAILED for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems as they are told: errors first, mistakes of ours after all else."""
    order = list(Severity)
    return sorted(problems, key=lambda problem: (problem.code == FAILED, order.index(problem.severity)))


def tally(problems: Iterable[Problem], settled: int = 0) -> str:
    """How many problems there are of each severity, in words, and how many somebody has settled."""
    counts = Counter(problem.severity.word for problem in problems) + Counter({SETTLED: settled})
    words = (*(severity.word for severity in Severity), SETTLED)
    return "、".join(f"{counts[word]} 个{word}" for word in words if counts[word]) or "没有问题"


def _where(places: tuple[Place, ...]) -> str:
    sheets: dict[tuple[str, str], dict[str, Place]] = {}
    for place in places:
        cells = sheets.setdefault(place.within, {})
        if place.spot:
            cells.setdefault(place.spot, place)
    return "；".join(
        SEPARATOR.join(part for part in (file, sheet, spots(list(cells.values()))) if part)
        for (file, sheet), cells in sheets.items()
    )


def spots(places: Sequence[Place]) -> str:
    """Spots in a row, long runs as C9:C29 or 第 9—29 行第 3 列, and no more than can be read."""
    words: list[str] = []
    for run in runs(places):
        shortest = SHORTEST_SPAN if _PRINTED.fullmatch(run[0].cell) else SHORTEST_RANGE
        words += [_range(run)] if len(run) >= shortest else [place.spot for place in run]
    more = f" 等 {len(places)} 处" if len(words) > MOST_SPOTS else ""
    return "、".join(_in_short(words[:MOST_SPOTS])) + more


def runs(places: Iterable[Place]) -> list[list[Place]]:
    """The places, those together that follow one another in one row or column."""
    groups: list[list[Place]] = []
    for place in places:
        if groups and _follows(groups[-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _in_short(words: Sequence[str]) -> Iterable[str]:
    """Cells of printed tables, table and row said once: 表 2 第 4 行第 5 列、第 7 列."""
    table = row = ""
    for word in words:
        head, _, cell = word.partition("第 ")
        line, _, column = cell.rpartition("第 ")
        if not line:
            table = row = ""
            yield word
        elif (head, line) == (table, row):
            yield f"第 {column}"
        else:
            yield f"第 {cell}" if head == table else word
        if line:
            table, row = head, line


def _range(run: list[Place]) -> str:
    first, last = run[0], run[-1]
    if (begin := _PRINTED.fullmatch(first.cell)) and (end := _PRINTED.fullmatch(last.cell)):
        rows, columns = ("—".join(dict.fromkeys((begin[at], end[at]))) for at in (2, 3))
        return f"{begin[1]}第 {rows} 行第 {columns} 列"
    if first.cell:
        return f"{first.cell}:{last.cell}"
    if first.column == last.column:
        return f"{first.row} 至 {last.row} / {last.column}"
    return f"{first.row} / {first.column} 至 {last.column}"


def _follows(run: list[Place], place: Place) -> bool:
    """Whether a spot goes on in the run's column or row: C9 C10, or C9 D9, or by its labels."""
    if not place.cell and not run[-1].cell:
        columns, rows = {other.column for other in run}, {other.row for other in run}
        return bool(place.row and place.column) and ({place.column} == columns or {place.row} == rows)
    first, last, new = (_position(spot.cell) for spot in (run[0], run[-1], place))
    if not first or not last or not new or not first[0] == last[0] == new[0]:
        return False
    down = first[2] == last[2] == new[2] and new[1] == last[1] + 1
    across = first[1] == last[1] == new[1] and new[2] == last[2] + 1
    return down or across


def _position(cell: str) -> tuple[str, int, int] | None:
    """The table, row and column of a cell of a sheet (whose name is no part of it) or of a printed table."""
    if match := _CELL.fullmatch(cell):
        return "", int(match[2]), _column(match[1])
    if match := _PRINTED.fullmatch(cell):
        return match[1], int(match[2]), int(match[3])
    return None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
