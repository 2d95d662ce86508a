"""The grids that others make, each in a page of a few lines, served from this machine."""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODULES = Path(__file__).parents[2] / ".cache" / "npm-peers" / "node_modules"
PAGES = Path(__file__).parent / "pages"
EMPTY, FILE = "empty.html", "file.html"  # pages of nothing: what is left is the driver's own time
GRIDS = ("luckysheet", "handsontable", "x-data-spreadsheet", "tabulator")
PACKAGES = {"tabulator": "tabulator-tables"}  # where the package has another name than the grid


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes())


class _Files(SimpleHTTPRequestHandler):
    """The pages, and what they ask for out of the packages; compressed beforehand, as ours are."""

    protocol_version = "HTTP/1.1"  # the connection stays open, as our server's does

    def translate_path(self, path: str) -> str:
        """Where a file lies: a page or the numbers beside it, else in the packages."""
        name = path.partition("?")[0].lstrip("/")
        return str(PAGES / name if "/" not in name else MODULES / name)

    def send_head(self) -> io.BytesIO | None:
        """Answer with a compressed file."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return None
        content = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The address of each grid's page, and of the empty ones, while they are served.

    Grids that are not installed are left out.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), _Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}"
        pages = {name: f"{name}.html" for name in GRIDS if _installed(name)} | {EMPTY: EMPTY, FILE: FILE}
        yield {name: f"{host}/{page}" for name, page in pages.items()}
        server.shutdown()


def _installed(name: str) -> bool:
    there = (MODULES / PACKAGES.get(name, name)).is_dir()
    if not there:
        print(f"{name} is not here (setup/peers installs it) and is not measured")
    return there
