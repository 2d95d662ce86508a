"""Make what an office gets, for this kind of machine: a folder as an archive, and a Debian package.

    python -m setup.bundle DIST LOCK

Writes into DIST, beside the folder itself. The same checkout on the same machine gives the same bytes:
every date is that of the last commit, or SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from setup.bundle import archives, built, debian, desktop, elf, fandol, materials, runtime
from setup.bundle.built import ROOT
from setup.bundle.materials import Material, digest

HERE = Path(__file__).parent


def main(dist: Path, lock: Path) -> None:
    """Make the folder, its archive and the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version, epoch = project["version"], built.epoch()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    os.umask(0o022)
    dist.mkdir(parents=True, exist_ok=True)
    root = dist / f"nianbao-{version}-linux-{os.uname().machine}"
    shutil.rmtree(root, ignore_errors=True)
    glibc = fill(root, lock, epoch)
    made = [archives.tar(root, dist, epoch), archives.package(root, dist, version, glibc, epoch)]
    for file in made:
        sys.stdout.write(f"{file}\t{file.stat().st_size / 1e6:.1f} MB\n")


def fill(root: Path, lock: Path, epoch: int) -> tuple[int, int]:
    """Lay out the folder with all that is in it; the oldest C library on which it starts."""
    contents = tomllib.loads((HERE / "contents.toml").read_text(encoding="utf-8"))
    folder = root / "runtime"
    with tempfile.TemporaryDirectory() as place:
        site = runtime.lay_out(folder, built.build(Path(place)), lock, contents)
    copies = list(_foreign(folder, contents))
    runtime.compile_all(folder, root)
    shown = desktop.lay_out(root, runtime.NAME)
    used = [_ours(material, shown, root) for material in runtime.materials(folder, site, root)]
    used += [*debian.of(copies, root), fandol.lay_out(folder / "share" / "fonts" / "nianbao", root)]
    materials.account(root, used, "nianbao", epoch)
    return elf.glibc(elf.within(root))


def _foreign(folder: Path, contents: dict[str, list[str]]) -> Iterator[tuple[Path, Path]]:
    """Bring in libraries, programs and fonts of this machine; each copy, and what it was made of."""
    programs = [Path(shutil.which(name) or name) for name in contents["programs"]]
    brought = elf.needed([*elf.within(folder), *programs], contents["libraries"], contents["system"])
    yield from (copy for copy in elf.copy(brought, folder / "lib") if not runtime.is_own(copy[0]))
    for library in filter(runtime.is_own, (folder / "lib").iterdir()):
        elf.strip(library)
    for program in programs:
        shutil.copy(program, folder / "bin")
        yield folder / "bin" / program.name, program.resolve()
    for program in elf.within(folder / "bin"):
        elf.find_beside(program, "../lib")
    fonts = folder / "share" / "fonts" / "nianbao"
    fonts.mkdir(parents=True)
    for font in map(Path, contents["fonts"]):
        shutil.copyfile(font, fonts / font.name)
        yield fonts / font.name, font


def _ours(material: Material, shown: list[Path], root: Path) -> Material:
    """Our own package with what starts and shows it; another material as it is."""
    if material.name != "nianbao":
        return material
    more = {path.relative_to(root).as_posix(): digest(path) for path in shown}
    return replace(material, files={**material.files, **more})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
