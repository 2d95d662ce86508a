"""A PostgreSQL of the tests' own: on a socket in a folder, of a user without rights; gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "nobody"  # PostgreSQL refuses root
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def programs() -> Path | None:
    """Where PostgreSQL's server lies; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


@contextmanager
def postgresql(*, safe: bool = False) -> Iterator[Path]:
    """The folder of its socket, while it runs; `safe` as it comes, else quick. Skips where there is none."""
    place = programs()
    if place is None or sys.platform == "win32":
        pytest.skip("PostgreSQL is not installed")
    other = {"user": USER, "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="nianbao-pg-"))
    if other:
        shutil.chown(folder, USER, "nogroup")
    data = folder / "data"
    begin: list[str | Path] = [
        place / "initdb",
        "-D",
        data,
        "-U",
        "nianbao",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "-N",
    ]
    subprocess.run(begin, check=True, stdout=subprocess.DEVNULL, cwd=folder, **other)  # type: ignore[call-overload]
    options = [word for option in (() if safe else QUICK) for word in ("-c", option)]
    command: list[str | Path] = [
        place / "postgres",
        "-D",
        data,
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        *options,
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **other)  # type: ignore[call-overload]
    ready: list[str | Path] = [
        place / "pg_isready",
        "-h",
        folder,
        "-U",
        "nianbao",
        "-d",
        "postgres",
        "-q",
        "-t",
        "30",
    ]
    try:
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0:
                break
            if server.poll() is not None:
                pytest.fail((folder / "log").read_text(encoding="utf-8"))
        yield folder
    finally:
        server.send_signal(signal.SIGINT)  # ends without waiting for whoever is connected
        server.wait(20)
        shutil.rmtree(folder)
