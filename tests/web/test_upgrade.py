"""Drafts between two versions of the program, each started as people do: after a backup, and back again."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest
from nianbao.web.workbench import upgrade

from tests.users import FIRST, owned
from tests.web.other_versions import newer
from tests.web.serving import Server
from tests.web.test_access import SAMPLE, Client

BACKUPS = "升级前的备份"
OURS = version("nianbao")


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newer version of the program."""
    return newer(tmp_path_factory.mktemp("99.1"))


@contextmanager
def opened(folder: Path, program: Path | None = None) -> Iterator[Client]:
    """The window of this version, or of another one."""
    server = Server(folder, {"PYTHONPATH": str(program)} if program else {})
    server.start()
    try:
        yield Client(server).enter()
    finally:
        server.end()


def drafts(client: Client) -> list[str]:
    return re.findall(r'href="(/draft/\w+)"', client.ask("GET", "/").text)


def names(folder: Path) -> list[str]:
    """The backups, and what was laid aside, without their times."""
    found = [*(folder / BACKUPS).glob("*"), *folder.glob("草稿-*")]
    return sorted(re.sub(r"\d{8}-\d{6}", "…", path.name) for path in found)


def content(folder: Path) -> list[str]:
    """All that the drafts' database has, as SQL."""
    with closing(sqlite3.connect(folder / "drafts.sqlite3")) as database:
        return list(database.iterdump())


def test_drafts_are_taken_over_after_a_backup_and_the_old_version_finds_the_way_back(
    tmp_path: Path, later: Path
) -> None:
    with opened(tmp_path) as client:
        draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    with opened(tmp_path) as client:
        assert drafts(client) == [draft]
    assert names(tmp_path) == []  # nothing was to be upgraded
    with opened(tmp_path, later) as client:
        assert drafts(client) == [draft]
        second = json.loads(client.upload("乙.xlsx", SAMPLE.read_bytes()).body)["address"]
    assert names(tmp_path) == [f"草稿-{OURS}-….sqlite3"]

    with opened(tmp_path) as client:
        for path in ("/", draft, "/archive", "/self-test"):
            page = client.ask("GET", path)
            said = (
                f"草稿是更新的版本（99.1）写的，这个版本（{OURS}）不能打开，没有动它。请打开那个版本的程序。"
            )
            assert (page.status, said in page.text) == (503, True)
        assert f"换回备份（{OURS}，" in page.text
        assert client.ask("POST", "/go-back").status == 403  # forged: without the token
        assert client.ask("POST", "/go-back", X_CSRFToken=client.token).status == 302
        assert drafts(client) == [draft]
        assert client.ask("GET", second).status == 404
    assert names(tmp_path) == [f"草稿-{OURS}-….sqlite3", "草稿-99.1-…-换下的.sqlite3"]

    [aside] = tmp_path.glob("草稿-*")
    with closing(sqlite3.connect(aside)) as database:
        kept = {f"/draft/{key}" for (key,) in database.execute("SELECT id FROM workbench_draft")}
    assert kept == {draft, second}
    with opened(tmp_path, later) as client:  # which takes them over once more
        assert drafts(client) == [draft]


def test_while_one_version_is_open_the_other_says_so(tmp_path: Path, later: Path) -> None:
    with opened(tmp_path):
        second = subprocess.run(
            [sys.executable, "-m", "nianbao.entry", "serve", "--no-browser"],
            env={**os.environ, "NIANBAO_DATA": str(tmp_path), "PYTHONPATH": str(later)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (second.returncode, second.stdout.startswith("http://127.0.0.1:")) == (0, True)
    assert second.stderr == (
        f"{OURS} 版的程序正开着，打开的是它的窗口。"
        "要用这个版本的，请先关上它的页面，等它自己结束（一刻钟），再打开\n"
    )
    assert names(tmp_path) == []


def test_without_a_fitting_backup_it_can_begin_with_no_draft(tmp_path: Path, later: Path) -> None:
    with opened(tmp_path, later) as client:
        client.upload("甲.xlsx", SAMPLE.read_bytes())

    with opened(tmp_path) as client:
        assert "从没有草稿开始" in client.ask("GET", "/").text
        assert client.ask("POST", "/go-back", X_CSRFToken=client.token).status == 302
        assert (client.ask("GET", "/").status, drafts(client)) == (200, [])
    assert names(tmp_path) == ["草稿-99.1-…-换下的.sqlite3"]


def test_without_a_backup_nothing_is_upgraded(tmp_path: Path, later: Path) -> None:
    with opened(tmp_path) as client:
        draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    (tmp_path / BACKUPS).write_text("", encoding="utf-8")  # a file in the folder's place
    before = content(tmp_path)

    with opened(tmp_path, later) as client:
        page = client.ask("GET", "/")
        assert (page.status, "升级前的备份没有写成（路径中有一段是文件，不是文件夹）" in page.text) == (
            503,
            True,
        )
        assert "再试一次" in page.text
        assert content(tmp_path) == before
        (tmp_path / BACKUPS).unlink()
        assert client.ask("POST", "/try-again", X_CSRFToken=client.token).status == 302
        assert drafts(client) == [draft]
    assert names(tmp_path) == [f"草稿-{OURS}-….sqlite3"]


def test_a_database_that_is_none_is_left_alone_and_told(tmp_path: Path) -> None:
    spoilt = b"SQLite format 3\x00" + bytes(9000)
    (tmp_path / "drafts.sqlite3").write_bytes(spoilt)

    with opened(tmp_path) as client:
        assert "草稿的数据库打不开" in client.ask("GET", "/").text
        assert (tmp_path / "drafts.sqlite3").read_bytes() == spoilt
        assert client.ask("POST", "/go-back", X_CSRFToken=client.token).status == 302
        assert client.ask("GET", "/").status == 200
    [aside] = tmp_path.glob("草稿-*")
    assert aside.read_bytes() == spoilt


def test_a_database_that_may_not_be_written_is_told_and_tried_again(tmp_path: Path) -> None:
    folder = owned(tmp_path / "数据", FIRST)
    with closing(sqlite3.connect(folder / "drafts.sqlite3")) as database:
        database.execute("CREATE TABLE other (number)")
    (folder / "drafts.sqlite3").chmod(0o444)
    server = Server(folder, user=FIRST)
    server.start()
    client = Client(server).enter()

    page = client.ask("GET", "/")
    assert (page.status, "草稿的数据库现在打不开（没有写的权限），没有动它" in page.text) == (503, True)
    os.chown(folder / "drafts.sqlite3", FIRST, FIRST)
    (folder / "drafts.sqlite3").chmod(0o600)
    assert client.ask("POST", "/try-again", X_CSRFToken=client.token).status == 302
    assert client.ask("GET", "/").status == 200
    server.end()


def test_of_the_backups_the_newest_three_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    folder = tmp_path / BACKUPS
    folder.mkdir()
    for day in range(1, 6):
        shutil.copy(tmp_path / "drafts.sqlite3", folder / f"草稿-{OURS}-2026010{day}-120000.sqlite3")
    (folder / "自己放的.txt").write_text("", encoding="utf-8")

    upgrade.back_up(tmp_path)

    *kept, newest = sorted(path.name for path in folder.glob("*.sqlite3"))
    assert kept == [f"草稿-{OURS}-2026010{day}-120000.sqlite3" for day in (4, 5)]
    assert newest.startswith(f"草稿-{OURS}-")
    assert (folder / "自己放的.txt").exists()
