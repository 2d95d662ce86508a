"""The server on one's own machine: started once, found again, ended when nobody looks any more."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import webbrowser
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nianbao.app import data_folder
from nianbao.app.lock import Lock
from nianbao.app.outcome import Usage

NOTE = "server.json"  # where the one that runs says its address; readable by its owner alone
PATIENCE = 15 * 60.0  # seconds after which the server ends, when no page asks any more
_OTHER = "要用这个版本的，请先关上它的页面，等它自己结束（一刻钟），再打开"
LOOK = 5.0  # seconds between two looks at whether anybody is there


def serve(*, browser: bool = True, port: int = 0, idle: float = PATIENCE, file: Path | None = None) -> int:
    """Serve the pages until none has asked for `idle` seconds; a second start opens the first one's page.

    `file` is opened in them. Where the data folder cannot be written, a passing one is used, and the pages
    say so. Raises Usage where Django is not installed or the port is taken, OSError where nothing can be
    written.
    """
    _require()
    folder, refused = data_folder.writable()
    if refused:
        sys.stderr.write(f"{refused}。草稿和归档只放在临时文件夹里（{folder}）\n")
    lock = Lock(folder / "server.lock")
    if not lock.take():
        address, other = _running(folder)
        if other != version("nianbao"):
            sys.stderr.write(f"{other} 版的程序正开着，打开的是它的窗口。{_OTHER}\n")
        _show(address, file, browser=browser)
        return 0
    try:
        return _serve(folder, refused, port, idle, file, browser=browser)
    finally:
        with suppress(OSError):
            (folder / NOTE).unlink()
        lock.let_go()


def _require() -> None:
    missing = [name for name in ("django", "waitress") if find_spec(name) is None]
    if missing:
        raise Usage(f'没有安装填报窗口要用的部件（{"、".join(missing)}）。请运行 pip install "nianbao[web]"')


def _serve(
    folder: Path, refused: str, port: int, patience: float, file: Path | None, *, browser: bool
) -> int:
    from nianbao.web import settings

    settings.configure(folder, refused)
    from nianbao.web import access, idle
    from nianbao.web.connection import Connection
    from nianbao.web.listening import bound, serving
    from nianbao.web.workbench import hindered
    from nianbao.web.workbench.jobs import jobs

    listener = bound("127.0.0.1", port)
    if reason := hindered.open_drafts():
        sys.stderr.write(f"{reason}。页面上有别的办法\n")
    with serving(listener, Connection) as server:
        port = listener.getsockname()[1]
        address = f"http://127.0.0.1:{port}/enter?key={access.new_key()}"
        _write(folder / NOTE, json.dumps({"address": address, "version": version("nianbao")}))
        _show(address, file, browser=browser)
        idle.heard()
        threading.Thread(target=_watch, args=(server, patience), daemon=True).start()
        try:
            jobs().warm()
            server.run()
        finally:
            jobs().close()
    return 0


def _watch(server: Any, patience: float) -> None:
    """End the server when no page has asked for long, and nobody waits for an answer."""
    from nianbao.web import idle
    from nianbao.web.listening import end

    while idle.silent() < patience or server.task_dispatcher.active_count:
        time.sleep(min(LOOK, patience / 3))
    end(server)


def _running(folder: Path) -> tuple[str, str]:
    """Address and version of the server that runs, once it has said them."""
    for _ in range(100):
        with suppress(OSError, ValueError, KeyError):
            note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
            return str(note["address"]), str(note.get("version", "早期"))
        time.sleep(0.1)
    raise OSError("server")


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as note:
        note.write(text)


def _show(address: str, file: Path | None, *, browser: bool) -> None:
    if file is not None:
        address += f"&file={quote(str(file.absolute()), errors='surrogateescape')}"
    if sys.stdout is not None:  # a program of Windows' without a console has none
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
    if browser:
        webbrowser.open(address)
