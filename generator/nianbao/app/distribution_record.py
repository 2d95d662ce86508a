"""发放记录: the digest of every workbook as it was handed out, so that nobody's work is taken for ours.

Lines as `sha256sum` writes and checks them, only ever added to. A file that has none of the digests
written down for it has been changed since. Without the record every file counts as changed, unless it
is what would be made again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

RECORD = "发放记录.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Record:
    """The record beside the workbooks."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a line that makes no sense is passed over."""
        self._path = path
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        self._known = {(match[2], match[1]) for line in text.splitlines() if (match := _LINE.fullmatch(line))}

    def has(self, file: Path, digest: str) -> bool:
        """Whether the file was handed out with this content."""
        return (file.as_posix(), digest) in self._known

    def add(self, file: Path, digest: str) -> None:
        """Write a file down, on the disk when this returns: called before the file is in its place."""
        with self._path.open("ab") as stream:
            stream.write(f"{digest}  {file.as_posix()}\n".encode())
            stream.flush()
            os.fsync(stream.fileno())
        self._known.add((file.as_posix(), digest))
