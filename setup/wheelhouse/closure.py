"""What wheels ask for: followed from one package by the markers of a target, not by those of this machine."""

from __future__ import annotations

import email.parser
import zipfile
from collections.abc import Iterable, Mapping
from email.message import Message
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from setup.wheelhouse.target import Target

Wheels = Mapping[NormalizedName, Path]


def named(paths: Iterable[Path], target: Target) -> dict[NormalizedName, Path]:
    """The wheels among files that fit a target, by name. Raises ValueError where two of one name do."""
    found: dict[NormalizedName, Path] = {}
    for path in sorted(paths):
        if target.fits(path.name):
            name = parse_wheel_filename(path.name)[0]
            if name in found:
                raise ValueError(f"two wheels of {name}: {found[name].name}, {path.name}")
            found[name] = path
    return found


def identity(wheel: Path) -> tuple[NormalizedName, str]:
    """A wheel's name and version."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return name, str(version)


def follow(
    root: Requirement, wheels: Wheels, target: Target
) -> tuple[set[NormalizedName], list[Requirement]]:
    """The packages that a requirement leads to, and the requirements that no wheel there meets.

    What a package asks for under an extra counts where somebody asks for that extra.
    """
    reached: set[tuple[NormalizedName, str]] = set()
    unmet: dict[str, Requirement] = {}
    ahead = [root]
    while ahead:
        wanted = ahead.pop()
        name = canonicalize_name(wanted.name)
        path = wheels.get(name)
        if path is None or not wanted.specifier.contains(parse_wheel_filename(path.name)[1]):
            unmet[str(wanted)] = wanted
            continue
        for extra in ("", *sorted(wanted.extras)):
            if (name, extra) not in reached:
                reached.add((name, extra))
                ahead += asked(metadata(path), target, extra)
    return {name for name, _ in reached}, [unmet[key] for key in sorted(unmet)]


def asked(described: Message, target: Target, extra: str) -> list[Requirement]:
    """What a package asks for on a target under an extra, "" for what it always does."""
    environment = {**target.markers, "extra": canonicalize_name(extra) if extra else ""}
    requirements = map(Requirement, described.get_all("Requires-Dist") or [])
    return [
        required
        for required in requirements
        if required.marker is None or required.marker.evaluate(environment)
    ]


def metadata(wheel: Path) -> Message:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        [path] = [
            name
            for name in archive.namelist()
            if name.count("/") == 1 and name.endswith(".dist-info/METADATA")
        ]
        return email.parser.Parser().parsestr(archive.read(path).decode("utf-8"))
