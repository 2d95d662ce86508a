"""The ledger: one line for each revision, in the order they were added, each with the last one's digest.

A line is written when its revision lies in its place for good. A crash between the two is no harm: the
manifest of the revision says which line it is, and the line is written by the next `add`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.app.archive.manifest import Manifest, digest

LEDGER = "总账.jsonl"
FOLDER = re.compile(r"(?!\.)[^/\\\x00]+/[0-9]{4}/r[1-9][0-9]{0,5}")
NONE = ""  # the digest before the first line


@dataclass(frozen=True)
class Entry:
    """One line: which revision, where, and the digest of its manifest."""

    number: int
    folder: str  # organ/year/rN below the root
    manifest: str
    when: str
    before: str
    line: bytes  # as it stands in the file, without the end of line

    @property
    def digest(self) -> str:
        """What the next line names."""
        return digest(self.line)


def entry(manifest: Manifest, folder: str) -> Entry:
    """The line of a revision, which its manifest has decided."""
    document = {
        "number": manifest.number,
        "folder": folder,
        "manifest": manifest.digest,
        "when": manifest.when,
        "before": manifest.ledger,
    }
    line = json.dumps(document, ensure_ascii=False, sort_keys=True).encode("utf-8", "backslashreplace")
    return Entry(**document, line=line)


@dataclass(frozen=True)
class Ledger:
    """The lines that are sound, in order; `torn` are the bytes of a last line that was never finished.

    `broken` is the number of the first line that is none, 0 where all are: behind it nothing is read.
    """

    entries: tuple[Entry, ...]
    torn: bytes = b""
    broken: int = 0

    def cut_off(self, wanted: Entry | None) -> bool:
        """Whether `torn` is what a crash leaves of the line `wanted`: its beginning, or room for it."""
        line = b"" if wanted is None else wanted.line + b"\n"
        written = self.torn.rstrip(b"\x00")  # a file system may have made the file longer, and no more
        return len(self.torn) <= len(line) and line.startswith(written)

    @property
    def head(self) -> str:
        """The digest of the last line: whoever knows it can prove that nothing was taken away."""
        return self.entries[-1].digest if self.entries else NONE


def read(path: Path) -> Ledger:
    """The ledger of an archive; an archive without one has an empty one. Raises OSError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Ledger(())
    return parse(content)


def parse(content: bytes) -> Ledger:
    """The ledger that the bytes are."""
    *lines, torn = content.split(b"\n")
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        read = parse_line(line)
        before = entries[-1].digest if entries else NONE
        if read is None or read.number != number or read.before != before:
            return Ledger(tuple(entries), torn, number)
        entries.append(read)
    return Ledger(tuple(entries), torn)


def parse_line(line: bytes) -> Entry | None:
    """The revision that one line of the ledger names; None for what is no such line."""
    try:
        document: Any = json.loads(line.decode("utf-8"))
        read = Entry(**document, line=line)
    except (UnicodeDecodeError, ValueError, TypeError, RecursionError):
        return None
    if not isinstance(read.folder, str) or not FOLDER.fullmatch(read.folder):
        return None
    words = (read.folder, read.manifest, read.when, read.before)
    return read if type(read.number) is int and all(isinstance(word, str) for word in words) else None


def append(path: Path, entries: Sequence[Entry]) -> None:
    """Write lines at the end, and have them on the disk before this returns; raise OSError."""
    with path.open("ab") as stream:
        start = stream.tell()
        try:
            stream.write(b"".join(entry.line + b"\n" for entry in entries))
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(start)  # a full disk may have taken half a line
            raise


def cut(path: Path, torn: bytes) -> None:
    """Take away a last line that a crash has torn."""
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size - len(torn))
        stream.flush()
        os.fsync(stream.fileno())
