"""What a bundle takes from the packages of a Debian kind of system, as materials."""

from __future__ import annotations

import platform
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packageurl import PackageURL

from setup.bundle.distributions import TABLE
from setup.bundle.materials import Material, Unaccounted, digest

_SYSTEM = platform.freedesktop_os_release()
NAME = _SYSTEM.get("NAME", "Debian")
_COMMON = re.compile(
    r"/usr/share/common-licenses/([A-Za-z]+-?[0-9.]*[0-9])"
)  # whose words copyright files leave out


class Package(NamedTuple):
    """A package that is installed here; `source` is what it was built from."""

    name: str
    version: str
    architecture: str
    source: str


def of(copies: Iterable[tuple[Path, Path]], root: Path) -> Iterator[Material]:
    """The materials of files in a bundle, of which each was copied from a file of a package here.

    Raises Unaccounted with every file that no package has.
    """
    owned: dict[Package, list[Path]] = {}
    strangers = []
    for copy, original in copies:
        package = owner(original)
        if package is None:
            strangers.append(f"{copy.relative_to(root)}: {original} is of no package")
        else:
            owned.setdefault(package, []).append(copy)
    if strangers:
        raise Unaccounted("\n".join(strangers))
    licences = tomllib.loads(TABLE.read_text(encoding="utf-8"))["debian"]
    for package, made in sorted(owned.items()):
        yield Material(
            name=package.name,
            version=package.version,
            licence=licences.get(package.source, licences.get(package.name, "")),
            origin=NAME,
            purl=purl(package),
            files={path.relative_to(root).as_posix(): digest(path) for path in made},
            texts=tuple(texts(package.name)),
        )


def owner(path: Path) -> Package | None:
    """The package that brought a file; None where none did."""
    spellings = {
        path,
        Path("/", *path.parts[2:]) if path.parts[:2] == ("/", "usr") else Path("/usr", *path.parts[1:]),
    }
    for spelling in sorted(spellings):
        said = _said("dpkg-query", "-S", str(spelling))
        if said:
            name = said.rpartition(": ")[0].partition(",")[0]
            form = "${Package}\t${Version}\t${Architecture}\t${source:Package}\n"
            return Package(*_said("dpkg-query", "-W", "-f", form, name).splitlines()[0].split("\t"))
    return None


def purl(package: Package) -> str:
    """A package's address among all packages."""
    where = {"arch": package.architecture, "distro": _SYSTEM.get("VERSION_CODENAME", "")}
    return PackageURL("deb", _SYSTEM.get("ID", "debian"), package.name, package.version, where).to_string()


def texts(name: str) -> Iterator[Path]:
    """A package's word on its licences, and the licences that it only names."""
    told = Path("/usr/share/doc") / name / "copyright"
    if not told.is_file():
        return
    yield told
    for common in sorted(set(_COMMON.findall(told.read_text(encoding="utf-8", errors="replace")))):
        if (text := Path("/usr/share/common-licenses") / common).is_file():
            yield text.resolve()


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
