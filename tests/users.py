"""Other users of the same machine, and machines that lack something: real processes, nothing pretended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FIRST, SECOND = 61_001, 61_002  # users that no machine has
_CAPABILITY = "+dac_read_search"  # to read Python where it lies in root's home, and to write nothing


def as_user(number: int, *command: str | Path) -> list[str | Path]:
    """The command line that runs a command as another user; skips where nobody may do so."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root may be another user, by setpriv")
    words = [f"--reuid={number}", f"--regid={number}", "--clear-groups"]
    return ["setpriv", *words, f"--inh-caps={_CAPABILITY}", f"--ambient-caps={_CAPABILITY}", *command]


def owned(folder: Path, number: int) -> Path:
    """A new folder of another user's, which nobody else may look into."""
    folder.mkdir(mode=0o700)
    os.chown(folder, number, number)
    for parent in folder.parents:  # pytest's are root's alone
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o001)
    return folder


def on_a_full_disk(folder: Path, *command: str | Path) -> list[str | Path]:
    """The command line that runs a command where a folder is a disk of one megabyte, nearly full."""
    script = (
        'mount -t tmpfs -o size=1m none "$0" && head -c 1000000 /dev/zero > "$0/full" 2>/dev/null; exec "$@"'
    )
    words: list[str | Path] = ["unshare", "--mount", "sh", "-c", f"set -e; {script}", folder]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("only root may mount a disk, by unshare")
    return [*words, *command]


def python_without(folder: Path, *packages: str) -> Path:
    """A Python in a folder with all that ours has, but for packages; their metadata too are wanting."""
    ours = Path(sys.prefix)
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    site.mkdir(parents=True)
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    (folder / "pyvenv.cfg").write_text((ours / "pyvenv.cfg").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "share").symlink_to(ours / "share")
    for path in (ours / site.relative_to(folder)).iterdir():
        name = path.name.lower().replace("_", "-").partition("-")[0].partition(".")[0]
        if name not in packages:
            (site / path.name).symlink_to(path)
    return folder / "bin" / "python"
