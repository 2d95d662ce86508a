"""What tests share: a cache of their own, and a sound report in our own words."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest
from nianbao.report import Report

from tests import libreoffice, runner
from tests.reports import distinct, filled, take

STATM = Path("/proc/self/statm")
MORE = 100 * 256  # pages of 4 kB
_known = [0]


def pytest_collection() -> None:
    """Look for no cycles while tests are collected: twelve thousand live, and half of the time went there."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Take what was collected out of later searches for cycles, and search as seldom as the program does."""
    gc.freeze()
    gc.set_threshold(100_000)  # printing in this process took a sixth longer
    gc.enable()


def pytest_runtest_logfinish() -> None:
    """Search for cycles where 100 MB have come together: few objects, but pages and trees hang on them.

    2 GB did, and every process that is forked has to be given all of them.
    """
    pages = _resident()
    if pages > _known[0] + MORE:
        gc.collect()
        _known[0] = _resident()


def _resident() -> int:
    """How many pages of memory this process has; 0 where the system does not say so."""
    return int(STATM.read_text(encoding="ascii").split()[1]) if STATM.exists() else 0


@pytest.fixture(scope="session", autouse=True)
def signals_are_heard() -> None:
    """Begin as in a terminal: a program started in the background, as of CI, is deaf to Ctrl-C."""
    for name in ("SIGINT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the home's cache out of the tests, and the tests out of the home's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield Path(os.environ["XDG_CACHE_HOME"])


@pytest.fixture(scope="session", autouse=True)
def processes_come_warm() -> Iterator[None]:
    """Have the server that processes come out of import once what any test needs of it.

    It lives as long as the tests, and knows only what the first command preloads: without PDFs, each process
    that prints would import WeasyPrint for itself.
    """
    preload = forkserver.set_forkserver_preload

    def with_everything(names: Sequence[str]) -> None:
        preload([*names, "tests.imports"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forkserver, "set_forkserver_preload", with_everything)
        yield


@pytest.fixture(scope="session", autouse=True)
def libreoffice_ends() -> Iterator[None]:
    """End the LibreOffice that tests convert with, where one has been started."""
    yield
    libreoffice.end()


@pytest.fixture(scope="session")
def sound() -> Callable[..., dict[str, Any]]:
    """A report without any problem as exchange JSON, of the year that is asked for."""
    return distinct


@pytest.fixture
def nianbao() -> runner.Run:
    """Run the command line in this process; return exit code, standard output and standard error."""
    return runner.nianbao


@pytest.fixture
def read() -> Callable[[dict[str, Any]], Report]:
    """Read a report from exchange JSON."""
    return lambda document: take(document, "年报.json")


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write exchange JSON as a workbook, and return its path."""

    def write(document: dict[str, Any], name: str = "年报.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(filled(document)[0])
        return path

    return write
