"""Lay out the folder for Windows: all that the program needs but Python, and that too where it is to be had.

    python -m setup.windows DIST [python-3.x.y-embed-amd64.zip]

Writes DIST/nianbao-windows and DIST/nianbao-windows-x64.zip; the same checkout gives the same bytes. Fails
where a module would not find what it imports, a library what it loads, or Windows would refuse a name. The
folder is for the version of Python that runs this: what the standard library has is known of no other.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from setup.bundle import built, debian, distributions, fandol, materials, runtime
from setup.bundle.materials import Unaccounted, digest
from setup.wheelhouse import closure, lock, wanted, zipped
from setup.wheelhouse.collection import NotPinned, collect
from setup.wheelhouse.target import WINDOWS, Target
from setup.windows import embeddable, pango
from setup.windows.proof import wrong

HERE = Path(__file__).parent
CACHE = built.ROOT / ".cache" / "wheels"
TEXTS = {".cmd", ".ps1", ".txt"}  # which Windows' own programs read: with its ends of lines
SAMPLES = ("data/示例-2019.xlsx", "data/示例-2021.xlsx")
MISSING = "还缺 Python：请把 python-{}.x-embed-amd64.zip（来自 python.org）解压到 python 文件夹里。\r\n\r\n"


def main(dist: Path, python: Path | None) -> None:
    """Make the folder and its archive."""
    contents = tomllib.loads((HERE / "contents.toml").read_text(encoding="utf-8"))
    root = dist.resolve() / "nianbao-windows"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    fill(root, contents, python)
    materials.refuse(wrong(root, sys.version_info[:2]))
    archive = zipped.pack(root, dist / "nianbao-windows-x64.zip", built.epoch())
    files = list(materials.files(root))
    size = sum((root / path).stat().st_size for path in files)
    sys.stdout.write(f"{root}\t{len(files)} files\t{size / 1e6:.1f} MB\n")
    sys.stdout.write(f"{archive}\t{archive.stat().st_size / 1e6:.1f} MB\n")


def fill(root: Path, contents: dict[str, Any], python: Path | None) -> None:
    """Lay out the folder, with its bill of materials."""
    pruned = tomllib.loads((HERE.parent / "bundle" / "contents.toml").read_text(encoding="utf-8"))
    target = Target(WINDOWS, sys.version_info[:2])
    site = root / "site"
    with tempfile.TemporaryDirectory() as place:
        _install(built.build(Path(place)), target, site)
    runtime.prune(site, pruned["packages"], pruned["kept"])
    kept = CACHE / "pango"
    kept.mkdir(parents=True, exist_ok=True)
    told = contents["pango"]
    libraries = pango.lay_out(pango.fetch(told, kept), root / "pango", site, told["folder"])
    fonts = list(_fonts(root / "python" / "fonts", pruned["fonts"]))
    used = [
        fandol.lay_out(root / "python" / "fonts", root),
        *debian.of(fonts, root),
        *pango.materials(libraries, told, root),
    ]
    used += [embeddable.lay_out(python, root, target.version)] if python else []
    ours = _ours(root, target, complete=python is not None)
    for material in distributions.of(site, root):
        more = {path.relative_to(root).as_posix(): digest(path) for path in ours}
        mine = material.name == "nianbao"
        used.append(replace(material, files={**material.files, **more}) if mine else material)
    materials.account(root, used, "nianbao-windows", built.epoch())


def _install(ours: Path, target: Target, site: Path) -> None:
    """Unpack the wheels of a target into a folder of packages."""
    kept = CACHE / target.system.name
    kept.mkdir(parents=True, exist_ok=True)
    wheels = collect(ours, wanted.requirement(ours), target, lock.read(wanted.LOCK), kept)
    exact = ["==".join(closure.identity(wheel)) for wheel in wheels]
    where = [word for platform in target.system.platforms for word in ("--platform", platform)]
    subprocess.run(
        [
            sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-index",
            "--no-deps", "--no-compile", "--find-links", ours.parent, "--find-links", kept, "--target", site,
            "--only-binary=:all:", *where, "--implementation", "cp",
            "--python-version", target.version, *exact,
        ],
        check=True,
    )  # fmt: skip


def _fonts(folder: Path, fonts: Sequence[str]) -> Iterator[tuple[Path, Path]]:
    """Copy fonts of this machine into a folder; each copy, and what it was made of."""
    folder.mkdir(parents=True)
    for font in map(Path, fonts):
        shutil.copyfile(font, folder / font.name)
        yield folder / font.name, font


def _ours(root: Path, target: Target, *, complete: bool) -> list[Path]:
    """Put what starts the program, and what shows it, into the folder; the files made."""
    program = root / "program"
    program.mkdir()
    lacking = "" if complete else MISSING.format(target.version)
    made = []
    for source in sorted((HERE / "program").iterdir()):
        text = source.suffix in TEXTS
        place = (program if source.suffix in (".py", ".ps1", ".ico") else root) / source.name
        content = source.read_bytes()
        if text:
            content = content.replace(b"\n", b"\r\n").replace(b"@PYTHON@", lacking.encode())
        if source.suffix == ".txt":
            content = b"\xef\xbb\xbf" + content
        place.write_bytes(content)
        made.append(place)
    (program / "python.txt").write_text(f"{target.version}\n", encoding="ascii")
    made.append(program / "python.txt")
    for folder, files in {
        "samples": [built.ROOT / sample for sample in SAMPLES],
        "templates": sorted((built.ROOT / "templates").glob("*.docx")),
    }.items():
        (root / folder).mkdir()
        for source in files:
            shutil.copyfile(source, root / folder / source.name)
            made.append(root / folder / source.name)
    shutil.copyfile(built.ROOT / "LICENSE", root / "LICENSE")
    short = target.version.replace(".", "")
    pth = root / "python" / f"python{short}._pth"
    pth.write_text(f"python{short}.zip\n.\n..\\site\n", encoding="ascii")
    return [*made, root / "LICENSE", pth]


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    except (Unaccounted, NotPinned) as found:
        sys.exit(f"windows: {found}")
