"""An index over all years and organs, made of the archive and made anew whenever it is not of this archive.

It answers questions and proves nothing: what it says can always be read in the folders.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.app.archive import manifest
from nianbao.app.archive.ledger import Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST, REPORT
from nianbao.app.archive.own_files import INDEX, INDEX_FILES, is_plain_file
from nianbao.app.archive.query import Where
from nianbao.media import exchange
from nianbao.report import ProblemsFound, Report

if TYPE_CHECKING:
    from nianbao.app.archive.store import Archive

VERSION = 2
_TABLES = (
    "CREATE TABLE revision (number INTEGER PRIMARY KEY, folder TEXT, organ TEXT, year INTEGER,"
    " revision INTEGER, title TEXT, whenever TEXT, reason TEXT, newest INTEGER, head TEXT, digest TEXT)",
    "CREATE TABLE figure (number INTEGER, key TEXT, value REAL, text TEXT, PRIMARY KEY (number, key))"
    " WITHOUT ROWID",
    "CREATE TABLE passage (number INTEGER, section TEXT, text TEXT)",
    "CREATE INDEX passage_number ON passage (number)",
    "CREATE INDEX figure_key ON figure (key, value)",
)


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


def fault(root: Path, known: Ledger) -> str:
    """What is wrong with the index that lies there, in words; "" where there is none, or nothing is.

    What is wanting at its end is nothing wrong: it is added as soon as somebody asks. Raises OSError.
    """
    if not any(os.path.lexists(root / name) for name in INDEX_FILES):
        return ""
    if not _is_ours(root):
        return "不是归档自己写的索引，是链接、文件夹或别的东西"
    if any(os.path.lexists(root / name) for name in INDEX_FILES[2:]) or not os.path.lexists(root / INDEX):
        return "有不是索引写的文件（-journal、-wal、-shm）"
    try:  # not `mode=ro`: what a killed `list` has left half written is to be taken back
        with closing(sqlite3.connect(f"{(root / INDEX).absolute().as_uri()}?mode=rw", uri=True)) as database:
            intact = database.execute("PRAGMA quick_check").fetchone() == ("ok",)
            sound = intact and _is_of(database, known) and _is_unaltered(database)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        sound = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY  # somebody writes just now
    return "" if sound else "索引已损坏，或者被改动过"


def _is_ours(root: Path) -> bool:
    """Whether the index is a file of its own, so that writing to it alters nothing else."""
    paths = [root / name for name in INDEX_FILES if os.path.lexists(root / name)]
    return all(is_plain_file(path) and path.stat().st_nlink == 1 for path in paths)


def _open(archive: Archive) -> sqlite3.Connection:
    """The index of this archive as it is now, in memory where it cannot be written."""
    path = archive.root / INDEX
    for at in (str(path), ":memory:") if _is_ours(archive.root) else (":memory:",):
        for _ in range(2):
            try:
                return _current(sqlite3.connect(at), archive)
            except sqlite3.DatabaseError:  # damaged, of another version, or of another archive
                if at != ":memory:":
                    for name in INDEX_FILES:
                        with suppress(OSError):
                            (archive.root / name).unlink(missing_ok=True)
    raise OSError(f"{path}")


def _current(database: sqlite3.Connection, archive: Archive) -> sqlite3.Connection:
    try:
        known = archive.ledger
        with database:
            database.execute("BEGIN IMMEDIATE")
            if not database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                for statement in _TABLES:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {VERSION}")
            if not _is_of(database, known):
                raise sqlite3.DatabaseError
            [done] = database.execute("SELECT COUNT(*) FROM revision").fetchone()
            for entry in known.entries[done:]:
                _add(database, archive, entry)
    except BaseException:
        database.close()
        raise
    return database


def _is_of(database: sqlite3.Connection, known: Ledger) -> bool:
    """Whether a database is the index of this ledger: its tables and no view, its revisions, their rows."""
    if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return False
    if database.execute("SELECT sql FROM sqlite_master ORDER BY rowid").fetchall() != [
        (one,) for one in _TABLES
    ]:
        return False
    listed = database.execute(
        "SELECT number, folder, head, whenever FROM revision ORDER BY number"
    ).fetchall()
    wanted = [
        (entry.number, entry.folder, entry.digest, entry.when) for entry in known.entries[: len(listed)]
    ]
    return listed == wanted


def _is_unaltered(database: sqlite3.Connection) -> bool:
    """Whether the rows of every revision are as they were written, and the newest are called so."""
    digests = database.execute("SELECT number, digest FROM revision").fetchall()
    newest = database.execute("SELECT number FROM revision WHERE newest = 1 ORDER BY number").fetchall()
    last = database.execute("SELECT MAX(number) AS last FROM revision GROUP BY organ, year ORDER BY last")
    return newest == last.fetchall() and all(
        _digest(database, number) == wanted for number, wanted in digests
    )


def _digest(database: sqlite3.Connection, number: int) -> str:
    """The SHA-256 of what the index says of one revision, but for whether it is the newest."""
    columns = "folder, organ, year, revision, title, whenever, reason, head"
    rows = [
        database.execute(f"SELECT {columns} FROM revision WHERE number = ?", (number,)).fetchall(),
        database.execute(
            "SELECT key, value, text FROM figure WHERE number = ? ORDER BY key", (number,)
        ).fetchall(),
        database.execute(
            "SELECT section, text FROM passage WHERE number = ? ORDER BY rowid", (number,)
        ).fetchall(),
    ]
    return manifest.digest(repr(rows).encode("utf-8", "backslashreplace"))


def _add(database: sqlite3.Connection, archive: Archive, entry: Entry) -> None:
    folder = archive.root / entry.folder
    made = manifest.read_file(folder / MANIFEST) if is_plain_file(folder / MANIFEST) else None
    if made is not None and made.digest != entry.manifest:
        made = None  # somebody has altered it, which `verify` tells
    document: Mapping[str, Any] = made.document if made else {}
    organ, year, revision = entry.folder.split("/")
    words = (document.get("organ", organ), document.get("year", int(year)), int(revision[1:]))
    database.execute("UPDATE revision SET newest = 0 WHERE organ = ? AND year = ?", words[:2])
    particulars = (document.get("title", ""), entry.when, document.get("reason", ""), 1, entry.digest)
    database.execute(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
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
    digest = _digest(database, entry.number)
    database.execute("UPDATE revision SET digest = ? WHERE number = ?", (digest, entry.number))


def _report(path: Path) -> Report | None:
    """The report as data; None where somebody has spoilt it, which `verify` tells."""
    try:
        return exchange.read(path) if is_plain_file(path) else None
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
