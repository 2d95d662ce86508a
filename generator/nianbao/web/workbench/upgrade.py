"""Drafts that another version of the program has written: brought up to date after a backup, or left alone.

SQLite's user_version says which version has made the tables as they are: 26.1 as 26001.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from nianbao.app.data_folder import DATABASE
from nianbao.app.outcome import problems
from nianbao.web import migrated

PART = "workbench"  # as Django calls it
BACKUPS = "升级前的备份"  # a folder beside it
KEPT = 3  # backups; the oldest goes
_BESIDE = ("", "-wal", "-shm")  # what SQLite has of one database
_REFUSALS = {  # the beginnings of what SQLite calls them
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_BUSY": "正被别的程序占用",
    "SQLITE_READ": "没有写的权限",
    "SQLITE_CANT": "没有读写的权限",
}
_NAME = re.compile(r"草稿-(.+)-(\d{8}-\d{6})\.sqlite3")
_EARLY = "早期版本"  # which said no version


@dataclass(frozen=True)
class Hindrance:
    """Why the drafts were not opened, and the backup that may take their place; nothing was changed.

    `blank` where they may also be laid aside for an empty database.
    """

    reason: str
    backup: Path | None = None
    blank: bool = False

    @property
    def backup_told(self) -> str:
        """Of which version the backup is, and of when; "" where there is none."""
        match = _NAME.fullmatch(self.backup.name) if self.backup else None
        if match is None:
            return ""
        when = time.strptime(match[2], "%Y%m%d-%H%M%S")
        return f"{match[1]}，{when.tm_year} 年 {when.tm_mon} 月 {when.tm_mday} 日备份"


def bring_up_to_date(folder: Path) -> Hindrance | None:
    """Bring the drafts in a folder up to date, after a backup of them; why that was not done, else None."""
    from django.core.management import call_command
    from django.db import DatabaseError, OperationalError, connection

    try:
        applied = migrated.applied()
        if applied - _known():
            return _newer(folder)
        if applied != _known():
            if applied and (hindrance := _backed_up(folder)):
                return hindrance
            call_command("migrate", interactive=False, verbosity=0)
            _sign(folder / DATABASE)
    except OperationalError as error:
        why = _REFUSALS.get(getattr(error.__cause__, "sqlite_errorname", "")[:11], "磁盘或权限有问题")
        return Hindrance(f"草稿的数据库现在打不开（{why}），没有动它。请核对数据文件夹（{folder}），再试一次")
    except DatabaseError:
        what = f"草稿的数据库打不开，可能已经损坏，没有动它。请先把整个数据文件夹（{folder}）另存一份"
        return Hindrance(what, _fitting(folder), blank=True)
    finally:
        connection.close()
    return None


def _newer(folder: Path) -> Hindrance:
    versions = f"更新的版本（{_version(folder / DATABASE)}）写的，这个版本（{version('nianbao')}）"
    what = f"草稿是{versions}不能打开，没有动它。请打开那个版本的程序"
    return Hindrance(what, _fitting(folder), blank=True)


def _backed_up(folder: Path) -> Hindrance | None:
    """Write a backup; why that could not be done, else None."""
    try:
        back_up(folder)
    except OSError as error:
        why = problems(error)[0].what
        what = f"草稿要升级到这个版本，升级前的备份没有写成（{why}），所以没有升级，也没有动草稿"
        return Hindrance(f"{what}。请核对 {folder / BACKUPS} 能不能写、磁盘有没有空余，再试一次")
    return None


def back_up(folder: Path) -> None:
    """Keep a copy of the drafts as they are, and the newest KEPT of all. Raises OSError."""
    now = time.strftime("%Y%m%d-%H%M%S")
    target = folder / BACKUPS / f"草稿-{_version(folder / DATABASE)}-{now}.sqlite3"
    target.parent.mkdir(mode=0o700, exist_ok=True)
    _copy(folder / DATABASE, target)
    for old in list(_backups(folder))[KEPT:]:
        old.unlink()


def _copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whole or not at all. Raises OSError."""
    beside = target.with_name(f".{target.name}")
    try:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(beside)) as copy:
            original.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file holds all of it
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.chmod(0o600)
        beside.replace(target)
    except sqlite3.Error as error:
        number = errno.ENOSPC if error.sqlite_errorname == "SQLITE_FULL" else errno.EIO
        raise OSError(number, str(error), str(target)) from error
    finally:
        beside.unlink(missing_ok=True)


def go_back(folder: Path, backup: Path | None) -> Path:
    """Lay the drafts aside under another name, which is returned, and put a backup, or none, in their place.

    Raises OSError; the drafts are then where they were.
    """
    current, ready = folder / DATABASE, folder / f".{DATABASE}"
    if backup is not None:
        _copy(backup, ready)
    aside = folder / f"草稿-{_version(current)}-{time.strftime('%Y%m%d-%H%M%S')}-换下的.sqlite3"
    for end in _BESIDE:
        with suppress(FileNotFoundError):
            current.with_name(f"{DATABASE}{end}").rename(f"{aside}{end}")
    if backup is not None:
        ready.replace(current)
    return aside


def _backups(folder: Path) -> Iterator[Path]:
    """The backups, newest first."""
    found = [
        (match[2], path) for path in (folder / BACKUPS).glob("*") if (match := _NAME.fullmatch(path.name))
    ]
    yield from (path for _, path in sorted(found, reverse=True))


def _fitting(folder: Path) -> Path | None:
    """The newest backup that this program can open."""
    return next((path for path in _backups(folder) if _steps(path) <= _known()), None)


def _known() -> set[migrated.Step]:
    """The steps that a database with drafts and nothing else goes through."""
    return {(part, name) for part, name in migrated.known() if part == PART}


def _steps(path: Path) -> set[migrated.Step]:
    """The steps that a database has gone through, and one that nobody knows where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT app, name FROM django_migrations").fetchall()
    except sqlite3.Error:
        return {("", "")}
    return {(part, name) for part, name in rows if part == PART}


def _version(path: Path) -> str:
    """Which version has made the tables of a database."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            [number] = database.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        number = 0
    return f"{number // 1000}.{number % 1000}" if number else _EARLY


def _sign(path: Path) -> None:
    """Write down that this version has made the tables."""
    if match := re.match(r"(\d+)\.(\d+)", version("nianbao")):
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"PRAGMA user_version = {int(match[1]) * 1000 + int(match[2])}")
