"""Whatever somebody does to an archive is told by `verify`, and nothing is added to it from then on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.archive import index
from nianbao.app.archive.ledger import LEDGER
from nianbao.app.archive.manifest import MANIFEST, digest, told
from nianbao.app.archive.own_files import BEGUN, INDEX, LOCK
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import verify
from nianbao.report import ProblemsFound

from tests.app.archive.archive_samples import kept

FIRST, SECOND, NEWEST = "甲局/2023/r1", "甲局/2024/r2", "乙局/2024/r1"
ESCAPE = "\x1b[2J\x1b]0;x\x07\u202e"
Tamper = Callable[[Path], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of five revisions with its index, which is altered by nobody."""
    root = tmp_path_factory.mktemp("sound") / "archive"
    archive = Archive(root)
    archive.add(kept("甲局", 2023))
    archive.add(kept("甲局", 2024))
    archive.add(kept("乙局", 2023))
    archive.add(kept("甲局", 2024, received=90), "更正新收")
    archive.add(kept("乙局", 2024))
    index.find(archive, index.Asked())
    return root


def a_file(root: Path, end: str = ".docx", folder: str = FIRST) -> Path:
    return next(path for path in (root / folder).iterdir() if path.suffix == end)


def rewrite(name: str, change: Callable[[bytes], bytes]) -> Tamper:
    """The bytes of a file of the archive, changed."""

    def tamper(root: Path) -> None:
        path = root / name
        content = change(path.read_bytes())
        path.unlink()
        path.write_bytes(content)

    return tamper


def put(name: str, content: bytes = b"") -> Tamper:
    def tamper(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

    return tamper


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Tamper:
    """The lines of the ledger, changed."""
    return rewrite(LEDGER, lambda content: b"".join(change(content.splitlines(keepends=True))))


def manifest(change: Callable[[dict[str, Any]], object], folder: str = FIRST) -> Tamper:
    """A manifest changed, and the ledger left as it is."""

    def changed(content: bytes) -> bytes:
        document = json.loads(content)
        change(document)
        return told(document)

    return rewrite(f"{folder}/{MANIFEST}", changed)


def forged(change: Callable[[dict[str, Any]], object]) -> Tamper:
    """The newest manifest changed, the ledger's last line and the record made anew to go with it."""

    def tamper(root: Path) -> None:
        manifest(change, NEWEST)(root)
        content = (root / NEWEST / MANIFEST).read_bytes()
        *before, last = (root / LEDGER).read_bytes().splitlines(keepends=True)
        line = json.loads(last) | {"manifest": digest(content)}
        written = json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        rewrite(LEDGER, lambda _: b"".join([*before, written]))(root)
        rewrite(BEGUN, lambda _: written)(root)

    return tamper


def linked(name: str) -> Tamper:
    """A link to the same bytes elsewhere in place of what was there."""

    def tamper(root: Path) -> None:
        aside = root.parent / "aside"
        (root / name).rename(aside)
        (root / name).symlink_to(aside)

    return tamper


def to_nothing(name: str) -> Tamper:
    """A link to what is not there in place of what was."""

    def tamper(root: Path) -> None:
        (root / name).unlink()
        (root / name).symlink_to(root.parent / "nothing")

    return tamper


def folder_instead(name: str) -> Tamper:
    def tamper(root: Path) -> None:
        (root / name).unlink()
        (root / name).mkdir()

    return tamper


def pipe_instead(name: str) -> Tamper:
    def tamper(root: Path) -> None:
        (root / name).unlink()
        os.mkfifo(root / name)

    return tamper


def gone(name: str) -> Tamper:
    def tamper(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return tamper


def moved(name: str, to: str) -> Tamper:
    def tamper(root: Path) -> None:
        (root / to).parent.mkdir(parents=True, exist_ok=True)
        (root / name).rename(root / to)

    return tamper


def queried(*statements: str) -> Tamper:
    """Statements done upon the index."""

    def tamper(root: Path) -> None:
        with closing(sqlite3.connect(root / INDEX)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    return tamper


def both(*tampers: Tamper) -> Tamper:
    return lambda root: [tamper(root) for tamper in tampers]


def swapped(root: Path) -> None:
    one, other = a_file(root), a_file(root, folder=NEWEST)
    first, second = one.read_bytes(), other.read_bytes()
    one.chmod(0o644)
    other.chmod(0o644)
    one.write_bytes(second)
    other.write_bytes(first)


def newest_taken_away(root: Path) -> None:
    gone(NEWEST)(root)
    lines(lambda all_lines: all_lines[:-1])(root)


TAMPERED: dict[str, Tamper] = {
    # files of a revision
    "a byte": lambda root: rewrite(f"{FIRST}/{a_file(root).name}", lambda b: b"X" + b[1:])(root),
    "a byte of the source": rewrite(f"{FIRST}/2023.json", lambda b: b.replace(b"1", b"2", 1)),
    "a byte of the data": rewrite(f"{FIRST}/报告数据.json", lambda b: b.replace(b"1", b"2", 1)),
    "a file emptied": lambda root: rewrite(f"{FIRST}/{a_file(root, '.pdf').name}", lambda _: b"")(root),
    "a file longer": lambda root: rewrite(f"{FIRST}/{a_file(root).name}", lambda b: b + b"\n")(root),
    "a file gone": lambda root: a_file(root, ".html").unlink(),
    "a file more": put(f"{FIRST}/附件.txt", b"x"),
    "a hidden file more": put(f"{FIRST}/.x"),
    "a file by another name": lambda root: a_file(root).rename(root / FIRST / "别的.docx"),
    "a file in capitals": lambda root: a_file(root).rename(a_file(root).with_suffix(".DOCX")),
    "a file as a link": lambda root: linked(f"{FIRST}/{a_file(root).name}")(root),
    "a file as a folder": lambda root: folder_instead(f"{FIRST}/{a_file(root).name}")(root),
    "a file as a pipe": lambda root: pipe_instead(f"{FIRST}/{a_file(root).name}")(root),
    "two files swapped": swapped,
    "a name with escape signs": put(f"{FIRST}/{ESCAPE.replace('/', '')}", b"x"),
    # folders
    "a revision gone": gone(FIRST),
    "the newest revision gone": gone(NEWEST),
    "a year gone": gone("甲局/2024"),
    "an organ gone": gone("甲局"),
    "all revisions gone": both(gone("甲局"), gone("乙局")),
    "a revision emptied": both(gone(FIRST), lambda root: (root / FIRST).mkdir()),
    "a revision twice": lambda root: shutil.copytree(root / FIRST, root / "甲局/2023/r2"),
    "a revision of another year": moved(FIRST, "甲局/2022/r1"),
    "a revision renumbered": moved(FIRST, "甲局/2023/r9"),
    "an organ renamed": moved("甲局", "丙局"),
    "a year renamed": moved("甲局/2023", "甲局/2021"),
    "revisions swapped": both(moved(FIRST, "x"), moved("乙局/2023/r1", FIRST), moved("x", "乙局/2023/r1")),
    "a folder more": lambda root: (root / "丁局").mkdir(),
    "a folder more in a year": lambda root: (root / "甲局/2023/副本").mkdir(),
    "a year more": lambda root: (root / "甲局/2020").mkdir(),
    "a file more beside the organs": put("说明.txt"),
    "a file more in an organ": put("甲局/说明.txt"),
    "an organ as a link": linked("甲局"),
    "a year as a link": linked("甲局/2023"),
    "a revision as a link": linked(FIRST),
    # manifests
    "a manifest gone": gone(f"{FIRST}/{MANIFEST}"),
    "a manifest emptied": rewrite(f"{FIRST}/{MANIFEST}", lambda _: b""),
    "a manifest cut": rewrite(f"{FIRST}/{MANIFEST}", lambda b: b[:200]),
    "a manifest that is no JSON": rewrite(f"{FIRST}/{MANIFEST}", lambda _: b"\xff\xfe"),
    "a manifest nested deep": rewrite(f"{FIRST}/{MANIFEST}", lambda _: b"[" * 200_000),
    "a manifest of another kind": rewrite(f"{FIRST}/{MANIFEST}", lambda _: b"[1, NaN]"),
    "a manifest of another revision": both(
        gone(f"{FIRST}/{MANIFEST}"), lambda root: shutil.copy(root / SECOND / MANIFEST, root / FIRST)
    ),
    "a manifest as a link": linked(f"{FIRST}/{MANIFEST}"),
    "a manifest as a folder": folder_instead(f"{FIRST}/{MANIFEST}"),
    "a manifest as a pipe": pipe_instead(f"{FIRST}/{MANIFEST}"),
    "a reason": manifest(lambda document: document.update(reason=ESCAPE)),
    "a digest": manifest(lambda document: document["files"]["2023.json"].update(sha256="0" * 64)),
    "a file listed no more": manifest(lambda document: document["files"].pop("2023.json")),
    "a year of no report": manifest(lambda document: document.update(year=10**30)),
    "half a character": manifest(lambda document: document.update(when="\udcff")),
    "decisions that say nothing": manifest(lambda document: document.update(decisions={"x": {}})),
    "findings that are numbers": manifest(lambda document: document.update(findings=[1, [2]])),
    "fonts that are none": manifest(lambda document: document["by"].update(fonts=[{}, 3])),
    "a file that leads out": manifest(
        lambda document: document["files"].update({"../../x": document["files"]["2023.json"]})
    ),
    "the newest manifest forged": manifest(lambda document: document.update(title=ESCAPE), NEWEST),
    "a revision before forged": forged(lambda document: document.update(before="0" * 64)),
    "a year forged": forged(lambda document: document.update(year=2022)),
    "a number forged": forged(lambda document: document.update(revision=7)),
    "a time forged": forged(lambda document: document.update(when="\udcff")),
    "a size forged": forged(lambda document: document["files"]["2024.json"].update(size=-1)),
    # the ledger
    "the ledger gone": gone(LEDGER),
    "the ledger emptied": rewrite(LEDGER, lambda _: b""),
    "the ledger cut by a line": lines(lambda all_lines: all_lines[:-1]),
    "the ledger cut by two lines": lines(lambda all_lines: all_lines[:-2]),
    "the ledger cut within a line": rewrite(LEDGER, lambda content: content[:-40]),
    "the ledger cut to a line": lines(lambda all_lines: all_lines[:1]),
    "a line gone within": lines(lambda all_lines: all_lines[:1] + all_lines[2:]),
    "lines swapped": lines(lambda all_lines: [all_lines[1], all_lines[0], *all_lines[2:]]),
    "a line twice": lines(lambda all_lines: [*all_lines, all_lines[-1]]),
    "a line changed": lines(lambda all_lines: [all_lines[0].replace(b"r1", b"r2"), *all_lines[1:]]),
    "the last line changed": lines(lambda all_lines: [*all_lines[:-1], all_lines[-1].replace(b"Z", b"z")]),
    "words behind the ledger": rewrite(LEDGER, lambda content: content + b"{}"),
    "line ends of Windows": rewrite(LEDGER, lambda content: content.replace(b"\n", b"\r\n")),
    "zeros behind the ledger": rewrite(LEDGER, lambda content: content + bytes(100)),
    "the ledger as a link": linked(LEDGER),
    "the ledger as a folder": folder_instead(LEDGER),
    "the ledger as a pipe": pipe_instead(LEDGER),
    "the newest taken away with its line": newest_taken_away,
    "all taken away but the record": both(gone("甲局"), gone("乙局"), gone(LEDGER)),
    # the record of the last revision, the lock
    "the record gone": gone(BEGUN),
    "the record emptied": rewrite(BEGUN, lambda _: b""),
    "the record cut": rewrite(BEGUN, lambda content: content[:-30]),
    "the record of an earlier one": rewrite(BEGUN, lambda _: FIRST.encode()),
    "the record of nothing": rewrite(BEGUN, lambda _: "丙局/2024/r1".encode()),
    "the record leads out": rewrite(BEGUN, lambda _: b"../../etc/2024/r1"),
    "the record of rubbish": rewrite(BEGUN, lambda _: ESCAPE.encode() + b"\xff" * 9000),
    "the record as a link": linked(BEGUN),
    "the record as a folder": folder_instead(BEGUN),
    "the record as a pipe": pipe_instead(BEGUN),
    "the lock as a link": linked(LOCK),
    "the lock as a link to nothing": to_nothing(LOCK),
    "the lock as a folder": folder_instead(LOCK),
    # the index
    "the index of rubbish": rewrite(INDEX, lambda _: b"not a database" * 1000),
    "the index cut": rewrite(INDEX, lambda content: content[:-5000]),
    "the index emptied": rewrite(INDEX, lambda _: b""),
    "a page of the index": rewrite(INDEX, lambda content: content[:4096] + bytes(4096) + content[8192:]),
    "the index as a link": linked(INDEX),
    "the index as a link to nothing": to_nothing(INDEX),
    "the index as a folder": folder_instead(INDEX),
    "the index as a pipe": pipe_instead(INDEX),
    "a journal as a link": lambda root: (root / f"{INDEX}-journal").symlink_to(root.parent / "nothing"),
    "a log beside the index": put(f"{INDEX}-wal", b"x"),
    "a view in the index": queried(
        "ALTER TABLE revision RENAME TO real", "CREATE VIEW revision AS SELECT * FROM real"
    ),
    "a trigger in the index": queried(
        "CREATE TRIGGER t AFTER INSERT ON figure BEGIN DELETE FROM passage; END"
    ),
    "a table more in the index": queried("CREATE TABLE x (y)"),
    "a title in the index": queried(f"UPDATE revision SET title = '{ESCAPE}'"),
    "a figure in the index": queried("UPDATE figure SET value = value + 1 WHERE number = 2"),
    "a text in the index": queried("UPDATE passage SET text = 'x' WHERE number = 3"),
    "a revision gone from the index": queried("DELETE FROM revision WHERE number = 2"),
    "a revision more in the index": queried(
        "INSERT INTO revision SELECT 6, folder, organ, year, revision, title, whenever, reason, 1, head,"
        " digest FROM revision WHERE number = 1"
    ),
    "which is the newest": queried("UPDATE revision SET newest = 1 - newest"),
    "the version of the index": queried("PRAGMA user_version = 99"),
}
FORGED = {"a title in the index", "a figure in the index", "a text in the index", "which is the newest"}


def tree(root: Path) -> dict[str, bytes | str]:
    """All that lies there: bytes of files, targets of links."""
    found: dict[str, bytes | str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"→ {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        else:
            found[name] = "folder" if path.is_dir() else "other"
    return found


def is_refused(work: Callable[[], object]) -> bool:
    """Whether a piece of work is refused; anything but a message is raised."""
    try:
        work()
    except (ProblemsFound, OSError):
        return True
    return False


@pytest.mark.parametrize("name", TAMPERED)
def test_told_and_nothing_added(name: str, sound: Path, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(sound, root)
    assert verify(root).problems == []
    TAMPERED[name](root)
    before, beside = tree(root), sorted(tmp_path.iterdir())

    assert [one.code for one in verify(root).problems if one.severity == "error"], "verify says nothing"
    assert is_refused(lambda: Archive(root).add(kept("甲局", 2023)))
    assert is_refused(lambda: Archive(root).add(kept("戊局", 2024)))
    assert tree(root) == before
    for organ, year in (("甲局", 2023), ("甲局", 2024), ("乙局", 2024)):
        is_refused(partial(Archive(root).newest, organ, year))
    is_refused(lambda: index.find(Archive(root), index.Asked(all=True)))
    assert sorted(tmp_path.iterdir()) == beside


@pytest.mark.parametrize(
    "name", [name for name in TAMPERED if "index" in name or name == "which is the newest"]
)
def test_what_list_says_is_of_the_archive(name: str, sound: Path, tmp_path: Path) -> None:
    """Whatever became of the index, but for forged rows, which `verify` tells."""
    wanted = index.find(Archive(sound), index.Asked())
    root = tmp_path / "archive"
    shutil.copytree(sound, root)
    TAMPERED[name](root)

    if name not in FORGED:
        assert index.find(Archive(root), index.Asked()) == wanted


@pytest.mark.parametrize("moment", ["before the folder", "before the line", "within the line", "before done"])
def test_what_a_kill_leaves_is_finished_by_the_next(moment: str, sound: Path, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(sound, root)
    whole = (root / LEDGER).read_bytes()
    (root / INDEX).unlink()
    rewrite(BEGUN, lambda content: content.removesuffix(b"\n"))(root)
    if moment != "before done":
        rewrite(LEDGER, lambda content: content[: content[:-1].rindex(b"\n") + 1])(root)
    if moment == "within the line":
        rewrite(LEDGER, lambda content: whole[: len(content) + 30])(root)
    if moment == "before the folder":
        shutil.rmtree(root / NEWEST)

    assert {one.severity.value for one in verify(root).problems} <= {"notice"}
    Archive(root).add(kept("戊局", 2024))
    assert verify(root).problems == []
    assert (root / NEWEST).exists() == (moment != "before the folder")
    assert (root / LEDGER).read_bytes().startswith(whole) == (moment != "before the folder")
