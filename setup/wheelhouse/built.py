"""Our own wheel, and what it says of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

from setup.wheelhouse.closure import identity, metadata

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-dev.lock"  # requirements.lock and every other extra, in the same versions
OURS_ALONE = {"cluster", "dev"}  # extras that no office needs


def epoch() -> int:
    """The date of everything made: that of the last commit, unless SOURCE_DATE_EPOCH names one."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(said or subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


def build(folder: Path) -> Path:
    """Build our wheel into a folder, the same bytes of the same sources."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())},
    )  # fmt: skip
    [wheel] = folder.glob("nianbao-*.whl")
    return wheel


def requirement(wheel: Path) -> Requirement:
    """Our package of exactly this wheel's version, with all extras that an office may want."""
    name, version = identity(wheel)
    extras = set(metadata(wheel).get_all("Provides-Extra") or []) - OURS_ALONE
    return Requirement(f"{name}[{','.join(sorted(extras))}]=={version}")
