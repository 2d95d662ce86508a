"""All that an office keeps in one file, taken while people work; and an office out of such a file.

The database is copied as it is at one moment, then the files: these are only ever added, so every file that
the copy speaks of is among them.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from nianbao.app.archive.own_files import LOCK, still
from nianbao.app.lock import Lock
from nianbao.app.outcome import Usage
from nianbao.web import migrated
from nianbao.web.office import configuration
from nianbao.web.office.configuration import CONFIGURATION, SQLITE
from nianbao.web.settings import SECRET

MANIFEST = "备份清单.json"
POSTGRESQL = "office.pgdump"  # the database inside of a backup, where it is no SQLite
COPY, ALONE = ".backup", "backup.lock"  # in the office's folder: the database as it was, who is at it


@dataclass(frozen=True)
class Backup:
    """What is in a backup, to be noted elsewhere: how many files, and the newest line of the log."""

    path: Path
    files: int
    events: int
    head: str

    def __str__(self) -> str:
        return f"{self.path}：文件 {self.files} 个，日志到第 {self.events} 行，末行摘要 {self.head[:16]}"


def write(folder: Path, target: Path) -> Backup:
    """Write a backup of the office in a folder, with a line in the log; another file of that name stays.

    Raises Usage, OSError.
    """
    from nianbao.web.office.events import Who, record

    if target.exists():
        raise Usage(f"{target} 已经存在，没有覆盖。请换一个文件名")
    beside = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    lock = Lock(folder / ALONE)
    lock.take(wait=True)
    try:
        for left in (*folder.glob(f"{COPY}-*"), *target.parent.glob(f"{glob.escape(f'.{target.name}-')}*")):
            left.unlink()  # of one that was killed
        with _copied(folder) as (name, copy, (events, head)), tarfile.open(beside, "x:") as package:
            digests = {name: _add(package, copy, name)}
            for path, inside in _files(folder):
                digests[inside] = _add(package, path, inside)
            manifest = {
                "version": version("nianbao"),
                "migrations": sorted(map(list, migrated.applied())),
                "events": events,
                "head": head,
                "files": digests,
            }
            _put(package, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        os.link(beside, target)  # unlike a rename, never over a file that was written meanwhile
        beside.unlink()
        try:
            record(Who(""), "backup", file=target.name, events=events, head=head)
        except BaseException:
            target.unlink()
            raise
    finally:
        beside.unlink(missing_ok=True)
        lock.let_go()
    return Backup(target, _kept(digests), events, head)


def _kept(names: Iterable[str]) -> int:
    """How many of the files in a backup were handed in or made."""
    return sum(name.startswith("files/") for name in names)


@contextmanager
def _copied(folder: Path) -> Iterator[tuple[str, Path, tuple[int, str]]]:
    """The database as it is now: its name in a backup, a file with it, and the newest line of its log."""
    copy = folder / f"{COPY}-{secrets.token_hex(4)}"
    copies = {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}
    try:
        yield (SQLITE if connection.vendor == "sqlite" else POSTGRESQL), copy, copies[connection.vendor](copy)
    finally:
        for path in folder.glob(f"{copy.name}*"):
            path.unlink()


def _copy_sqlite(copy: Path) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    known = connections.settings
    known["copy"] = known["default"] | {"NAME": copy}
    try:
        return _head("copy")
    finally:
        connections["copy"].close()
        del connections["copy"], known["copy"]


def _copy_postgresql(copy: Path) -> tuple[int, str]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            [[snapshot]] = cursor.fetchall()
        head = _head("default")
        told = connection.settings_dict
        _postgresql(told, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={copy}")
    return head


def _head(database: str) -> tuple[int, str]:
    """The newest line of the log: its number and its digest."""
    from nianbao.web.office.models import Head

    head = Head.objects.using(database).filter(pk=1).first()
    return (head.number, head.digest) if head else (0, "")


def _postgresql(told: dict[str, Any], program: str, *options: str) -> None:
    """Run a program of PostgreSQL's on the database that Django's description tells of. Raises Usage."""
    named = {"host": told["HOST"], "port": told["PORT"], "username": told["USER"], "dbname": told["NAME"]}
    words = [f"--{option}={value}" for option, value in named.items() if value]
    ended = subprocess.run(
        [_program(program), "--no-password", *words, *options],
        env=os.environ | {"PGPASSWORD": told.get("PASSWORD") or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        reason = next(iter(ended.stderr.strip().splitlines()), "")
        raise Usage(f"{program} 没有做成：{reason}")


def _program(name: str) -> str:
    """Where a program of PostgreSQL's client lies: on the path, or where Debian puts it. Raises Usage."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if found := shutil.which(name) or (str(debian[-1]) if debian else None):
        return found
    raise Usage(f"找不到 {name}。请安装与数据库同一版本的 PostgreSQL 客户端")


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every other file of an office, and its name in a backup; nothing that is only half written."""
    for name in (CONFIGURATION, SECRET):
        yield folder / name, name
    yield from _below(settings.NIANBAO_FILES, "files")
    archive: Path = settings.NIANBAO_ARCHIVE
    if archive.is_dir():
        with still(archive):
            yield from _below(archive, "archive")


def _below(place: Path, name: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(place.rglob("*")):
        hidden = path.name.startswith(".") and name == "files"  # is just being written
        if path.is_file() and not path.is_symlink() and not hidden and path.name != LOCK:
            yield path, f"{name}/{path.relative_to(place).as_posix()}"


def _add(package: tarfile.TarFile, path: Path, name: str) -> str:
    """Add a file; its digest."""
    content = path.read_bytes()
    _put(package, name, content)
    return hashlib.sha256(content).hexdigest()


def _put(package: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    package.addfile(entry, BytesIO(content))


def restore(source: Path, folder: Path) -> Backup:
    """Make an office out of a backup, in a folder where there is none; nothing is left of a damaged one.

    An office.toml that lies there is kept: it may name another database. Raises Usage, OSError.
    """
    if folder.exists() and any(path.name != CONFIGURATION for path in folder.iterdir()):
        raise Usage(f"{folder} 里已经有文件，没有恢复。请给一个新的文件夹")
    staging = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    staging.mkdir(parents=True, mode=0o700)
    try:
        backup = _unpack(source, staging)
        own = folder / CONFIGURATION
        if own.exists():
            shutil.copy(own, staging / CONFIGURATION)
        _restore_database(staging)
        if folder.exists():
            own.unlink(missing_ok=True)
            folder.rmdir()
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return backup


def _unpack(source: Path, staging: Path) -> Backup:
    """Unpack a backup, and prove each file; raises Usage where it is damaged, or a newer program's."""
    try:
        with tarfile.open(source, "r:") as package:
            package.extractall(staging, filter="data")
        told = json.loads((staging / MANIFEST).read_text(encoding="utf-8"))
        digests: dict[str, str] = told["files"]
        for name, digest in digests.items():
            if hashlib.sha256((staging / name).read_bytes()).hexdigest() != digest:
                raise Usage(f"{source} 里的 {name} 已损坏，没有恢复。请用另一份备份")
        there = {path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file()}
        if there != {*digests, MANIFEST}:
            raise Usage(f"{source} 里的文件与清单不符，没有恢复。请用另一份备份")
        migrated.require_known({(app, name) for app, name in told["migrations"]}, str(source))
        (staging / MANIFEST).unlink()
        return Backup(source, _kept(digests), int(told["events"]), str(told["head"]))
    except (tarfile.TarError, ValueError, KeyError, TypeError, FileNotFoundError):
        if not source.exists():
            raise
        raise Usage(f"{source} 不是办公室的备份，或已损坏，没有恢复") from None


def _restore_database(staging: Path) -> None:
    """Put the database where office.toml says; a database of PostgreSQL has to be empty."""
    database = configuration.read(staging).django_database(staging)
    kind = POSTGRESQL if database["ENGINE"].endswith("postgresql") else SQLITE
    if not (staging / kind).exists():
        other = "PostgreSQL" if kind == SQLITE else "SQLite"
        raise Usage(f"备份里是 {other} 的数据库，与 {CONFIGURATION} 写的不同，没有恢复")
    if kind == POSTGRESQL:
        dump = staging / POSTGRESQL
        _postgresql(
            database, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(dump)
        )
        dump.unlink()
