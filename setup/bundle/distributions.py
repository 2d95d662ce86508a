"""The Python packages in a folder of packages, as materials: each file by the wheel that brought it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from setup.bundle.materials import Material, digest

TABLE = Path(__file__).with_name("licences.toml")  # what the packages themselves do not say, or not in SPDX


def of(site: Path, root: Path) -> Iterator[Material]:
    """The material of each package in a folder of packages that lies in a bundle.

    A package's files are those of its RECORD that are there, and what Python has compiled of them.
    """
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    for package in sorted(distributions(path=[str(site)]), key=lambda package: package.name.lower()):
        name, version = package.name, package.version
        key = re.sub("[-_.]+", "-", name).lower()
        ours = key == table["product"]
        yield Material(
            name=name,
            version=version,
            licence=table["python"].get(key)
            or " AND ".join(package.metadata.get_all("License-Expression") or ()),
            origin=table["origin"] if ours else "PyPI",
            purl=f"pkg:{'generic' if ours else 'pypi'}/{key}@{version}",
            files={path.relative_to(root).as_posix(): digest(path) for path in _present(package)},
            texts=tuple(_texts(package, site, table["texts"].get(key, []))),
        )


def _present(package: Distribution) -> set[Path]:
    """Where a package's files are, so far as they are there."""
    places = set()
    for file in package.files or ():
        path = Path(str(package.locate_file(file))).resolve()
        places.add(path)
        if path.suffix == ".py":
            places.update((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))
    return {path for path in places if path.is_file()}


def _texts(package: Distribution, site: Path, elsewhere: list[str]) -> Iterator[Path]:
    """The files of a package with its licences' words; `elsewhere` names others where it brings not all."""
    for file in sorted(package.files or (), key=str):
        parts = Path(str(file)).parts
        is_text = len(parts) > 1 and parts[0].endswith(".dist-info") and _is_text(parts[1:])
        path = Path(str(package.locate_file(file)))
        if is_text and path.is_file():
            yield path
    for pattern in elsewhere:
        yield from sorted((TABLE.parent if pattern.startswith("texts/") else site).glob(pattern))


def _is_text(parts: tuple[str, ...]) -> bool:
    names = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT")
    return parts[0] in ("licenses", "license_files") or parts[-1].upper().startswith(names)
