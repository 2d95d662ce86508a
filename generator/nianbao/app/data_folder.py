"""Where one person's drafts, settings and archive are kept on their machine."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from nianbao.app.outcome import problems
from nianbao.media.passing import passing

NAMED = "NIANBAO_DATA"  # the variable that may name another place
DATABASE = "drafts.sqlite3"
HOMELESS = "这台电脑没有给这个用户主目录"


def data_folder() -> Path:
    """The folder as the system has it, or as NAMED says; it need not exist.

    Raises OSError where the system does not say where this user's home is.
    """
    if named := os.environ.get(NAMED):
        return Path(named)
    try:
        return _usual()
    except RuntimeError:
        raise OSError(errno.ENOENT, HOMELESS) from None


def _usual() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "nianbao"


class Place(NamedTuple):
    """A folder that can be written; `refused` says why it is a passing one, "" where it is the usual one."""

    folder: Path
    refused: str = ""


def writable() -> Place:
    """The data folder, made where it is not there; where it cannot be written, a passing one of this user's.

    Raises OSError where there is no room even for that.
    """
    try:
        wanted = data_folder()
    except OSError:
        return Place(passing("nianbao-data"), HOMELESS)
    try:
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=wanted):
            return Place(wanted)
    except OSError as error:
        why = problems(error)[0].what
        return Place(passing("nianbao-data"), f"数据文件夹（{wanted}）不能用：{why}")


def private(text: str) -> str:
    """A text as it may be told to others: the home in its paths, which has the user's name, as ~."""
    try:
        home = str(Path.home())
    except RuntimeError:  # there is none
        return text
    return text if home == Path(home).anchor else text.replace(home, "~")
