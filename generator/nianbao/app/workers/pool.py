"""Processes of this machine that stay warm: imported once, templates compiled, fonts found.

The standard library's pools lose all that is under way where one process dies. Here each worker has
a line of its own: one that dies, or takes too much, costs only the task it was at.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from typing import Any

from nianbao.app import interrupt
from nianbao.app.outcome import FILES, SUSPECT, Failure
from nianbao.app.workers import SLOWER, USUAL, Limits, Task, Workers
from nianbao.app.workers.processes import Link, Processes, cannot_start, processes, without_main
from nianbao.app.workers.worker import SHORT, SPENT, Answer, work
from nianbao.report import Place, Rule, rule

AHEAD = 2  # tasks that a worker has at a time: the next lies ready while one is done
IN_MEMORY = 8  # tasks and results of each worker that may wait for an earlier one
CLOSING = 5.0  # seconds from the end of a worker's line to its own
MOST = 60  # processes that Windows waits for at once, less its own few
TRIES = 3  # how often a task may be begun whose worker was killed
_LATE = getattr(signal, "SIGXCPU", None)  # how the system ends what is over its time
_FROM_OUTSIDE = ("SIGKILL", "SIGTERM")  # which says nothing of the task: or memory was short


@dataclass
class _Begun:
    number: int
    task: Task
    tries: int = 0


@dataclass
class _Worker:
    process: BaseProcess
    link: Link
    given: int = 0
    begun: deque[_Begun] = field(default_factory=deque)  # in the order they were given
    since: float = 0.0  # when the first of them was begun

    def end_of_time(self, limits: Limits) -> float:
        """When by the clock the task that it is at has to be done."""
        return self.since + SLOWER * limits.allowed(self.begun[0].task)

    def end(self) -> None:
        self.link.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Pool(Workers):
    """So many worker processes; use it in a `with`."""

    def __init__(
        self,
        context: Callable[[], Any],
        jobs: int,
        *,
        limits: Limits = USUAL,
        preload: Iterable[str] = (),
        doing: str = "处理",
        foreign: bool = False,
    ) -> None:
        self.context, self.limits = context, limits
        self.jobs = min(jobs, MOST) if sys.platform == "win32" else jobs
        self.doing, self.foreign = doing, foreign
        self._workers: list[_Worker] = []
        self._again: deque[_Begun] = deque()  # whose worker died
        self._processes: Processes = processes(preload, jobs, foreign=foreign)

    def __exit__(self, *_: object) -> None:
        with interrupt.held():
            while self._workers:
                self._workers.pop().end()

    def results(self, tasks: Iterable[Task | Failure]) -> Iterator[Any]:
        """What came of the tasks, in their order; a task that no worker survives is a Failure."""
        coming = enumerate(tasks)
        ready: dict[int, Any] = {}
        following, more = 0, True
        while True:
            while more and self._staging(len(ready)):
                number, task = next(coming, (0, None))
                if task is None:
                    more = False
                elif isinstance(task, Failure):
                    ready[number] = task
                else:
                    self._again.append(_Begun(number, task))
                    self._give()
            self._give()
            while following in ready:
                yield ready.pop(following)
                following += 1
            busy = any(worker.begun for worker in self._workers)
            if not (more or ready or self._again or busy):
                return
            for number, result in self._take():
                ready[number] = result

    def _staging(self, ready: int) -> bool:
        """Whether another task may be taken up."""
        waiting = sum(len(worker.begun) for worker in self._workers) + len(self._again)
        return waiting < self.jobs * AHEAD and waiting + ready < self.jobs * IN_MEMORY

    def _give(self) -> None:
        """Give what waits to those who have least to do; one that killed a worker goes alone."""
        while self._again:
            begun = self._again[0]
            alone = begun.tries > 0
            worker = self._free(alone=alone)
            if worker is None:
                return
            self._again.popleft()
            if not worker.begun:
                worker.since = time.monotonic()
            worker.begun.append(begun)
            worker.given += 1 if not alone else self.limits.tasks  # nothing more comes behind it
            try:
                worker.link.send(begun.task)
            except OSError:  # it has just died; _take finds that out
                return

    def _free(self, *, alone: bool) -> _Worker | None:
        """A worker that may be given a task, a new one if there is none without any."""
        candidates = [
            worker
            for worker in self._workers
            if len(worker.begun) < (1 if alone else AHEAD) and worker.given < self.limits.tasks
        ]
        least = min(candidates, key=lambda worker: len(worker.begun), default=None)
        if (least is None or least.begun) and len(self._workers) < self.jobs:
            return self._start()
        return least

    def _start(self) -> _Worker:
        link, end = self._processes.Pipe()
        forked = self._processes.get_start_method() == "fork"
        level = logging.getLogger("nianbao").getEffectiveLevel()
        given = (end, self.context, self.limits, level, link if forked else None)
        with (
            interrupt.held(),
            nullcontext() if forked else without_main(),
        ):  # once it is there, we must know of it
            process = self._processes.Process(target=work, args=given, daemon=True)
            try:
                process.start()
            except (EOFError, OSError, MemoryError) as error:  # EOFError: the server could not
                raise cannot_start() from error
            self._workers.append(_Worker(process, link))
        end.close()
        return self._workers[-1]

    def _take(self) -> Iterator[tuple[int, Any]]:
        """Wait for what comes next: results, a death, or somebody's time being over."""
        busy = {worker.link: worker for worker in self._workers if worker.begun}
        now = time.monotonic()
        ends = min((worker.end_of_time(self.limits) for worker in busy.values()), default=now)
        for link in connection.wait(list(busy), timeout=max(0.0, ends - now)):
            worker = busy[link]  # type: ignore[index]
            try:
                answer: Answer = worker.link.recv()
            except (EOFError, OSError):
                yield from self._died(worker)
                continue
            begun = worker.begun.popleft()
            worker.since = time.monotonic()
            for record in answer.records:
                logging.getLogger(record.name).handle(record)
            if answer.spent or (worker.given >= self.limits.tasks and not worker.begun):
                self._dismiss(worker)
            yield begun.number, answer.result
        for worker in list(self._workers):
            if worker.begun and time.monotonic() > worker.end_of_time(self.limits):
                yield from self._overdue(worker)

    def _dismiss(self, worker: _Worker) -> None:
        """End a worker; what it was given and has not begun is given to others."""
        self._workers.remove(worker)
        worker.end()
        self._again.extendleft(reversed(worker.begun))

    def _died(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        """Tell how a worker ended upon a task; where it was killed, have that begun again first, alone."""
        worker.process.join(CLOSING)
        code = worker.process.exitcode or 0
        if _LATE is not None and code == -_LATE:
            yield from self._overdue(worker)
            return
        if code == SHORT:
            raise cannot_start()
        first = worker.begun.popleft()
        self._dismiss(worker)
        if code == SPENT:
            yield first.number, Failure.of(MemoryError(), first.task.name)
            return
        first.tries += 1
        outside = code in {-getattr(signal, name, 0) for name in _FROM_OUTSIDE}
        if (outside or code >= 0) and first.tries < TRIES:
            self._again.append(first)
            return
        how = f"信号 {-code}" if code < 0 else f"退出码 {code}"
        times = f" {first.tries} 次" if first.tries > 1 else ""
        what = f"{self.doing}这个文件的进程{times}意外结束（{how}），没有{self.doing}"
        mend = "请核对内存是否够用，减少 --jobs 再试；仍不行的请把这个文件交给维护人员"
        yield first.number, self._failed(first.task, rule("worker-died"), what, mend)

    def _overdue(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        first = worker.begun.popleft()
        self._dismiss(worker)
        what = f"这个文件 {self.limits.allowed(first.task):.0f} 秒还没有{self.doing}，已放弃"
        mend = f"请核对文件内容是否异常地长，或单独{self.doing}这一份"
        yield first.number, self._failed(first.task, rule("worker-timeout"), what, mend)

    def _failed(self, task: Task, broken: Rule, what: str, mend: str) -> Failure:
        """What is told of a task that cannot be done: of a foreign file, that it is damaged."""
        if self.foreign:
            broken, mend = rule("damaged"), f"{SUSPECT}，请核对来源，用别的软件打开，看是否完好，再另存一份"
        return Failure((broken.broken(what, mend, (Place(task.name),)),), FILES)
