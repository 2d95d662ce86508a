"""`check` and `compare` of whole folders: every report below them, each under a name that parts it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.sources import names

from tests.runner import nianbao

Sound = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path, sound: Sound) -> Path:
    """Two organs' reports, one with a wrong sum, in files of one name."""
    for organ, wrong in (("甲局", False), ("乙局", True)):
        title = f"{organ}2025年政府信息公开工作年度报告"
        document = sound() | {"organ": organ, "title": title, "issued_by": organ}
        if wrong:
            document["table3"]["1.属于国家秘密"][6] += 1
        (tmp_path / "各单位" / organ).mkdir(parents=True)
        text = json.dumps(document, ensure_ascii=False)
        (tmp_path / "各单位" / organ / "年报.json").write_text(text, encoding="utf-8")
    return tmp_path / "各单位"


def test_a_folder_is_checked_and_summed_up(folder: Path) -> None:
    result = nianbao("check", folder)

    lines = result.out.splitlines()
    assert result.code == 1
    assert [line for line in lines if "年报.json：" in line and line.startswith(("甲局", "乙局"))] == [
        "乙局/年报.json：2 个错误",
        "甲局/年报.json：没有问题",
    ]
    assert lines[0].startswith("错误 乙局/年报.json › table3 › 1.属于国家秘密 / 自然人 至 总计：")
    assert lines[-1] == "共 2 份：没有错误和警告 1 份，有错误 1 份。"


def test_last_years_folder_is_laid_beside_by_organ(folder: Path, tmp_path: Path, sound: Sound) -> None:
    before = sound(2024)
    before["table3"]["四、结转下年度继续办理"][0] += 3
    (tmp_path / "上年").mkdir()
    text = json.dumps(before | {"organ": "甲局"}, ensure_ascii=False)
    (tmp_path / "上年" / "年报.json").write_text(text, encoding="utf-8")

    result = nianbao("check", folder, "--last-year", tmp_path / "上年", "--json")

    carried = [one for one in json.loads(result.out)["problems"] if one["code"] == "carried-over"]
    assert [(one["file"], one["places"][0]["row"]) for one in carried] == [
        ("甲局/年报.json", "二、上年结转政府信息公开申请数量")
    ]


def test_all_that_cannot_be_read_of_last_year_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "上年").mkdir()
    for name in ("一.json", "二.json"):
        (tmp_path / "上年" / name).write_text("{", encoding="utf-8")

    result = nianbao("check", folder, "--last-year", tmp_path / "上年")

    assert (result.code, result.out) == (1, "")
    assert [line.partition("：")[0] for line in result.err.splitlines()] == ["错误 一.json", "错误 二.json"]


def test_a_folder_of_reports_is_compared(folder: Path) -> None:
    result = nianbao("compare", folder)

    assert result.code == 0
    assert result.out.startswith("年度报告比较")


def test_what_is_not_there_is_not_there(tmp_path: Path) -> None:
    result = nianbao("check", tmp_path / "没有")

    assert result.code == 3
    path = tmp_path / "没有"
    assert result.out.splitlines()[0] == f"错误 {path}：没有这个文件或文件夹。请核对路径。"


def test_files_are_called_by_as_much_of_their_path_as_parts_them() -> None:
    paths = [Path("甲/一/年报.xlsx"), Path("乙/一/年报.xlsx"), Path("丙/年报.xlsx"), Path("2024.xlsx")]

    assert names(paths) == ["甲/一/年报.xlsx", "乙/一/年报.xlsx", "丙/年报.xlsx", "2024.xlsx"]
