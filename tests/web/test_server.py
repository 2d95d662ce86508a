"""The server as a program: a second start, the end when nobody looks, and what it keeps."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.web.serving import Server
from tests.web.test_access import SAMPLE, Client


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--no-browser", *words]
    environment = {**os.environ, "NIANBAO_DATA": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_start_finds_the_first(server: Server) -> None:
    second = run(server.folder)
    assert (second.returncode, second.stdout.strip()) == (0, server.address)


def test_a_port_that_is_taken_is_told(server: Server, tmp_path: Path) -> None:
    port = server.address.split(":")[2].split("/")[0]
    refused = run(tmp_path, "--port", port)
    assert refused.returncode == 2
    assert f"端口 {port} 已被别的程序占用，请换一个，或不写 --port" in refused.stderr


def test_it_ends_when_no_page_is_heard_of(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start("--idle", "0.05")  # minutes
    assert server.process is not None
    client = Client(server).enter()
    port = int(server.address.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as left_open:
        for _ in range(6):  # it lives as long as a page asks
            time.sleep(0.6)
            assert client.ask("GET", "/news").status == 200
        left_open.sendall(b"GET /static/ HTTP/1.1\r\n")
        assert server.process.wait(10) == 0
    assert not (tmp_path / "server.json").exists()
    assert server.process.stdout is not None
    server.process.stdout.close()


def test_what_was_kept_is_there_after_a_kill(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    client = Client(server).enter()
    draft = json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]
    server.end(signal.SIGKILL)

    server.start()
    state = json.loads(Client(server).enter().ask("GET", f"{draft}/values").body)
    assert state["values"]["figures"]["requests.received.total"] == "154"
    assert server.end() == 143  # told to end, as shells have it


# A draft copied two hundred times, each a day older than the one before.
COPIES = """WITH RECURSIVE days(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM days WHERE number < 200)
INSERT INTO workbench_draft
SELECT 'copy' || number, name, '副本' || number, "values", revision, told, source, last_name, last, created,
    datetime(changed, '-' || number || ' days') FROM workbench_draft, days"""


def test_the_two_hundred_newest_drafts_are_kept_and_thirty_of_them_offered(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    client = Client(server).enter()
    drafts = [json.loads(client.upload("甲.xlsx", SAMPLE.read_bytes()).body)["address"]]
    with closing(sqlite3.connect(tmp_path / "drafts.sqlite3")) as database:
        with database:
            database.execute(COPIES)
        drafts.append(json.loads(client.upload("乙.xlsx", SAMPLE.read_bytes()).body)["address"])
        kept = [key for (key,) in database.execute("SELECT id FROM workbench_draft ORDER BY changed DESC")]
    own = [draft.removeprefix("/draft/") for draft in reversed(drafts)]
    newest = own + [f"copy{number}" for number in range(1, 199)]
    assert kept == newest
    offered = re.findall(r'<p><a href="/draft/(\w+)">', client.ask("GET", "/").body.decode())
    assert offered == newest[:30]
    assert server.end() == 143
