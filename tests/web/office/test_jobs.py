"""Jobs stand in the database: each is done, whoever dies at it, and told when it cannot be done."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from nianbao.app.outcome import Usage

from tests.web.office.conftest import Office


def _double(payload: dict[str, Any]) -> dict[str, Any]:
    if payload["number"] < 0:
        raise Usage("负数不能加倍")
    return {"double": payload["number"] * 2}


def _fail(payload: dict[str, Any]) -> dict[str, Any]:
    raise ZeroDivisionError


def who() -> Any:
    from nianbao.web.office.events import Who

    return Who("张三")


WORK = {"double": _double, "fail": _fail}


def test_jobs_are_done_in_their_order_and_failures_told(office: Office) -> None:
    from nianbao.web.office import jobs
    from nianbao.web.office.models import Job

    for number in (3, -1, 5):
        jobs.put("double", who(), number=number)
    jobs.put("fail", who())
    order = []
    while (job := jobs.claim()) is not None:
        order.append(job.pk)
        jobs.run(job, WORK)
    assert order == sorted(order)
    results = [(job.state, json.loads(job.result)) for job in Job.objects.all()]
    assert results[:3] == [
        ("done", {"double": 6}),
        ("failed", {"problems": ["负数不能加倍"]}),
        ("done", {"double": 10}),
    ]
    assert results[3][0] == "failed"
    assert "程序内部错误（ZeroDivisionError）" in results[3][1]["problems"][0]


def test_a_job_whose_claim_has_run_out_is_another_s(office: Office) -> None:
    from django.utils import timezone
    from nianbao.web.office import jobs
    from nianbao.web.office.models import Job

    jobs.put("double", who(), number=1)
    dead = jobs.claim()
    assert dead is not None
    assert jobs.claim() is None
    Job.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    again = jobs.claim()
    assert again is not None
    assert (again.pk, again.tries) == (dead.pk, 2)
    jobs.run(again, WORK)
    jobs.run(dead, {"double": lambda _: {"double": "late"}})  # too late
    assert [(job.state, job.result) for job in Job.objects.all()] == [("done", '{"double": 2}')]


def test_a_job_that_kills_everybody_is_given_up(office: Office) -> None:
    from django.utils import timezone
    from nianbao.web.office import jobs
    from nianbao.web.office.models import Job

    jobs.put("double", who(), number=1)
    for _ in range(jobs.MOST_TRIES):
        assert jobs.claim() is not None
        Job.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert jobs.claim() is None
    told = '{"problems": ["试了 3 次都没有做完，不再试了"]}'
    assert [(job.state, job.result) for job in Job.objects.all()] == [("failed", told)]


def test_no_job_is_claimed_twice_at_once(office: Office) -> None:
    from django.db import connection
    from nianbao.web.office import jobs

    for number in range(30):
        jobs.put("double", who(), number=number)

    def take(_: int) -> list[int]:
        claimed = []
        while (job := jobs.claim()) is not None:
            claimed.append(job.pk)
        connection.close()
        return claimed

    with ThreadPoolExecutor(6) as crew:
        claimed = [key for keys in crew.map(take, range(6)) for key in keys]
    assert len(claimed) == len(set(claimed)) == 30


def test_the_runner_does_what_was_left_and_what_comes(office: Office) -> None:
    from django.db import connection
    from nianbao.web.office import jobs
    from nianbao.web.office.models import Job

    done = threading.Semaphore(0)

    def work(payload: dict[str, Any]) -> dict[str, Any]:
        done.release()
        connection.close()
        return payload

    jobs.put("work", who(), number=1)
    runner = jobs.Runner({"work": work})
    runner.start()
    assert done.acquire(timeout=20)
    jobs.put("work", who(), number=2)
    runner.tell()
    assert done.acquire(timeout=20)
    runner.end()
    runner.join()
    assert [job.state for job in Job.objects.all()] == ["done", "done"]
