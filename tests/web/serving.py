"""`nianbao serve` as a person starts it, for tests of what it answers."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.users import as_user


@dataclass
class Server:
    """`nianbao serve` with a folder of its own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: int | None = None  # another than ours
    process: subprocess.Popen[str] | None = None
    address: str = ""

    def start(self, *options: str) -> None:
        """Start it, on the port that it had before."""
        port = re.search(r":(\d+)/", self.address)
        command = [sys.executable, "-m", "nianbao.entry", "serve", "--no-browser", *options]
        if port:
            command += ["--port", port[1]]
        self.process = subprocess.Popen(
            command if self.user is None else as_user(self.user, *command),
            env={**os.environ, "NIANBAO_DATA": str(self.folder), **self.environment},
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
