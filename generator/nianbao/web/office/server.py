"""The server of an office, over the folder that holds all it keeps."""

from __future__ import annotations

import socket
import sys
import tomllib
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nianbao.app.outcome import Usage

CONFIGURATION = "office.toml"
LOCAL = ("127.0.0.1", "localhost")
_FRESH = """\
# 本办公室服务器的设置。改后重新启动。

# 页面的地址（域名），浏览器里写的那个；只在本机用时留空。
hosts = []

# 前面的反向代理（例如 nginx）的地址；由它提供 TLS。没有的留空。
proxy = ""

# 数据库。不写就用本文件夹里的 SQLite。用 PostgreSQL 时写：
# [database]
# host = "/run/postgresql"
# name = "nianbao"
# user = "nianbao"
"""


@dataclass(frozen=True)
class Configuration:
    """What stands in office.toml."""

    hosts: tuple[str, ...] = ()
    proxy: str = ""
    database: dict[str, Any] = field(default_factory=dict)


def begin(folder: Path, year: int | None) -> tuple[str, str]:
    """Make the folder of a new office; the name and the first password of its administrator.

    Raises Usage where there is one already, OSError.
    """
    _require()
    if (folder / CONFIGURATION).exists():
        raise Usage(f"{folder} 里已经有一个办公室")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / CONFIGURATION).write_text(_FRESH, encoding="utf-8")
    set_up(folder)
    from nianbao.web.office import accounts, submissions

    setting = submissions.setting()
    if year is not None:
        setting.year = year
        setting.save()
    return accounts.create_first()


def configuration(folder: Path) -> Configuration:
    """Read office.toml; raises Usage for what cannot be meant."""
    try:
        told = tomllib.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Usage(f"{folder} 里没有办公室（{CONFIGURATION}）。新建请加 --new") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Usage(f"{CONFIGURATION} 读不出：{error}") from None
    return Configuration(
        tuple(told.get("hosts", ())), str(told.get("proxy", "")), dict(told.get("database", {}))
    )


def set_up(folder: Path) -> Configuration:
    """Set Django up for this office, and bring its database up to date. Once in a process."""
    from nianbao.web import settings

    told = configuration(folder)
    hosts = [*LOCAL, *told.hosts]
    settings.configure_office(
        folder, database=_database(folder, told.database), hosts=hosts, secure=bool(told.proxy)
    )
    return told


def serve(folder: Path, *, port: int) -> int:
    """Serve the office's pages until a signal ends it. Raises Usage, OSError."""
    _require()
    told = set_up(folder)
    from django.core.wsgi import get_wsgi_application
    from waitress.server import BaseWSGIServer, create_server

    from nianbao.web import connection, settings
    from nianbao.web.workbench.jobs import jobs

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        raise Usage(f"端口 {port} 已被别的程序占用，请换一个，或不写 --port") from None
    trusted: dict[str, Any] = (
        {
            "trusted_proxy": told.proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        }
        if told.proxy
        else {}
    )
    server = create_server(
        get_wsgi_application(),
        sockets=[listening],
        threads=8,
        max_request_body_size=settings.MOST_SENT,
        channel_timeout=30,
        cleanup_interval=5,
        connection_limit=400,
        asyncore_use_poll=sys.platform != "win32",
        ident=None,
        clear_untrusted_proxy_headers=True,
        **trusted,
    )
    assert isinstance(server, BaseWSGIServer)
    server.channel_class = connection.Timed  # who asks, the session says
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}/\n")
    sys.stdout.flush()
    jobs().warm()
    try:
        server.run()
    finally:
        jobs().close()
    return 0


def _database(folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    from nianbao.web import settings

    if not told:
        return settings.sqlite(folder / "office.sqlite3")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": told.get("name", "nianbao"),
        "USER": told.get("user", ""),
        "PASSWORD": told.get("password", ""),
        "HOST": told.get("host", ""),
        "PORT": str(told.get("port", "")),
        "CONN_MAX_AGE": 60,
    }


def _require() -> None:
    missing = [name for name in ("django", "waitress", "axes") if find_spec(name) is None]
    if missing:
        raise Usage(f'没有安装办公室要用的部件（{"、".join(missing)}）。请运行 pip install "nianbao[web]"')
