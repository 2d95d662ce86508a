"""The folder of an earlier office, served by this program and by a newer one, each started as people do."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from nianbao.web import migrated

from tests.web.office.test_upgrade import FIRST
from tests.web.other_versions import STEP, newer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The first commit's office, on SQLite."""
    folder = tmp_path / "年报办公室"
    (folder / "files").mkdir(parents=True)
    (folder / "office.toml").touch()
    (folder / "secret").write_text("x" * 50, encoding="ascii")
    with closing(sqlite3.connect(folder / "office.sqlite3")) as database:
        database.executescript((FIRST / "sqlite.sql").read_text(encoding="utf-8"))
    return folder


def served(folder: Path, program: Path | None = None) -> tuple[int, str, str]:
    """Serve an office until it has said its address: exit code, what it says, and on standard error."""
    server = subprocess.Popen(
        [sys.executable, "-m", "nianbao.entry", "serve", "--office", folder],
        env={**os.environ, "PYTHONPATH": str(program or "")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    said = server.stdout.readline()
    server.terminate()
    out, err = server.communicate(timeout=60)
    return server.returncode, said + out, err


def steps(folder: Path) -> set[migrated.Step]:
    """The steps that the database has gone through."""
    with closing(sqlite3.connect(folder / "office.sqlite3")) as database:
        rows = database.execute("SELECT app, name FROM django_migrations").fetchall()
    return {(part, name) for part, name in rows if part in migrated.OURS}


def packed(backup: Path) -> set[migrated.Step]:
    """The steps that the database in a backup has gone through, by its manifest."""
    with tarfile.open(backup) as package:
        file = package.extractfile("备份清单.json")
        assert file is not None
        return {(part, name) for part, name in json.loads(file.read())["migrations"]}


def test_it_is_upgraded_after_a_backup_and_refused_once_a_newer_one_has_had_it(
    folder: Path, tmp_path: Path
) -> None:
    first, backups = steps(folder), folder / "升级前的备份"

    code, out, err = served(folder)

    assert (code, out.startswith("http://127.0.0.1:")) == (143, True), err
    [backup] = backups.iterdir()
    assert backup.name == "office.0001_initial-workbench.0001_initial.tar"
    assert "数据库是旧版本的，升级前已备份：" in err
    assert packed(backup) == first < steps(folder) == migrated.known()

    before = steps(folder)
    code, out, err = served(folder, newer(tmp_path / "99.1"))
    assert code == 143, err
    later = steps(folder)
    [second] = set(backups.iterdir()) - {backup}
    assert packed(second) == before
    assert later - migrated.known() == {("workbench", STEP)}

    code, out, err = served(folder)
    assert (code, out) == (2, "")
    assert f"{folder} 是更新版本的程序写的（workbench.{STEP}），没有打开。请用那个版本，或更新本程序" in err
    assert steps(folder) == later
    assert "Traceback" not in err
