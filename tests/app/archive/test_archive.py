"""Adding and verifying: nothing is lost, nothing is changed without being found."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nianbao.app.archive import ledger, transfer
from nianbao.app.archive.manifest import MANIFEST, digest
from nianbao.app.archive.own_files import BEGUN
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import verify
from nianbao.report import ProblemsFound, Unreadable

from tests.app.archive.archive_samples import kept
from tests.paths import ROOT

ADDER = [sys.executable, "-m", "tests.app.archive.archive_samples"]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def codes(root: Path, **asked: str) -> list[tuple[str, str]]:
    return [(one.code, one.places[0].file) for one in verify(root, **asked).problems]


def filled(root: Path) -> Archive:
    archive = Archive(root)
    for organ in ("甲局", "乙局"):
        for year in (2023, 2024):
            archive.add(kept(organ, year))
    archive.add(kept("甲局", 2024, received=90), "更正新收")
    return archive


def test_a_revision_lies_there_to_be_read_without_any_program(tmp_path: Path) -> None:
    added = Archive(tmp_path).add(kept())

    folder = tmp_path / "某某市财政局" / "2025" / "r1"
    assert added.folder == folder
    title = "某某市财政局2025年政府信息公开工作年度报告"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["2025.json", f"{title}.docx", f"{title}.html", f"{title}.pdf", MANIFEST, "报告数据.json"]
    )
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert {name: (one["size"], one["sha256"]) for name, one in manifest["files"].items()} == {
        path.name: (path.stat().st_size, digest(path.read_bytes()))
        for path in folder.iterdir()
        if path.name != MANIFEST
    }
    assert (manifest["organ"], manifest["year"], manifest["edition"], manifest["before"]) == (
        "某某市财政局",
        2025,
        "2021",
        "",
    )
    assert manifest["by"]["template"]["name"] == "2021.docx"
    assert codes(tmp_path) == []


def test_the_time_can_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")

    assert Archive(tmp_path).add(kept()).manifest.when == "2026-01-01T00:00:00Z"


def test_the_same_again_makes_no_revision(tmp_path: Path) -> None:
    first = Archive(tmp_path).add(kept())
    again = Archive(tmp_path).add(kept(), "再次归档")

    assert (again.unchanged, again.folder, again.head) == (True, first.folder, first.head)
    assert [path.name for path in first.folder.parent.iterdir()] == ["r1"]


def test_a_correction_needs_its_reason_and_names_the_revision_before(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = archive.add(kept())
    for reason in ("", " \u3000"):
        with pytest.raises(ProblemsFound) as caught:
            archive.add(kept(received=80), reason)
    second = archive.add(kept(received=80), "复核更正")

    assert [one.code for one in caught.value.problems] == ["year-closed"]
    assert "归档为第 1 版" in caught.value.problems[0].what
    assert (second.folder.name, second.manifest.reason) == ("r2", "复核更正")
    assert second.manifest.before == first.manifest.digest
    assert codes(tmp_path) == []


def test_two_organs_never_share_a_folder(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(kept("甲／乙局"))

    with pytest.raises(ProblemsFound) as caught:
        archive.add(kept("甲/乙局"))
    assert [one.code for one in caught.value.problems] == ["archive-folder"]


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    """Every file of the archive, and in each of them bytes at the ends and at random places."""
    root = tmp_path / "archive"
    filled(root)
    chance = random.Random(7)
    looked = 0
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size):
        if path.name.startswith("."):
            continue
        content = path.read_bytes()
        for at in {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(6))}:
            path.chmod(0o644)
            path.write_bytes(
                content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
            )
            assert [one for one in verify(root).problems if one.severity == "error"], (path.name, at)
            looked += 1
        path.write_bytes(content)
    assert looked > 200
    assert codes(root) == []


def test_every_changed_byte_of_the_ledger_is_found(tmp_path: Path) -> None:
    """Of its last line too, which no other line names."""
    filled(tmp_path)
    path = tmp_path / ledger.LEDGER
    content = path.read_bytes()
    chance = random.Random(13)
    missed = []
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        if not any(one.severity == "error" for one in verify(tmp_path).problems):
            missed.append(at)
    assert (missed, len(content) > 900) == ([], True)


def test_every_missing_and_every_added_file_is_found_by_name(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    filled(root)
    for path in sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".")):
        content = path.read_bytes()
        path.unlink()
        assert [one for one in verify(root).problems if one.severity == "error"], path
        path.write_bytes(content)
    for folder in [root, *sorted(path for path in root.rglob("*") if path.is_dir())]:
        (folder / "多余.txt").write_text("x")
        name = (folder / "多余.txt").relative_to(root).as_posix()
        assert codes(root) == [("archive-added", name)]
        (folder / "多余.txt").unlink()
    assert codes(root) == []


def test_a_revision_taken_away_is_found_wherever_it_stood(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    filled(root)
    for folder in sorted(root.glob("*/*/r*")):
        shutil.move(folder, tmp_path / "aside")
        assert ("archive-missing", folder.relative_to(root).as_posix()) in codes(root)
        shutil.move(tmp_path / "aside", folder)
    assert codes(root) == []


def test_a_shortened_ledger_is_found_by_what_it_leaves_and_by_the_head_noted(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    head = filled(root).ledger.head
    path = root / ledger.LEDGER
    lines = path.read_bytes().splitlines(keepends=True)
    newest = ledger.read(path).entries[-1].folder
    path.write_bytes(b"".join(lines[:-2]))
    assert {code for code, _ in codes(root)} >= {"archive-added"}

    path.write_bytes(b"".join(lines[:-1]))
    shutil.rmtree(root / newest)
    assert codes(root) == [("archive-ledger", BEGUN)]
    (root / BEGUN).write_bytes(lines[-2])
    assert codes(root) == []  # nothing in the archive itself tells of it
    assert codes(root, head=head) == [("archive-head", ledger.LEDGER)]


def test_a_forged_manifest_breaks_the_chain(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    filled(root)
    path = root / "甲局" / "2024" / "r1" / MANIFEST
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"reason": ""', b'"reason": "x"'))

    assert codes(root) == [("archive-changed", f"甲局/2024/r1/{MANIFEST}")]


def test_links_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    archive = filled(root)
    outside = tmp_path / "outside.json"
    path = next((root / "甲局" / "2023" / "r1").glob("*.docx"))
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)

    name = path.relative_to(root).as_posix()
    assert codes(root) == [("archive-added", name), ("archive-missing", name)]
    with pytest.raises(ProblemsFound):
        transfer.write(archive, archive.ledger.entries, tmp_path / "归档.zip", force=False)
    assert not (tmp_path / "归档.zip").exists()


def test_a_ledger_that_leads_out_of_the_archive_is_no_ledger(tmp_path: Path) -> None:
    line = {"number": 1, "folder": "../../etc/2024/r1", "manifest": "0" * 64, "when": "", "before": ""}
    (tmp_path / ledger.LEDGER).write_text(json.dumps(line) + "\n")

    assert codes(tmp_path) == [("archive-ledger", ledger.LEDGER)]
    with pytest.raises(ProblemsFound) as caught:
        Archive(tmp_path).add(kept())
    assert [one.code for one in caught.value.problems] == ["archive-ledger"]


@pytest.mark.parametrize("moment", ["torn", "unlisted", "zeros"])
def test_what_a_crash_leaves_is_no_alarm_and_is_finished_by_the_next(tmp_path: Path, moment: str) -> None:
    archive = filled(tmp_path)
    path = tmp_path / ledger.LEDGER
    whole = path.read_bytes()
    last = whole.splitlines()[-1]
    assert (tmp_path / BEGUN).read_bytes() == last + b"\n"
    (tmp_path / BEGUN).write_bytes(last)
    before = whole[: whole[:-1].rindex(b"\n") + 1]
    left = {"torn": whole[:-20], "unlisted": before, "zeros": whole[:-60] + bytes(40)}
    path.write_bytes(left[moment])

    assert {one.severity for one in verify(tmp_path).problems} == {"notice"}
    assert {one.code for one in verify(tmp_path).problems} == {"archive-unfinished"}
    Archive(tmp_path).add(kept("丙局"))
    assert codes(tmp_path) == []
    assert path.read_bytes().startswith(whole)
    assert len(archive.ledger.entries) == 6


@pytest.mark.parametrize("words", [b"{}", b"\x00" * 400, b'{"number": 6'])
def test_words_behind_the_ledger_that_no_crash_leaves_are_told_and_kept(tmp_path: Path, words: bytes) -> None:
    filled(tmp_path)
    path = tmp_path / ledger.LEDGER
    path.write_bytes(whole := path.read_bytes() + words)

    assert codes(tmp_path) == [("archive-ledger", ledger.LEDGER)]
    with pytest.raises(ProblemsFound) as caught:
        Archive(tmp_path).add(kept("丙局"))
    assert [one.code for one in caught.value.problems] == ["archive-ledger"]
    assert path.read_bytes() == whole


def test_the_room_of_a_run_that_was_killed_is_told_and_cleared_away(tmp_path: Path) -> None:
    filled(tmp_path)
    room = tmp_path / ".nianbao-abc"
    room.mkdir()
    (room / "lock").touch()
    (room / "半份.docx").write_bytes(b"x")

    assert codes(tmp_path) == [("archive-unfinished", room.name)]
    Archive(tmp_path).add(kept("丙局"))
    assert codes(tmp_path) == []
    assert not room.exists()


def test_killed_at_any_moment_what_was_said_to_be_kept_is_there(tmp_path: Path) -> None:
    """kill -9 at random moments of adding, again and again upon the same archive."""
    chance = random.Random(11)
    said: set[str] = set()
    for number in range(8):
        adder = subprocess.Popen(
            [*ADDER, str(tmp_path), f"第{number}局", "2021-2060"],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert adder.stdout is not None
        said |= {adder.stdout.readline().strip() for _ in range(chance.randint(1, 3))}
        time.sleep(chance.random() * 0.08)
        adder.send_signal(signal.SIGKILL)
        rest, _ = adder.communicate()
        said |= {line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")}

        found = verify(tmp_path)
        assert [str(one) for one in found.problems if one.severity == "error"] == []
        assert all((tmp_path / folder / MANIFEST).is_file() for folder in said)
    Archive(tmp_path).add(kept("最后一局"))
    assert codes(tmp_path) == []
    assert said <= {one.folder for one in ledger.read(tmp_path / ledger.LEDGER).entries}
    assert len(said) > 8


def test_two_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    adders = [
        subprocess.Popen(
            [*ADDER, str(tmp_path), organ, "2021-2036"], env=environment(), stdout=subprocess.PIPE, text=True
        )
        for organ in ("甲局", "乙局")
    ]
    said = [line for adder in adders for line in adder.communicate()[0].split()]

    assert [adder.returncode for adder in adders] == [0, 0]
    assert sorted(one.folder for one in ledger.read(tmp_path / ledger.LEDGER).entries) == sorted(said)
    assert len(said) == 30
    assert codes(tmp_path) == []


def test_verifying_while_somebody_adds_is_no_alarm(tmp_path: Path) -> None:
    filled(tmp_path)
    adder = subprocess.Popen(
        [*ADDER, str(tmp_path), "丙局", "2021-2101"], env=environment(), stdout=subprocess.PIPE, text=True
    )
    found, times = set(), 0
    while adder.poll() is None:
        found |= set(codes(tmp_path))
        times += 1
    adder.communicate()

    assert (found, adder.returncode) == (set(), 0)
    assert times > 5


def test_a_full_disk_is_told_and_the_archive_is_as_it_was(tmp_path: Path) -> None:
    """A limit on a file's size stands for the disk: the largest file cannot be written."""
    archive = filled(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            archive.add(kept("丁局", size=30_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert codes(tmp_path) == []
    assert archive.add(kept("丁局", size=30_000)).folder.is_dir()


def test_a_zip_proves_what_was_handed_over(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    archive = filled(root)
    chosen = [one for one in archive.ledger.entries if one.folder.startswith("甲局/")]
    target = tmp_path / "归档.zip"
    top = transfer.write(archive, chosen, target, force=False)

    found = transfer.verify(target, top)
    assert (found.problems, found.revisions, found.head) == ([], 3, archive.ledger.head)
    again = tmp_path / "再.zip"
    assert transfer.write(archive, chosen, again, force=False) == top
    assert again.read_bytes() == target.read_bytes()
    assert [one.code for one in transfer.verify(target, "0" * 64).problems] == ["archive-head"]


def test_a_changed_byte_of_a_zip_is_found(tmp_path: Path) -> None:
    archive = filled(tmp_path / "archive")
    target = tmp_path / "归档.zip"
    transfer.write(archive, archive.ledger.entries, target, force=False)
    content = target.read_bytes()
    chance = random.Random(3)
    for at in [chance.randrange(len(content)) for _ in range(150)]:
        spoilt = bytearray(content)
        spoilt[at] ^= 0xFF
        target.write_bytes(spoilt)
        try:
            found = transfer.verify(target)
        except Unreadable:
            continue
        assert found.problems or _unpacked(target) == _unpacked_bytes(content, tmp_path), at


def _unpacked(path: Path) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _unpacked_bytes(content: bytes, folder: Path) -> dict[str, bytes]:
    (folder / "good.zip").write_bytes(content)
    return _unpacked(folder / "good.zip")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"{}"])
def test_what_is_no_zip_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "坏.zip"
    path.write_bytes(content)

    with pytest.raises(Unreadable):
        transfer.verify(path)
