"""The window in the browser, started as a program of its own and asked for its first page."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from nianbao.app.data_folder import NAMED
from nianbao.app.self_test.bench import Bench, Ended
from nianbao.media.self_test import State

PATIENCE = 60.0  # seconds until it says its address
LOCAL = "http://127.0.0.1:"


def command(*words: str) -> list[str]:
    """The command line that starts this program once more."""
    return [sys.executable, "-m", "nianbao.entry", *words]


def open_window(bench: Bench) -> str:
    """Start the window on a free port with a folder of its own; the first page is for whoever has the key."""
    with _started(bench.folder / "窗口") as address:
        entry = f"{address.path}?{address.query}"
        refused, _, _ = _ask(address, "/")
        entered, cookie, _ = _ask(address, entry)
        status, _, page = _ask(address, "/", cookie)
        if (refused, entered, status) != (403, 303, 200) or "<h1>" not in page:
            told = f"打开了，但回答不对（{refused}、{entered}、{status}）"
            raise Ended(State.FAILS, told, "请把本页发给帮忙的人")
        return f"打开了（端口 {address.port}）：有钥匙的看到首页，没有钥匙的看不到"


@contextmanager
def _started(folder: Path) -> Iterator[SplitResult]:
    """The address of a window with its data in a folder; it is ended with the block."""
    folder.mkdir()
    told = folder / "output.txt"
    with told.open("wb") as output:
        process = subprocess.Popen(
            command("serve", "--no-browser", "--idle", "1"),
            env={**os.environ, NAMED: str(folder), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield urlsplit(_address(process, told))
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], told: Path) -> str:
    """The address that the window says; raises Ended where it ends without one, or says nothing."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ended = process.poll() is not None
        lines = told.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        if address := next((line for line in lines if line.startswith(LOCAL) and line.endswith("\n")), ""):
            return address.strip()
        if ended:
            why = lines[0].strip() if lines else f"退出码 {process.returncode}"
            raise Ended(State.FAILS, f"没有打开：{why}", "请照它说的做")
        time.sleep(0.05)
    mend = "请关闭别的程序再试，或请管理员看看有没有软件拦住本机的端口"
    raise Ended(State.FAILS, f"{PATIENCE:.0f} 秒还没有打开", mend)


def _ask(address: SplitResult, path: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, cookies and text of an answer; no proxy is asked. Raises OSError."""
    asked = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    with closing(asked) as connection:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        cookies = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        return answer.status, "; ".join(f"{key}={morsel.value}" for key, morsel in cookies.items()), text
