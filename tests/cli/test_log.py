"""--verbose: what is done on standard error, and nothing else changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.cli import log

from tests.runner import nianbao

LINE = re.compile(r"\d\d:\d\d:\d\d (.*)")


@pytest.fixture(autouse=True)
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: Callable[..., dict[str, Any]]) -> None:
    """A report in the folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    Path("年报.json").write_text(json.dumps(sound()), encoding="utf-8")


def said(err: str) -> list[str]:
    """The lines of the log, without their times."""
    lines = [LINE.fullmatch(line) for line in err.splitlines()]
    assert all(lines), err
    return [re.sub(r"\d+\.\d\d 秒", "几秒", line[1]) for line in lines if line]


@pytest.mark.parametrize("words", [("-v", "check", "年报.json"), ("check", "年报.json", "--verbose")])
def test_each_step_is_told_with_its_time_before_or_after_the_command(words: tuple[str, ...]) -> None:
    code, out, err = nianbao(*words)

    assert (code, out) == (0, "年报.json：没有问题\n")
    assert said(err) == [
        "nianbao check …",
        f"读入 年报.json（{Path('年报.json').stat().st_size} 字节）",
        "年报.json：查过（第 1 份，共 1 份）",
        "nianbao check：几秒",
    ]


def test_without_it_nothing_is_told_even_where_it_was_given_before() -> None:
    nianbao("-v", "check", "年报.json")

    assert nianbao("check", "年报.json") == (0, "年报.json：没有问题\n", "")
    assert not log.is_heard()


def test_what_became_of_each_report_of_many_is_told() -> None:
    _, _, err = nianbao("generate", "-v", "年报.json")

    assert said(err) == [
        "nianbao generate …",
        "1 份，其中 0 份没有变，不重做",
        "写出 output/2025/某某市示例局/某某市示例局2025年政府信息公开工作年度报告.docx",
        "年报.json：生成（第 1 份，共 1 份）",
        "nianbao generate：几秒",
    ]


@pytest.mark.parametrize(("option", "told"), [("-v", False), ("-vv", True)])
def test_where_the_program_failed_is_told_to_whoever_asks_twice(
    monkeypatch: pytest.MonkeyPatch, option: str, told: bool
) -> None:
    from nianbao.app import reading

    def stumble(*_: object) -> None:
        raise ZeroDivisionError("一个错")

    monkeypatch.setattr(reading, "read", stumble)
    code, out, err = nianbao("export", "年报.json", option)

    assert (code, out) == (3, "")
    assert ("Traceback" in err, "in stumble" in err) == (told, told)
    kept = re.search(r"错误 程序内部错误（ZeroDivisionError），没有写出文件。请把 (\S+) 交给维护人员。", err)
    assert kept
    Path(kept[1]).unlink()
