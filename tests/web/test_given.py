"""A file that the program is started with, as a file manager starts it: it stands in the boxes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.web.serving import Server
from tests.web.test_access import SAMPLE, Answer, Client
from tests.web.test_server import run


def entered(server: Server, address: str) -> tuple[Client, Answer]:
    """Who opens an address that the program has said, and what is answered."""
    client, parts = Client(server), urlsplit(address)
    return client, client.ask("GET", f"{parts.path}?{parts.query}")


def test_a_workbook_is_opened_in_the_server_that_runs(server: Server, tmp_path: Path) -> None:
    book = tmp_path / "王 100% & 😀#.xlsx"
    shutil.copy(SAMPLE, book)

    started = run(server.folder, str(book))
    client, answer = entered(server, started.stdout.strip())

    assert (started.returncode, started.stderr, answer.status) == (0, "", 303)
    assert answer.headers["Location"].startswith("/draft/")
    state = json.loads(client.ask("GET", f"{answer.headers['Location']}/values").body)
    assert state["values"]["figures"]["requests.received.total"] == "154"


def test_a_name_of_another_encoding_does_no_harm(server: Server, tmp_path: Path) -> None:
    book = tmp_path / os.fsdecode("年报".encode("gbk") + b".xlsx")
    shutil.copy(SAMPLE, book)

    started = run(server.folder, str(book))
    client, answer = entered(server, started.stdout.strip())

    assert (started.returncode, started.stderr, answer.status) == (0, "", 303)
    assert client.ask("GET", answer.headers["Location"]).status == 200
    book.unlink()
    _, missing = entered(server, run(server.folder, str(book)).stdout.strip())
    assert (missing.status, "没有这个文件" in missing.text) == (422, True)


def test_a_first_start_opens_a_file_named_from_where_one_is(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    server.start(str(SAMPLE.relative_to(Path.cwd())))
    _, answer = entered(server, server.address)

    assert (answer.status, answer.headers["Location"].startswith("/draft/")) == (303, True)
    assert server.end() == 143


def test_a_file_that_cannot_be_read_is_told_in_the_window(server: Server, tmp_path: Path) -> None:
    book = tmp_path / "坏.xlsx"
    book.write_bytes(b"no workbook")

    client, broken = entered(server, run(server.folder, str(book)).stdout.strip())
    _, missing = entered(server, run(server.folder, str(tmp_path / "没有.xlsx")).stdout.strip())

    assert (broken.status, missing.status) == (422, 422)
    assert "坏.xlsx" in broken.text
    assert "返回首页" in broken.text
    assert "没有.xlsx" in missing.text
    assert client.ask("GET", "/").status == 200  # where 返回首页 leads


def test_without_the_key_no_file_is_opened(server: Server) -> None:
    refused = Client(server).ask("GET", f"/enter?key=x&file={quote(str(SAMPLE))}")

    assert (refused.status, "Location" in refused.headers) == (403, False)


def test_an_office_takes_no_file(tmp_path: Path) -> None:
    refused = run(tmp_path, str(SAMPLE), "--office", str(tmp_path))

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "与 --office 一起用时不能再给文件" in refused.stderr
