"""A small file system of its own for an office's folder: it can be filled up, and be made read-only."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

CLONE_NEWNS = 0x00020000
BALLAST, NAMES = "ballast", "ballast-names"


@dataclass(frozen=True)
class SmallDisk:
    """What is mounted over a folder, for this thread and the processes that it starts."""

    folder: Path

    def spoil(self, how: str) -> None:
        """Leave no room, no names of files, or no way to write at all."""
        {"full": self._fill, "names": self._fill_names, "read-only": self._shut}[how]()

    def give(self, size: int) -> None:
        """Leave room for so many bytes."""
        os.truncate(self.folder / BALLAST, (self.folder / BALLAST).stat().st_size - size)

    def mend(self) -> None:
        """Have all as it was."""
        self._mount("rw")
        (self.folder / BALLAST).unlink(missing_ok=True)
        shutil.rmtree(self.folder / NAMES, ignore_errors=True)

    def _fill(self) -> None:
        with (self.folder / BALLAST).open("ab", buffering=0) as file, suppress(OSError):
            for size in (65536, 4096, 1):
                with suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def _fill_names(self) -> None:
        self._fill()  # a file that is there could still grow
        place = self.folder / NAMES
        with suppress(OSError):
            place.mkdir(exist_ok=True)
            for number in itertools.count(len(list(place.iterdir()))):
                (place / str(number)).touch()

    def _shut(self) -> None:
        self._mount("ro")

    def _mount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[SmallDisk]:
    """A file system in memory over a folder, with what lies there; nobody else sees it.

    Skips where this cannot be had.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a file system takes root on Linux")
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    if all(line.split()[4] != "/" for line in mounts):
        pytest.skip("a chroot, which the way back out of a name space would leave")
    libc, here = ctypes.CDLL(None, use_errno=True), Path.cwd()
    contents = folder.with_name(f"{folder.name}-contents")
    shutil.copytree(folder, contents)
    with Path("/proc/thread-self/ns/mnt").open("rb") as everybody:
        if libc.unshare(CLONE_NEWNS):  # this thread alone
            pytest.skip(f"a name space of mounts: {os.strerror(ctypes.get_errno())}")
        try:
            mount = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
            for command in (["mount", "--make-rprivate", "/"], mount):
                if subprocess.run(command, check=False).returncode:
                    pytest.skip("a container that may not mount")
            shutil.copytree(contents, folder, dirs_exist_ok=True)
            yield SmallDisk(folder)
        finally:
            assert libc.setns(everybody.fileno(), CLONE_NEWNS) == 0
            os.chdir(here)


@contextmanager
def few_handles(more: int) -> Iterator[None]:
    """Let this process open so many files more than it has open."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    top = max(map(int, os.listdir("/proc/self/fd")))  # noqa: PTH208
    held: list[int] = []
    try:  # so that no number below the limit is free
        while not held or held[-1] < top:
            held.append(os.open(os.devnull, os.O_RDONLY))
        resource.setrlimit(resource.RLIMIT_NOFILE, (held[-1] + 1 + more, hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for handle in held:
            os.close(handle)
