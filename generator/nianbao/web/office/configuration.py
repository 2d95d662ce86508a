"""office.toml: what an administrator of the machine writes about an office's server."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nianbao.app.outcome import Usage
from nianbao.web.settings import sqlite

CONFIGURATION = "office.toml"
SQLITE = "office.sqlite3"  # the database in the office's folder
FRESH = """\
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

    def django_database(self, folder: Path) -> dict[str, Any]:
        """The database as Django has it: SQLite in the office's folder, where no other is named."""
        if not self.database:
            return sqlite(folder / SQLITE)
        told = self.database
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": told.get("name", "nianbao"),
            "USER": told.get("user", ""),
            "PASSWORD": told.get("password", ""),
            "HOST": told.get("host", ""),
            "PORT": str(told.get("port", "")),
            "CONN_MAX_AGE": 60,
        }


def read(folder: Path) -> Configuration:
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
