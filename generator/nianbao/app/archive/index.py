"""An index over all years and organs, made of the archive and made anew whenever it is not of this archive.

It answers questions and proves nothing: what it says can always be read in the folders.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.app.archive import manifest
from nianbao.app.archive.ledger import Entry
from nianbao.app.archive.manifest import MANIFEST, REPORT
from nianbao.app.archive.own_files import INDEX
from nianbao.app.archive.query import Where
from nianbao.app.archive.store import Archive
from nianbao.media import exchange
from nianbao.report import ProblemsFound, Report

VERSION = 1
_TABLES = """
CREATE TABLE revision (number INTEGER PRIMARY KEY, folder TEXT, organ TEXT, year INTEGER, revision INTEGER,
  title TEXT, whenever TEXT, reason TEXT, newest INTEGER, head TEXT);
CREATE TABLE figure (number INTEGER, key TEXT, value REAL, text TEXT, PRIMARY KEY (number, key))
  WITHOUT ROWID;
CREATE TABLE passage (number INTEGER, section TEXT, text TEXT);
CREATE INDEX passage_number ON passage (number);
CREATE INDEX figure_key ON figure (key, value);
"""


@dataclass(frozen=True)
class Listed:
    """One revision as the list shows it."""

    folder: str
    organ: str
    year: int
    revision: int
    title: str
    when: str
    reason: str
    head: str
    passages: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The same as `archive list --json` prints it."""
        return {key: value for key, value in vars(self).items() if key != "passages" or value}


@dataclass(frozen=True)
class Asked:
    """What is looked for: a part of the organ's name, years, a condition on figures, words in the text."""

    organ: str = ""
    years: tuple[int, int] | None = None
    where: Where | None = None
    text: str = ""
    all: bool = False  # not only the newest revision of each year


def find(archive: Archive, asked: Asked) -> list[Listed]:
    """The revisions asked for, by organ and year; raise OSError where the archive cannot be read."""
    with closing(_open(archive)) as database:
        return list(_found(database, asked))


def _open(archive: Archive) -> sqlite3.Connection:
    """The index of this archive as it is now, in memory where it cannot be written."""
    path = archive.root / INDEX
    for at in (str(path), ":memory:"):
        for _ in range(2):
            try:
                return _current(sqlite3.connect(at), archive)
            except sqlite3.DatabaseError:  # damaged, of another version, or of another archive
                if at != ":memory:":
                    with suppress(OSError):
                        path.unlink(missing_ok=True)
    raise OSError(f"{path}")


def _current(database: sqlite3.Connection, archive: Archive) -> sqlite3.Connection:
    try:
        entries = archive.ledger.entries
        database.execute("PRAGMA synchronous = OFF")  # it can be made anew at any time
        with database:
            database.execute("BEGIN IMMEDIATE")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _TABLES.split(";"):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise sqlite3.DatabaseError
            last = database.execute(
                "SELECT number, head FROM revision ORDER BY number DESC LIMIT 1"
            ).fetchone()
            known = last[0] if last else 0
            if known > len(entries) or (last and entries[known - 1].digest != last[1]):
                raise sqlite3.DatabaseError
            for entry in entries[known:]:
                _add(database, archive, entry)
    except BaseException:
        database.close()
        raise
    return database


def _add(database: sqlite3.Connection, archive: Archive, entry: Entry) -> None:
    folder = archive.root / entry.folder
    made = manifest.read((folder / MANIFEST).read_bytes()) if (folder / MANIFEST).is_file() else None
    document: Mapping[str, Any] = made.document if made else {}
    organ, year, revision = entry.folder.split("/")
    words = (document.get("organ", organ), document.get("year", int(year)), int(revision[1:]))
    database.execute("UPDATE revision SET newest = 0 WHERE organ = ? AND year = ?", words[:2])
    particulars = (document.get("title", ""), entry.when, document.get("reason", ""), 1, entry.digest)
    database.execute(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.number, entry.folder, *words, *particulars),
    )
    report = _report(folder / made.named(REPORT)) if made else None
    if report is not None:
        rows = [
            (entry.number, key, None if figure.number is None else float(figure.number), figure.text)
            for key, figure in report.figures.items()
        ]
        database.executemany("INSERT INTO figure VALUES (?, ?, ?, ?)", rows)
        texts = [
            (entry.number, section, paragraph.text)
            for section, paragraphs in report.narratives.items()
            for paragraph in paragraphs
        ]
        database.executemany("INSERT INTO passage VALUES (?, ?, ?)", texts)


def _report(path: Path) -> Report | None:
    """The report as data; None where somebody has spoilt it, which `verify` tells."""
    try:
        return exchange.read(path)
    except (OSError, ProblemsFound):
        return None


def _found(database: sqlite3.Connection, asked: Asked) -> Iterator[Listed]:
    terms, values = ["1"], list[Any]()
    if not asked.all:
        terms.append("newest = 1")
    if asked.organ:
        terms.append("instr(organ, ?) > 0")
        values.append(asked.organ)
    if asked.years:
        terms.append("year BETWEEN ? AND ?")
        values += asked.years
    if asked.where:
        terms.append(f"({asked.where.sql})")
        values += asked.where.values
    if asked.text:
        terms.append(
            "EXISTS (SELECT 1 FROM passage WHERE passage.number = revision.number AND instr(text, ?) > 0)"
        )
        values.append(asked.text)
    columns = "number, folder, organ, year, revision, title, whenever, reason, head"
    order = "ORDER BY organ, year, revision"
    for number, folder, organ, year, revision, title, when, reason, head in database.execute(
        f"SELECT {columns} FROM revision WHERE {' AND '.join(terms)} {order}", values
    ).fetchall():
        passages: tuple[str, ...] = ()
        if asked.text:
            rows = database.execute(
                "SELECT text FROM passage WHERE number = ? AND instr(text, ?) > 0", (number, asked.text)
            )
            passages = tuple(text for (text,) in rows)
        yield Listed(folder, organ, year, revision, title, when, reason, head, passages)
