"""The window on machines as they are: homes that cannot be written or are not there, and several users."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from tests.runner import PROGRAM
from tests.users import FIRST, SECOND, as_user, owned
from tests.web.serving import Server
from tests.web.test_access import SAMPLE, Client

NAMES = ("NIANBAO_DATA", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


class Person:
    """Somebody with a home, as another user than ours; the window that they have open."""

    def __init__(self, number: int, home: Path, temporary: Path) -> None:
        self.home = home
        self.server = Server(
            home, {"HOME": str(home), "TMPDIR": str(temporary), **dict.fromkeys(NAMES, "")}, number
        )

    def __enter__(self) -> Client:
        self.server.start()
        return Client(self.server).enter()

    def __exit__(self, *_: object) -> None:
        self.server.end()


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """A folder for temporary files, as every user has it."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


def begun(client: Client) -> str:
    """A draft that was opened."""
    return str(json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"])


def make(client: Client, draft: str) -> None:
    """Have the report of a draft made."""
    made = json.loads(client.ask("POST", f"{draft}/make", X_CSRFToken=client.token).body)
    end = time.monotonic() + 120
    while not (job := json.loads(client.ask("GET", f"/jobs/{made['key']}").body)).get("done"):
        assert time.monotonic() < end
        assert "problems" not in job, job
        time.sleep(0.2)


def test_a_home_that_cannot_be_written(tmp_path: Path, temporary: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    owned(tmp_path / "other", FIRST)  # so that the way here may be gone

    with Person(FIRST, home, temporary) as client:
        page = client.ask("GET", "/").text
        draft = begun(client)
        make(client, draft)
        told = f"数据文件夹（{home}/.local/share/nianbao）不能用：没有权限读写。草稿和归档只放在临时文件夹里"
        assert told in page
    with Person(FIRST, home, temporary) as client:
        assert draft in client.ask("GET", "/").text

    assert list(home.iterdir()) == []
    [kept] = [path for path in temporary.iterdir() if path.name.startswith("nianbao-data")]
    assert (kept.name, stat.S_IMODE(kept.stat().st_mode)) == (f"nianbao-data-{FIRST}", 0o700)


def test_a_home_that_is_not_there(tmp_path: Path, temporary: Path) -> None:
    owned(tmp_path / "other", FIRST)

    with Person(FIRST, tmp_path / "没有", temporary) as client:
        assert "草稿和归档只放在临时文件夹里" in client.ask("GET", "/").text

    assert not (tmp_path / "没有").exists()


def test_a_user_without_any_home(tmp_path: Path, temporary: Path) -> None:
    """One whom the system does not know at all, and no variable says where the home is."""
    output = owned(tmp_path / "成品", FIRST)
    command = ["env", "--unset=HOME", "--unset=XDG_CACHE_HOME", str(PROGRAM)]
    environment = {**os.environ, "TMPDIR": str(temporary), **dict.fromkeys(NAMES, "")}
    made = subprocess.run(
        as_user(FIRST, *command, "generate", SAMPLE, "--pdf", "-o", output),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (made.returncode, "内部错误" in made.stderr) == (0, False), made.stderr
    assert len(list(output.rglob("*.pdf"))) == 1
    served = subprocess.run(
        as_user(FIRST, *command, "serve", "--no-browser", "--idle", "0.01"),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = "这台电脑没有给这个用户主目录。草稿和归档只放在临时文件夹里"
    assert (served.returncode, served.stderr.startswith(told)) == (0, True), served.stderr


def test_a_folder_that_somebody_else_has_made_for_us_is_not_used(tmp_path: Path, temporary: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    traps = [owned(temporary / f"nianbao-{name}-{FIRST}", SECOND) for name in ("data", "cache")]
    for trap in traps:
        trap.chmod(0o777)

    with Person(FIRST, home, temporary) as client:
        make(client, begun(client))

    assert [list(trap.iterdir()) for trap in traps] == [[], []]


def test_two_users_at_once_have_each_their_own(tmp_path: Path, temporary: Path) -> None:
    homes = [owned(tmp_path / name, number) for name, number in (("张 三😀", FIRST), ("李四", SECOND))]
    first, second = (
        Person(number, home, temporary) for number, home in zip((FIRST, SECOND), homes, strict=True)
    )

    with first as one, second as other:
        assert one.port != other.port
        draft = begun(one)
        assert (draft in one.ask("GET", "/").text, draft in other.ask("GET", "/").text) == (True, False)
        other.cookies = dict(one.cookies)  # the key of one opens nothing of the other's
        assert other.ask("GET", "/").status == 403
    for home, number in zip(homes, (FIRST, SECOND), strict=True):
        folder = home / ".local" / "share" / "nianbao"
        assert {path.stat().st_uid for path in folder.rglob("*")} == {number}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_with_spaces_and_emoji(tmp_path: Path) -> None:
    folder = tmp_path / "王 五 的 数据 😀"
    server = Server(folder)
    server.start()

    client = Client(server).enter()
    draft = begun(client)
    kept = client.ask("POST", f"{draft}/keep", X_CSRFToken=client.token)

    assert server.end(signal.SIGTERM) == 143
    assert kept.status == 200
    assert (folder / "archive" / "总账.jsonl").exists()
