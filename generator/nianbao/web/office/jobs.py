"""Work that takes longer than an answer may: it stands in the database, so that no kill loses it.

Whoever has time claims the oldest job for a while, and says now and then that it is still at it; a claim that
has run out is another's. So a job may be begun more than once, and what it does has to bear that.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.db.models import Q
from django.utils import timezone

from nianbao.app.outcome import Usage, problems
from nianbao.web import shortage
from nianbao.web.office.events import Who
from nianbao.web.office.models import Job

LEASE = timedelta(seconds=60)  # for which a claim holds
LOOK = 2.0  # seconds between two looks for a job, where nobody has told of one
MOST_TRIES = 3
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
Work = Callable[[dict[str, Any]], dict[str, Any]]  # what a kind of job does: from payload to result
_log = logging.getLogger(__name__)


def put(kind: str, who: Who, **payload: object) -> Job:
    """Have something done, once the transaction that this belongs to is through; `who` asks for it."""
    document = payload | {"who": list(who)}
    return Job.objects.create(kind=kind, who=who.name, payload=json.dumps(document, ensure_ascii=False))


def asked_by(payload: Mapping[str, Any]) -> Who:
    """Who has asked for a job."""
    return Who(*payload["who"])


def claim() -> Job | None:
    """The oldest job that nobody is at, claimed; None where there is none."""
    now = timezone.now()
    free = Q(state=WAITING) | Q(state=RUNNING, claimed_until__lt=now)
    while (job := Job.objects.filter(free).order_by("id").first()) is not None:
        unchanged = Job.objects.filter(pk=job.pk, state=job.state, tries=job.tries)
        if job.tries >= MOST_TRIES:
            reason = json.dumps(
                {"problems": [f"试了 {MOST_TRIES} 次都没有做完，不再试了"]}, ensure_ascii=False
            )
            unchanged.update(state=FAILED, result=reason)
        elif unchanged.update(state=RUNNING, tries=job.tries + 1, claimed_until=now + LEASE):
            job.refresh_from_db()
            return job
    return None


def run(job: Job, work: Mapping[str, Work]) -> None:
    """Do a job that was claimed, and put down what came of it; what went wrong is told in words."""
    done = threading.Event()
    keeper = threading.Thread(target=_keep, args=(job.pk, done), daemon=True)
    keeper.start()
    try:
        result = json.dumps(work[job.kind](json.loads(job.payload)), ensure_ascii=False)
        state = DONE
    except Usage as error:
        state, result = FAILED, _told(str(error))
    except Exception as error:  # one job that fails must not end the others
        _log.exception("%s %s", job.kind, job.pk)
        found = shortage.of(error)
        state, result = FAILED, _told(*([shortage.told(found)] if found else map(str, problems(error))))
    finally:
        done.set()
        keeper.join()
    # Another may have begun it meanwhile, where this process stood still for long: then its result counts.
    Job.objects.filter(pk=job.pk, tries=job.tries).update(state=state, result=result)


def _told(*reasons: str) -> str:
    """The result of a job that failed."""
    return json.dumps({"problems": reasons}, ensure_ascii=False)


def _keep(key: int, done: threading.Event) -> None:
    """Say that a job is still being done, until it is."""
    while not done.wait(LEASE.total_seconds() / 4):
        try:
            Job.objects.filter(pk=key).update(claimed_until=timezone.now() + LEASE)
        except DatabaseError:  # the disk is full: another may take it for left
            _log.warning("job %s", key, exc_info=True)
        close_old_connections()


class Runner:
    """A thread that does one job after another, as long as the server runs."""

    def __init__(self, work: Mapping[str, Work]) -> None:
        """Take what can be done, by its kind."""
        self._work = work
        self._told, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="nianbao-jobs", daemon=True)

    def start(self) -> None:
        """Begin with what was left undone."""
        self._thread.start()

    def tell(self) -> None:
        """There is a job."""
        self._told.set()

    def end(self) -> None:
        """End after the job that is being done; what waits is done by the next."""
        self._ended.set()
        self._told.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._told.clear()
            try:
                while not self._ended.is_set() and (job := claim()) is not None:
                    run(job, self._work)
            except Exception:  # the database is away for a moment
                _log.exception("jobs")
            close_old_connections()
            self._told.wait(LOOK)
