"""The wheels of a target: ours, and of the lock's versions what that leads to, fetched by pip."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from setup.wheelhouse import closure
from setup.wheelhouse.lock import Pin
from setup.wheelhouse.target import Target


class NotPinned(Exception):  # noqa: N818 - it says what was found
    """A requirement that the lock has no version for, or whose wheel cannot be had."""


def collect(ours: Path, root: Requirement, target: Target, pins: Sequence[Pin], folder: Path) -> list[Path]:
    """Fetch into a folder what our wheel asks for on a target, by the lock's hashes; the wheels, with ours.

    What lies there already is not fetched again. Raises NotPinned.
    """
    mine = [pin for pin in pins if pin.holds(target.markers)]
    while True:
        wheels = closure.named([ours, *_pinned(folder, mine)], target)
        names, unmet = closure.follow(root, wheels, target)
        if not unmet:
            return sorted(wheels[name] for name in names)
        missing = {canonicalize_name(required.name) for required in unmet}
        if conflicting := sorted(str(it) for it in unmet if canonicalize_name(it.name) in wheels):
            raise NotPinned(f"{target.system.name} {target.version}: {', '.join(conflicting)}")
        _fetch([_pin(name, mine, target) for name in sorted(missing)], target, folder)


def _pinned(folder: Path, pins: Sequence[Pin]) -> list[Path]:
    """The wheels in a folder that are of a lock's versions."""
    versions = {(pin.name, pin.version) for pin in pins}
    return [path for path in folder.glob("*.whl") if closure.identity(path) in versions]


def _pin(name: NormalizedName, pins: Sequence[Pin], target: Target) -> Pin:
    for pin in pins:
        if pin.name == name:
            return pin
    raise NotPinned(f"{target.system.name} {target.version}: the lock has no {name}")


def _fetch(pins: Sequence[Pin], target: Target, folder: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as wanted:
        for pin in pins:  # without its marker: pip would ask this machine
            wanted.write(
                "".join((f"{pin.name}=={pin.version}", *(f" --hash={it}" for it in pin.hashes), "\n"))
            )
        wanted.flush()
        where = [word for platform in target.system.platforms for word in ("--platform", platform)]
        subprocess.run(
            [
                sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps",
                "--only-binary=:all:", "--implementation", "cp", "--python-version", target.version, *where,
                "--require-hashes", "-r", wanted.name, "-d", folder,
            ],
            check=True,
        )  # fmt: skip
