"""Python for Windows as python.org hands it out to be put into other programs, laid into the folder."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from setup.bundle.materials import Material, Unaccounted, digest

FOLDER = "python"
_NAME = re.compile(r"python-(\d+\.\d+\.\d+)-embed-amd64\.zip")


def lay_out(archive: Path, root: Path, version: str) -> Material:
    """Unpack an archive of Python 3.x into its folder, without its list of places to look for modules.

    Raises Unaccounted for another archive, by its name or by what is in it.
    """
    short, named = version.replace(".", ""), _NAME.fullmatch(archive.name)
    with zipfile.ZipFile(archive) as package:
        there = set(package.namelist())
        if named is None or not {f"python{short}.dll", f"python{short}.zip", "pythonw.exe"} <= there:
            raise Unaccounted(f"{archive}: not python-{version}.x-embed-amd64.zip, as python.org has it")
        made = sorted(there - {f"python{short}._pth"})
        package.extractall(root / FOLDER, made)
    return Material(
        name="CPython",
        version=named[1],
        licence="Python-2.0.1",
        origin="python.org",
        purl=f"pkg:generic/python@{named[1]}",
        files={f"{FOLDER}/{name}": digest(root / FOLDER / name) for name in made},
        texts=(root / FOLDER / "LICENSE.txt",),
    )
