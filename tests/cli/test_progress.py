"""The bar and what is printed, on a real terminal: neither ever stands on the other's line."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from nianbao.cli.progress import line

from tests.runner import PROGRAM, nianbao

ORGANS = ("甲局", "乙局", "丙局", "丁局")
pytestmark = pytest.mark.skipif(not Path("/dev/ptmx").exists(), reason="needs a terminal")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: Callable[..., dict[str, Any]]) -> Path:
    """Four reports to work on, one of them with an error, and the terminal's own size and language."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    Path("各单位").mkdir()
    for organ in ORGANS:
        document = sound(organ=organ)
        document["table4"]["行政复议"][-1] += organ == "乙局"
        Path(f"各单位/{organ}.json").write_text(json.dumps(document), encoding="utf-8")
    return tmp_path


def typed(command: str, columns: int = 80) -> tuple[int, list[str], str]:
    """Run a shell's command on a terminal; the exit code, what stands on the screen, and all that came."""
    transcript = Path("transcript")
    told = f"stty cols {columns}; {command.replace('nianbao', shlex.quote(str(PROGRAM)))}"
    done = subprocess.run(
        ["script", "-qec", told, str(transcript)], stdin=subprocess.DEVNULL, capture_output=True, timeout=120
    )
    _, _, came = transcript.read_bytes().decode().partition("\n")  # when the script began
    came = came.rpartition("\nScript done")[0]
    return done.returncode, list(screen(came)), came


def screen(came: str) -> Iterator[str]:
    """The lines as a terminal shows them in the end: after a carriage return, over what stood there."""
    for words in came.split("\n"):
        shown = ""
        for piece in words.rstrip("\r").split("\r"):
            shown = piece + shown[len(piece) :] if width(piece) <= width(shown) else piece
        yield shown.rstrip()


def width(text: str) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def report(organ: str) -> str:
    return f"output/2025/{organ}/{organ}2025年政府信息公开工作年度报告.docx"


def printed(*words: str) -> list[str]:
    """What a command prints where nobody looks on: standard output, standard error."""
    result = nianbao(*words)
    return [*result.out.splitlines(), *result.err.splitlines()]


def plain(lines: Sequence[str]) -> list[str]:
    """The lines without colours, and without the time that a run took."""
    found = [one.replace("\x1b[31m", "").replace("\x1b[33m", "").replace("\x1b[0m", "") for one in lines]
    return [one.partition("，用时")[0] for one in found if one]


@pytest.mark.parametrize("columns", [80, 12, 2])
def test_on_one_terminal_every_line_stands_alone_and_whole(columns: int) -> None:
    printed("generate", "各单位", "-o", "先")
    wanted = plain(printed("generate", "各单位", "-o", "先"))
    code, shown, came = typed("nianbao generate 各单位 -o 先", columns)

    assert code == 1
    assert sorted(plain(shown)) == sorted(wanted)
    assert [one for one in shown if ".docx" in one] == [
        report(organ).replace("output", "先") for organ in ("丁局", "丙局", "甲局")
    ]
    assert ("4/4" in came) == (columns > 2)


@pytest.mark.parametrize(
    ("to", "bar"), [("> 清单.txt", True), ("| cat", False), ("| tee 清单.txt", False), (">&-", True)]
)
def test_wherever_standard_output_goes_the_terminal_shows_whole_lines(to: str, bar: bool) -> None:
    _, shown, came = typed(f"nianbao generate 各单位 {to}")

    paths = [report(organ) for organ in ("丁局", "丙局", "甲局")]
    assert [one for one in shown if ".docx" in one] == (paths if to.startswith("|") else [])
    assert ("4/4" in came) is bar
    assert [one for one in shown if one.startswith("  各单位/乙局.json：")] != []


def test_while_a_file_is_worked_on_the_bar_stands() -> None:
    """The second file is a PDF, whose pages take a while."""
    import pty

    printed("generate", "各单位/丙局.json", "--pdf", "-o", "先")
    [pdf] = Path("先").rglob("*.pdf")
    child, terminal = pty.fork()
    if not child:
        os.execv(PROGRAM, ["nianbao", "check", "各单位/甲局.json", str(pdf), "各单位/丙局.json"])
    came, standing = b"", ""
    with suppress(OSError):  # the other end is closed
        while piece := os.read(terminal, 4096):
            came += piece
            if "1/3" in came.decode(errors="replace") and not standing:
                standing = list(screen(came.decode(errors="replace")))[-1]
    os.waitpid(child, 0)
    os.close(terminal)

    assert "1/3" in standing
    assert [one for one in screen(came.decode()) if "/3" in one] == []


def test_standard_error_in_a_file_has_no_bar() -> None:
    _, shown, came = typed("nianbao generate 各单位 2> 消息.txt")

    assert [one for one in shown if one] == [report(organ) for organ in ("丁局", "丙局", "甲局")]
    assert "/4" not in came
    assert b"\r" not in Path("消息.txt").read_bytes()


def test_a_terminal_without_chinese_letters_has_no_bar_to_be_broken() -> None:
    _, _, came = typed("LC_ALL=POSIX PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 nianbao check 各单位")

    assert "/4" not in came


def test_interrupted_the_bar_goes_and_the_message_stands_alone() -> None:
    """The line that the terminal itself puts there, ^C, is that of a bar and no line of ours."""
    import pty

    child, terminal = pty.fork()
    if not child:
        os.execv(PROGRAM, ["nianbao", "generate", "各单位", "--pdf", "--jobs", "1"])
    came, asked = b"", False
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            came += os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not asked and b"0/4" in came:
            time.sleep(0.3)
            os.kill(child, signal.SIGINT)
            asked = True
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)

    assert code == 130
    assert [one for one in screen(came.decode()) if one and ".docx" not in one][-1:] == [
        "已中断，没有留下不完整的文件。"
    ]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (80, "生成  [====================                    ]  5/10  2.0 份/秒  剩余 0:00:02"),
        (50, "生成  [=====     ]  5/10  2.0 份/秒  剩余 0:00:02"),
        (45, "生成  5/10  2.0 份/秒  剩余 0:00:02"),
        (30, "生成  5/10  2.0 份/秒"),
        (13, "生成  5/10"),
        (8, "5/10"),
        (4, ""),
    ],
)
def test_what_has_no_room_is_left_out(columns: int, shown: str) -> None:
    assert line("生成", 5, 10, 2.5, columns) == shown
    assert width(shown) < columns


@pytest.mark.parametrize(
    ("done", "total", "seconds", "shown"),
    [
        (0, 3, 0.0, "生成  0/3"),
        (1, 3, 20.0, "生成  1/3  3 份/分  剩余 0:00:40"),
        (7, None, 7.0, "生成  7  1.0 份/秒"),
        (1, 7300, 1.0, "生成  1/7300  1.0 份/秒  剩余 2:01:39"),
    ],
)
def test_rate_and_remaining_time_are_as_people_say_them(
    done: int, total: int | None, seconds: float, shown: str
) -> None:
    assert line("生成", done, total, seconds, 42).replace("[", "").startswith(shown.partition("  ")[0])
    words = line("生成", done, total, seconds, 200).split("  ")

    assert [one for one in words if one.strip("[= ]")] == shown.split("  ")
