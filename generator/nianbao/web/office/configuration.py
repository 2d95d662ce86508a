"""office.toml: what an office's server is told by whoever runs it."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Mapping
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

# 前面的反向代理（例如 nginx）的地址；由它提供 TLS。没有的留空。用套接字（--listen unix:…）时写 "unix"。
proxy = ""

# 许多份报告一起生成时用的 Dask 集群的地址，例如 "tcp://10.0.0.5:8786"。不用的留空，在本机生成。
cluster = ""

# 数据库。不写就用本文件夹里的 SQLite。用 PostgreSQL 时写：
# [database]
# host = "/run/postgresql"
# name = "nianbao"
# user = "nianbao"
"""
SOCKET = "unix"  # the proxy, where it comes by a socket
_KEYS = {"hosts": list, "proxy": str, "cluster": str, "database": dict}
_DATABASE = {"host": str, "port": int, "name": str, "user": str, "password": str}
_WORDS = {list: "用方括号括起来的一列", str: "用引号括起来的文字", dict: "一节", int: "数"}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]+\]?|\*|\.[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Configuration:
    """What stands in office.toml."""

    hosts: tuple[str, ...] = ()
    proxy: str = ""
    cluster: str = ""
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
        text = (folder / CONFIGURATION).read_text(encoding="utf-8-sig")  # Windows' editors begin so
        told = tomllib.loads(text)
    except FileNotFoundError:
        raise Usage(f"{folder} 里没有办公室（{CONFIGURATION}）。新建请加 --new") from None
    except UnicodeDecodeError:
        raise Usage(f"{CONFIGURATION} 不是 UTF-8 的文本，请用编辑器另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"第 {line[1]} 行" if line else "到末尾还没有写完，或有一项写了两次，"
        raise Usage(f"{CONFIGURATION} {place}不合 TOML 的写法，请核对引号、括号和等号") from None
    _require(told, _KEYS, "")
    database = told.get("database", {})
    _require(database, _DATABASE, "[database] 的 ")
    hosts = tuple(told.get("hosts", ()))
    for host in hosts:
        if not isinstance(host, str) or not _HOST.fullmatch(host):
            raise Usage(f"{CONFIGURATION} 的 hosts 里“{host}”不是域名：只写域名，不写 https:// 和端口")
    proxy = told.get("proxy", "").strip()
    if proxy and proxy != SOCKET:
        try:
            ipaddress.ip_address(proxy)
        except ValueError:
            raise Usage(f"{CONFIGURATION} 的 proxy“{proxy}”不是 IP 地址，也不是 unix") from None
    return Configuration(hosts, proxy, told.get("cluster", "").strip(), dict(database))


def _require(told: dict[str, Any], keys: Mapping[str, type], where: str) -> None:
    for key, value in told.items():
        if key not in keys:
            raise Usage(f"{CONFIGURATION} 里没有 {where}{key} 这一项，可以写的是 {'、'.join(keys)}")
        if not isinstance(value, keys[key]) or isinstance(value, bool):
            raise Usage(f"{CONFIGURATION} 里 {where}{key} 要写成{_WORDS[keys[key]]}")
