"""A server as a person starts it, and Chromium: nothing of the program is replaced."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("django", reason="needs the extra web")
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, Route  # noqa: E402

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
PATIENCE = 20_000  # ms for what a page waits for, on a loaded machine


@dataclass
class Server:
    """`nianbao serve` with a folder of its own."""

    folder: Path
    process: subprocess.Popen[str] | None = None
    address: str = ""

    def start(self, *options: str) -> None:
        """Start it, on the port that it had before."""
        port = re.search(r":(\d+)/", self.address)
        command = [sys.executable, "-m", "nianbao.entry", "serve", "--no-browser", *options]
        if port:
            command += ["--port", port[1]]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "NIANBAO_DATA": str(self.folder)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), self.address

    def end(self, number: int = signal.SIGTERM) -> int:
        """Have it end; its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for the tests of a module."""
    started = Server(tmp_path_factory.mktemp("data"))
    started.start()
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the tests that need it are skipped where it cannot be had."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    playwright: Playwright
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@dataclass
class Visit:
    """A window of one person: its page, what it asked of other hosts, and what went wrong in it."""

    context: BrowserContext
    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visit]]:
    """Open a window at the server's address; every other host is shut off."""
    opened: list[Visit] = []

    def open_window(width: int = 1366, height: int = 900) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        window = Visit(context, context.new_page())
        origin = server.address.split("/enter")[0]

        def guard(route: Route, request: Request) -> None:
            if request.url.startswith(origin):
                route.continue_()
            else:
                window.foreign.append(request.url)
                route.abort()

        context.route("**/*", guard)
        window.page.on("pageerror", lambda error: window.errors.append(str(error)))
        window.page.goto(server.address)
        opened.append(window)
        return window

    yield open_window
    for window in opened:
        window.context.close()
        assert (window.foreign, window.errors) == ([], [])
