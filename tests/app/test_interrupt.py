"""A signal that other code takes for an error of its own still ends the program."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.app import interrupt
from nianbao.app.outcome import Failure
from nianbao.cli import main


def converted() -> None:
    """What openpyxl does with whatever comes while it converts a value."""
    try:
        raise interrupt.Stopped(signal.SIGTERM)
    except:  # noqa: E722
        raise TypeError("expected <class 'int'>")  # noqa: B904


def explained() -> None:
    try:
        converted()
    except TypeError as error:
        raise ValueError("不能读") from error


@pytest.mark.parametrize("work", [converted, explained])
def test_the_program_ends_as_it_was_told(
    work: Callable[[], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(work) == 128 + signal.SIGTERM
    assert capsys.readouterr() == ("", "已按要求结束，没有留下不完整的文件。\n")


def test_no_file_is_said_to_have_failed_of_it() -> None:
    with pytest.raises(TypeError) as caught:
        converted()

    with pytest.raises(interrupt.Stopped):
        Failure.of(caught.value, "2025.xlsx")


def test_an_error_of_ones_own_stays_one() -> None:
    assert interrupt.within(ValueError("甲")) is None
    assert Failure.of(PermissionError(13, "甲", "乙.xlsx"), "乙.xlsx").problems[0].places[0].file == str(
        Path("乙.xlsx")
    )
