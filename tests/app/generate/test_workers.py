"""Workers: whatever becomes of one, every report has an answer, in the order it was asked for."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.app.generate import Job, RenderContext, prepare
from nianbao.app.generate.pipeline import Artifacts, make
from nianbao.app.outcome import Failure
from nianbao.app.workers import USUAL, Limits, Task, isolation, perform
from nianbao.app.workers.pool import Pool

from tests.app.generate.batch_samples import Sound, cmdline, document, organ

JOB, PRINTED = prepare(), prepare("pdf")


def pool(job: Job, jobs: int, limits: Limits = USUAL) -> Pool:
    return Pool(partial(RenderContext, job), jobs, limits=limits, doing="生成")


def tasks(sound: Sound, count: int) -> Iterator[Task | Failure]:
    for number in range(count):
        content = json.dumps(document(sound, number)).encode()
        yield Failure((), 3) if number % 7 == 3 else Task(f"{number}.json", make, (content,))


@pytest.fixture(scope="module")
def expected(sound: Sound) -> list[Artifacts | Failure]:
    context = RenderContext(JOB)
    found = [perform(context, task) if isinstance(task, Task) else task for task in tasks(sound, 40)]
    isolation.end()
    return found


def test_here_is_what_is_expected(expected: list[Artifacts | Failure]) -> None:
    made = [result for result in expected if isinstance(result, Artifacts)]
    assert [one.name for one in made] == [f"{number}.json" for number in range(40) if number % 7 != 3]
    assert [one.stem[1:2] for one in made if one.files] == [(organ(n),) for n in range(40) if n % 7 != 3]
    assert [one.code for one in expected] == [3 if number % 7 == 3 else 0 for number in range(40)]


@pytest.mark.parametrize(("jobs", "most"), [(1, 250), (2, 250), (3, 2), (2, 1)])
def test_processes_give_the_same_in_the_same_order(
    sound: Sound, expected: list[Artifacts | Failure], jobs: int, most: int
) -> None:
    with pool(JOB, jobs, Limits(tasks=most)) as crew:
        assert list(crew.results(tasks(sound, 40))) == expected
    assert multiprocessing.active_children() == []


def test_no_more_is_taken_up_than_fits_in_memory(sound: Sound) -> None:
    taken: list[int] = []

    def counted() -> Iterator[Task | Failure]:
        for number, task in enumerate(tasks(sound, 200)):
            taken.append(number)
            yield task

    with pool(JOB, 2) as crew:
        for number, _ in enumerate(crew.results(counted())):
            assert len(taken) - number <= 2 * 8 + 1


def test_a_worker_that_is_killed_once_costs_nothing(
    sound: Sound, expected: list[Artifacts | Failure]
) -> None:
    found = []
    with pool(JOB, 2) as crew:
        for number, product in enumerate(crew.results(tasks(sound, 40))):
            found.append(product)
            if number in (5, 20):  # later ones find no worker: all tasks are handed out by then
                multiprocessing.active_children()[0].kill()

    assert found == expected


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_a_report_that_no_worker_survives_is_named_and_the_others_are_made(sound: Sound) -> None:
    """Five workers die in turn, of the first report and of the next one behind it: three times, and twice."""
    with pool(PRINTED, 1, Limits(tasks=1)) as crew:  # slow enough to be met alive
        list(crew.results(tasks(sound, 1)))  # the server has imported all, with processes of its own
        killer = threading.Thread(target=kill_workers, args=(5,))
        killer.start()
        first, *others = crew.results(tasks(sound, 3))
        killer.join()

    assert [str(problem) for problem in first.problems] == [
        "0.json：生成这个文件的进程 3 次意外结束（信号 9），没有生成。"
        "请核对内存是否够用，减少 --jobs 再试；仍不行的请把这个文件交给维护人员。"
    ]
    assert (type(first), first.code) == (Failure, 3)
    assert [bool(one.files) for one in others] == [True, True]


def kill_workers(many: int) -> None:
    """Kill so many children of this process's forkserver, or that it forked itself.

    multiprocessing is not asked: its active_children() takes from the main thread how a worker ended.
    """
    killed: set[int] = set()
    end = time.monotonic() + 60
    while len(killed) < many and time.monotonic() < end:
        parents: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        ours = cmdline(os.getpid())
        forked = [one for one, parent in parents.items() if parent == os.getpid() and cmdline(one) == ours]
        served = [one for one, parent in parents.items() if parents.get(parent) == os.getpid()]
        for process in [*forked, *(one for one in served if "forkserver" in cmdline(one))]:
            if process not in killed and len(killed) < many:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
                    killed.add(process)
        time.sleep(0.001)


def without_end(_: object, name: str) -> str:
    while True:
        pass


def test_a_report_that_takes_too_long_is_given_up_and_the_others_are_made(
    sound: Sound, expected: list[Artifacts | Failure]
) -> None:
    first, second, third = tasks(sound, 3)
    with pool(JOB, 2, Limits(seconds=1.0)) as crew:
        given_up, *others = crew.results([Task("长.json", without_end), first, second, third])

    assert [str(problem) for problem in given_up.problems] == [
        "长.json：这个文件 1 秒还没有生成，已放弃。请核对文件内容是否异常地长，或单独生成这一份。"
    ]
    assert others == expected[:3]
    assert multiprocessing.active_children() == []


def test_leaving_in_the_middle_ends_all_workers(sound: Sound) -> None:
    with pool(PRINTED, 2) as crew:
        next(iter(crew.results(tasks(sound, 8))))
        assert len(multiprocessing.active_children()) == 2

    assert multiprocessing.active_children() == []


# ---------------------------------------------------------------- any task of the app


def read_there(_: None, name: str, content: bytes) -> str:
    return reading.read_content(content, name).organ


def fill_memory(_: None, name: str, size: int) -> int:
    return len(bytearray(size))


def nothing() -> None:
    return None


def test_workers_read_files_and_what_cannot_be_read_is_a_failure(sound: Sound) -> None:
    content = json.dumps(document(sound, 1)).encode()
    with Pool(nothing, 2, doing="读取") as crew:
        good, bad = crew.results([Task("1.json", read_there, (content,)), Task("2.xlsb", read_there, (b"",))])

    assert good == organ(1)
    assert isinstance(bad, Failure)
    assert [str(problem) for problem in bad.problems] == [
        "2.xlsb：不能读 .xlsb 文件。请用 Excel 或 WPS 另存为 .xlsx。"
    ]
    assert (bad.code, bad.blameless) == (3, False)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the limit of memory is Linux's")
def test_a_task_that_wants_more_memory_than_allowed_is_given_up_and_the_worker_goes_on() -> None:
    sizes = (10**6, 2 * 10**9, 10**6)
    with Pool(nothing, 1, limits=Limits(memory=10**9)) as crew:
        first, second, third = crew.results(Task("甲.pdf", fill_memory, (size,)) for size in sizes)

    assert (first, third) == (10**6, 10**6)
    assert [str(problem) for problem in second.problems] == [
        "甲.pdf：处理这个文件要用的内存超过了允许的，已放弃。"
        "文件可能已损坏，或者是有意做成这样的，请核对来源；"
        "计算机内存不够的，请关闭别的程序，或减少 --jobs 再试。"
    ]


def test_processes_start_wherever_temporary_files_are(tmp_path: Path) -> None:
    deep = tmp_path / "临时文件夹" / ("深" * 40)
    deep.mkdir(parents=True)
    program = (
        "import os, threading\n"
        "from nianbao.app.workers import processes\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "child = processes.processes((), 2, foreign=False).Process(target=os.getpid)\n"
        "child.start(); child.join(); print(child.exitcode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TMPDIR": str(deep)}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")
    assert list(deep.iterdir()) == []
