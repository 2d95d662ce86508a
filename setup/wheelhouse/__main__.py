"""Collect the wheels by which an administrator who has Python installs the program without a network.

    python -m setup.wheelhouse DIST [SYSTEM …]

Writes a folder and a .zip for each system (all of them, unless some are named), for Python 3.11 to 3.13: the
wheels, requirements.txt with their hashes, and how to install. The same checkout gives the same bytes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from setup.bundle import built
from setup.bundle.materials import digest
from setup.wheelhouse import closure, lock, wanted, zipped
from setup.wheelhouse.collection import NotPinned, collect
from setup.wheelhouse.target import PYTHONS, SYSTEMS, System, Target

TEXT = Path(__file__).with_name("先读我.txt")
CACHE = built.ROOT / ".cache" / "wheels"


def main(dist: Path, systems: Sequence[str]) -> None:
    """Make the folder and the archive of each system."""
    dist.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        ours = built.build(Path(place))
        for name in systems or SYSTEMS:
            folder = fill(dist, ours, SYSTEMS[name])
            archive = zipped.pack(folder, folder.with_name(f"{folder.name}.zip"), built.epoch())
            count = len(list(folder.glob("*.whl")))
            sys.stdout.write(f"{archive}\t{count} wheels\t{archive.stat().st_size / 1e6:.1f} MB\n")


def fill(dist: Path, ours: Path, system: System) -> Path:
    """Lay out the wheelhouse of a system; its folder."""
    pins, root = lock.read(wanted.LOCK), wanted.requirement(ours)
    kept = CACHE / system.name
    kept.mkdir(parents=True, exist_ok=True)
    wheels: set[Path] = set()
    for python in PYTHONS:
        wheels.update(collect(ours, root, Target(system, python), pins, kept))
    folder = dist / f"nianbao-{closure.identity(ours)[1]}-wheelhouse-{system.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for wheel in sorted(wheels):
        shutil.copyfile(wheel, folder / wheel.name)
    shutil.copyfile(TEXT, folder / TEXT.name)
    (folder / "requirements.txt").write_text(
        "\n".join(requirements(ours, str(root), pins, wheels)) + "\n", encoding="utf-8"
    )
    return folder


def requirements(ours: Path, root: str, pins: Sequence[lock.Pin], wheels: Iterable[Path]) -> list[str]:
    """The lines of a requirements file that installs these wheels, and nothing else in their place."""
    hashes: dict[tuple[str, str], list[str]] = {}
    for wheel in sorted(wheels):
        hashes.setdefault(closure.identity(wheel), []).append(f"sha256:{digest(wheel)}")
    return [
        f"{root} \\\n    --hash=sha256:{digest(ours)}",
        *(pin.written(tuple(found)) for pin in pins if (found := hashes.get((pin.name, pin.version)))),
    ]


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2:])
    except NotPinned as found:
        sys.exit(f"wheelhouse: {found}")
