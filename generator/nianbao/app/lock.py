"""A lock that the system lets go of when its holder dies, however it dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path


class Lock:
    """A file that one process at a time may hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = -1

    def take(self, *, wait: bool = False) -> bool:
        """Take it; without `wait`, say False at once where another has it. Raises OSError.

        Where the file system knows no locks, whoever asks has it.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            taken = _take(descriptor, wait)
        except BaseException:
            os.close(descriptor)
            raise
        if taken:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return taken

    def let_go(self) -> None:
        """Let another have it; the file stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":
    import msvcrt

    _TAKEN = (errno.EACCES, errno.EDEADLK)

    def _take(descriptor: int, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if error.errno not in _TAKEN:  # a disk in the network without locks
                    return True
                if not wait:
                    return False  # it waits ten seconds at a time
            else:
                return True
else:
    import fcntl

    _UNKNOWN = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)

    def _take(descriptor: int, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
        return True
