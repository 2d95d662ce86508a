"""What one person waits for at the page of `nianbao serve`, in milliseconds; and what the server holds."""

from __future__ import annotations

import base64
import http.client
import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

from benchmarks.workbench.visits import FAULTY, SHOWN, there

FIGURE = "requests.received.natural_person"  # in one equation at least: it is typed into
REQUESTS, KEYS, PAUSES, DROPS, MAKES = 30, 30, 10, 5, 3
BOUNDARY = "nianbao-benchmark"

# A key is put into the box, and the page is laid out anew, before the clock is looked at again.
_KEY = """([id, text]) => {
  const box = document.getElementById(id);
  const start = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  const took = performance.now() - start;
  if (!box.classList.contains("apart")) throw new Error("no equation is broken");
  return took;
}"""
# From the request to the list told anew.
_PAUSE = """([id, text]) => new Promise((resolve) => {
  performance.clearResourceTimings();
  new MutationObserver((_, observer) => {
    const end = performance.now();
    observer.disconnect();
    setTimeout(() => {
      const requests = performance.getEntriesByType("resource");
      resolve(end - requests.find(({ name }) => name.endsWith("/values")).startTime);
    }, 50);
  }).observe(document.getElementById("findings"), { childList: true });
  const box = document.getElementById(id);
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})"""
_DROP = """([name, bytes]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name));
  const start = performance.timeOrigin + performance.now();
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
  return start;
}"""
_NOW = "() => performance.timeOrigin + performance.now()"
_MAKE = """() => new Promise((resolve) => {
  const start = performance.now();
  const look = () => {
    const image = document.querySelector("#preview img");
    if (image && image.complete && image.naturalWidth) resolve(performance.now() - start);
    else requestAnimationFrame(look);
  };
  document.getElementById("make").click();
  look();
})"""


class Goal(NamedTuple):
    """One thing that is waited for: its name, its limit, what was measured, and in which unit."""

    name: str
    limit: float
    measured: float
    unit: str = "ms"


def goals(context: BrowserContext, address: str, process: int) -> Iterator[Goal]:
    """Measure each goal; `context` is a window that has entered at `address`, of the server `process`."""
    page = context.pages[0]
    requests = _Requests(context, address)
    opened = [requests.open() for _ in range(REQUESTS)]
    yield Goal("open by HTTP", 25, median(one for one, _ in opened))
    yield Goal("open by HTTP, and its page", 50, median(one + other for one, other in opened))
    yield Goal("dropped → findings shown", 300, median(_drop(page, address) for _ in range(DROPS)))
    box = f"figure:{FIGURE}"
    keys = [page.evaluate(_KEY, [box, str(9000 + number)]) for number in range(KEYS)]
    yield Goal("key → equations shown", 5, median(keys))
    page.wait_for_function(SHOWN)
    yield Goal("pause → all findings", 50, median(_settled(page, _PAUSE, PAUSES)))
    page.evaluate(_MAKE)  # the first warms the worker
    yield Goal("first page of the PDF, warm", 800, median(_settled(page, _MAKE, MAKES)))
    yield Goal("memory, server and workers", 400, memory(process), "MB")


def _settled(page: Page, script: str, times: int) -> Iterator[float]:
    """A measurement several times, with another figure in the box each time, once all is saved."""
    box = f"figure:{FIGURE}"
    for number in range(times):
        text = str(8000 + number)
        if script == _PAUSE:
            yield float(page.evaluate(script, [box, text]))
        else:
            page.evaluate(_PAUSE, [box, text])
            yield float(page.evaluate(script))
        page.wait_for_function(SHOWN)


def _drop(page: Page, address: str) -> float:
    """Drop the workbook on the page where reports begin, and wait until its findings are seen."""
    page.goto(address)
    content = base64.b64encode(FAULTY.read_bytes()).decode()
    start = float(page.evaluate(_DROP, [FAULTY.name, content]))
    page.wait_for_url("**/draft/*", wait_until="commit")
    there(page, SHOWN)
    return float(page.evaluate(_NOW)) - start


class _Requests:
    """The server's answers without a browser, over one connection that stays open."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Take the cookies and the token of a window that has entered."""
        page = context.pages[0]
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self._headers = {"Cookie": cookies, "Origin": address, "Accept": "application/json"}
        self._body = _form({"csrfmiddlewaretoken": token}, FAULTY)

    def open(self) -> tuple[float, float]:
        """Milliseconds until a file is read, checked and kept, and until its page is there."""
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        opening, answer = self._ask("POST", "/open", self._body, kind)
        found = re.search(rb'"address": "(.*?)"', answer)
        assert found, answer
        showing, answer = self._ask("GET", found[1].decode(), b"", {"Accept": "text/html"})
        assert b'"findings": [{' in answer, "a page without findings"
        return opening, showing

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[float, bytes]:
        start = time.perf_counter()
        self._connection.request(method, path, body, self._headers | headers)
        answer = self._connection.getresponse().read()
        return (time.perf_counter() - start) * 1000, answer


def _form(fields: dict[str, str], path: Path) -> bytes:
    disposition = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    texts = [f'{disposition}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    file = f'{disposition}"file"; filename="{path.name}"\r\n\r\n'
    return "".join([*texts, file]).encode() + path.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()


def memory(process: int) -> float:
    """MB that a process and its children hold, what they share counted once."""
    held = 0
    for one in _family(process):
        shares = re.search(
            r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8"), re.M
        )
        held += int(shares[1]) if shares else 0
    return held / 1024


def _family(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task")
    children = {int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()}
    return [process, *(each for child in children for each in _family(child))]
