"""What the machine is short of where something cannot be done: space, a disk, open files, its database."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError

from nianbao.web.words import catalogue


class Shortage(NamedTuple):
    """What is wanting, by its name in the words; `status` is the answer to a request, `number` an errno."""

    word: str
    status: int
    number: int


FULL = Shortage("full", 507, errno.ENOSPC)
UNWRITABLE = Shortage("unwritable", 503, errno.EROFS)
HANDLES = Shortage("handles", 503, errno.EMFILE)
AWAY = Shortage("away", 503, errno.EBUSY)
_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: UNWRITABLE,
    errno.EIO: UNWRITABLE,
    errno.EMFILE: HANDLES,
    errno.ENFILE: HANDLES,
}
_BY_SQLITE = {"FULL": FULL, "READONLY": UNWRITABLE, "BUSY": AWAY, "LOCKED": AWAY}
_BY_SQLSTATE = {"53100": FULL, "25006": UNWRITABLE, "58030": UNWRITABLE}
_AWAY = ("08", "53", "57")  # SQLSTATE: the line, what the server lacks, an operator who shuts it down
_HANDLES, _BYTES = 8, 64 * 1024  # with fewer nothing can be written


def of(error: BaseException | None) -> Shortage | None:
    """What an exception, or one that it came of, says is wanting; None where that is not what went wrong."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _BY_ERRNO:
            return _BY_ERRNO[error.errno]
        if isinstance(error, Error) and (found := _of_database(error)):
            return found
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def insist(error: BaseException) -> None:
    """Raise an exception again where what was sent is not at fault for it, but the machine."""
    if of(error):
        raise error


def told(found: Shortage) -> str:
    """What is wanting, in words."""
    return str(catalogue()["shortage"][found.word])


@contextmanager
def as_of_files(folder: Path) -> Iterator[None]:
    """Raise OSError where a database in a folder cannot be written, as of any other file there."""
    try:
        yield
    except Error as error:
        if (found := of(error)) is None or found is AWAY:
            raise
        raise OSError(found.number, os.strerror(found.number), str(folder)) from error


def _of_database(error: Error) -> Shortage | None:
    """What a database says that it lacks, in the words of SQLite or of PostgreSQL."""
    cause = error.__cause__
    if name := getattr(cause, "sqlite_errorname", ""):
        family = name.split("_")[1]
        return _looked_at() if family in ("IOERR", "CANTOPEN") else _BY_SQLITE.get(family)
    state = getattr(cause, "sqlstate", None)
    if state is None:  # there was nobody to say why
        lost = hasattr(cause, "sqlstate") and isinstance(error, OperationalError | InterfaceError)
        return AWAY if lost else None
    return _BY_SQLSTATE.get(state) or (AWAY if state.startswith(_AWAY) else None)


def _looked_at() -> Shortage:
    """What is wanting where SQLite says no more than that a file could not be opened, read or written."""
    try:
        with ExitStack() as opened:
            for _ in range(_HANDLES):
                opened.enter_context(Path(os.devnull).open("rb"))
    except OSError:
        return HANDLES
    folder = settings.NIANBAO_ARCHIVE.parent
    if shutil.disk_usage(folder).free < _BYTES:
        return FULL
    if hasattr(os, "statvfs") and (place := os.statvfs(folder)).f_files and not place.f_favail:
        return FULL
    return UNWRITABLE
