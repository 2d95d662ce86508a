"""Pango for Windows: the libraries that WeasyPrint opens by name, and all that these need, out of a wheel."""

from __future__ import annotations

import ast
import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from setup.bundle import debian
from setup.bundle.materials import Material, Unaccounted, digest
from setup.windows import pe

ORIGIN = "PyPI, gstreamer-libs"


def fetch(told: Mapping[str, Any], folder: Path) -> Path:
    """The wheel that has them, fetched where it does not lie in a folder yet; refused with another hash."""
    wheel = folder / f"{told['name'].replace('-', '_')}-{told['version']}-cp39-abi3-win_amd64.whl"
    if not wheel.exists():
        subprocess.run(
            [
                sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps",
                "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11", "-d", folder,
                f"{told['name']}=={told['version']}",
            ],
            check=True,
        )  # fmt: skip
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != told["sha256"]:
        raise Unaccounted(f"{wheel}: another file than contents.toml tells")
    return wheel


def names(source: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The names by which WeasyPrint tries to open each library, and whether it can do without.

    `source` is its module of foreign functions.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_dlopen":
            words = [word.value for word in node.args if isinstance(word, ast.Constant)]
            yield tuple(map(str, words)), any(keyword.arg == "allow_fail" for keyword in node.keywords)


def wanted(source: str, libraries: Mapping[str, bytes]) -> list[str]:
    """The file of each library that WeasyPrint finds among these; raises Unaccounted for one it must have."""
    found = []
    for tried, dispensable in names(source):
        there = [file for name in tried if (file := f"{name.removesuffix('.dll')}.dll".lower()) in libraries]
        if there:
            found.append(there[0])
        elif not dispensable:
            raise Unaccounted(f"WeasyPrint finds none of {', '.join(tried)}")
    return found


def lay_out(wheel: Path, folder: Path, site: Path, inside: str) -> list[Path]:
    """Put the libraries that WeasyPrint, which lies in a folder of packages, needs into another."""
    with zipfile.ZipFile(wheel) as archive:
        paths = [path for path in archive.namelist() if f"{inside}/" in path and path.endswith(".dll")]
        libraries = {path.rpartition("/")[2].lower(): archive.read(path) for path in paths}
    source = (site / "weasyprint" / "text" / "ffi.py").read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    made = []
    for name in pe.closure(wanted(source, libraries), libraries):
        made.append(folder / name)
        made[-1].write_bytes(libraries[name])
    return made


def materials(made: list[Path], told: Mapping[str, Any], root: Path) -> Iterator[Material]:
    """The project of each library as a material, with the licence that its Debian package tells.

    Raises Unaccounted with every library of which the project is not known.
    """
    projects: dict[str, list[Path]] = {}
    for path in made:
        projects.setdefault(told["projects"].get(path.name, ""), []).append(path)
    if strangers := projects.get("", []):
        raise Unaccounted("\n".join(f"{path.name}: of no project" for path in strangers))
    for project, paths in sorted(projects.items()):
        for material in debian.of([(path, _copyright(project)) for path in paths], root):
            place = f"#{told['folder']}/{paths[0].name}"
            yield Material(
                name=f"{material.name}-windows",
                version=f"{told['name']}-{told['version']}",
                licence=material.licence,
                origin=ORIGIN,
                purl=f"pkg:pypi/{told['name']}@{told['version']}{place}",
                files={path.relative_to(root).as_posix(): digest(path) for path in paths},
                texts=material.texts,
            )


def _copyright(package: str) -> Path:
    path = Path("/usr/share/doc") / package / "copyright"
    if not path.is_file():
        raise Unaccounted(f"{path}: the package that has this licence's words is not installed")
    return path
