"""The office's server in a process of its own: begun, ended, two over one database, bodies of strangers."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from nianbao.report.submission import Role

from tests.report.rollup.rollup_samples import organs
from tests.web.office.conftest import Office
from tests.web.office.served import Served, Someone, served


def test_it_ends_at_once_whenever_it_is_told_to(office: Office, template: Path) -> None:
    if office.on_postgresql:
        pytest.skip("the same server")
    with served(office, template) as server:
        server.kill(signal.SIGTERM)  # it waits 20 s for the end
        server.start()


def test_two_processes_share_one_postgresql(office: Office, template: Path) -> None:
    from nianbao.web.office import events
    from nianbao.web.office.models import Event, Submission

    if not office.on_postgresql:
        pytest.skip("SQLite is for one process")
    [document] = organs(1)
    organ = office.organ(document["organ"])
    submission = office.submission(organ)
    clerk, reviewer = (
        office.person("clerk", (Role.FILL, organ)),
        office.person("reviewer", (Role.REVIEW, None)),
    )
    with served(office, template) as server:
        first = server.someone(clerk)
        server.start()
        second = server.someone(reviewer)
        assert first.port != second.port
        text = json.dumps(document, ensure_ascii=False).encode()
        assert first.ask("POST", f"/mine/{submission.pk}/upload", file=("报告.json", text)).status == 302
        assert first.ask("POST", f"/submissions/{submission.pk}/submit").status == 302
        assert second.ask("POST", f"/submissions/{submission.pk}/review").status == 302
        assert second.ask("POST", f"/submissions/{submission.pk}/accept", {"reason": "已了解"}).status == 302
    assert (Submission.objects.get().state, list(events.flaws())) == ("通过", [])
    assert [event.what for event in Event.objects.all()][-4:] == ["fill", "submit", "review", "accept"]


def test_a_stranger_s_large_body_is_not_waited_for(office: Office, template: Path) -> None:
    if office.on_postgresql:
        pytest.skip("the same server")
    with served(office, template) as server:
        with socket.create_connection(("127.0.0.1", server.port), 20) as line:
            head = "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
            line.sendall(f"{head}Content-Length: 20000000\r\n\r\n".encode())
            assert line.recv(64).startswith(b"HTTP/1.1 403")
        stranger = Someone(server.port, {"nianbao_csrf": "a" * 32})
        assert stranger.ask("POST", "/login", {"username": "admin", "password": "wrong"}).status == 422


def test_it_is_made_backed_up_and_restored_by_commands(office: Office, tmp_path: Path) -> None:
    if office.on_postgresql:
        pytest.skip("the same commands")

    def run(*words: str | Path) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", *map(str, words)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        return ended.returncode, ended.stdout, ended.stderr

    place, copy, again = tmp_path / "年报办公室", tmp_path / "备份.tar", tmp_path / "恢复"
    code, out, err = run(place, "--new", "--year", "2025")
    assert (code, err, out.startswith("管理员：admin\n初始密码：")) == (0, "", True)
    assert run(place, "--new") == (2, "", f"{place} 里已经有一个办公室。用法见 nianbao --help\n")
    code, out, err = run(place, "--backup", copy)
    assert (code, err, out.startswith(f"{copy}：文件 0 个，日志到第 1 行，末行摘要 ")) == (0, "", True)
    code, restored, err = run(again, "--restore", copy)
    assert (code, err, restored) == (0, "", f"{again}：已恢复。{out}")
    server = Served(again)
    server.start()
    server.kill(signal.SIGTERM)
    told = "里没有办公室（office.toml）。新建请加 --new。用法见 nianbao --help"
    assert run(tmp_path / "nothing") == (2, "", f"{tmp_path}/nothing {told}\n")
