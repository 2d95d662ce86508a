"""The archive's own files beside the revisions: the lock, the record of the last revision, the index.

Each is a plain file that the archive has written: a link, a folder or a pipe in its place is never opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nianbao.app.archive import ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST
from nianbao.app.lock import Lock

LOCK = ".锁"
BEGUN = ".最近一次"  # the ledger's line of the revision that was begun last
INDEX = ".索引.sqlite3"
INDEX_FILES = (INDEX, f"{INDEX}-journal", f"{INDEX}-wal", f"{INDEX}-shm")
OWN = frozenset({LEDGER, LOCK, BEGUN, *INDEX_FILES})
_LONGEST = 4096  # bytes of the record


def is_plain_file(path: Path) -> bool:
    """Whether a regular file lies there, and no link to one. Raises OSError."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def replaced(root: Path) -> list[str]:
    """The names of own files in whose place something else lies. Raises OSError."""
    return [name for name in sorted(OWN) if os.path.lexists(root / name) and not is_plain_file(root / name)]


@contextmanager
def still(root: Path) -> Iterator[None]:
    """Nobody adds meanwhile; what lies on a disc that cannot be written is still by itself."""
    lock = Lock(root / LOCK)
    with suppress(OSError):
        if LOCK not in replaced(root):
            lock.take(wait=True)
    try:
        yield
    finally:
        lock.let_go()


@dataclass(frozen=True)
class Standing:
    """How the record of the last revision and the ledger agree.

    `pending` is the line that a crash has left out of the ledger; `begun` the folder of the revision that
    the record names; `wrong` says in words what no crash leaves.
    """

    pending: Entry | None = None
    begun: str = ""
    wrong: str = ""


def standing(root: Path, known: Ledger) -> Standing:
    """Hold the record of the last revision against the ledger. Raises OSError.

    It names the ledger's last line; or, as long as nobody has said that it is done, the next one: of a
    revision that lies in its place, or that a crash has kept from getting there.
    """
    last = known.entries[-1] if known.entries else None
    if not is_plain_file(root / BEGUN):
        return Standing(wrong="最近一次归档的记录没有了" if last or known.torn or known.broken else "")
    with (root / BEGUN).open("rb") as stream:
        content = stream.read(_LONGEST)
    line = ledger.parse_line(content.removesuffix(b"\n")) or _named(content, root, known)
    if line is not None and line == last:
        return Standing(begun=line.folder)
    following = (len(known.entries) + 1, known.head)
    if line is None or content.endswith(b"\n") or (line.number, line.before) != following:
        return Standing(wrong="总账与最近一次归档的记录不符，有一处被去掉或改动过")
    folder = root / line.folder
    if not os.path.lexists(folder):
        return Standing(begun=line.folder)
    if unfinished(folder, root, known) != line:
        return Standing(begun=line.folder, wrong="与最近一次归档的记录不符")
    return Standing(line, line.folder)


def say_done(root: Path, line: Entry) -> None:
    """Say in the record that its revision is in the ledger; it need not be on the disk at once."""
    with suppress(OSError), (root / BEGUN).open("r+b") as stream:
        if stream.read(_LONGEST) == line.line:
            stream.write(b"\n")


def _named(content: bytes, root: Path, known: Ledger) -> Entry | None:
    """The line of a revision of which the record has the folder only, as it once was written."""
    folder = content.decode("utf-8", "replace")
    if known.entries and folder == known.entries[-1].folder:
        return known.entries[-1]
    return unfinished(root / folder, root, known) if ledger.FOLDER.fullmatch(folder) else None


def unfinished(folder: Path, root: Path, known: Ledger) -> Entry | None:
    """The line that is wanting where a revision was put in its place and the crash came then."""
    if not is_plain_file(folder / MANIFEST):
        return None
    made = manifest.read_file(folder / MANIFEST)
    if made is None or (made.number, made.ledger) != (len(known.entries) + 1, known.head):
        return None
    return ledger.entry(made, folder.relative_to(root).as_posix())
