"""A user's own folder among the temporary files, where the machine gives none that lasts."""

from __future__ import annotations

import os
import stat
import tempfile
from functools import cache
from pathlib import Path


@cache
def passing(name: str) -> Path:
    """The user's folder of a name, the same one as long as the system keeps it, and nobody else's.

    Raises OSError where there is no room for it.
    """
    user = os.getuid() if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"{name}-{user}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not _is_own(folder):  # anybody may make names there
            return Path(tempfile.mkdtemp(prefix=f"{name}-"))
    return folder


def _is_own(folder: Path) -> bool:
    """Whether it is a folder of this user's that nobody else may look into."""
    if not hasattr(os, "getuid"):  # Windows' temporary files are each user's own
        return folder.is_dir()
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077
