"""The workers of a Dask cluster: the same work on other machines, bytes to them and bytes back.

Dask does the scheduling: it gives a task to another worker where one is lost. What all tasks need, the
order with its templates, is the result of a task itself, so that any worker can have it again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from nianbao.app import workers
from nianbao.app.build_id import program
from nianbao.app.generate.job import Job
from nianbao.app.generate.pipeline import RenderContext
from nianbao.app.outcome import Failure
from nianbao.app.workers import Task, Workers, perform
from nianbao.report import Place, Unreadable, rule

CONNECTING = 15.0  # seconds
IN_MEMORY = 4  # tasks and products for each thread of the cluster
RETRIES = 3  # of a task upon which a worker raised, beside what Dask does where it lost one
_BELIEVED = 2.0  # seconds for which the number of workers is taken to stay

_contexts: dict[str, RenderContext] = {}  # of a worker's process, by the job's digest
_one = threading.Lock()  # the libraries that print are not made for two at a time


class Cluster(Workers):
    """The workers behind one scheduler; use it in a `with`."""

    def __init__(self, job: Job, address: str) -> None:
        """Connect; raise Unreadable where there is no scheduler, no worker, or no library."""
        self.job, self.address = job, address
        self._threads, self._asked = 0, float("-inf")
        try:
            from distributed import Client
        except ImportError:
            what = "没有安装连接集群用的 distributed"
            mend = '请在程序所在的文件夹中运行 pip install ".[cluster]"'
            raise Unreadable([rule("cluster-missing").broken(what, mend)]) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in Chinese
        try:
            connect: Any = Client  # distributed has types for some of it only
            self._client = connect(address, timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError):
            raise self._refused("连接不上集群", "请核对地址，以及 dask scheduler 是否在运行") from None
        if not self._size():
            self._client.close()
            raise self._refused("集群里没有正在运行的 worker", "请先在各台计算机上启动 dask worker")

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def results(self, tasks: Iterable[Task | Failure]) -> Iterator[Any]:
        """What came of the tasks, in their order; a report that no worker can make is a Failure."""
        expected = (self.job.digest, program())
        job = self._client.submit(_same, replace(self.job), key=f"nianbao-job-{self.job.digest}")
        waiting: deque[tuple[str, Any]] = deque()
        for task in tasks:
            if isinstance(task, Failure):
                waiting.append(("", task))
            else:
                future = self._client.submit(do_there, job, *expected, task, pure=False, retries=RETRIES)
                waiting.append((task.name, future))
            if len(waiting) >= IN_MEMORY * self._size():
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _result(self, name: str, future: Any) -> Any:
        if isinstance(future, Failure):
            return future
        try:
            return future.result()
        except Exception:  # what Dask says of workers and schedulers that are gone, and of its own
            what = "集群没有生成这份报告"
            mend = (
                "请核对 dask scheduler 和 worker 是否在运行、是否装有 nianbao，再运行一次：已生成的不会重做"
            )
            problem = rule("cluster-failed").broken(what, mend, (Place(name),))
            return Failure((problem,), blameless=True)

    def _size(self) -> int:
        """How many tasks the cluster can do at once; workers come and go."""
        if time.monotonic() - self._asked > _BELIEVED:
            self._threads, self._asked = sum(self._client.nthreads().values()), time.monotonic()
        return self._threads

    def _refused(self, what: str, mend: str) -> Unreadable:
        return Unreadable([rule("cluster-unreachable").broken(what, mend, (Place(self.address),))])


def _same(job: Job) -> Job:
    return job


def do_there(job: Job, digest: str, expected: str, task: Task) -> Any:
    """Do one task on a worker; refuse it where the worker would do it otherwise than the client."""
    workers.isolated = True  # with the limits that the cluster's administrator gives
    own = replace(job)  # without what the client has worked out
    if own.digest != digest:
        differs = "程序版本" if program() != expected else "字体或 WeasyPrint 版本"
        what = f"集群里有的计算机{differs}与本机不同，生成的报告会不一样，没有生成"
        mend = "请在各台计算机上安装同样的版本和字体，再运行一次"
        problem = rule("worker-differs").broken(what, mend, (Place(task.name),))
        return Failure((problem,), blameless=True)
    with _one:
        if digest not in _contexts:
            _contexts.clear()  # one job at a time: a worker lives long
            _contexts[digest] = RenderContext(job)
        return perform(_contexts[digest], task)
