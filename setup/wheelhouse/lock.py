"""What a lock file pins: the version of each package, where its marker holds, and the hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file."""

    name: NormalizedName
    version: str
    marker: Marker | None
    hashes: tuple[str, ...]

    def holds(self, markers: dict[str, str]) -> bool:
        """Whether it is meant for an environment."""
        return self.marker is None or self.marker.evaluate(markers)

    def written(self, hashes: tuple[str, ...]) -> str:
        """The entry as a line of a requirements file, with these of its hashes."""
        condition = f" ; {self.marker}" if self.marker else ""
        return " \\\n    ".join(
            (f"{self.name}=={self.version}{condition}", *(f"--hash={it}" for it in hashes))
        )


def read(path: Path) -> list[Pin]:
    """The entries of a lock file, in its order."""
    return list(_entries(path.read_text(encoding="utf-8")))


def _entries(text: str) -> Iterator[Pin]:
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for entry in lines.replace("\\\n", " ").splitlines():
        if not entry.strip():
            continue
        words, _, _ = entry.partition("--hash")
        required = Requirement(words.strip())
        [version] = [specifier.version for specifier in required.specifier]
        yield Pin(canonicalize_name(required.name), version, required.marker, tuple(_HASH.findall(entry)))
