"""What a newer version of the program has written: told as that by this one, and left as it was.

The table in docs/install.md has every kind of file; databases are in tests/web, the index of the archive in
tests/app/archive/test_index.py, the settings of an office in tests/web/office/test_deployment.py.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from nianbao.app import check
from nianbao.app.archive import ledger, manifest
from nianbao.app.distribution_record import RECORD, Record
from nianbao.app.generate.build_cache import FILE
from nianbao.app.reading import read_content

from tests.runner import nianbao

NEWER = "是更新版本的程序写的，这个版本读不了。请用更新版本的程序打开。"
EDITION = "本程序没有 2030 版格式，请用更新版本的程序打开。"
Sound = Callable[..., dict[str, Any]]
Book = Callable[..., Path]


@pytest.fixture
def archive(tmp_path: Path, book: Book, sound: Sound) -> Path:
    """An archive with one revision that a newer program has kept: all digests are right."""
    root = tmp_path / "归档"
    assert nianbao("archive", "add", book(sound(2025)), "--root", root).code == 0
    [entry] = ledger.read(root / "总账.jsonl").entries
    path = root / entry.folder / "清单.json"
    document = json.loads(path.read_bytes()) | {"schema": "nianbao-archive/2", "later": True}
    path.chmod(0o644)
    path.write_bytes(manifest.told(document))
    kept = ledger.entry(manifest.Manifest(document, path.read_bytes()), entry.folder)
    (root / "总账.jsonl").write_bytes(kept.line + b"\n")
    (root / ".最近一次").write_bytes(kept.line + b"\n")
    return root


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_is_no_more_added_to_and_its_revision_not_called_spoilt(
    archive: Path, book: Book, sound: Sound
) -> None:
    before = files(archive)
    place = next(archive.glob("*/*/r1"))
    organ = place.parts[-3]

    verified = nianbao("archive", "verify", "--root", archive)
    added = nianbao("archive", "add", book(sound(2024), "2024.xlsx"), "--root", archive)
    shown = nianbao("archive", "show", organ, "2025", "--root", archive)

    assert (verified.code, added.code, shown.code) == (1, 1, 1)
    assert verified.out.splitlines()[0] == f"错误 {place / '清单.json'}：{NEWER}"
    assert added.err.splitlines()[0] == f"错误 {place / '清单.json'}：{NEWER}"
    assert shown.err == f"错误 {place / '清单.json'}：{NEWER}\n"
    assert {name: content for name, content in files(archive).items() if name in before} == before


def test_a_handed_over_archive_is_told(tmp_path: Path, book: Book, sound: Sound) -> None:
    root, package = tmp_path / "归档", tmp_path / "归档.zip"
    assert nianbao("archive", "add", book(sound(2025)), "--root", root).code == 0
    assert nianbao("archive", "export", "--root", root, "-o", package).code == 0
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "新.zip", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "移交清单.json":
                content = json.dumps(json.loads(content) | {"schema": "nianbao-handing-over/2"}).encode()
            new.writestr(name, content)

    told = nianbao("archive", "verify", tmp_path / "新.zip")

    assert (told.code, told.err) == (1, f"错误 移交清单.json：{NEWER}\n")


def test_the_exchange_json_of_a_newer_form_is_told(tmp_path: Path, sound: Sound) -> None:
    document = sound(2025) | {"edition": "2030"}
    (tmp_path / "甲.json").write_text(json.dumps(document), encoding="utf-8")

    told = nianbao("check", tmp_path / "甲.json")

    assert told.code == 1
    assert f"edition：写的是 2030 版，而报告年度用的是 2021 版。{EDITION}" in told.out


def test_a_workbook_of_a_newer_form_is_told(tmp_path: Path, book: Book, sound: Sound) -> None:
    path = book(sound(2025))
    newer = openpyxl.load_workbook(path)
    for sheet in newer.worksheets:
        for row in sheet.iter_rows(max_col=2):
            if row[0].value == "edition":
                row[1].value = "2030"
    newer.save(path)

    told = nianbao("generate", path, "-o", tmp_path / "成品")

    assert told.code == 1
    assert f"工作簿是按 2030 版格式建的，报告年度 2025 应用 2021 版。{EDITION}" in told.err


def test_a_workbook_with_a_sheet_and_decisions_that_nobody_knows_yet_is_read(
    tmp_path: Path, book: Book, sound: Sound
) -> None:
    path = book(sound(2025))
    before = read_content(path.read_bytes(), path.name)
    newer = openpyxl.load_workbook(path)
    newer.create_sheet("以后的表")["A1"] = "以后的内容"
    newer.save(path)

    after = read_content(path.read_bytes(), path.name)

    assert after.figures.keys() == before.figures.keys()
    assert [one.value for one in after.figures.values()] == [one.value for one in before.figures.values()]


def test_decisions_on_findings_that_nobody_knows_yet_change_nothing(sound: Sound) -> None:
    decision = {"who": "张三", "why": "已核实", "when": "2026-01-05", "finding": "以后的检查"}
    document = sound(2025) | {"decisions": {"0123456789abcdef": decision}}

    report = read_content(json.dumps(document).encode(), "甲.json")

    assert list(report.decisions) == ["0123456789abcdef"]
    assert check.inspect(report).found.settled == ()


def test_a_record_of_what_was_handed_out_is_read_as_far_as_its_lines_are_known(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    (tmp_path / RECORD).write_text(
        f"nianbao-record/2 {digest} 甲.xlsx\n{digest}  乙.xlsx\n", encoding="utf-8"
    )

    record = Record(tmp_path / RECORD)

    assert [record.has(Path(name), digest) for name in ("甲.xlsx", "乙.xlsx")] == [False, True]


def test_a_record_of_what_was_made_is_set_aside_and_all_is_made_again(
    tmp_path: Path, book: Book, sound: Sound
) -> None:
    path, output = book(sound(2025)), tmp_path / "成品"
    assert nianbao("generate", path, "-o", output).code == 0
    with sqlite3.connect(output / FILE) as database:
        database.execute("ALTER TABLE made RENAME COLUMN problems TO later")
    database.close()

    again = nianbao("generate", path, "-o", output)

    assert again.code == 0
    assert [name for name in again.err.splitlines() if "Traceback" in name] == []


@pytest.mark.parametrize(
    ("schema", "newer"),
    [
        ("nianbao-archive/1", False),
        ("nianbao-archive/2", True),
        ("nianbao-archive/0", False),
        ("nianbao-archive/２", False),
        ("nianbao-archive/" + "9" * 5000, False),  # no number that anybody would give
        ("another/2", False),
        (2, False),
    ],
)
def test_a_schema_is_newer_by_its_number(schema: object, newer: bool) -> None:
    assert manifest.is_newer(json.dumps({"schema": schema}).encode()) is newer
