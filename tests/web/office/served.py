"""An office's server in a process of its own, as people start it, and people who send it requests."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.web.office.conftest import Office

if TYPE_CHECKING:
    from django.test import Client

TOKEN = "a" * 32  # a token against forgery, in the cookie and in the header


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Someone:
    """A person's browser: their session, and nothing else."""

    port: int
    cookies: dict[str, str]

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] = {}, file: tuple[str, bytes] | None = None
    ) -> Answer:
        """Send a request; raises OSError and http.client.HTTPException where the server dies at it."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if file:
            head = (
                f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
            )
            parts.append(head.encode() + file[1] + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": TOKEN,
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body if method == "POST" else None, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


@dataclass
class Served:
    """A server that can be killed and started again, on the port that it had."""

    folder: Path
    port: int = 0
    ports: list[int] = field(default_factory=list)  # of all that were started
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self) -> None:
        """Start a process; a second one takes a port of its own."""
        port = 0 if any(process.poll() is None for process in self.processes) else self.port
        command = [
            sys.executable,
            "-m",
            "nianbao.entry",
            "serve",
            "--office",
            str(self.folder),
            "--port",
            str(port),
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), address
        self.port = int(address.rstrip("/").rpartition(":")[2])
        self.ports.append(self.port)
        self.processes.append(process)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End all of it at once, workers too."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, number)
            process.wait(20)
            with suppress(ProcessLookupError):  # until all of them are gone, with the files they had open
                for _ in range(500):
                    os.killpg(process.pid, 0)
                    time.sleep(0.01)
            assert process.stdout is not None
            process.stdout.close()
        self.processes.clear()

    def someone(self, client: Client) -> Someone:
        """The same person over the wire."""
        session = client.cookies["nianbao_session"].value
        return Someone(self.port, {"nianbao_session": session, "nianbao_csrf": TOKEN})


@contextmanager
def served(office: Office, template: Path, told: str = "") -> Iterator[Served]:
    """The office's server on the database of a test; sessions of its people hold there."""
    prepare(office, template, told)
    server = Served(office.folder)
    server.start()
    try:
        yield server
    finally:
        server.kill(signal.SIGTERM)


def prepare(office: Office, template: Path, told: str = "") -> None:
    """Put into the folder what a server on the database of a test needs; `told` is more of office.toml."""
    shutil.copy(template / "secret", office.folder / "secret")
    if office.on_postgresql:
        database = {
            "host": str(office.database["HOST"]),
            "name": str(office.database["NAME"]),
            "user": "nianbao",
        }
        told += "[database]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in database.items())
    (office.folder / "office.toml").write_text(told, encoding="utf-8")
