"""A batch that dies at any moment: what is there is whole, and the next run goes on from it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from nianbao.app.generate.build_cache import FILE

from tests.app.generate.batch_samples import Count, Sound, cmdline, fill, made, report
from tests.runner import PROGRAM
from tests.trials import trials

MANY = 30
CHANCE = random.Random(20261123)

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


class Undisturbed(NamedTuple):
    """A folder with filled-in files, what is made of them, and how long that takes."""

    sources: Path
    made: dict[str, str]
    seconds: float


def words_of(sources: Path) -> list[str | Path]:
    return [PROGRAM, "generate", sources, "-o", "成果", "--html", "--jobs", "2"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, sound: Sound) -> Undisturbed:
    folder = tmp_path_factory.mktemp("batch")
    fill(folder / "各单位", sound, MANY)
    start = time.monotonic()
    words = words_of(Path("各单位"))
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return Undisturbed(folder / "各单位", made(folder / "成果"), time.monotonic() - start)


def session(leader: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, number = path.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(number) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def test_the_undisturbed_run_is_whole(undisturbed: Undisturbed) -> None:
    wanted = [path for number in range(MANY) for path in report(number, "docx", "html")]

    assert list(undisturbed.made) == sorted(wanted)


@pytest.mark.parametrize("share", [round(CHANCE.random(), 3) for _ in range(trials(10))])
def test_a_killed_batch_is_finished_by_the_next_run(
    undisturbed: Undisturbed, count: Count, tmp_path: Path, share: float
) -> None:
    words = words_of(undisturbed.sources)
    code, delay = 0, 0.15 + share * undisturbed.seconds
    while code == 0:  # it was done before: again, in half the time
        shutil.rmtree(tmp_path / "成果", ignore_errors=True)
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(words, cwd=tmp_path, stdout=quiet, stderr=quiet, start_new_session=True)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        delay /= 2
    assert code == -signal.SIGKILL

    until_nobody_is_left(process.pid)
    left = (".nianbao-", f"{FILE}-journal")  # the next run clears both away
    before = {path: digest for path, digest in made(tmp_path / "成果").items() if not path.startswith(left)}
    pairs = [path for number in range(MANY) for path in [report(number, "docx", "html")]]
    whole = sum(all(one in before for one in pair) for pair in pairs)
    assert before.items() <= undisturbed.made.items()
    assert len(before) - 2 * whole <= 1  # the report that was being moved into place

    code, found = count(*words[1:])

    assert (code, found["count"]) == (
        0,
        {"made": MANY - whole, "unchanged": whole, "refused": 0, "failed": 0},
    )
    assert made(tmp_path / "成果") == undisturbed.made
    assert not list((tmp_path / "成果").glob(".nianbao-*"))


@pytest.mark.parametrize("share", [round(CHANCE.random(), 3) for _ in range(trials(4))])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_leaves_whole_files_and_no_process(
    undisturbed: Undisturbed, tmp_path: Path, number: signal.Signals, code: int, share: float
) -> None:
    """As a terminal does it: the signal comes to the workers too."""
    words = words_of(undisturbed.sources)
    ended, delay = 0, share * undisturbed.seconds * 0.8
    while ended == 0:  # it was done before: again, in half the time
        shutil.rmtree(tmp_path / "成果", ignore_errors=True)
        process = subprocess.Popen(
            words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        until_it_listens(process.pid)
        time.sleep(delay)
        os.killpg(process.pid, number)
        _, err = process.communicate(timeout=60)
        ended = process.returncode
        delay /= 2

    until_nobody_is_left(process.pid)
    said = "已中断" if number == signal.SIGINT else "已按要求结束"
    found = made(tmp_path / "成果")
    organs = {path.split("/")[1] for path in found}
    assert (ended, err.decode()) == (code, f"{said}，没有留下不完整的文件。\n")
    assert found.items() <= undisturbed.made.items()
    assert len(found) == 2 * len(organs)


def until_it_listens(process: int) -> None:
    """Before that, it is Python that signals come to, not the program."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("SigCgt:") and int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
                return
        time.sleep(0.001)
    raise AssertionError("it never watched for signals")


def until_nobody_is_left(leader: int) -> None:
    end = time.monotonic() + 10
    while session(leader):
        assert time.monotonic() < end, "workers outlive the process that gave them work"
        time.sleep(0.01)


def test_a_session_of_one_process_after_another_is_killed_and_nothing_is_lost(
    undisturbed: Undisturbed, count: Count, tmp_path: Path
) -> None:
    """Workers die, not the run: their reports are begun again by others."""
    words = words_of(undisturbed.sources)
    process = subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )

    def reports() -> int:
        return sum(name.endswith(".docx") for _, _, names in os.walk(tmp_path / "成果") for name in names)

    killed = wanted = 0
    while process.poll() is None and killed < 4:
        workers = [
            one for one in session(process.pid) if "forkserver" in cmdline(one) and one != server(process.pid)
        ]
        if len(workers) == 2 and reports() >= wanted:
            os.kill(CHANCE.choice(workers), signal.SIGKILL)
            killed += 1
            wanted = reports() + 5  # no report is killed three times
        time.sleep(0.01)
    out, err = process.communicate(timeout=120)

    assert killed == 4
    assert (process.returncode, err.decode().partition("，用时")[0]) == (0, f"共 {MANY} 份：生成 {MANY} 份")
    assert len(out.splitlines()) == 2 * MANY
    assert made(tmp_path / "成果") == undisturbed.made


def server(leader: int) -> int:
    """The process that workers come out of: the oldest of its kind."""
    return min((one for one in session(leader) if "forkserver" in cmdline(one)), default=0)
