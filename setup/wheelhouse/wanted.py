"""What a wheelhouse is for: our own package, with what an office may want of it."""

from __future__ import annotations

from pathlib import Path

from packaging.requirements import Requirement

from setup.bundle.built import ROOT
from setup.wheelhouse.closure import identity, metadata

LOCK = ROOT / "requirements-dev.lock"  # requirements.lock and every other extra, in the same versions
OURS_ALONE = {"cluster", "dev"}  # extras that no office needs


def requirement(wheel: Path) -> Requirement:
    """Our package of exactly this wheel's version, with all extras that an office may want."""
    name, version = identity(wheel)
    extras = set(metadata(wheel).get_all("Provides-Extra") or []) - OURS_ALONE
    return Requirement(f"{name}[{','.join(sorted(extras))}]=={version}")
