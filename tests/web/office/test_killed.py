"""Killed at random moments while people upload, submit, accept and add up: nothing answered is lost."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import subprocess
import sys
import tarfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.app.archive.verify import verify as verify_archive
from nianbao.report.submission import Role

from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.web.office.conftest import Office
from tests.web.office.served import Served, Someone, served

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Submission

ORGANS = 6
MANIFEST = "备份清单.json"
KILLS = int(os.environ.get("NIANBAO_KILLS", "3"))  # 50 take some minutes
SEED = int(os.environ.get("NIANBAO_SEED", "1"))


@dataclass
class Told:
    """What the server has answered to be done."""

    uploads: list[tuple[int, str]] = field(default_factory=list)  # submission, digest of the file
    versions: list[tuple[int, int]] = field(default_factory=list)  # submission, how many were submitted
    jobs: list[int] = field(default_factory=list)
    caught: Counter[str] = field(default_factory=Counter)  # kinds of jobs that were being done at a kill
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Actor:
    """Someone who goes on doing one thing after another, until the server is gone."""

    told: Told
    key: int
    document: dict[str, object]
    clerk: Someone
    reviewer: Someone
    rounds: int = 0

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.rounds += 1
                self._round()

    def _round(self) -> None:
        text = json.dumps(self.document | {"title": f"第 {self.rounds} 稿"}, ensure_ascii=False).encode()
        answer = self.clerk.ask("POST", f"/mine/{self.key}/upload", file=("报告.json", text))
        if answer.status == 302:
            with self.told.lock:
                self.told.uploads.append((self.key, sha256(text).hexdigest()))
        if self.clerk.ask("POST", f"/submissions/{self.key}/submit").status == 302:
            with self.told.lock:
                known = [count for key, count in self.told.versions if key == self.key]
                self.told.versions.append((self.key, max(known, default=0) + 1))
        self.reviewer.ask("POST", f"/submissions/{self.key}/review")
        if self.rounds % 3 == 0:
            self.reviewer.ask("POST", f"/submissions/{self.key}/accept", {"reason": "已了解"})
        else:
            self.reviewer.ask("POST", f"/submissions/{self.key}/withdraw")
            self.clerk.ask("POST", f"/submissions/{self.key}/withdraw")


@pytest.fixture
def county(office: Office) -> tuple[Office, Submission, list[Submission]]:
    from nianbao.web.office.models import Organ

    county = office.organ(COUNTY, "县级政府汇总")
    target = office.submission(county)
    own = [office.submission(office.organ(one["organ"], superior=county)) for one in organs(ORGANS)]
    assert Organ.objects.count() == ORGANS + 1
    return office, target, own


def test_nothing_that_was_answered_is_lost(
    county: tuple[Office, Submission, list[Submission]], template: Path, tmp_path: Path
) -> None:
    office, target, own = county
    documents = organs(ORGANS)
    clerks = [office.person(f"clerk-{one.pk}", (Role.FILL, one.organ)) for one in own]
    reviewer, adder = office.person("reviewer", (Role.REVIEW, None)), office.person("adder", (Role.SUM, None))
    admin, archivist = (
        office.person("admin", (Role.ADMIN, None)),
        office.person("archivist", (Role.ARCHIVE, None)),
    )
    told, draw = Told(), random.Random(SEED)
    with served(office, template) as server:
        for number in range(KILLS):
            if number:
                server.start()
            actors = [
                Actor(told, one.pk, document, server.someone(clerk), server.someone(reviewer))
                for one, document, clerk in zip(own, documents, clerks, strict=True)
            ]
            threads = [threading.Thread(target=actor.run) for actor in actors]
            threads.append(threading.Thread(target=_add_up, args=(server, told, target, adder, admin, own)))
            threads.append(threading.Thread(target=_archive, args=(server, told, archivist)))
            backup = _back_up(office, tmp_path / f"{number}.tar")
            for thread in threads:
                thread.start()
            before, patience = len(told.uploads), time.monotonic() + 60
            while len(told.uploads) == before and time.monotonic() < patience:
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 2 if KILLS < 10 else 6))  # archiving takes longer to begin
            backup.kill()
            server.kill()
            backup.wait(20)
            for thread in threads:
                thread.join(60)
                assert not thread.is_alive()
            _whole(told)
        server.start()
        _ended(told)
    assert told.uploads
    assert told.versions
    if KILLS >= 8:
        assert {"sum", "archive"} <= set(told.caught), told.caught
    if (office.folder / "archive").exists():
        assert [str(problem) for problem in verify_archive(office.folder / "archive").problems] == []
    _restored(office, tmp_path)


def _ended(told: Told) -> None:
    """Every job comes to its end after the last kill."""
    from django.db import connection
    from nianbao.web.office.models import Job

    patience = time.monotonic() + 120
    while (left := Job.objects.exclude(state__in=("done", "failed")).count()) and time.monotonic() < patience:
        time.sleep(0.2)
    assert left == 0
    failed = {
        json.loads(result)["problems"][0]
        for result in Job.objects.filter(state="failed").values_list("result", flat=True)
    }
    assert {words for words in failed if "内部错误" in words} == set()
    connection.close()


def _back_up(office: Office, target: Path) -> subprocess.Popen[bytes]:
    """A backup being made."""
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(office.folder)]
    return subprocess.Popen([*command, "--backup", str(target)], stdout=subprocess.DEVNULL)


def _restored(office: Office, place: Path) -> None:
    """What is there of backups is whole; what was begun is gone with the next one."""
    for target in place.glob("*.tar"):
        with tarfile.open(target) as package:
            files = {entry.name: package.extractfile(entry) for entry in package}
            contents = {name: file.read() for name, file in files.items() if file}
        manifest = json.loads(contents.pop(MANIFEST))["files"]
        assert {name: sha256(content).hexdigest() for name, content in contents.items()} == manifest
    before = set(place.glob("*.tar"))
    for name in {path.name.split("-")[0].removeprefix(".") for path in place.glob(".*.tar-*")} | {"last.tar"}:
        if place / name not in before:
            assert _back_up(office, place / name).wait(60) == 0
    assert sorted(path.name for path in place.glob(".*.tar-*")) == []
    assert sorted(path.name for path in office.folder.glob(".backup-*")) == []


def _archive(server: Served, told: Told, archivist: Client) -> None:
    """Have all that is accepted kept in the archive, and packed, again and again."""
    keeping = server.someone(archivist)
    with suppress(OSError, http.client.HTTPException):
        while True:
            for path in ("archive", "export"):
                answer = keeping.ask("POST", f"/publication/{path}", {"reason": "更正"})
                if answer.status == 302:
                    with told.lock:
                        told.jobs.append(int(answer.headers["Location"].rpartition("/")[2]))
                time.sleep(1)


def _add_up(
    server: Served, told: Told, target: Submission, adder: Client, admin: Client, own: list[Submission]
) -> None:
    """Have the sum made again and again, and reports that were accepted opened again."""
    adding, opening = server.someone(adder), server.someone(admin)
    with suppress(OSError, http.client.HTTPException):
        for turn in itertools.count():
            answer = adding.ask("POST", f"/sums/{target.pk}/make", {"partial": "on"})
            if answer.status == 302:
                with told.lock:
                    told.jobs.append(int(answer.headers["Location"].rpartition("/")[2]))
            time.sleep(2)
            for one in own[turn % 4 :: 4]:  # the others may be archived
                opening.ask("POST", f"/submissions/{one.pk}/reopen", {"reason": "再核对"})


def _whole(told: Told) -> None:
    """All that was answered is there, nothing is half there, and the log is whole."""
    from django.db import connection
    from django.utils import timezone
    from nianbao.web.office import events, filestore
    from nianbao.web.office.models import Event, File, Job, Submission, Sum, Upload, Version

    assert list(events.flaws()) == []
    kept = set(Upload.objects.values_list("submission_id", "file_id"))
    assert [one for one in told.uploads if one not in kept] == []
    for file in File.objects.all():
        assert len(filestore.read(file)) == file.size
    for key, count in told.versions:
        assert Version.objects.filter(submission=key).count() >= count
    for submission in Submission.objects.all():
        assert Version.objects.filter(submission=submission).count() == submission.number
        assert submission.state == "未报" or submission.draft is not None
    archived = Event.objects.filter(what="kept").count()
    assert archived == Event.objects.filter(what="archive").count()
    told.caught.update(Job.objects.filter(state="running").values_list("kind", flat=True))
    Job.objects.filter(state="running").update(claimed_until=timezone.now())  # nobody is at it any more
    assert Job.objects.filter(pk__in=told.jobs).count() == len(set(told.jobs))
    assert Sum.objects.filter(stale=False).count() <= 1
    connection.close()
