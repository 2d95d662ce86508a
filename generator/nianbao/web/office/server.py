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
UPGRADES = "升级前的备份"  # a folder in the office's
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
    known = set(folder.iterdir())
    try:
        (folder / CONFIGURATION).write_text(FRESH, encoding="utf-8")
        return _begun(folder, year)
    except BaseException:  # half an office would be in the way of a second try
        for path in set(folder.iterdir()) - known:
            path.unlink()
        raise


def _begun(folder: Path, year: int | None) -> tuple[str, str]:
    set_up(folder)
    from nianbao.web import shortage
    from nianbao.web.office import accounts, submissions

    with shortage.as_of_files(folder):
        setting = submissions.setting()
        if year is not None:
            setting.year = year
            setting.save()
        return accounts.create_first()


def set_up(folder: Path, *, migrate: bool = True) -> Configuration:
    """Set Django up for this office, and bring its database up to date. Once in a process. Raises Usage."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    from nianbao.web import settings, shortage

    told = configuration.read(folder)
    os.umask(PRIVATE)
    try:
        with shortage.as_of_files(folder):
            settings.configure_office(
                folder,
                database=told.django_database(folder),
                hosts=[*LOCAL, *told.hosts],
                secure=bool(told.proxy),
                cluster=told.cluster,
                migrate=migrate,
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
    from nianbao.web import shortage
    from nianbao.web.office import deployment

    with shortage.as_of_files(folder):
        return deployment.problems(folder, told)


def back_up(folder: Path, target: Path) -> str:
    """Write a backup, also while the server runs; what is to be noted of it. Raises Usage, OSError."""
    _require()
    set_up(folder, migrate=False)
    from nianbao.web import shortage
    from nianbao.web.office import backup

    with shortage.as_of_files(folder):
        return str(backup.write(folder, target))


def restore(source: Path, folder: Path) -> str:
    """Make an office out of a backup; what is to be compared with what was noted. Raises Usage, OSError."""
    _require()
    from nianbao.web.office import backup

    return str(backup.restore(source, folder))


def serve(folder: Path, *, port: int, address: str = "", plain: bool = False) -> int:
    """Serve the office's pages until a signal ends it. Raises Usage, OSError.

    `address` is an IP address or a Unix socket, "" for this machine alone; `plain` where it may be another
    machine's and nothing encrypts what goes there.
    """
    _require()
    listener = listening.listen(configuration.read(folder), address, port, plain=plain)
    try:
        _bring_up_to_date(folder)
        return _run(listener)
    finally:
        listener.close()


def _run(listener: Listener) -> int:
    from nianbao.app.workers import isolation, processors
    from nianbao.web.listening import serving
    from nianbao.web.office.connection import Connection
    from nianbao.web.office.jobs import Runner
    from nianbao.web.office.work import WORK
    from nianbao.web.workbench.jobs import jobs

    runner = Runner(WORK)
    with serving(listener.socket, Connection, **_proxy(listener)) as server:
        try:
            sys.stdout.write(f"{listener.said}\n")
            sys.stdout.flush()
            isolation.widen(processors())
            jobs().warm()
            runner.start()
            server.run()
        finally:
            runner.end()
            jobs().close()
    return 0


def _proxy(listener: Listener) -> dict[str, Any]:
    """What is believed of the proxy in front, where there is one."""
    if not listener.trusted:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {"trusted_proxy": listener.trusted, "trusted_proxy_headers": headers}


def _bring_up_to_date(folder: Path) -> None:
    """Set Django up, and bring the database up to date after a backup of it as it was."""
    set_up(folder, migrate=False)
    from django.core.management import call_command

    from nianbao.web import shortage
    from nianbao.web.office import filestore

    with shortage.as_of_files(folder):
        _back_up_older(folder)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("clearsessions")  # those that are over: nothing else takes them out
        filestore.sweep()


def _back_up_older(folder: Path) -> None:
    """Back a database up that is about to be brought up to date."""
    from nianbao.web import migrated
    from nianbao.web.office import backup

    older = migrated.applied()
    if older and older != migrated.known():
        newest = dict(sorted(older))  # of each part
        target = folder / UPGRADES / f"{'-'.join(f'{part}.{name}' for part, name in newest.items())}.tar"
        if not target.exists():
            target.parent.mkdir(exist_ok=True, mode=0o700)
            sys.stderr.write(f"数据库是旧版本的，升级前已备份：{backup.write(folder, target)}\n")


def _require() -> None:
    missing = [name for name in ("django", "waitress", "axes") if find_spec(name) is None]
    if missing:
        raise Usage(f'没有安装办公室要用的部件（{"、".join(missing)}）。请运行 pip install "nianbao[web]"')
