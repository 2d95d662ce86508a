"""生成记录: what was made in an output folder, from what, so that the next run does only what changed.

A file of SQLite beside the years' folders. It is a memory, not the truth: a report counts as made only
where its files lie there with the very bytes that are written down. It may be deleted; then all is
made again. A report is written down before its files are moved into place, so that a run that is
killed between the two has made nothing that the next one does not know.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from nianbao.report import Place, Problem, Severity, rule

FILE, DAMAGED = "生成记录.sqlite3", "生成记录（损坏）.sqlite3"
KEPT = 5  # lines of one source: what lies there may be older than the last that was written down
_WAIT = 20.0  # seconds for another run that is writing
_TABLE = """
create table if not exists made (
    number integer primary key, source text, key text, files text, problems text
);
create index if not exists by_key on made (key);
create index if not exists by_source on made (source);
"""
_FORGET = """
delete from made where source = :source
and number not in (select number from made where source = :source order by number desc limit :kept)
"""

_SPOILT = (ValueError, TypeError, AttributeError, KeyError, RecursionError)  # what reading such a line raises

Digests = Mapping[Path, str]  # SHA-256, in hex


@dataclass(frozen=True)
class Made:
    """One report as it was made: its files, and what was said of it."""

    files: Digests
    problems: tuple[Problem, ...]


class Record:
    """The record of one output folder; where it cannot be used, `trouble` has why."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.trouble: Problem | None = None
        self._given_up = False
        self._connection: sqlite3.Connection | None = None

    def find(self, key: str) -> Made | None:
        """The report of this key, where every file of it lies there as it was made."""
        for made in self._made("key = ?", key):
            if all(digest(path) == wanted for path, wanted in made.files.items()):
                return made
        return None

    def of_source(self, source: Path) -> list[Digests]:
        """The files that were made from a source, the last first."""
        return [made.files for made in self._made("source = ?", self._name(source))]

    def is_ours(self, path: Path) -> bool:
        """Whether what lies there is what this program has made and written down, whatever it was made of."""
        name = self._name(path)
        known = self._made("instr(files, ?) > 0", json.dumps(name))
        return bool(known) and digest(path) in {made.files.get(self.root / name) for made in known}

    def add(self, source: Path, key: str, files: Mapping[Path, bytes], problems: Iterable[Problem]) -> None:
        """Write down a report whose files are about to be moved into place."""
        digests = {self._name(path): hashlib.sha256(content).hexdigest() for path, content in files.items()}
        told = [_told(problem) for problem in problems]
        name = self._name(source)

        def write() -> list[Any]:
            with self._open() as connection:
                connection.execute("begin immediate")
                row = (name, key, json.dumps(digests), json.dumps(told))
                connection.execute("insert into made (source, key, files, problems) values (?, ?, ?, ?)", row)
                connection.execute(_FORGET, {"source": name, "kept": KEPT})
            return []

        self._attempt(write)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _made(self, condition: str, value: str) -> list[Made]:
        """The reports of some lines, the last first; a line that is spoilt is told, and dropped."""
        if self._connection is None and not (self.root / FILE).exists():
            return []
        words = f"select number, files, problems from made where {condition} order by number desc"
        found = []
        for number, files, problems in self._attempt(
            lambda: self._open().execute(words, (value,)).fetchall()
        ):
            try:
                found.append(Made(self._digests(files), tuple(map(_problem, json.loads(problems)))))
            except _SPOILT:
                what = "生成记录里有读不懂的一行，已略去；记在那一行的报告这次重新生成"
                self.trouble = self._notice(what, "请核对这个文件是否被别的程序改过")
                self._attempt(lambda number=number: self._drop(number))  # type: ignore[misc]
        return found

    def _drop(self, number: int) -> list[Any]:
        return self._open().execute("delete from made where number = ?", (number,)).fetchall()

    def _attempt(self, work: Callable[[], list[Any]]) -> list[Any]:
        """Do what asks or writes; a record that cannot be used costs time, but no report."""
        if self._given_up:
            return []
        try:
            return work()
        except sqlite3.DatabaseError as error:
            if _unusable(error):
                what = f"生成记录{_trouble(error)}，不能跳过没有改动的报告"
                self.trouble = self._notice(what, "请核对这个文件的权限和磁盘空间")
                self._given_up = True
                self.close()
                return []
            what = f"生成记录已损坏，改名为“{DAMAGED}”，另建新的；没有改动的报告这次也重新生成"
            self.trouble = self._notice(what, "不需要的话可以删去")
            self._put_aside()
        self.close()
        return []

    def _put_aside(self) -> None:
        self.close()
        try:
            (self.root / FILE).replace(self.root / DAMAGED)
        except OSError:
            self._given_up = True

    def _notice(self, what: str, mend: str) -> Problem:
        return rule("record").broken(what, mend, (Place(str(self.root / FILE)),))

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self.root / FILE, timeout=_WAIT, isolation_level=None)
            self._connection.text_factory = bytes  # what is no text is found by whoever reads the line
            self._connection.execute("pragma synchronous = off")  # what a power cut takes is made again
            self._connection.executescript(_TABLE)
        return self._connection

    def _name(self, path: Path) -> str:
        """A path as it is written down: from the output folder on, so that both may be moved together."""
        try:
            return Path(os.path.relpath(path, self.root)).as_posix()
        except ValueError:  # another drive
            return path.absolute().as_posix()

    def _digests(self, files: bytes) -> Digests:
        return {self.root / name: _text(wanted) for name, wanted in json.loads(files).items()}


def _unusable(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is in use, read-only or out of reach; one that our SQL does not fit is damaged."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode != sqlite3.SQLITE_ERROR


def _trouble(error: sqlite3.DatabaseError) -> str:
    """What keeps the record from being used, in words: SQLite says it in English."""
    words = {"locked": "正被别的程序占用", "readonly": "是只读的", "full": "写不进去，磁盘已满"}
    return next((told for word, told in words.items() if word in str(error)), "打不开")


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes; blank where there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _told(problem: Problem) -> list[Any]:
    """A problem as it is written down: all but its corrections, which nobody asks for here."""
    places = [astuple(place) for place in problem.places]
    return [problem.code, problem.severity, problem.what, problem.mend, places, problem.about]


def _problem(told: list[Any]) -> Problem:
    """A problem as it was written down; raises one of _SPOILT."""
    code, severity, what, mend, places, about = told
    where = tuple(Place(*map(_text, place)) for place in places)
    return Problem(_text(code), Severity(severity), _text(what), _text(mend), where, tuple(map(_text, about)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
