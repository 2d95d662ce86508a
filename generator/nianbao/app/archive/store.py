"""Adding to the archive: a revision lies there whole or not at all, and is never changed again."""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nianbao.app import interrupt
from nianbao.app.archive import ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST, Manifest, Package
from nianbao.app.lock import Lock
from nianbao.app.staging import Staging, sweep
from nianbao.report import Place, ProblemsFound, Rule, rule

_log = logging.getLogger(__name__)
LOCK = ".锁"
BEGUN = ".最近一次"  # names the revision that was added last, so that a crash can be mended
REVISION = re.compile("r([1-9][0-9]{0,5})")
YEAR = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Added:
    """What came of adding: the revision's folder, its manifest, and whether it was there already."""

    folder: Path
    manifest: Manifest
    head: str
    unchanged: bool = False


class Archive:
    """One archive in a folder, which is made at the first `add`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known = Ledger(())
        self._read = (-1, -1)  # size and time of the ledger as it was read

    @property
    def ledger(self) -> Ledger:
        """The ledger as it lies there now; raise OSError."""
        path = self.root / LEDGER
        try:
            status = path.stat()
        except FileNotFoundError:
            return Ledger(())
        seen = (status.st_size, status.st_mtime_ns)
        if seen != self._read:
            self._known, self._read = ledger.read(path), seen
        return self._known

    def revisions(self, folder: str, year: int) -> list[tuple[int, Path]]:
        """The revisions of one organ's year that lie there, oldest first."""
        place = self.root / folder / str(year)
        if not place.is_dir() or place.is_symlink():
            return []
        matches = ((REVISION.fullmatch(path.name), path) for path in place.iterdir())
        return sorted((int(match[1]), path) for match, path in matches if match)

    def newest(self, folder: str, year: int) -> tuple[Path, Manifest] | None:
        """The newest revision of one organ's year, None where there is none.

        Raises ProblemsFound where its manifest cannot be read, OSError.
        """
        revisions = self.revisions(folder, year)
        return (revisions[-1][1], self.manifest(revisions[-1][1])) if revisions else None

    def manifest(self, folder: Path) -> Manifest:
        """The manifest of a revision; raise ProblemsFound where it is none, OSError."""
        read = manifest.read((folder / MANIFEST).read_bytes())
        if read is None:
            what, mend = "归档清单已损坏，读不出", "请运行 nianbao archive verify，并从备份恢复"
            place = Place(str(folder / MANIFEST))
            raise ProblemsFound([rule("archive-manifest").broken(what, mend, (place,))])
        return read

    def add(self, kept: Package, reason: str = "") -> Added:
        """Keep a revision; what is kept already makes none.

        When this returns all of it is on the disk. Raises ProblemsFound where a correction has no
        reason, or the archive is not sound; OSError where a disk refuses, and the archive is as it was.
        """
        with interrupt.held(), self._locked():
            self._finish()
            last = self.newest(kept.folder, kept.year)
            if last is not None and last[1].organ != kept.organ:
                what = f"“{kept.organ}”与已归档的“{last[1].organ}”会放进同一个文件夹"
                raise _refused(rule("archive-folder"), what, "请用不同的 --root 归档", last[0])
            if last is not None and last[1].content == kept.content:
                return Added(*last, self.ledger.head, unchanged=True)
            if last is not None and not reason.strip():
                raise _needs_reason(last[1], last[0])
            return self._add(kept, reason, last[1] if last else None)

    def _add(self, kept: Package, reason: str, last: Manifest | None) -> Added:
        known = self.ledger
        made = manifest.write(
            kept,
            last.revision + 1 if last else 1,
            when=now(),
            reason=reason,
            before=last.digest if last else "",
            number=len(known.entries) + 1,
            ledger=known.head,
        )
        name = f"{kept.folder}/{kept.year}/r{made.revision}"
        place = self.root / name
        new = [parent for parent in (place.parent, place.parent.parent) if not parent.exists()]
        staging = Staging(self.root)
        line = ledger.entry(made, name)
        try:
            staged = staging.folder() / place.name
            staged.mkdir()
            for file, (_, content) in kept.files.items():
                _write(staged / file, content)
            _write(staged / MANIFEST, made.bytes)
            _sync(staged)
            _write(staging.folder() / BEGUN, name.encode("utf-8"))
            (staging.folder() / BEGUN).replace(self.root / BEGUN)
            place.parent.mkdir(parents=True, exist_ok=True)
            for parent in (*new, place.parent):
                _sync(parent.parent)
            staged.rename(place)
            _sync(place.parent)
            self._append(line)
        except OSError as error:
            if place.exists():
                place.rename(staging.folder() / "undone")
            for parent in new:
                if parent.exists() and not any(parent.iterdir()):
                    parent.rmdir()
            raise OSError(error.errno, error.strerror, str(place)) from error
        finally:
            staging.close()
        _log.info("归档为 %s", place)
        return Added(place, made, line.digest)

    def _finish(self) -> None:
        """Finish what a crash has left half done: a torn line, or a revision without its line."""
        known = self.ledger
        path = self.root / LEDGER
        line = None
        with suppress(FileNotFoundError):
            folder = self.root / (self.root / BEGUN).read_bytes().decode("utf-8")
            line = unfinished(folder, self.root, known)
        if known.broken or not known.cut_off(line):
            what = f"总账第 {known.broken or len(known.entries) + 1} 行与前面接不上，没有归档"
            raise _refused(rule("archive-ledger"), what, "请运行 nianbao archive verify，并从备份恢复", path)
        if known.torn:
            ledger.cut(path, known.torn)
        if line is not None:
            self._append(line)

    def _append(self, line: Entry) -> None:
        """Write a line of the ledger, and know it without reading all of them again."""
        entries = self.ledger.entries
        path = self.root / LEDGER
        ledger.append(path, [line])
        status = path.stat()
        self._known, self._read = Ledger((*entries, line)), (status.st_size, status.st_mtime_ns)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else adds meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock = Lock(self.root / LOCK)
        lock.take(wait=True)
        try:
            sweep(self.root)
            yield
        finally:
            lock.let_go()


@contextmanager
def still(root: Path) -> Iterator[None]:
    """Nobody adds meanwhile; what lies on a disc that cannot be written is still by itself."""
    lock = Lock(root / LOCK)
    with suppress(OSError):
        lock.take(wait=True)
    try:
        yield
    finally:
        lock.let_go()


def unfinished(folder: Path, root: Path, known: Ledger) -> Entry | None:
    """The line that is wanting where a revision was put in its place and the crash came then."""
    if not (folder / MANIFEST).is_file():
        return None
    made = manifest.read((folder / MANIFEST).read_bytes())
    if made is None or (made.number, made.ledger) != (len(known.entries) + 1, known.head):
        return None
    return ledger.entry(made, folder.relative_to(root).as_posix())


def _needs_reason(last: Manifest, folder: Path) -> ProblemsFound:
    what = f"{last.organ} {last.year} 年已于 {last.when[:10]} 归档为第 {last.revision} 版，内容与这次不同"
    mend = "确要更正的，请用 --reason 写明理由，另存为新的一版"
    return _refused(rule("year-closed"), what, mend, folder)


def _refused(rule: Rule, what: str, mend: str, path: Path) -> ProblemsFound:
    return ProblemsFound([rule.broken(what, mend, (Place(str(path)),))])


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        if sys.platform != "win32":
            os.fchmod(stream.fileno(), 0o444)  # a hint to people; verify does not rely on it


def _sync(folder: Path) -> None:
    """Have a folder's names on the disk; Windows has no such thing."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def now() -> str:
    """The time in UTC, to the second; SOURCE_DATE_EPOCH decides where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdigit() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
