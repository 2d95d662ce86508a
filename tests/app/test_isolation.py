"""What comes from outside is read in a process with limits: a loop or a bomb costs a message."""

from __future__ import annotations

import json
import logging
import os
import pickle
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.app.outcome import Failure, problems
from nianbao.app.workers import Limits, Task, isolation
from nianbao.app.workers.isolation import isolate, nothing
from nianbao.app.workers.pool import Pool
from nianbao.mandate import load
from nianbao.report import ProblemsFound, Unreadable, rule

from tests.app.hostile_pdfs import ENDLESS, FILLING
from tests.runner import PROGRAM, nianbao

MEND = "文件可能已损坏，或者是有意做成这样的，请核对来源"
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits of Linux")


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    isolation.end()


def read_there(_: None, name: str, content: bytes) -> str:
    return reading.read_content(content, name).organ


def read_with(limits: Limits, *files: bytes) -> list[str | Failure]:
    tasks = [Task(f"{number}.pdf", read_there, (content,)) for number, content in enumerate(files)]
    with Pool(nothing, 1, limits=limits, doing="读取", foreign=True) as crew:
        return list(crew.results(tasks))


def told(result: str | Failure) -> tuple[str, str]:
    assert isinstance(result, Failure)
    [problem] = result.problems
    return problem.code, str(problem)


@ON_LINUX
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_pdf_that_never_ends_is_damaged(kind: str) -> None:
    [result] = read_with(Limits(seconds=1, per_megabyte=0), ENDLESS[kind])

    what = "这个文件 1 秒还没有读取，已放弃"
    assert told(result) == (
        "damaged", f"0.pdf：{what}。{MEND}，用别的软件打开，看是否完好，再另存一份。"
    )  # fmt: skip


@ON_LINUX
@pytest.mark.parametrize("kind", FILLING)
def test_a_pdf_that_fills_the_memory_is_told_as_such(kind: str) -> None:
    [result] = read_with(Limits(memory=60 * 2**20), FILLING[kind])

    what = "处理这个文件要用的内存超过了允许的，已放弃"
    assert told(result) == (
        "memory", f"0.pdf：{what}。{MEND}；计算机内存不够的，请关闭别的程序，或减少 --jobs 再试。"
    )  # fmt: skip


def crash(_: None, name: str) -> None:
    if name == "坏.pdf":
        os.kill(os.getpid(), signal.SIGTRAP)


@ON_LINUX
def test_a_reader_that_crashes_is_not_asked_again_and_the_others_go_on() -> None:
    with Pool(nothing, 1, doing="读取", foreign=True) as crew:
        bad, good = crew.results([Task("坏.pdf", crash), Task("好.pdf", crash)])

    what = "读取这个文件的进程意外结束（信号 5），没有读取"
    assert told(bad) == (
        "damaged", f"坏.pdf：{what}。{MEND}，用别的软件打开，看是否完好，再另存一份。"
    )  # fmt: skip
    assert good is None


@ON_LINUX
def test_a_folder_with_one_that_never_ends_is_checked(tmp_path: Path, sound: Callable[..., Any]) -> None:
    (tmp_path / "坏.pdf").write_bytes(ENDLESS["contents that are themselves"])
    (tmp_path / "好.json").write_text(json.dumps(sound()), encoding="utf-8")

    code, out, err = nianbao("check", tmp_path / "坏.pdf", tmp_path / "好.json")

    assert (code, err) == (3, "")
    assert out.splitlines() == [
        f"错误 坏.pdf：这个文件 6 秒还没有检查，已放弃。{MEND}，用别的软件打开，看是否完好，再另存一份。",
        "坏.pdf：1 个错误",
        "好.json：没有问题",
        "共 2 份：没有错误和警告 1 份，读不出 1 份。",
    ]


@ON_LINUX
@pytest.mark.parametrize("words", [["check"], ["import", "-o", "x.xlsx"], ["export"]])
def test_it_ends_at_once_when_told_to(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(ENDLESS["contents that are themselves"])
    process = subprocess.Popen(
        [PROGRAM, *words, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    end = time.monotonic() + 60
    while not (readers := children(process.pid)) and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.5)
    process.terminate()
    _, err = process.communicate(timeout=5)

    assert (process.returncode, err.decode()) == (143, "已按要求结束，没有留下不完整的文件。\n")
    assert readers
    assert not any(Path(f"/proc/{reader}").exists() for reader in readers)


@ON_LINUX
def test_the_reader_ends_with_who_asked_it(tmp_path: Path) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(ENDLESS["contents that are themselves"])
    process = subprocess.Popen([PROGRAM, "check", path], stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not (readers := children(process.pid)) and time.monotonic() < end:
        time.sleep(0.01)
    process.kill()
    process.wait()

    while any(Path(f"/proc/{reader}").exists() for reader in readers):
        assert time.monotonic() < end
        time.sleep(0.01)


def children(process: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


# ---------------------------------------------------------------- what goes from one process to another


def refuse(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("kind", [ProblemsFound, Unreadable])
def test_what_is_raised_there_is_raised_here(kind: type[ProblemsFound]) -> None:
    found = kind([rule("damaged").broken("坏了", "请换一份"), rule("year").broken("没有年度", "请填")])

    with pytest.raises(kind) as caught:
        isolate("甲.pdf", refuse, found)

    assert type(caught.value) is kind
    assert caught.value.problems == found.problems
    assert pickle.loads(pickle.dumps(found)).problems == found.problems


def test_a_mistake_of_ours_is_told_with_its_traceback() -> None:
    with pytest.raises(Unreadable) as caught:
        isolate("甲.pdf", refuse, ZeroDivisionError("一个错"))

    [problem] = problems(caught.value)
    log = Path(problem.mend.removeprefix("请把 ").removesuffix(" 交给维护人员"))
    assert (problem.code, problem.where) == ("internal-error", "甲.pdf")
    assert "ZeroDivisionError: 一个错" in log.read_text(encoding="utf-8")
    log.unlink()


def test_a_form_stays_the_one_that_it_is() -> None:
    assert pickle.loads(pickle.dumps([load("2021"), load("2019")])) == [load("2021"), load("2019")]
    assert pickle.loads(pickle.dumps(load("2021"))) is load("2021")
    assert len(pickle.dumps(load("2021"))) < 100


def say(words: str) -> int:
    logging.getLogger("nianbao.there").info("%s：%d", words, len(words))
    return os.getpid()


def test_what_is_logged_there_is_heard_here(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "nianbao"):
        process = isolate("甲.pdf", say, "读到第三页")

    assert process != os.getpid()
    assert [record.getMessage() for record in caplog.records] == ["读到第三页：5"]


def test_the_next_file_is_read_in_the_same_process() -> None:
    first = isolate("甲.pdf", say, "甲")

    assert isolate("乙.pdf", say, "乙") == first
