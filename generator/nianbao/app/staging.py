"""A folder for half-written files, beside what they will be; one that was left behind is cleared away."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from nianbao.app.lock import Lock

PREFIX, LOCK = ".nianbao-", "lock"
_NEW = 60.0  # seconds in which a staging folder may still be without its lock


class Staging:
    """A folder of one run, in the folder where its files will go; it is there from the first use on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder: Path | None = None
        self._lock: Lock | None = None

    def folder(self) -> Path:
        """The folder, now made if need be; raise OSError where none can be."""
        while self._folder is None:
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.root))
            lock = Lock(folder / LOCK)
            if lock.take():  # or somebody has just swept it away
                self._folder, self._lock = folder, lock
        return self._folder

    def close(self) -> None:
        """Take the folder away."""
        if self._folder is not None and self._lock is not None:
            self._lock.let_go()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = self._lock = None


def sweep(root: Path) -> None:
    """Clear away the staging folders of runs that were killed."""
    for folder in root.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def is_left(folder: Path) -> bool:
    """Whether nobody works in a staging folder any more; raise OSError where that cannot be seen."""
    if not (folder / LOCK).exists():
        return time.time() - folder.stat().st_mtime >= _NEW
    lock = Lock(folder / LOCK)
    if not lock.take():
        return False
    lock.let_go()
    return True
