"""A program started where it can read the system and its own folder only, and call nobody: by Landlock.

It is a program of its own, with the standard library alone: `python barrier.py FOLDER PATH… -- COMMAND…`.
Where the kernel has no Landlock (Linux before 5.13) or does not allow it, the command runs all the same.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

SYSTEM = (  # where programs, libraries, fonts and their settings lie: nothing that is somebody's
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/snap", "/nix/store", "/gnu/store",
    "/proc", "/sys", "/app", "/var/lib/flatpak", "/var/lib/libreoffice", "/var/spool/libreoffice",
    "/etc/locale.alias", "/var/cache/fontconfig", "/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache",
    "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/etc/passwd", "/etc/group",
    "/etc/nsswitch.conf", "/etc/localtime", "/etc/timezone", "/etc/alternatives", "/etc/ssl", "/etc/pki",
    "/etc/crypto-policies", "/etc/profile", "/etc/java", "/etc/papersize", "/etc/mime.types",
    "/etc/gcrypt",
)  # fmt: skip
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SOCKETS = ("/tmp", "/var/tmp")  # LibreOffice makes its socket there, whatever TMPDIR says
_EXECUTE, _WRITE, _READ, _LIST, _REMOVE, _SOCKET = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 9
_FILES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # an interface's version → how many rights of files it knows
_TCP = 0b11  # to take calls and to call, from version 4
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, on every kind of machine
_VERSION, _BENEATH, _NO_NEW_PRIVILEGES = 1, 1, 38


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def is_there() -> bool:
    """Whether there is one on this system, as far as can be known without trying."""
    return sys.platform == "linux" and bool(sys.executable)


def command(folder: Path, readable: Iterable[Path], words: list[str]) -> list[str]:
    """A command as one that runs behind the barrier.

    It may do anything in `folder`, and read what is `readable` and what every program of a system reads.
    """
    return [sys.executable, "-I", "-S", __file__, str(folder), *map(str, readable), "--", *words]


def close(folder: str, readable: Iterable[str]) -> bool:
    """Let this process, and all that it starts, open nothing else from now on; False where that cannot be."""
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return False
    every = (1 << _FILES.get(version, 16)) - 1
    rules = _Rules(every, _TCP if version >= 4 else 0)
    size = ctypes.sizeof(rules) if version >= 4 else 8
    ruleset = kernel.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    read = _EXECUTE | _READ | _LIST
    rights = [(path, read) for path in (*SYSTEM, *readable)]
    rights += [(path, read | _WRITE) for path in DEVICES]
    rights += [(path, _SOCKET | _REMOVE) for path in SOCKETS]
    for path, allowed in [*rights, (folder, every)]:
        _allow(kernel, ruleset, path, allowed & every)
    kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(kernel.syscall(_RESTRICT, ruleset, 0) == 0)


def _allow(kernel: ctypes.CDLL, ruleset: int, path: str, allowed: int) -> None:
    """Allow something of a file, or of all below a folder; what is not there needs no leave."""
    if sys.platform != "linux":
        return  # see is_there
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not os.path.isdir(path):  # noqa: PTH112 - pathlib would be imported on each start
        allowed &= ~_LIST
    beneath = _Beneath(allowed, opened)
    kernel.syscall(_ADD, ruleset, _BENEATH, ctypes.byref(beneath), 0)
    os.close(opened)


if __name__ == "__main__":
    end = sys.argv.index("--")
    close(sys.argv[1], sys.argv[2:end])
    os.execvp(sys.argv[end + 1], sys.argv[end + 1 :])
