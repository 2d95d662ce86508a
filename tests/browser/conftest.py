"""A server as a person starts it, and Chromium: nothing of the program is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("django", reason="needs the extra web")
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, Route  # noqa: E402

from tests.web.serving import Server, server  # noqa: E402

__all__ = ["Server", "Visit", "server"]
# Without windows of its own, which nobody sees, it takes three fifths of the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
PATIENCE = 20_000  # ms for what a page waits for, on a loaded machine


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the tests that need it are skipped where it cannot be had."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    sync_api.expect.set_options(timeout=PATIENCE)
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
