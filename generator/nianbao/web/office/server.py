"""The server of an office, over the folder that holds all it keeps."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nianbao.app.outcome import Usage
from nianbao.report import Problem
from nianbao.web.office import configuration, listening
from nianbao.web.office.configuration import CONFIGURATION, FRESH, Configuration
from nianbao.web.office.listening import Listener

LOCAL = ("127.0.0.1", "localhost")
PRIVATE = 0o077  # what others may not: the files of an office are its server's alone


def begin(folder: Path, year: int | None) -> tuple[str, str]:
    """Make the folder of a new office; the name and the first password of its administrator.

    Raises Usage where there is one already, OSError.
    """
    _require()
    if (folder / CONFIGURATION).exists():
        raise Usage(f"{folder} 里已经有一个办公室")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.umask(PRIVATE)
    (folder / CONFIGURATION).write_text(FRESH, encoding="utf-8")
    set_up(folder)
    from nianbao.web.office import accounts, submissions

    setting = submissions.setting()
    if year is not None:
        setting.year = year
        setting.save()
    return accounts.create_first()


def set_up(folder: Path) -> Configuration:
    """Set Django up for this office, and bring its database up to date. Once in a process."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from nianbao.web import settings

    told = configuration.read(folder)
    os.umask(PRIVATE)
    hosts = [*LOCAL, *told.hosts]
    try:
        settings.configure_office(
            folder, database=_database(folder, told.database), hosts=hosts, secure=bool(told.proxy)
        )
    except ImproperlyConfigured as error:
        if told.database and find_spec("psycopg") is None:
            raise Usage('没有安装 PostgreSQL 的部件。请运行 pip install "nianbao[postgresql]"') from None
        raise error
    except OperationalError as error:
        first = str(error).strip().splitlines()[0]
        raise Usage(f"数据库打不开：{first}。请核对 {CONFIGURATION} 的 [database]") from None
    return told


def check(folder: Path) -> list[Problem]:
    """What is unsafe about an office's server; raises Usage where there is none, OSError."""
    _require()
    told = set_up(folder)
    from nianbao.web.office import deployment

    return deployment.problems(folder, told)


def serve(folder: Path, *, port: int, address: str = "", plain: bool = False) -> int:
    """Serve the office's pages until a signal ends it. Raises Usage, OSError.

    `address` is an IP address or a Unix socket, "" for this machine alone; `plain` where it may be another
    machine's and nothing encrypts what goes there.
    """
    _require()
    listener = listening.listen(configuration.read(folder), address, port, plain=plain)
    try:
        set_up(folder)
        return _run(listener)
    finally:
        listener.close()


def _run(listener: Listener) -> int:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from waitress.server import BaseWSGIServer, create_server

    from nianbao.web import connection, settings
    from nianbao.web.workbench.jobs import jobs

    trusted: dict[str, Any] = (
        {
            "trusted_proxy": listener.trusted,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        }
        if listener.trusted
        else {}
    )
    call_command("clearsessions")  # those that are over: nothing else takes them out of the database
    listeners: dict[int, Any] = {}
    server = create_server(
        get_wsgi_application(),
        map=listeners,
        sockets=[listener.socket],
        threads=8,
        max_request_body_size=settings.MOST_BYTES + 64 * 1024,
        channel_timeout=30,
        cleanup_interval=5,
        connection_limit=400,
        asyncore_use_poll=sys.platform != "win32",
        ident=None,
        clear_untrusted_proxy_headers=True,
        **trusted,
    )
    for each in list(listeners.values()):
        if isinstance(each, BaseWSGIServer):
            each.channel_class = connection.Timed  # an office has no key: whoever logs in sends a body
    sys.stdout.write(f"{listener.said}\n")
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
