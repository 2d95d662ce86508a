"""One visit to a page in a window that has been nowhere: when its table is there, and what that has cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from nianbao.web.words import catalogue
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, sync_playwright

FAULTY = Path(__file__).parents[2] / "data" / "有错误的示例.xlsx"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
GRID = "() => window.isThere"
SAVED = catalogue()["script"]["saved"]
# The list of findings is told, and what stands in the boxes is kept.
SHOWN = f"""() => {{
  const state = document.getElementById("state");
  if (!state || state.textContent !== "{SAVED}") return false;
  return document.querySelector(".findings li");
}}"""
_PAINTED = "() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))"


class Cost(NamedTuple):
    """Seconds until a table is seen, kB that came over the line, and MB of the script's heap."""

    time: float
    size: float
    heap: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; raises FileNotFoundError where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise FileNotFoundError("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """`nianbao serve` with a folder of its own: the address to enter by, and its process."""
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--no-browser"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NIANBAO_DATA": folder}
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip(), server.pid
        finally:
            server.terminate()
            server.wait(20)
            server.stdout.close()


def grid(page: Page, address: str) -> None:
    """See a grid of another maker."""
    page.goto(address)
    there(page, GRID)


def ours(page: Page, address: str) -> None:
    """Enter, hand in the workbook with faults, and see its table and findings."""
    page.goto(address)
    page.set_input_files("#file", FAULTY)
    page.wait_for_url("**/draft/*", wait_until="commit")
    there(page, SHOWN)


def there(page: Page, condition: str) -> None:
    """Wait until a condition holds in a page, and it has been painted."""
    page.wait_for_function(condition)
    page.evaluate(_PAINTED)


def visit(browser: Browser, address: str, see: Callable[[Page, str], None]) -> Cost:
    """What it costs to see something in a new window, with nothing in its cache."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    watch, received = context.new_cdp_session(page), list[float]()
    watch.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    watch.send("Network.enable")
    start = time.perf_counter()
    see(page, address)
    took = time.perf_counter() - start
    with suppress(Error):  # Luckysheet leaves a request open now and then
        page.wait_for_load_state("networkidle", timeout=5000)
    page.locator("body").count()  # the driver is then in every page twice, as in one with a file box
    cost = Cost(took, sum(received) / 1000, _heap(watch))
    context.close()
    return cost


def window(browser: Browser, address: str) -> BrowserContext:
    """A window that has entered at an address."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    context.new_page().goto(address)
    return context


def _heap(watch: CDPSession) -> float:
    """Megabytes of the script's heap, once what nobody holds is gone."""
    watch.send("HeapProfiler.collectGarbage")
    watch.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in watch.send("Performance.getMetrics")["metrics"]}
    return float(metrics["JSHeapUsedSize"]) / 1e6
