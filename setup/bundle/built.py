"""Our own wheel, and the date of everything made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
