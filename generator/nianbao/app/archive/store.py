"""Adding to the archive: a revision lies there whole or not at all, and is never changed again."""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from nianbao.app import files, interrupt
from nianbao.app.archive import ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST, Manifest, Package, local
from nianbao.app.archive.own_files import BEGUN, LOCK, is_plain_file, replaced, say_done, standing
from nianbao.app.archive.verify import MEND, Looked, Verified, look, prove
from nianbao.app.lock import Lock
from nianbao.app.staging import Staging, sweep
from nianbao.report import Place, Problem, ProblemsFound, Rule, Severity, rule

_log = logging.getLogger(__name__)
_MEND = "请运行 nianbao archive verify，并从备份恢复"
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
        self._proved = False  # whether every byte was looked at before the first `add`

    @property
    def ledger(self) -> Ledger:
        """The ledger as it lies there now; raise OSError."""
        path = self.root / LEDGER
        if not is_plain_file(path):
            return Ledger(())
        status = path.stat()
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
        read = manifest.read_file(folder / MANIFEST) if is_plain_file(folder / MANIFEST) else None
        if read is None and is_plain_file(folder / MANIFEST) and manifest.is_newer(_content(folder)):
            raise _refused(rule("archive-manifest"), *manifest.NEWER, folder / MANIFEST)
        if read is None or not self._lists(read, folder):
            what = "归档清单已损坏，读不出" if read is None else "归档清单与总账不符"
            raise _refused(rule("archive-manifest"), what, _MEND, folder / MANIFEST)
        return read

    def _lists(self, made: Manifest, folder: Path) -> bool:
        """Whether the ledger has this manifest, or will have it as soon as a crash is mended."""
        line = ledger.entry(made, folder.relative_to(self.root).as_posix())
        known = self.ledger.entries
        following = made.number == len(known) + 1 and made.ledger == self.ledger.head
        return following or (line in known[made.number - 1 : made.number])

    def add(self, kept: Package, reason: str = "") -> Added:
        """Keep a revision; what is kept already makes none.

        When this returns all of it is on the disk. To an archive that is not as it was nothing is added:
        the first time every byte of it is looked at. Raises ProblemsFound for that, and where a correction
        has no reason; OSError where a disk refuses, and the archive is as it was.
        """
        with self._locked():
            looked = self._look()
            with interrupt.held():
                self._finish(looked)
                return self._next(kept, reason)

    def _next(self, kept: Package, reason: str) -> Added:
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
        if manifest.read(made.bytes) is None or not ledger.FOLDER.fullmatch(name):
            what, mend = "机关、年度或文件的名称不能用在归档里，没有归档", "请改名后再归档"
            raise _refused(rule("archive-manifest"), what, mend, place)
        new = [parent for parent in (place.parent, place.parent.parent) if not parent.exists()]
        staging = Staging(self.root)
        line = ledger.entry(made, name)
        try:
            staged = staging.folder() / place.name
            staged.mkdir()
            for file, (_, content) in kept.files.items():
                _write(staged / file, content)
            _write(staged / MANIFEST, made.bytes)
            files.sync(staged)
            _write(staging.folder() / BEGUN, line.line, 0o644)
            (staging.folder() / BEGUN).replace(self.root / BEGUN)
            place.parent.mkdir(parents=True, exist_ok=True)
            for parent in (*new, place.parent):
                files.sync(parent.parent)
            staged.rename(place)
            files.sync(place.parent)
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

    def _look(self) -> Looked:
        """What lies there, every byte of it the first time; raise ProblemsFound where it is not as it was."""
        if self._proved:  # all of it was, when this run began; since then nobody but `add` has been here
            known = self.ledger
            stands = standing(self.root, known)
            if not (known.broken or known.torn or stands.wrong):
                return Looked(known, stands, frozenset(), "", Verified())
        looked = look(self.root)
        found = prove(self.root, looked)
        wrong = [problem for problem in found.problems if problem.severity is Severity.ERROR]
        ledger_alone = [problem for problem in wrong if problem.code == "archive-ledger"]  # all else follows
        if wrong:
            raise ProblemsFound(_within(self.root, problem) for problem in ledger_alone or wrong)
        self._proved = True
        return looked

    def _finish(self, looked: Looked) -> None:
        """Finish what a crash has left half done: a torn line, a revision without its line, empty folders."""
        stands = looked.standing
        if looked.known.torn:
            ledger.cut(self.root / LEDGER, looked.known.torn)
        if stands.pending is not None:
            self._append(stands.pending)
        year = (self.root / stands.begun).parent
        if stands.begun and not (self.root / stands.begun).exists():
            with suppress(OSError):  # not there, or not empty
                year.rmdir()
                year.parent.rmdir()

    def _append(self, line: Entry) -> None:
        """Write a line of the ledger, and know it without reading all of them again."""
        entries = self.ledger.entries
        path = self.root / LEDGER
        ledger.append(path, [line])
        say_done(self.root, line)
        status = path.stat()
        self._known, self._read = Ledger((*entries, line)), (status.st_size, status.st_mtime_ns)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else adds meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        if LOCK in replaced(self.root):
            what = "不是归档自己写的文件，是链接、文件夹或别的东西"
            raise _refused(rule("archive-added"), what, MEND, self.root / LOCK)
        lock = Lock(self.root / LOCK)
        lock.take(wait=True)
        try:
            sweep(self.root)
            yield
        finally:
            lock.let_go()


def _content(folder: Path) -> bytes:
    """The manifest of a revision, as far as one may be long. Raises OSError."""
    with (folder / MANIFEST).open("rb") as stream:
        return stream.read(manifest.LONGEST)


def _needs_reason(last: Manifest, folder: Path) -> ProblemsFound:
    what = (
        f"{last.organ} {last.year} 年已于 {local(last.when)[:10]} 归档为第 {last.revision} 版，内容与这次不同"
    )
    mend = "确要更正的，请用 --reason 写明理由，另存为新的一版"
    return _refused(rule("year-closed"), what, mend, folder)


def _refused(rule: Rule, what: str, mend: str, path: Path) -> ProblemsFound:
    return ProblemsFound([rule.broken(what, mend, (Place(str(path)),))])


def _within(root: Path, problem: Problem) -> Problem:
    """A problem with the paths of its places in full."""
    places = tuple(replace(place, file=str(root / place.file)) for place in problem.places)
    return replace(problem, places=places)


def _write(path: Path, content: bytes, mode: int = 0o444) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        if sys.platform != "win32":
            os.fchmod(stream.fileno(), mode)  # a hint to people; verify does not rely on it


def now() -> str:
    """The time in UTC, to the second; SOURCE_DATE_EPOCH decides where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdigit() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
