"""One visit to a page in a window that has been nowhere: when its table is there, and what that has cost.

What is the driver's or the window's own is kept out of it. A new window of Chromium loads pages of its own
for its address bar: they are waited for. A file is handed in by one command to the browser: the driver's own
way, `set_input_files`, puts its scripts into the page first. To be told of every request takes time as well,
so bytes are counted at a visit of their own.
"""

from __future__ import annotations

import math
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
RESTING = 0.015  # seconds of the processor in a tenth of a second
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
GRID = "() => window.isThere"
SAVED = catalogue()["script"]["saved"]
# The list of findings is told, and what stands in the boxes is kept.
SHOWN = f"""() => {{
  const state = document.getElementById("state");
  if (!state || state.textContent !== "{SAVED}") return false;
  return document.querySelector(".findings li");
}}"""
_FILE = "document.getElementById('file')"
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


def grid(page: Page, _: CDPSession, address: str) -> None:
    """See a grid of another maker."""
    page.goto(address)
    there(page, GRID)


def ours(page: Page, line: CDPSession, address: str) -> None:
    """Enter, hand in the workbook with faults, and see its table and findings."""
    page.goto(address)
    box = line.send("Runtime.evaluate", {"expression": _FILE})["result"]["objectId"]
    line.send("DOM.setFileInputFiles", {"files": [str(FAULTY)], "objectId": box})
    there(page, SHOWN)


def ours_driven(page: Page, _: CDPSession, address: str) -> None:
    """The same, with the file handed in by the driver."""
    page.goto(address)
    page.set_input_files("#file", FAULTY)
    page.wait_for_url("**/draft/*", wait_until="commit")
    there(page, SHOWN)


def there(page: Page, condition: str) -> None:
    """Wait until a condition holds in a page, and it has been painted."""
    page.wait_for_function(condition)
    page.evaluate(_PAINTED)


See = Callable[[Page, CDPSession, str], None]


def visit(browser: Browser, address: str, see: See) -> tuple[float, float]:
    """Seconds until something is seen in a window with nothing in its cache, and MB of the script's heap."""
    with _new_window(browser) as (page, line):
        _settle(browser)
        start = time.perf_counter()
        see(page, line, address)
        took = time.perf_counter() - start
        with suppress(Error):  # Luckysheet leaves a request open now and then
            page.wait_for_load_state("networkidle", timeout=5000)
        page.locator("body").count()  # the driver is then in every page twice
        return took, _heap(line)


def size(browser: Browser, address: str, see: See) -> float:
    """How many kB come over the line at such a visit."""
    with _new_window(browser) as (page, line):
        received = list[float]()
        line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        line.send("Network.enable")
        see(page, line, address)
        with suppress(Error):
            page.wait_for_load_state("networkidle", timeout=5000)
        return sum(received) / 1000


@contextmanager
def _new_window(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A page in a window of its own, with a line to it that takes the browser's own commands."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def _settle(browser: Browser) -> None:
    """Wait until the browser rests, 10 s at most."""
    line = browser.new_browser_cdp_session()
    before = -math.inf
    for _ in range(100):
        used = sum(one["cpuTime"] for one in line.send("SystemInfo.getProcessInfo")["processInfo"])
        if 0 <= used - before < RESTING:
            break
        before = used
        time.sleep(0.1)
    line.detach()


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
