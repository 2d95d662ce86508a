"""Workers: whatever becomes of one, every report has an answer, in the order it was asked for."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from nianbao.app.generate import Options, prepare
from nianbao.app.generate.pipeline import Artifacts
from nianbao.app.generate.workers import Task
from nianbao.app.generate.workers.pool import Pool
from nianbao.app.generate.workers.serial import Serial

from tests.app.generate.batch_samples import Sound, cmdline, document, organ

ORDER = prepare(Options(Path()))


def tasks(sound: Sound, count: int) -> Iterator[Task | Artifacts]:
    for number in range(count):
        content = json.dumps(document(sound, number)).encode()
        yield Artifacts(f"{number}.json", code=3) if number % 7 == 3 else Task(f"{number}.json", content)


@pytest.fixture(scope="module")
def expected(sound: Sound) -> list[Artifacts]:
    with Serial(ORDER) as workers:
        return list(workers.products(tasks(sound, 40)))


def test_here_is_what_is_expected(expected: list[Artifacts]) -> None:
    assert [one.name for one in expected] == [f"{number}.json" for number in range(40)]
    assert [one.stem[1:2] for one in expected if one.files] == [(organ(n),) for n in range(40) if n % 7 != 3]
    assert [one.code for one in expected] == [3 if number % 7 == 3 else 0 for number in range(40)]


@pytest.mark.parametrize(("jobs", "most"), [(1, 250), (2, 250), (3, 2), (2, 1)])
def test_processes_give_the_same_in_the_same_order(
    sound: Sound, expected: list[Artifacts], jobs: int, most: int
) -> None:
    with Pool(ORDER, jobs, most_tasks=most) as workers:
        assert list(workers.products(tasks(sound, 40))) == expected
    assert multiprocessing.active_children() == []


def test_no_more_is_taken_up_than_fits_in_memory(sound: Sound) -> None:
    taken: list[int] = []

    def counted() -> Iterator[Task | Artifacts]:
        for number, task in enumerate(tasks(sound, 200)):
            taken.append(number)
            yield task

    with Pool(ORDER, 2) as workers:
        for number, _ in enumerate(workers.products(counted())):
            assert len(taken) - number <= 2 * 8 + 1


def test_a_worker_that_is_killed_once_costs_nothing(sound: Sound, expected: list[Artifacts]) -> None:
    found = []
    with Pool(ORDER, 2) as workers:
        for number, product in enumerate(workers.products(tasks(sound, 40))):
            found.append(product)
            if number in (5, 15, 25):
                multiprocessing.active_children()[0].kill()

    assert found == expected


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_a_report_that_no_worker_survives_is_named_and_the_others_are_made(sound: Sound) -> None:
    """Five workers die in turn, of the first report and of the next one behind it: three times, and twice."""
    with Pool(replace(ORDER, pdf=True), 1, most_tasks=1) as workers:  # slow enough to be met alive
        list(workers.products(tasks(sound, 1)))  # the server has imported all, with processes of its own
        killer = threading.Thread(target=kill_workers, args=(5,))
        killer.start()
        first, *others = workers.products(tasks(sound, 3))
        killer.join()

    assert [str(problem) for problem in first.problems] == [
        "0.json：生成这份报告的进程 3 次意外结束（信号 9），没有生成。"
        "请核对内存是否够用，减少 --jobs 再试；仍不行的请把这个文件交给维护人员。"
    ]
    assert (first.code, first.files) == (3, {})
    assert [bool(one.files) for one in others] == [True, True]


def kill_workers(many: int) -> None:
    """Kill so many children of this process's forkserver.

    multiprocessing is not asked: its active_children() takes from the main thread how a worker ended.
    """
    killed: set[int] = set()
    end = time.monotonic() + 60
    while len(killed) < many and time.monotonic() < end:
        parents: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        for process in [one for one, parent in parents.items() if parents.get(parent) == os.getpid()]:
            if process not in killed and len(killed) < many and "forkserver" in cmdline(process):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                    killed.add(process)
        time.sleep(0.001)


def test_a_report_that_takes_too_long_is_given_up_and_the_others_are_made(sound: Sound) -> None:
    slow = replace(ORDER, pdf=True)  # the first PDF of a process takes far longer than this
    with Pool(slow, 2, longest=0.1) as workers:
        found = list(workers.products(tasks(sound, 3)))

    assert [[problem.code for problem in one.problems] for one in found] == [["report-timeout"]] * 3
    assert multiprocessing.active_children() == []


def test_leaving_in_the_middle_ends_all_workers(sound: Sound) -> None:
    with Pool(replace(ORDER, pdf=True), 2) as workers:
        next(iter(workers.products(tasks(sound, 8))))
        assert len(multiprocessing.active_children()) == 2

    assert multiprocessing.active_children() == []
