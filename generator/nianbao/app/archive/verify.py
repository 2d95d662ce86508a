"""Whether an archive is as it was: every byte, every revision, and the chain of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.app.archive import ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST, Manifest
from nianbao.app.archive.store import BEGUN, LOCK, still, unfinished
from nianbao.app.staging import PREFIX, is_left
from nianbao.report import Place, Problem, Rule, rule

INDEX = ".索引.sqlite3"
OWN = frozenset({LEDGER, LOCK, BEGUN, INDEX, f"{INDEX}-journal", f"{INDEX}-wal", f"{INDEX}-shm"})
MEND = "请从备份恢复；查明之前不要再用这份归档"


@dataclass
class Verified:
    """What was looked at, and what is wrong with it."""

    revisions: int = 0
    files: int = 0
    size: int = 0
    head: str = ""
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, rule: Rule, what: str, path: str) -> None:
        """Add an error at a path below the archive's root."""
        self.problems.append(rule.broken(what, MEND, (Place(path),)))

    def unfinished(self, what: str, then: str, path: str) -> None:
        """Add a notice of what a crash has left, and what the next `add` will do with it."""
        mend = f"不必处理，下次归档时会自动{then}"
        self.problems.append(rule("archive-unfinished").broken(what, mend, (Place(path),)))


def verify(root: Path, organs: Collection[str] = (), head: str = "") -> Verified:
    """Look at every byte, or at those of some organs (by the names of their folders).

    The ledger is looked at as a whole; `head` is a digest noted earlier, which it must have.
    Links are not followed. Raises OSError where the archive itself cannot be read.
    """
    verified = Verified()
    with still(root):
        known = ledger.read(root / LEDGER)
        present = _present(root, verified)
        pending = _pending(root, known, present)
    verified.head = known.head
    _ledger(known, pending, head, verified)
    if pending is not None:
        what = "上次归档在记入总账之前中断了；这一版是完整的"
        verified.unfinished(what, "补记", f"{pending.folder}/{MANIFEST}")
    last: dict[str, str] = {}
    for entry in (*known.entries, *([pending] if pending else [])):
        organ = entry.folder.rpartition("/")[0]
        if not organs or entry.folder.partition("/")[0] in organs:
            _revision(root, entry, last.get(organ, ""), entry.folder in present, verified)
        last[organ] = entry.manifest
    listed = {entry.folder for entry in known.entries} | ({pending.folder} if pending else set())
    for folder in sorted(present - listed):
        if not organs or folder.partition("/")[0] in organs:
            verified.wrong(rule("archive-added"), "总账里没有这一版", folder)
    return verified


def _ledger(known: Ledger, pending: Entry | None, head: str, verified: Verified) -> None:
    """What is wrong with the ledger; what a crash has left of the line `pending` is no harm."""
    if known.torn and not known.broken and not known.cut_off(pending):
        verified.wrong(rule("archive-ledger"), "总账的最后一行被改动过", LEDGER)
    elif known.broken:
        what = f"总账第 {known.broken} 行被改动过，或与前一行接不上"
        verified.wrong(rule("archive-ledger"), what, LEDGER)
    elif known.torn:
        verified.unfinished("总账的最后一行没有写完", "补记", LEDGER)
    if head and head not in {entry.digest for entry in known.entries}:
        what = f"总账里没有核对码是 {head[:12]}… 的那一行：记下它以后，有版次被去掉或改动过"
        verified.wrong(rule("archive-head"), what, LEDGER)


def _pending(root: Path, known: Ledger, present: Collection[str]) -> Entry | None:
    """The one revision whose line a crash has left out."""
    listed = {entry.folder for entry in known.entries}
    for folder in sorted(set(present) - listed):
        if (entry := unfinished(root / folder, root, known)) is not None:
            return entry
    return None


def _present(root: Path, verified: Verified) -> set[str]:
    """The revisions that lie there; all else is told."""
    present = set()
    for organ in _entries(root):
        if organ.name in OWN:
            continue
        if organ.name.startswith(PREFIX) and organ.is_dir(follow_symlinks=False):
            if _is_left(Path(organ.path)):
                verified.unfinished("上次归档中断，留下了临时文件夹，不是归档的内容", "清除", organ.name)
            continue
        for year in _inside(organ, organ.name, verified):
            for revision in _inside(year, f"{organ.name}/{year.name}", verified):
                name = f"{organ.name}/{year.name}/{revision.name}"
                if revision.is_dir(follow_symlinks=False):
                    present.add(name)
                else:
                    verified.wrong(rule("archive-added"), "多出来的文件", name)
    return present


def _is_left(room: Path) -> bool:
    """Whether nobody works in a room any more; where that cannot be seen, on a disc say, nobody does."""
    try:
        return is_left(room)
    except OSError:
        return True


def _inside(entry: os.DirEntry[str], name: str, verified: Verified) -> list[os.DirEntry[str]]:
    if not entry.is_dir(follow_symlinks=False):
        verified.wrong(rule("archive-added"), "多出来的文件", name)
        return []
    return _entries(Path(entry.path))  # where nothing is left in it, the ledger tells


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _revision(root: Path, entry: Entry, before: str, there: bool, verified: Verified) -> None:
    """One revision: its manifest is the one of the ledger, its files are those of the manifest."""
    verified.revisions += 1
    folder = root / entry.folder
    if not there:
        verified.wrong(rule("archive-missing"), "总账里的这一版没有了", entry.folder)
        return
    made = _manifest(folder, entry, before, verified)
    wanted = made.files if made is not None else {}
    for item in _entries(folder):
        name = f"{entry.folder}/{item.name}"
        if item.name == MANIFEST:
            continue
        if not item.is_file(follow_symlinks=False) or (made is not None and item.name not in wanted):
            verified.wrong(rule("archive-added"), "多出来的文件", name)
    for file, listed in wanted.items():
        _file(folder / file, f"{entry.folder}/{file}", listed["size"], listed["sha256"], verified)


def _manifest(folder: Path, entry: Entry, before: str, verified: Verified) -> Manifest | None:
    name = f"{entry.folder}/{MANIFEST}"
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        verified.wrong(rule("archive-missing"), "这一版的清单没有了", name)
        return None
    content = path.read_bytes() if path.stat().st_size <= manifest.LONGEST else b""
    if manifest.digest(content) != entry.manifest:
        verified.wrong(rule("archive-changed"), "清单被改动过，与总账不符", name)
        return None
    made = manifest.read(content)
    if made is None or ledger.entry(made, entry.folder) != entry:
        verified.wrong(rule("archive-changed"), "清单与总账不符", name)
        return None
    if made.before != before:
        verified.wrong(rule("archive-gap"), "清单与前一版接不上", name)
    return made


def _file(path: Path, name: str, size: int, wanted: str, verified: Verified) -> None:
    if path.is_symlink() or not path.is_file():
        verified.wrong(rule("archive-missing"), "清单里的文件没有了", name)
        return
    verified.files += 1
    actual = path.stat().st_size
    if actual != size:
        verified.wrong(rule("archive-changed"), f"文件被改动过：应有 {size} 字节，实有 {actual} 字节", name)
        return
    verified.size += size
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != wanted:
        verified.wrong(rule("archive-changed"), "文件被改动过，与清单的 SHA-256 不符", name)
