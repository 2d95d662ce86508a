"""A signal that other code takes for an error of its own still ends the program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest
from nianbao.app import interrupt
from nianbao.app.outcome import Failure
from nianbao.cli import main
from nianbao.report import ProblemsFound


@pytest.fixture(autouse=True)
def _watching(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Watch for signals as the program does, each test as if none had come before."""
    before = {number: signal.getsignal(number) for number in interrupt.SIGNALS}
    for name in ("_main", "_stopped", "_broken_in"):
        monkeypatch.setattr(interrupt, name, getattr(interrupt, name))
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    for number in before:
        signal.signal(number, signal.SIG_DFL)
    interrupt.watch()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def converted() -> None:
    """What openpyxl does with whatever comes while it converts a value."""
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except:  # noqa: E722
        raise TypeError("expected <class 'int'>")  # noqa: B904


def read() -> None:
    """What our readers do with whatever a library raises."""
    try:
        converted()
    except Exception:
        raise ProblemsFound([]) from None


def passed_over() -> None:
    try:
        read()
    except ProblemsFound:
        return


def told() -> Failure | None:
    """What is done for each of many files."""
    try:
        converted()
    except TypeError as error:
        return Failure.of(error, "2025.xlsx")
    return None


@pytest.mark.parametrize("work", [converted, read, passed_over])
def test_the_program_ends_as_it_was_told(
    work: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(work) == 128 + signal.SIGTERM
    assert capsys.readouterr() == ("", "已按要求结束，没有留下不完整的文件。\n")


def test_no_file_is_said_to_have_failed_of_it() -> None:
    with pytest.raises(interrupt.Stopped), interrupt.heeded():
        told()


def test_an_error_of_ones_own_stays_one() -> None:
    with interrupt.heeded():
        failure = Failure.of(PermissionError(13, "甲", "乙.xlsx"), "乙.xlsx")

    assert [place.file for problem in failure.problems for place in problem.places] == ["乙.xlsx"]
