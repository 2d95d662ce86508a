"""Whether an archive is as it was: every byte, every revision, and the chain of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.app.archive import index, ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry, Ledger
from nianbao.app.archive.manifest import MANIFEST, Manifest
from nianbao.app.archive.own_files import (
    BEGUN,
    INDEX,
    INDEX_FILES,
    OWN,
    Standing,
    is_plain_file,
    replaced,
    standing,
    still,
)
from nianbao.app.staging import PREFIX, is_left
from nianbao.report import Place, Problem, Rule, rule

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
    with still(root):
        looked = look(root)
    return prove(root, looked, organs, head)


@dataclass(frozen=True)
class Looked:
    """What lies in an archive at one moment: its ledger, how that stands, the revisions, what else."""

    known: Ledger
    standing: Standing
    present: frozenset[str]
    index: str  # what is wrong with it, in words
    verified: Verified


def look(root: Path) -> Looked:
    """What lies there, but for the bytes of the revisions. Raises OSError."""
    verified = Verified()
    for name in replaced(root):
        if name in INDEX_FILES:  # told as what it is
            continue
        verified.wrong(rule("archive-added"), "不是归档自己写的文件，是链接、文件夹或别的东西", name)
    known = ledger.read(root / LEDGER) if is_plain_file(root / LEDGER) else Ledger(())
    stands = standing(root, known)
    present = frozenset(_present(root, stands.begun, verified))
    return Looked(known, stands, present, index.fault(root, known), verified)


def prove(root: Path, looked: Looked, organs: Collection[str] = (), head: str = "") -> Verified:
    """What is wrong with what was looked at, every byte of it. Raises OSError."""
    known, present, verified = looked.known, looked.present, looked.verified
    pending = looked.standing.pending
    verified.head = known.head
    if looked.index:
        mend = f"请删去 {INDEX}：list 会由归档重新建立；请查明是谁改动的"
        verified.problems.append(rule("archive-index").broken(looked.index, mend, (Place(INDEX),)))
    _ledger(known, looked.standing, head, verified)
    if pending is not None:
        what = "上次归档在记入总账之前中断了；这一版是完整的"
        verified.unfinished(what, "补记", f"{pending.folder}/{MANIFEST}")
    last: dict[str, Entry] = {}
    for entry in (*known.entries, *([pending] if pending else [])):
        organ = entry.folder.rpartition("/")[0]
        if not organs or entry.folder.partition("/")[0] in organs:
            _revision(root, entry, last.get(organ), entry.folder in present, verified)
        last[organ] = entry
    listed = {entry.folder for entry in known.entries} | ({pending.folder} if pending else set())
    for folder in sorted(present - listed):
        if not organs or folder.partition("/")[0] in organs:
            verified.wrong(rule("archive-added"), "总账里没有这一版", folder)
    return verified


def _ledger(known: Ledger, stands: Standing, head: str, verified: Verified) -> None:
    """What is wrong with the ledger; what a crash has left of the line that is pending is no harm."""
    if known.broken:
        what = f"总账第 {known.broken} 行被改动过，或与前一行接不上"
        verified.wrong(rule("archive-ledger"), what, LEDGER)
    elif known.torn and not known.cut_off(stands.pending):
        verified.wrong(rule("archive-ledger"), "总账的最后一行被改动过", LEDGER)
    elif stands.wrong:
        verified.wrong(rule("archive-ledger"), stands.wrong, BEGUN)
    elif known.torn:
        verified.unfinished("总账的最后一行没有写完", "补记", LEDGER)
    if head and head not in {entry.digest for entry in known.entries}:
        what = f"总账里没有核对码是 {head[:12]}… 的那一行：记下它以后，有版次被去掉或改动过"
        verified.wrong(rule("archive-head"), what, LEDGER)


def _present(root: Path, begun: str, verified: Verified) -> Iterator[str]:
    """The revisions that lie there; all else is told."""
    for organ in _entries(root):
        if organ.name in OWN:
            continue
        if organ.name.startswith(PREFIX) and organ.is_dir(follow_symlinks=False):
            if _is_left(Path(organ.path)):
                verified.unfinished("上次归档中断，留下了临时文件夹，不是归档的内容", "清除", organ.name)
            continue
        for year in _inside(organ, organ.name, begun, verified):
            for revision in _inside(year, f"{organ.name}/{year.name}", begun, verified):
                name = f"{organ.name}/{year.name}/{revision.name}"
                if revision.is_dir(follow_symlinks=False):
                    yield name
                else:
                    verified.wrong(rule("archive-added"), "多出来的文件", name)


def _is_left(room: Path) -> bool:
    """Whether nobody works in a room any more; where that cannot be seen, on a disc say, nobody does."""
    try:
        return is_left(room)
    except OSError:
        return True


def _inside(entry: os.DirEntry[str], name: str, begun: str, verified: Verified) -> list[os.DirEntry[str]]:
    if not entry.is_dir(follow_symlinks=False):
        verified.wrong(rule("archive-added"), "多出来的文件", name)
        return []
    inside = _entries(Path(entry.path))
    if not inside and begun.startswith(f"{name}/"):
        verified.unfinished("上次归档中断，留下了空的文件夹", "清除", name)
    elif not inside:
        verified.wrong(rule("archive-added"), "空的文件夹，里面的东西没有了，或者是多出来的", name)
    return inside


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _revision(root: Path, entry: Entry, before: Entry | None, there: bool, verified: Verified) -> None:
    """One revision: its manifest is the one of the ledger, its files are those of the manifest."""
    verified.revisions += 1
    folder = root / entry.folder
    if not there:
        verified.wrong(rule("archive-missing"), "总账里的这一版没有了", entry.folder)
        return
    made = _manifest(folder, entry, verified)
    if made is not None:
        _chained(made, entry, before, verified)
    wanted = made.files if made is not None else {}
    for item in _entries(folder):
        name = f"{entry.folder}/{item.name}"
        if item.name == MANIFEST:
            continue
        if not item.is_file(follow_symlinks=False) or (made is not None and item.name not in wanted):
            verified.wrong(rule("archive-added"), "多出来的文件", name)
    for file, listed in wanted.items():
        _file(folder / file, f"{entry.folder}/{file}", listed["size"], listed["sha256"], verified)


def _chained(made: Manifest, entry: Entry, before: Entry | None, verified: Verified) -> None:
    """A manifest is of its folder's year and number, and comes after the one before."""
    name = f"{entry.folder}/{MANIFEST}"
    number = int(before.folder.rpartition("/r")[2]) + 1 if before else 1
    if made.before != (before.manifest if before else ""):
        verified.wrong(rule("archive-gap"), "清单与前一版接不上", name)
    elif [f"{made.year:04}", f"r{made.revision}"] != entry.folder.split("/")[1:] or made.revision != number:
        verified.wrong(rule("archive-gap"), "清单写的年度或版次与所在的文件夹不同", name)


def _manifest(folder: Path, entry: Entry, verified: Verified) -> Manifest | None:
    name = f"{entry.folder}/{MANIFEST}"
    path = folder / MANIFEST
    if not is_plain_file(path):
        verified.wrong(rule("archive-missing"), "这一版的清单没有了", name)
        return None
    content = path.read_bytes() if path.stat().st_size <= manifest.LONGEST else b""
    if manifest.digest(content) != entry.manifest:
        verified.wrong(rule("archive-changed"), "清单被改动过，与总账不符", name)
        return None
    made = manifest.read(content)
    if made is None and manifest.is_newer(content):
        verified.problems.append(rule("archive-manifest").broken(*manifest.NEWER, (Place(name),)))
        return None
    if made is None or ledger.entry(made, entry.folder) != entry:
        verified.wrong(rule("archive-changed"), "清单与总账不符", name)
        return None
    return made


def _file(path: Path, name: str, size: int, wanted: str, verified: Verified) -> None:
    if not is_plain_file(path):
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
