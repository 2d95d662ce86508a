"""A zip for handing over (归档移交): files, manifests, the ledger, and a list that proves all of them."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from nianbao.app.archive import ledger, manifest
from nianbao.app.archive.ledger import LEDGER, Entry
from nianbao.app.archive.manifest import MANIFEST
from nianbao.app.archive.own_files import still
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import MEND, Verified
from nianbao.app.staging import Staging, sweep
from nianbao.report import Place, Problem, ProblemsFound, rule

TOP = "移交清单.json"
SCHEMA = "nianbao-handing-over/1"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
_CHUNK = 1 << 20
MOST_ENTRIES, MOST_BYTES = 200_000, 50 * 1024**3  # of a zip that is verified
LARGEST_LIST = 200 * 1024 * 1024


def write(archive: Archive, entries: Iterable[Entry], target: Path, *, force: bool) -> str:
    """Write the revisions into a zip; return the SHA-256 of its list, by which all of it can be proved.

    What lies in the archive otherwise than its manifests say is not handed over: raises ProblemsFound.
    Raises OSError; the target is then as it was.
    """
    if target.exists() and not force:
        what, mend = "已有同名文件，没有覆盖", "请核对；确要覆盖的加 --force"
        raise ProblemsFound([rule("exists").broken(what, mend, (Place(str(target)),))])
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    staging = Staging(target.parent)
    try:
        beside = staging.folder() / "zip"
        digest = _write(archive, list(entries), beside)
        beside.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        staging.close()
    return digest


def _write(archive: Archive, entries: list[Entry], path: Path) -> str:
    files: dict[str, dict[str, object]] = {}
    wrong: list[Problem] = []
    with path.open("wb") as stream:
        with zipfile.ZipFile(stream, "w") as package:
            for entry in entries:
                folder = archive.root / entry.folder
                made = archive.manifest(folder)
                if made.digest != entry.manifest:
                    wrong.append(_changed(f"{entry.folder}/{MANIFEST}"))
                for name in (MANIFEST, *sorted(made.files)):
                    listed = made.files.get(name)
                    at = f"{entry.folder}/{name}"
                    files[at] = _put(package, folder / name, at)
                    if listed is not None and files[at] != _measures(listed):
                        wrong.append(_changed(at))
            with still(archive.root):
                files[LEDGER] = _put(package, archive.root / LEDGER, LEDGER)
                head = archive.ledger.head
            content = manifest.told(
                {
                    "schema": SCHEMA,
                    "head": head,
                    "revisions": {entry.folder: entry.manifest for entry in entries},
                    "files": files,
                }
            )
            with package.open(_info(TOP, len(content)), "w") as out:
                out.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if wrong:
        raise ProblemsFound(wrong)
    return manifest.digest(content)


def _measures(file: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of a file's bytes."""
    return {"size": file["size"], "sha256": file["sha256"]}


def _changed(name: str) -> Problem:
    what = "与归档时不同，没有移交"
    return rule("archive-changed").broken(what, MEND, (Place(name),))


def _info(name: str, size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100444 << 16
    info.file_size = size
    return info


def _put(package: zipfile.ZipFile, path: Path, name: str) -> dict[str, object]:
    """Copy one file, and tell the size and digest of what was copied."""
    if path.is_symlink():
        raise ProblemsFound([_changed(name)])
    with path.open("rb") as source, package.open(_info(name, path.stat().st_size), "w") as out:
        return _measured(source, out.write)


def _measured(source: IO[bytes], write: Callable[[bytes], object] = lambda _: None) -> dict[str, Any]:
    """The size and digest of what a source holds, each chunk of which is written on."""
    words, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        words.update(chunk)
        size += len(chunk)
        write(chunk)
    return {"size": size, "sha256": words.hexdigest()}


def verify(path: Path, head: str = "") -> Verified:
    """Look at every byte of a zip that was handed over: its list, and the chain of what is in it.

    `head` is the digest of the list, or of the ledger's last line, as it was noted. Raises Unreadable
    where it is no such zip, ProblemsFound where a newer program has written it, and OSError.
    """
    verified = Verified()
    try:
        with zipfile.ZipFile(path) as package:
            _package(package, path.name, head, verified)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        what, mend = "移交的压缩包已损坏，或者不是归档的压缩包", "请重新移交，或换用完好的备份"
        raise rule("damaged").refusal(path.name, what, mend) from error
    return verified


def _package(package: zipfile.ZipFile, file: str, head: str, verified: Verified) -> None:
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ValueError("zip bomb")
    names = [entry.filename for entry in entries]
    content = _content(package, TOP)
    top = _list(content)
    digest = manifest.digest(content)
    lines = _content(package, LEDGER) if LEDGER in names else b""
    known = ledger.parse(lines)
    verified.head = known.head
    if head and head not in {digest, *(entry.digest for entry in known.entries)}:
        verified.wrong(rule("archive-head"), f"清单和总账都不是记下的 {head[:12]}…", TOP)
    if known.broken or known.torn:
        what = f"总账第 {known.broken or len(known.entries) + 1} 行接不上"
        verified.wrong(rule("archive-ledger"), what, LEDGER)
    for name in sorted(set(names) - set(top["files"]) - {TOP}):
        verified.wrong(rule("archive-added"), "清单里没有这个文件", name)
    for name in sorted(name for name in set(names) if names.count(name) > 1):
        verified.wrong(rule("archive-added"), "同一个名称有两个文件", name)
    for name, listed in top["files"].items():
        _entry(package, name, listed, names, verified)
    _chain(package, top, known, names, verified)


def _content(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        info = package.getinfo(name)
    except KeyError:
        raise ValueError(name) from None
    if info.file_size > LARGEST_LIST:
        raise ValueError(name)
    with package.open(info) as stream:
        return stream.read(LARGEST_LIST + 1)


def _list(content: bytes) -> dict[str, Any]:
    try:
        top = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(TOP) from error
    if manifest.is_newer(content, SCHEMA):
        raise ProblemsFound([rule("archive-manifest").broken(*manifest.NEWER, (Place(TOP),))])
    if not isinstance(top, dict) or top.get("schema") != SCHEMA:
        raise ValueError(TOP)
    if not isinstance(top.get("files"), dict) or not isinstance(top.get("revisions"), dict):
        raise ValueError(TOP)
    return top


def _entry(package: zipfile.ZipFile, name: str, listed: Any, names: list[str], verified: Verified) -> None:
    if name not in names:
        verified.wrong(rule("archive-missing"), "清单里的文件没有了", name)
        return
    verified.files += 1
    try:
        with package.open(name) as stream:
            actual = _measured(stream)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error):
        verified.wrong(rule("archive-changed"), "文件读不出，已损坏", name)
        return
    verified.size += actual["size"]
    if listed != actual:
        verified.wrong(rule("archive-changed"), "文件被改动过，与清单不符", name)


def _chain(
    package: zipfile.ZipFile, top: dict[str, Any], known: ledger.Ledger, names: list[str], verified: Verified
) -> None:
    """Every revision is one of the ledger, with the manifest named there, whose files are all there."""
    listed = {entry.folder: entry for entry in known.entries}
    for folder, wanted in top["revisions"].items():
        verified.revisions += 1
        at = f"{folder}/{MANIFEST}"
        entry = listed.get(folder)
        made = manifest.read(_content(package, at)) if at in names else None
        if entry is None or (made is not None and ledger.entry(made, folder) != entry):
            verified.wrong(rule("archive-gap"), "总账里没有这一版，或者与清单不符", folder)
        if made is None and at in names and manifest.is_newer(_content(package, at)):
            verified.problems.append(rule("archive-manifest").broken(*manifest.NEWER, (Place(at),)))
            continue
        if made is None or made.digest != wanted:
            verified.wrong(rule("archive-changed"), "清单被改动过，与总账不符", at)
            continue
        for name, file in made.files.items():
            if top["files"].get(f"{folder}/{name}") != _measures(file):
                verified.wrong(rule("archive-changed"), "与这一版的清单不符", f"{folder}/{name}")
