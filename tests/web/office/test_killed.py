"""Killed at random moments while people upload, submit, accept and add up: nothing answered is lost."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nianbao.report.submission import Role

from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.web.office.conftest import Office
from tests.web.office.served import Served, Someone, served

if TYPE_CHECKING:
    from nianbao.web.office.models import Submission

ORGANS = 6
KILLS = int(os.environ.get("NIANBAO_KILLS", "3"))  # 50 take some minutes
SEED = int(os.environ.get("NIANBAO_SEED", "1"))


@dataclass
class Told:
    """What the server has answered to be done."""

    uploads: list[tuple[int, str]] = field(default_factory=list)  # submission, digest of the file
    versions: list[tuple[int, int]] = field(default_factory=list)  # submission, how many were submitted
    jobs: list[int] = field(default_factory=list)
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
                self.told.uploads.append((self.key, hashlib.sha256(text).hexdigest()))
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
    county: tuple[Office, Submission, list[Submission]], template: Path
) -> None:
    office, target, own = county
    documents = organs(ORGANS)
    clerks = [office.person(f"clerk-{one.pk}", (Role.FILL, one.organ)) for one in own]
    reviewer, adder = office.person("reviewer", (Role.REVIEW, None)), office.person("adder", (Role.SUM, None))
    admin = office.person("admin", (Role.ADMIN, None))
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
            for thread in threads:
                thread.start()
            before, patience = len(told.uploads), time.monotonic() + 60
            while len(told.uploads) == before and time.monotonic() < patience:
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 2))
            server.kill()
            for thread in threads:
                thread.join(60)
                assert not thread.is_alive()
            _whole(told)
        server.start()  # so that it is there to be ended
    assert told.uploads
    assert told.versions


def _add_up(
    server: Served, told: Told, target: Submission, adder: object, admin: object, own: list[Submission]
) -> None:
    """Have the sum made again and again, and reports that were accepted opened again."""
    adding, opening = server.someone(adder), server.someone(admin)  # type: ignore[arg-type]
    with suppress(OSError, http.client.HTTPException):
        while True:
            answer = adding.ask("POST", f"/sums/{target.pk}/make", {"partial": "on"})
            if answer.status == 302:
                with told.lock:
                    told.jobs.append(int(answer.headers["Location"].rpartition("/")[2]))
            time.sleep(0.3)
            for one in own:
                opening.ask("POST", f"/submissions/{one.pk}/reopen", {"reason": "再核对"})


def _whole(told: Told) -> None:
    """All that was answered is there, nothing is half there, and the log is whole."""
    from django.db import connection
    from nianbao.web.office import events, filestore
    from nianbao.web.office.models import File, Job, Submission, Sum, Upload, Version

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
    assert Job.objects.filter(pk__in=told.jobs).count() == len(set(told.jobs))
    assert Sum.objects.filter(stale=False).count() <= 1
    connection.close()
