"""What is unsafe about a deployment is told; the server listens only where it is safe, or meant."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from nianbao.report.submission import Role

from tests.web.office.conftest import Office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of files, and Unix sockets")
MACHINE = {"office-root", "office-disk"}  # of the machine that the tests run on


def found(office: Office, **told: Any) -> list[str]:
    """What is unsafe about an office, but for the machine; its database's superuser is the tests' own."""
    from nianbao.web.office import deployment
    from nianbao.web.office.configuration import Configuration

    problems = deployment.problems(office.folder, Configuration(**told))
    own = "，".join(("数据库用户是超级用户", "能读写服务器上的别的数据库"))
    return [
        f"{problem.what}"
        for problem in problems
        if problem.code not in MACHINE and problem.what != own and "时区" not in problem.what
    ]


@pytest.fixture
def safe(office: Office) -> Office:
    """An office about which nothing is unsafe."""
    office.folder.chmod(0o700)
    (office.folder / "secret").write_text("s" * 64, encoding="ascii")
    (office.folder / "secret").chmod(0o600)
    return office


def _readable(office: Office) -> None:
    office.folder.chmod(0o750)
    (office.folder / "secret").chmod(0o640)


def _short(office: Office) -> None:
    (office.folder / "secret").write_text("short", encoding="ascii")


def _first_password(office: Office) -> None:
    from nianbao.web.office import accounts

    accounts.create_first()


def _old_password(office: Office) -> None:
    from django.utils import timezone
    from nianbao.web.office import accounts
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Account

    for login in ("reader", "reviewer"):
        accounts.create(login, "", Role.READ, None, Who(""))
    Account.objects.filter(user__username="reader").update(made_at=timezone.now() - timedelta(days=31))


def _events(office: Office, days: int, *whats: str) -> None:
    import unittest.mock

    from django.utils import timezone
    from nianbao.web.office import events

    then = timezone.now() - timedelta(days=days)
    with unittest.mock.patch.object(timezone, "now", return_value=then):
        for what in whats:
            events.record(events.Who("system"), what)


def _new_backup(office: Office) -> None:
    _events(office, 9, "login")
    _events(office, 6, "backup")


def _changed_log(office: Office) -> None:
    from nianbao.web.office.models import Event

    _events(office, 0, "login", "login")
    Event.objects.filter(id=1).update(who="another")


CASES: dict[str, tuple[Callable[[Office], None], list[str]]] = {
    "nothing": (lambda office: None, []),
    "readable": (
        _readable,
        ["别的用户能打开这个文件夹，读得到 secret", "别的用户读得到这个文件，可以伪造登录"],
    ),
    "short secret": (_short, ["密钥只有 5 个字符"]),
    "first password": (_first_password, ["管理员还在用初始密码：admin"]),
    "old password": (_old_password, ["初始密码 30 天没有换：reader"]),
    "no backup": (lambda office: _events(office, 9, "login"), ["用了 9 天，还没有备份过"]),
    "old backup": (lambda office: _events(office, 8, "login", "backup"), ["最近一次备份在 8 天前"]),
    "new backup": (_new_backup, []),
    "log": (_changed_log, ["第 1 行被改过"]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_unsafe_is_told(safe: Office, case: str) -> None:
    spoil, told = CASES[case]
    spoil(safe)
    seen = found(safe)
    if "log" in case:
        seen = [what for what in seen if "行" in what]
    assert [re.sub("，读得到 .*(secret)", r"，读得到 \1", what) for what in seen] == told


def test_a_clock_behind_the_log_is_told(safe: Office) -> None:
    _events(safe, -1, "login")
    [what] = found(safe)
    assert re.fullmatch(r"系统的时间比日志的最后一行（[\d: -]+）还早", what)


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (
            {"hosts": ("office.example",)},
            ["别的机器用 office.example 来访问，没有写 proxy：密码和报告不加密地经过网络"],
        ),
        ({"hosts": ("office.example",), "proxy": "127.0.0.1"}, []),
        ({"hosts": (".example",), "proxy": "unix"}, ["hosts 里写了通配的名称，别人的网页可以冒充"]),
    ],
)
def test_what_office_toml_leaves_open_is_told(safe: Office, told: dict[str, Any], what: list[str]) -> None:
    assert found(safe, **told) == what


def test_a_database_over_the_network_without_a_password_is_told(safe: Office) -> None:
    from django.db import connection

    told = ["经网络连接 db.example 的数据库，没有写密码"] if connection.vendor == "postgresql" else []
    assert found(safe, database={"host": "db.example"}) == told
    assert found(safe, database={"host": "/run/postgresql"}) == []


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder), *words]
    environment = {**os.environ, "TZ": "Asia/Shanghai"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offices") / "办公室"
    assert run(folder, "--new", "--year", "2025").returncode == 0
    return folder


def configure(made: Path, folder: Path, text: str) -> Path:
    shutil.copytree(made, folder)
    (folder / "office.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_office_is_made_so_that_nobody_else_reads_it(made: Path) -> None:
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (made, *made.iterdir())}
    assert {name: mode for name, mode in modes.items() if mode not in ("0o600", "0o700")} == {}
    checked = run(made, "--check")
    lines = [
        line for line in checked.stdout.splitlines() if "文件夹是 root 的" not in line and "磁盘" not in line
    ]
    assert (checked.returncode, lines) == (
        1,
        [f"警告 {made}：管理员还在用初始密码：admin。请登录换掉；不用的帐户请停用。"],
    )
    assert run(made, "--new").stderr == f"{made} 里已经有一个办公室。用法见 nianbao --help\n"


@pytest.mark.parametrize(
    ("text", "address", "plain", "told"),
    [
        ("", "0.0.0.0", False, "在 0.0.0.0 上提供服务不加密，密码和报告别人看得到。"),
        ("", "0.0.0.0", True, "请在 office.toml 的 hosts 里写浏览器里用的地址"),
        ("", "office.example", True, "“office.example”不是 IP 地址，也不是 unix:套接字的路径"),
        ("", "unix:/tmp/s", False, "用套接字的，前面要有提供 TLS 的反向代理"),
        (
            'proxy = "unix"',
            "unix:/nowhere/s",
            False,
            "/nowhere/s：没有这个文件或文件夹。请核对路径。",
        ),
        ('proxy = "unix"', f"unix:/tmp/{'s' * 108}", False, "：路径太长。请换一个名称短的文件夹。"),
        ("", "192.0.2.1", True, "请在 office.toml 的 hosts 里写浏览器里用的地址"),
        (
            'hosts = ["a.example"]',
            "192.0.2.1",
            True,
            "这台计算机没有 192.0.2.1 这个地址，请核对 --listen",
        ),
        ('proxy = "unix"', "", False, "office.toml 的 proxy 写的是 unix，请加 --listen unix:套接字的路径"),
        ('proxy = "nginx"', "", False, "office.toml 的 proxy“nginx”不是 IP 地址，也不是 unix"),
        ('hosts = ["https://a.example:8000"]', "", False, "“https://a.example:8000”不是域名"),
        ('host = ["a.example"]', "", False, "没有 host 这一项，可以写的是 hosts、proxy、cluster、database"),
        ('hosts = "a.example"', "", False, "office.toml 里 hosts 要写成用方括号括起来的一列"),
        ("[database]\npasword = '1'", "", False, "office.toml 里没有 [database] 的 pasword 这一项"),
        (
            "hosts = [",
            "",
            False,
            "office.toml 到末尾还没有写完，或有一项写了两次，不合 TOML 的写法，请核对引号、括号和等号",
        ),
        ("\nhosts = a.example", "", False, "office.toml 第 2 行不合 TOML 的写法，请核对引号、括号和等号"),
    ],
)
def test_what_cannot_be_served_is_told(
    tmp_path: Path, text: str, address: str, plain: bool, told: str
) -> None:
    from nianbao.app.outcome import Usage, problems
    from nianbao.web.office import configuration, listening

    (tmp_path / "office.toml").write_text(text, encoding="utf-8-sig")
    with pytest.raises((Usage, OSError)) as refused:
        listening.listen(configuration.read(tmp_path), address, 0, plain=plain)
    error = refused.value
    assert told in (str(error) if isinstance(error, Usage) else str(problems(error)[0]))


def test_settings_in_another_encoding_are_told(tmp_path: Path) -> None:
    from nianbao.app.outcome import Usage
    from nianbao.web.office import configuration

    (tmp_path / "office.toml").write_text("# 设置", encoding="gbk")
    with pytest.raises(Usage) as refused:
        configuration.read(tmp_path)
    assert str(refused.value) == "office.toml 不是 UTF-8 的文本，请用编辑器另存为 UTF-8"


def test_a_database_that_is_not_there_is_told(made: Path, tmp_path: Path) -> None:
    answer = run(configure(made, tmp_path / "office", "[database]\nhost = '/nowhere'"), "--check")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("数据库打不开：")


def test_a_folder_without_an_office_is_told(tmp_path: Path) -> None:
    answer = run(tmp_path, "--check")
    assert (
        answer.returncode,
        f"{tmp_path} 里没有办公室（office.toml）。新建请加 --new" in answer.stderr,
    ) == (2, True)


class _Unix(http.client.HTTPConnection):
    """A connection over a Unix socket, as a proxy has it."""

    def __init__(self, path: Path) -> None:
        super().__init__("office.example", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.path))


@contextmanager
def served(folder: Path, *words: str) -> Iterator[str]:
    """What the server says of where it listens, while it runs."""
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()


def test_behind_a_proxy_the_log_has_the_clients_address(made: Path, tmp_path: Path) -> None:
    folder = configure(made, tmp_path / "office", 'hosts = ["office.example"]\nproxy = "unix"')
    with tempfile.TemporaryDirectory() as short:  # the path of a socket is at most 107 bytes long
        path = Path(short) / "s"
        with socket.socket(socket.AF_UNIX) as killed:
            killed.bind(str(path))
        with served(folder, "--listen", f"unix:{path}") as said:
            assert (said, oct(path.stat().st_mode & 0o777)) == (f"unix:{path}", "0o660")
            forwarded = {
                "Host": "office.example", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "office.example",
                "X-Forwarded-For": "192.0.2.9, 10.0.0.7", "Origin": "https://office.example",
            }  # fmt: skip
            proxy = _Unix(path)
            proxy.request("GET", "/login", headers=forwarded)
            answer = proxy.getresponse()
            page, cookie = answer.read().decode(), answer.headers["Set-Cookie"]
            assert (answer.status, "Secure" in cookie, "HttpOnly" in cookie) == (200, True, True)
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
            assert token
            body = f"csrfmiddlewaretoken={token[1]}&username=admin&password=wrong"
            given = forwarded | {
                "Cookie": cookie.split(";")[0],
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": "https://office.example/login",
            }
            seen = []
            for _ in range(5):
                proxy.request("POST", "/login", body, given)
                answer = proxy.getresponse()
                answer.read()
                seen.append(answer.status)
            assert seen == [422] * 4 + [429]
            proxy.request("GET", "/health", headers={"Host": "elsewhere.example"})
            assert proxy.getresponse().status == 421
            proxy.close()
        assert not path.exists()
    import sqlite3

    log = sqlite3.connect(folder / "office.sqlite3")
    assert log.execute("SELECT address, detail FROM office_event WHERE what = 'locked'").fetchall() == [
        ("10.0.0.7", '{"account": "admin"}')
    ]
    log.close()


def test_an_address_that_is_named_and_meant_is_served_without_tls(made: Path, tmp_path: Path) -> None:
    folder = configure(made, tmp_path / "office", 'hosts = ["127.0.0.9"]')
    with served(folder, "--listen", "0.0.0.0", "--plain-http") as said:
        port = int(said.rsplit(":", 1)[1].rstrip("/"))
        seen = {}
        for host in ("127.0.0.9", "127.0.0.8"):
            client = http.client.HTTPConnection(host, port, timeout=30)
            client.request("GET", "/login", headers={"X-Forwarded-For": "192.0.2.9"})
            answer = client.getresponse()
            seen[host] = (answer.status, "Secure" in str(answer.headers["Set-Cookie"]))
            answer.read()
            client.close()
    assert seen == {"127.0.0.9": (200, False), "127.0.0.8": (421, False)}
