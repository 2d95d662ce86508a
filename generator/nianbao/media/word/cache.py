"""What is kept between runs for one template: its compiled code, and that it was proved and found clean.

The code is Python's own (marshal), and whoever may write it may run anything as the user who
reads it. So a file is only believed where nobody but this user could have written it: file and
folder belong to the user and are writable by nobody else. A seal over name and content tells a
damaged, cut off or renamed file. What is not believed is made anew; a home that cannot be
written only costs time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jinja2

MOST = 60  # files kept; three or four for each template in use
STALE = 24 * 60 * 60  # seconds; no file takes that long to be written
_UNFINISHED = ".unfinished"
_SEAL = 32
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_HERE = Path(__file__).parent
_FLOORS = (
    _HERE, _HERE / "publication", _HERE.with_name("ooxml"), _HERE.parents[1] / "mandate",
    _HERE.parents[1] / "report",
)  # fmt: skip


def read(name: str) -> bytes | None:
    """What was kept under this name, None where there is nothing to be believed."""
    try:
        folder = _folder()
        descriptor = os.open(folder / name, _FLAGS)
        with os.fdopen(descriptor, "rb") as stream:
            if not _ours(os.fstat(descriptor), stat.S_ISREG) or not _ours(folder.stat(), stat.S_ISDIR):
                return None
            content = stream.read()
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    seal, kept = content[:_SEAL], content[_SEAL:]
    return kept if seal == _seal(name, kept) else None


def keep(name: str, content: bytes) -> None:
    """Keep content for later runs, where the home allows it."""
    import tempfile

    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _ours(folder.stat(), stat.S_ISDIR):
            return
        descriptor, beside = tempfile.mkstemp(_UNFINISHED, dir=folder)  # readable by this user only
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(_seal(name, content) + content)
            Path(beside).replace(folder / name)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
        _forget(folder)
    except (OSError, RuntimeError):
        pass


@cache
def versions() -> str:
    """A word for everything that what is kept depends on, besides the template."""
    words = hashlib.sha256(f"Python {sys.version}, Jinja {jinja2.__version__};".encode())
    sources = [path for floor in _FLOORS for path in sorted(floor.glob("*.*"))]
    if (docxtpl := find_spec("docxtpl")) is not None and docxtpl.origin is not None:
        sources.append(Path(docxtpl.origin).with_name("template.py"))  # importing it takes longer
    for path in sources:
        words.update(path.name.encode() + path.read_bytes())
    return words.hexdigest()[:16]


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "nianbao" / "templates"


def _ours(status: os.stat_result, kind: Callable[[int], bool]) -> bool:
    if not kind(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True  # Windows: a user's profile is closed to others, and has no such bits
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _seal(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + content).digest()


def _forget(folder: Path) -> None:
    """Drop what was written longest ago, and what a process that was killed left unfinished."""
    written = {path: path.stat().st_mtime for path in folder.iterdir()}
    unfinished = [path for path in written if path.name.endswith(_UNFINISHED)]
    finished = sorted(written.keys() - set(unfinished), key=written.__getitem__)
    stale = [path for path in unfinished if written[path] < time.time() - STALE]
    for path in (*finished[:-MOST], *stale):
        path.unlink(missing_ok=True)
