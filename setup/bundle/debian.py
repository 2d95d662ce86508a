"""What a bundle takes from a system of Debian's kind, as materials: by package, or as the builder says."""

from __future__ import annotations

import platform
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from packageurl import PackageURL

from setup.bundle.distributions import TABLE
from setup.bundle.materials import Material, digest, refuse

LOCAL = TABLE.with_name("local.toml")  # of what was compiled on this machine; not in the repository
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


def of(copies: Iterable[tuple[Path, Path]], root: Path, local: Path = LOCAL) -> list[Material]:
    """The materials of files in a bundle, of which each was copied from a file here.

    `local` tells of what no package has brought. Raises Unaccounted with every file that nobody tells of.
    """
    owned: dict[Package, list[Path]] = {}
    compiled: dict[Path, Path] = {}
    pairs = dict(copies)
    packages = owners(pairs.values())
    for copy, original in pairs.items():
        if original in packages:
            owned.setdefault(packages[original], []).append(copy)
        else:
            compiled[copy] = original
    licences = tomllib.loads(TABLE.read_text(encoding="utf-8"))["debian"]
    packaged = [
        Material(
            name=package.name,
            version=package.version,
            licence=licences.get(package.source, licences.get(package.name, "")),
            origin=NAME,
            purl=purl(package),
            files=_digests(made, root),
            texts=tuple(texts(package.name)),
        )
        for package, made in sorted(owned.items())
    ]
    return packaged + _local(compiled, root, local)


def _local(compiled: dict[Path, Path], root: Path, local: Path) -> list[Material]:
    """What was compiled here, as the builder tells of it: the first that names a file's original has it."""
    told = tomllib.loads(local.read_text(encoding="utf-8"))["material"] if local.exists() else []
    materials = []
    for entry in told:
        made = [copy for copy, original in compiled.items() if fnmatch(str(original), entry["files"])]
        compiled = {copy: original for copy, original in compiled.items() if copy not in made}
        if made:
            address = PackageURL("generic", None, entry["name"], entry["version"]).to_string()
            words = {key: entry[key] for key in ("name", "version", "licence", "origin")}
            paths = tuple(map(Path, entry["texts"]))
            materials.append(Material(**words, purl=address, files=_digests(made, root), texts=paths))
    refuse(
        f"{copy.relative_to(root)}: {original} is of no package, nor told of in {local.name}"
        for copy, original in compiled.items()
    )
    return materials


def _digests(made: Iterable[Path], root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): digest(path) for path in made}


def owners(paths: Iterable[Path]) -> dict[Path, Package]:
    """The packages that brought files; those that none did are not among them."""
    spellings = {spelling: path for path in paths for spelling in (path, _merged(path))}
    if not spellings:
        return {}
    names = {}
    for line in _said("dpkg-query", "-S", *map(str, spellings)).splitlines():
        packages, _, place = line.rpartition(": ")
        if (path := spellings.get(Path(place))) is not None:
            names[path] = packages.partition(",")[0]
    form = "${Package}\t${Version}\t${Architecture}\t${source:Package}\n"
    known = {}
    for line in _said("dpkg-query", "-W", "-f", form, *sorted(set(names.values()))).splitlines():
        package = Package(*line.split("\t"))
        known[package.name] = package
    return {path: known[name.partition(":")[0]] for path, name in names.items()}


def _merged(path: Path) -> Path:
    """The other name of a file where /lib is a link to /usr/lib: packages were made before that."""
    return Path("/", *path.parts[2:]) if path.parts[:2] == ("/", "usr") else Path("/usr", *path.parts[1:])


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
