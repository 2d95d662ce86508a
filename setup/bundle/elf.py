"""Programs and shared libraries: what they need, where that lies, and the C library they start on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

_NEEDED = re.compile(r"^\s*(\S+) => (\S+) \(0x", re.MULTILINE)
_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_KNOWN = re.compile(r"^\s*(\S+) \(.*\) => (\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")


class Missing(Exception):  # noqa: N818 - it says what was found
    """Libraries that are not on this machine."""


def is_elf(path: Path) -> bool:
    """Whether a file is a program or a shared library."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def within(folder: Path) -> list[Path]:
    """All programs and shared libraries in a folder."""
    return [path for path in sorted(folder.rglob("*")) if is_elf(path)]


def strip(path: Path) -> None:
    """Take out of a file what only a debugger wants."""
    subprocess.run(["strip", "--strip-unneeded", path], check=True)


def needed(files: Iterable[Path], names: Iterable[str], system: Sequence[str]) -> dict[str, Path]:
    """The libraries that files, and libraries opened by name, need from this machine: where each lies.

    What every `system` has is not among them, nor what lies beside its file. Raises Missing.
    """
    known = dict(_KNOWN.findall(_said("ldconfig", "-p")))
    wanted = {name: known.get(name, "") for name in names}
    missing = sorted(name for name, place in wanted.items() if not place)
    folders: set[Path] = set()
    for file in [*files, *(Path(place) for place in wanted.values() if place)]:
        folders.add(file.parent.resolve())
        said = _said("ldd", str(file))
        wanted.update(_NEEDED.findall(said))
        missing += [f"{file.name}: {name}" for name in _MISSING.findall(said)]
    if missing:
        raise Missing("\n".join(missing))
    return {
        name: Path(place)
        for name, place in sorted(wanted.items())
        if not any(fnmatch(name, part) for part in system) and not _inside(Path(place), files)
    }


def find_beside(program: Path, libraries: str) -> None:
    """Have a program look for its libraries in a folder named from its own: also those opened by name later.

    That is DT_RPATH, which holds for all that the program loads; nothing that it starts sees it.
    """
    patchelf("--force-rpath", "--set-rpath", f"$ORIGIN/{libraries}", str(program))


def patchelf(*words: str) -> None:
    """Run the patchelf that came with our tools."""
    subprocess.run([Path(sys.executable).with_name("patchelf"), *words], check=True)


def glibc(files: Iterable[Path]) -> tuple[int, int]:
    """The oldest C library with which all of these start."""
    versions = {pair for file in files for pair in _GLIBC.findall(_said("objdump", "-T", str(file)))}
    return max((int(major), int(minor)) for major, minor in versions)


def copy(libraries: dict[str, Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Copy libraries under the names that they are asked for; each copy, and what it was made of."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, place in libraries.items():
        target = folder / name
        shutil.copyfile(place.resolve(), target)
        target.chmod(0o644)
        yield target, place.resolve()


def _inside(place: Path, files: Iterable[Path]) -> bool:
    return any(place.resolve().is_relative_to(file.parent) for file in files)


def _said(*command: str) -> str:
    return subprocess.run(
        command,
        env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
