"""The office's server in a process of its own: begun, ended, two over one database, bodies of strangers."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.app.archive.verify import verify
from nianbao.report.submission import Role

from tests.app.generate.test_cluster import Dask, dask
from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.web.office.conftest import Office
from tests.web.office.handed_in import hand_in
from tests.web.office.served import Served, Someone, served

if TYPE_CHECKING:
    from nianbao.web.office.models import Organ

__all__ = ["dask"]


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


def reviewed(office: Office, count: int, superior: Organ | None = None) -> None:
    """Put organs on the roster whose reports the office has accepted."""
    from nianbao.report.submission import Action
    from nianbao.web.office import submissions
    from nianbao.web.office.events import Who

    for document in organs(count):
        submission = office.submission(office.organ(document["organ"], superior=superior))
        hand_in(submission, document)
        for action in (Action.REVIEW, Action.ACCEPT):
            submissions.act(submission, action, Who("审核人"), submissions.Said("已了解"))


def until(reached: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_two_processes_do_each_job_once_and_one_that_died_is_taken_over(
    office: Office, template: Path
) -> None:
    from django.conf import settings
    from django.utils import timezone
    from nianbao.web.office import events
    from nianbao.web.office.models import Event, Job, Submission, Sum

    if not office.on_postgresql:
        pytest.skip("SQLite is for one process")
    county = office.organ(COUNTY, "县级政府汇总")
    target = office.submission(county)
    reviewed(office, 4, county)
    archivist, adder = (
        office.person("archivist", (Role.ARCHIVE, None)),
        office.person("adder", (Role.SUM, None)),
    )
    with served(office, template) as server:
        server.start()  # a second one
        people = [Someone(port, server.someone(adder).cookies) for port in server.ports]
        for number in range(12):
            assert people[number % 2].ask("POST", f"/sums/{target.pk}/make").status == 302
        until(lambda: not Job.objects.exclude(state__in=("done", "failed")).exists())
        assert [job.result for job in Job.objects.filter(state="failed")] == []
        assert (set(Job.objects.values_list("tries", flat=True)), Sum.objects.count()) == ({1}, 12)

        server.kill(signal.SIGTERM)
        server.start()
        assert server.someone(archivist).ask("POST", "/publication/archive").status == 302
        until(lambda: Event.objects.filter(what="kept").exists())  # in the middle of it
        server.kill()
        job = Job.objects.latest("pk")
        assert (job.state, job.tries) == ("running", 1)
        server.start()
        server.start()
        time.sleep(1)
        assert Job.objects.get(pk=job.pk).tries == 1  # the claim holds for a minute
        Job.objects.filter(pk=job.pk).update(claimed_until=timezone.now())
        until(lambda: Job.objects.get(pk=job.pk).state == "done")
        job.refresh_from_db()
        assert (job.tries, json.loads(job.result)) == (2, {"kept": 4, "problems": []})
    assert Event.objects.filter(what="kept").count() == 4
    assert [one.state for one in Submission.objects.all()] == ["填报中", *["已归档"] * 4]
    assert verify(settings.NIANBAO_ARCHIVE).problems == []
    assert list(events.flaws()) == []


def test_files_for_the_site_are_made_by_a_cluster(office: Office, template: Path, dask: Dask) -> None:
    from nianbao.web.office.models import Job

    if office.on_postgresql:
        pytest.skip("the same cluster")
    reviewed(office, 3)
    adder = office.person("adder", (Role.SUM, None))
    with served(office, template, f'cluster = "{dask.address}"\n') as server:

        def made() -> Job:
            assert server.someone(adder).ask("POST", "/publication/site").status == 302
            until(lambda: Job.objects.latest("pk").state in ("done", "failed"))
            return Job.objects.latest("pk")

        refused = made()
        assert refused.state == "failed"
        assert "集群里没有正在运行的 worker" in json.loads(refused.result)["problems"][0]
        dask.worker()
        dask.wait(1)
        done = made()
        assert (done.state, json.loads(done.result)["name"]) == ("done", "公布用的文件（3 份）.zip")


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
