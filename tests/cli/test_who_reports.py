"""`check` with --organ, --year and --reporter, and without an organ; `new` says which kind it took."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading

from tests.media.webpage.page_samples import page
from tests.reports import save, sound, take
from tests.runner import nianbao


def told(*words: str | Path) -> list[tuple[str, str]]:
    """The open findings of `check --json`: code and what."""
    found = json.loads(nianbao("check", *words, "--json").out)["problems"]
    return [(problem["code"], problem["what"]) for problem in found]


def published(path: Path, title: str, **particulars: Any) -> Path:
    document = sound() | particulars
    document["sections"] = sound()["sections"] | particulars.get("sections", {})
    path.write_text(page(take(document), title=title), encoding="utf-8")
    return path


ASSESSED = {"六": "没有收取信息处理费。工作考核、社会评议如期完成，没有需要问责的情形。"}
GOVERNMENTS = [  # title, signature, date: later than a department's, not than the last of what it can be
    ("某某市2025年政府信息公开工作年度报告", "某某市人民政府办公室", "2026年3月20日"),
    ("某某市人民政府2025年政府信息公开工作年度报告", "某某市人民政府", "2026年3月31日"),
    ("2025年某某县政府信息公开工作年度报告", "某某县人民政府办公室", "2026年2月20日"),
    ("某某区人民政府2025年度政府信息公开工作年度报告", "某某区人民政府", "2026年2月10日"),
    ("某某经济开发区2025年政府信息公开工作年度报告", "某某经济开发区管委会", "2026年3月9日"),
]


@pytest.mark.parametrize(("title", "signed", "day"), GOVERNMENTS)
def test_a_government_is_no_department_that_is_late(
    tmp_path: Path, title: str, signed: str, day: str
) -> None:
    document = sound() | {"issued_by": signed, "date_line": day}
    document["sections"] |= ASSESSED
    for column in document["table2"]["规章"]:
        document["table2"]["规章"][column] = 0
    path = tmp_path / "年报.html"
    path.write_text(page(take(document), title=f"<h1>{title}</h1>"), encoding="utf-8")

    assert told(path) == []


NAMELESS = [
    "<h1>关于2025年度政府信息公开情况的报告</h1>",
    "<h1>2025年政府信息公开工作年度报告</h1>",
    "<h1>政府信息公开工作年度报告（2025年）</h1>",
]
ALMOST = {"六": "没有收取信息处理费。我委的目录已更新。"}


@pytest.mark.parametrize("title", NAMELESS)
def test_without_an_organ_the_other_checks_run_and_that_is_told_once(tmp_path: Path, title: str) -> None:
    path = published(tmp_path / "年报.html", title, date_line="2025年1月20日")

    assert told(path) == [
        ("organ-missing", "没有机关名称"),
        ("date-too-early", "成文日期 2025年1月20日 早于报告年度末（2025年12月31日）"),
    ]


@pytest.mark.parametrize("title", NAMELESS)
def test_an_organ_that_is_given_is_taken_where_the_file_names_none(tmp_path: Path, title: str) -> None:
    path = published(tmp_path / "年报.html", title, sections=ALMOST)

    assert told(path, "--organ", "某某市财政局") == [
        ("self-reference", "“我委”与机关“某某市财政局”不符（1 处）")
    ]


def test_a_workbook_without_organ_and_year_is_checked_with_what_is_given(tmp_path: Path) -> None:
    path = tmp_path / "年报.json"
    path.write_text(json.dumps(sound() | {"organ": "", "year": None, "date_line": "2026年2月3日"}))
    given = ("--organ", "某某市财政局", "--year", "2025")

    assert [code for code, _ in told(path)] == ["organ-missing", "year"]
    assert [code for code, _ in told(path, *given)] == ["date-too-late"]
    assert told(path, *given, "--reporter", "县级政府汇总")[0][0] == "topic-missing"
    book = save(sound(), tmp_path / "年报.xlsx")
    assert told(book, *given, "--reporter", "部门") == []


def test_what_is_given_and_the_file_states_otherwise_is_told_for_each_file(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        save(sound() | {"reporter": "部门"}, tmp_path / f"{name}.xlsx")

    assert told(tmp_path, "--year", "2024", "--reporter", "乡镇（街道）", "--organ", "某某市 财政局") == 2 * [
        ("given-otherwise", "命令里的 --year 是“2024”，文件里写的是“2025”，照文件的"),
        ("given-otherwise", "命令里的 --reporter 是“乡镇（街道）”，文件里写的是“部门”，照文件的"),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--reporter", "部们"), "没有“部们”这一类机关，是否想写“部门”；有：部门、"),
        (("--year", "2018"), "2018 年没有规定格式；年度报告格式自 2019 年起"),
        (("--year", "20255"), "20255 年没有规定格式；年度报告格式自 2019 年起，请核对年份"),
        (("--organ", "甲\x07"), "机关名称中有不能印出的控制字符"),
    ],
)
@pytest.mark.parametrize("command", ["check", "import"])
def test_what_can_be_no_organ_year_or_kind_is_wrong_usage(
    tmp_path: Path, command: str, words: tuple[str, str], message: str
) -> None:
    path = published(tmp_path / "年报.html", NAMELESS[0])
    result = nianbao(command, path, *words)

    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        (("某某市财政局",), "部门", "机关类型：部门（按机关名称；不对的请加 --reporter，或在工作簿里改）\n"),
        (
            ("平安镇人民政府",),
            "乡镇（街道）",
            "机关类型：乡镇（街道）（按机关名称；不对的请加 --reporter，或在工作簿里改）\n",
        ),
        (
            ("某某县人民政府",),
            "",
            "机关类型看不出，没有填：请加 --reporter，或在工作簿里选 政府本机关、县级政府汇总\n",
        ),
        (("某某县人民政府", "--reporter", "县级政府汇总"), "县级政府汇总", ""),
    ],
)
def test_a_new_workbook_says_which_kind_it_took(
    tmp_path: Path, words: tuple[str, ...], kind: str, message: str
) -> None:
    book = tmp_path / "年报.xlsx"
    result = nianbao("new", book, "--year", "2025", "--organ", *words)

    assert (result.code, result.out, result.err) == (0, f"{book}\n", message)
    assert reading.read(book).reporter_name == kind


@pytest.mark.parametrize(("typed", "kind"), [("2\n", "县级政府汇总"), ("9\n0\n", ""), ("\n", "")])
def test_at_a_terminal_a_new_workbook_asks_what_no_name_tells(tmp_path: Path, typed: str, kind: str) -> None:
    book = tmp_path / "年报.xlsx"
    ours, theirs = pty.openpty()
    words = ["new", str(book), "--year", "2025", "--organ", "某某县人民政府"]
    command = [str(Path(sys.executable).with_name("nianbao")), *words]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.write(ours, typed.encode())
        out, _ = process.communicate(timeout=60)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)

    assert (process.returncode, out.decode()) == (0, f"{book}\n")
    assert "1. 政府本机关" in shown
    assert reading.read(book).reporter_name == kind
