"""Ctrl-C, SIGTERM and a closed terminal: one line, an exit code, and only whole files, whenever they come."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.runner import PROGRAM
from tests.trials import trials

SOFFICE = shutil.which("soffice")
LONG = f"3{os.getpid()}.5"  # seconds, by which a process is known
ORGANS = ("甲局", "乙局", "丙局")
CHANCE = random.Random(20260123)
WAYS = {
    signal.SIGINT: (130, "已中断，没有留下不完整的文件。\n"),
    signal.SIGTERM: (143, "已按要求结束，没有留下不完整的文件。\n"),
    signal.SIGHUP: (129, "已按要求结束，没有留下不完整的文件。\n"),
}
DONE = (0, "")

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks into /proc")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: Callable[..., dict[str, Any]]) -> Path:
    """Three reports to work on, and folders of our own for temporary files and for the cache."""
    for name in ("work", "temporary", "cache"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path / "work")
    for organ in ORGANS:
        Path(f"{organ}.json").write_text(json.dumps(sound(organ=organ, issued_by=organ)), encoding="utf-8")
    return tmp_path


def tree(folder: Path) -> list[str]:
    """Every file that is there, hidden ones too, and every folder with nothing in it.

    But for those of a C compiler: to find Pango's library Python starts one, which clears nothing away.
    """
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if (path.is_file() or not any(path.iterdir()))
        and not re.fullmatch(r"cc\w{6}\.\w+\.[co]|生成记录\.sqlite3", path.name)
    )


SOURCES = sorted(f"{organ}.json" for organ in ORGANS)


def report(organ: str, *kinds: str) -> list[str]:
    title = f"{organ}2025年政府信息公开工作年度报告"
    return [f"output/2025/{organ}/{title}.{kind}" for kind in kinds]


def start(*words: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the program, and wait until it is the program's own code that signals come to.

    What comes before is the start of Python itself, which no program can guard.
    """
    process = subprocess.Popen([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    until(lambda: process.poll() is not None or catches(process.pid, signal.SIGTERM))
    assert process.poll() is None, "it never watched for signals"
    return process


def catches(process: int, number: int) -> bool:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("SigCgt:"):
            return bool(int(line.split()[1], 16) >> (number - 1) & 1)
    return False


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Exit code, and what was said beside warnings on fonts and the summary of a batch."""
    _, err = process.communicate(timeout=60)
    said = [line for line in err.decode().splitlines(keepends=True) if not line.startswith(("警告 ", "共 "))]
    return process.returncode, "".join(said)


def moments(count: int) -> list[tuple[signal.Signals, float]]:
    """Signals, and when they come: as shares of the time that the command takes, one in each part of it."""
    shares = [round((part + CHANCE.random()) / count, 3) for part in range(count)]
    return [(CHANCE.choice(list(WAYS)), share) for share in shares]


@cache
def undisturbed(*words: str) -> float:
    """How many seconds a command takes from when it watches for signals."""
    process = start(*words)
    begun = time.monotonic()
    assert ended(process)[0] == 0
    clear_away()
    return time.monotonic() - begun


def clear_away() -> None:
    shutil.rmtree("output", ignore_errors=True)
    Path("年报.xlsx").unlink(missing_ok=True)


def ways(number: signal.Signals, share: float, *words: str) -> Iterator[tuple[int, str]]:
    """How a command ends that gets a signal; where it was done before, again, in half the time, until it
    is stopped by one."""
    delay, way = share * undisturbed(*words), DONE
    while way == DONE:
        clear_away()
        process = start(*words)
        time.sleep(delay)
        process.send_signal(number)
        way = ended(process)
        assert way in (WAYS[number], DONE)
        yield way
        assert way != DONE or delay > 0.001, "no signal has ever stopped it"
        delay /= 2


@pytest.mark.parametrize(("number", "share"), moments(trials(6)))
def test_while_python_still_imports_one_line_is_all(
    folder: Path, number: signal.Signals, share: float
) -> None:
    for _ in ways(number, share, "check", *SOURCES):
        assert tree(folder / "work") == SOURCES
        assert tree(folder / "temporary") == []


def assert_whole(folder: Path, way: tuple[int, str], kinds: Sequence[str]) -> None:
    """Some reports, in their order, with all their files; all of them where nothing was stopped."""
    organs = [one.partition(".")[0] for one in SOURCES]
    made = [one for one in organs if Path("output/2025", one).exists()]
    assert tree(folder / "work") == sorted(
        [*SOURCES, *(path for one in made for path in report(one, *kinds))]
    )
    assert made == organs[: len(made)]
    assert way != DONE or made == organs
    assert tree(folder / "temporary") == []


@pytest.mark.parametrize(("number", "share"), moments(trials(9)))
def test_reports_are_whole_or_not_there(folder: Path, number: signal.Signals, share: float) -> None:
    for way in ways(number, share, "generate", *SOURCES, "--pdf", "--html"):
        assert_whole(folder, way, ("docx", "html", "pdf"))


@pytest.mark.parametrize(("number", "share"), moments(trials(5)))
def test_a_workbook_is_whole_or_not_there(folder: Path, number: signal.Signals, share: float) -> None:
    for way in ways(number, share, "new", "年报.xlsx", "--from", "甲局.json"):
        made = Path("年报.xlsx").exists()
        assert tree(folder / "work") == sorted([*SOURCES, *["年报.xlsx"] * made])
        assert made or way != DONE
        if made:
            assert subprocess.run([PROGRAM, "check", "年报.xlsx"], timeout=60).returncode == 0
        assert tree(folder / "temporary") == []


@pytest.mark.parametrize(("number", "share"), moments(trials(4)))
def test_the_first_run_of_all_leaves_no_half_report_either(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, share: float
) -> None:
    words = ("generate", "甲局.json", "--pdf")
    undisturbed(*words)  # with a cache that is there
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))

    for _ in ways(number, share, *words):
        assert tree(folder / "work") in (SOURCES, sorted([*SOURCES, *report("甲局", "docx", "pdf")]))
        assert subprocess.run([PROGRAM, *words], timeout=60).returncode == 0
        shutil.rmtree(folder / "cache")


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize(("number", "share"), [*moments(trials(5)), (signal.SIGTERM, 0.95)])
def test_libreoffice_ends_with_us(folder: Path, number: signal.Signals, share: float) -> None:
    for way in ways(number, share, "generate", *SOURCES, "--pdf", "--engine", "libreoffice"):
        assert running(str(folder)) == []
        assert_whole(folder, way, ("docx", "pdf"))


def running(word: str) -> list[str]:
    """The command lines of processes that name this folder, as soffice names its profile."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line:
            found.append(line)
    return found


@pytest.mark.parametrize("number", WAYS)
def test_a_program_that_hangs_in_place_of_libreoffice_ends_with_us_and_so_does_its_child(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    (folder / "soffice").write_text(f"#!/bin/sh\nsleep {LONG} &\nsleep {LONG}\n", encoding="utf-8")
    (folder / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    process = start("generate", "甲局.json", "--pdf", "--engine", "libreoffice")
    until(lambda: len(running(LONG)) == 2)
    process.send_signal(number)

    assert ended(process) == WAYS[number]
    until(lambda: running(LONG) + running(str(folder / "soffice")) == [], 5)
    assert tree(folder / "work") == SOURCES
    assert tree(folder / "temporary") == []


def test_a_second_ctrl_c_does_not_disturb_the_clearing_away(folder: Path) -> None:
    process = start("generate", *SOURCES, "--pdf", "--engine", "libreoffice" if SOFFICE else "weasyprint")
    time.sleep(0.9)
    while process.poll() is None:  # somebody who holds the keys down
        process.send_signal(signal.SIGINT)
        time.sleep(0.002)

    assert ended(process) == WAYS[signal.SIGINT]
    assert tree(folder / "work") == SOURCES
    assert tree(folder / "temporary") == []


def test_what_was_started_to_go_on_without_a_terminal_goes_on(folder: Path) -> None:
    deaf = ["/bin/sh", "-c", 'trap "" HUP INT; exec "$0" "$@"', str(PROGRAM), "generate", "甲局.json"]
    process = subprocess.Popen(deaf, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until(lambda: catches(process.pid, signal.SIGTERM))
    for number in (signal.SIGHUP, signal.SIGINT):
        process.send_signal(number)

    assert ended(process) == DONE
    assert tree(folder / "work") == sorted([*SOURCES, *report("甲局", "docx")])


def test_nothing_but_a_few_modules_of_python_s_own_is_imported_before_signals_are_watched() -> None:
    look = "import __future__, contextlib, gc, signal, sys; before = set(sys.modules); "
    look += "import nianbao.cli.main; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, timeout=60, text=True)

    assert done.stdout.split() == [
        "nianbao",
        "nianbao.app",
        "nianbao.app.interrupt",
        "nianbao.cli",
        "nianbao.cli.main",
    ]


# ---------------------------------------------------------------- at the very spot


def program(body: str) -> tuple[int, str]:
    """Run a command of our own through the door; it may send itself signals where it likes."""
    frame = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from nianbao.app import files, interrupt\n"
        "from nianbao.cli import main\n"
        "def send(number): os.kill(os.getpid(), number)\n"
        "def command():\n" + "".join(f"    {line}\n" for line in body.splitlines()) + "\n"
        "interrupt.watch()\n"
        "sys.exit(main.run(command))\n"
    )
    done = subprocess.run([sys.executable, "-c", frame], capture_output=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("number", WAYS)
def test_when_all_is_made_a_signal_waits_until_all_is_cleared_away(
    folder: Path, number: signal.Signals
) -> None:
    said = program(
        "from nianbao.app.generate import Delivery, generate_all, prepare\n"
        "from nianbao.app.generate.build_cache import Record\n"
        "def close(self, before=Record.close):\n"
        f"    send({int(number)})\n"
        "    before(self)\n"
        "Record.close = close\n"
        "list(generate_all([Path('甲局.json')], prepare(), Delivery(Path('output'))))\n"
        "print('not reached')\n"
    )

    assert said == WAYS[number]
    assert tree(folder / "work") == sorted([*SOURCES, *report("甲局", "docx")])


@pytest.mark.parametrize("number", WAYS)
def test_between_two_files_of_a_report_a_signal_waits_for_both(folder: Path, number: signal.Signals) -> None:
    said = program(
        "class Files(dict):\n"
        "    def __getitem__(self, path):\n"
        f"        send({int(number)})\n"
        "        return super().__getitem__(path)\n"
        "files.put(Files({Path('新/甲.docx'): b'1', Path('新/甲.pdf'): b'2'}), force=False)\n"
        "print('not reached')\n"
    )

    assert said == WAYS[number]
    assert tree(folder / "work") == sorted([*SOURCES, "新/甲.docx", "新/甲.pdf"])
    assert [Path("新", name).read_bytes() for name in ("甲.docx", "甲.pdf")] == [b"1", b"2"]


def test_a_signal_that_comes_upon_a_finaliser_is_neither_printed_nor_lost() -> None:
    said = program(
        "class Thing:\n"
        "    def __del__(self):\n"
        "        send(signal.SIGTERM)\n"
        "        for _ in range(1000): pass\n"
        "Thing()\n"
        "time.sleep(20)\n"
        "print('not reached')\n"
    )

    assert said == WAYS[signal.SIGTERM]


def test_a_signal_that_comes_before_the_command_stops_it_as_it_begins() -> None:
    frame = (
        "import os, signal, sys\n"
        "from nianbao.app import interrupt\n"
        "from nianbao.cli import main\n"
        "interrupt.watch(); os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main.run(lambda: print('not reached')))\n"
    )
    done = subprocess.run([sys.executable, "-c", frame], capture_output=True, timeout=60)

    assert (done.returncode, (done.stdout + done.stderr).decode()) == WAYS[signal.SIGINT]


def test_a_signal_after_all_is_done_changes_nothing_any_more() -> None:
    frame = (
        "import atexit, os, sys\n"
        "from nianbao.cli import main\n"
        "atexit.register(lambda: [os.kill(os.getpid(), one) for one in (1, 2, 15)])\n"
        "sys.argv = ['nianbao', 'export', '甲局.json', '-o', '报告.json']\n"
        "main.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", frame], capture_output=True, timeout=60)

    assert (done.returncode, (done.stdout + done.stderr).decode()) == (0, "报告.json\n")


def test_a_step_of_another_thread_is_not_broken_into_and_does_not_hold_up_the_program() -> None:
    said = program(
        "import threading\n"
        "begun = threading.Event()\n"
        "def work():\n"
        "    with interrupt.held():\n"
        "        begun.set()\n"
        "        time.sleep(0.3)\n"
        "    print('whole')\n"
        "threading.Thread(target=work).start()\n"
        "begun.wait()\n"
        "send(signal.SIGINT)\n"
        "print('not reached')\n"
    )

    assert said == (130, "whole\n" + WAYS[signal.SIGINT][1])


@pytest.mark.parametrize("others", ["interrupt.held()", "interrupt.heeded()"])
def test_what_other_threads_hold_or_heed_does_not_count_for_the_main_thread(others: str) -> None:
    said = program(
        "import threading\n"
        "sys.setswitchinterval(1e-6)\n"
        "def work():\n"
        "    for _ in range(2000):\n"
        f"        with {others}:\n"
        "            pass\n"
        "threads = [threading.Thread(target=work) for _ in range(8)]\n"
        "with interrupt.held():\n"
        "    for thread in threads: thread.start()\n"
        "    send(signal.SIGTERM)\n"
        "    for thread in threads: thread.join()\n"
        "    print('whole')\n"
        "print('not reached')\n"
    )

    assert said == (143, "whole\n" + WAYS[signal.SIGTERM][1])


def test_what_swallows_the_first_signal_does_not_make_us_deaf() -> None:
    said = program(
        "interrupt.CLEARING = 0.3\n"
        "try:\n"
        "    send(signal.SIGINT)\n"
        "except BaseException:\n"
        "    pass\n"
        "send(signal.SIGINT)\n"
        "print('still clearing away')\n"
        "time.sleep(0.4)\n"
        "send(signal.SIGINT)\n"
        "print('not reached')\n"
    )

    assert said == (130, "still clearing away\n" + WAYS[signal.SIGINT][1])
