"""What programs may use: typed, cheap to import, and used as docs/api.md shows it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nianbao
import pytest
from nianbao.app import api

from tests.paths import DATA, DOCS

PROGRAMS = re.findall(r"^```python\n(.*?)^```", (DOCS / "api.md").read_text(encoding="utf-8"), re.M | re.S)
SAMPLE = DATA / "示例-2021.xlsx"
HEAVY = ("click", "django", "weasyprint", "matplotlib", "openpyxl", "docx", "lxml", "jinja2")


def run(program: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "报告").mkdir()
    for name in ("示例-2021.xlsx", "有错误的示例.xlsx"):
        shutil.copy(DATA / name, tmp_path / "报告")
    return tmp_path


def test_the_first_program_of_the_docs_checks_a_folder(folder: Path) -> None:
    assert run(PROGRAMS[0], folder) == [
        "有错误的示例.xlsx 14",
        "   有错误的示例.xlsx › 一、总体情况 › C7；有错误的示例.xlsx › 二、主动公开政府信息情况 › C16："
        "{行政强制.本年处理决定数量} 所指的一格还没有填。请先填好那一格。",
        "示例-2021.xlsx 0",
    ]


def test_the_second_program_of_the_docs_makes_a_report(folder: Path) -> None:
    assert run(PROGRAMS[1], folder) == ["docx", "html"]

    title = nianbao.read(SAMPLE).title
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["报告", f"{title}.docx", f"{title}.html"]
    )
    assert (folder / f"{title}.docx").read_bytes().startswith(b"PK")


def test_the_third_program_of_the_docs_adds_up(folder: Path) -> None:
    report = nianbao.read(SAMPLE)
    received = str(report.figures["requests.received.total"].number)

    assert run(PROGRAMS[2], folder) == [received, f"{report.organ} {received}"]
    assert nianbao.read(folder / "汇总.xlsx").organ == "某某市"


def test_there_are_three_programs() -> None:
    assert len(PROGRAMS) == 3


def test_every_name_that_is_offered_is_there_and_no_other() -> None:
    assert [name for name in api.__all__ if getattr(nianbao, name) is not getattr(api, name)] == []
    assert dir(nianbao) == sorted(api.__all__)
    with pytest.raises(AttributeError, match="module 'nianbao' has no attribute 'no_such'"):
        _ = nianbao.no_such


def test_importing_it_loads_nothing_else() -> None:
    [loaded] = run(f"import nianbao, sys; print([one for one in {HEAVY} if one in sys.modules])", Path.cwd())

    assert loaded == "[]"


def test_reading_bytes_is_reading_the_file() -> None:
    assert nianbao.read(SAMPLE.read_bytes(), SAMPLE.name) == nianbao.read(SAMPLE)


def test_what_is_wrong_is_raised_as_values() -> None:
    with pytest.raises(nianbao.Unreadable) as caught:
        nianbao.read(b"", "年报.xlsb")

    assert [str(problem) for problem in caught.value.problems] == [
        "年报.xlsb：不能读 .xlsb 文件。请用 Excel 或 WPS 另存为 .xlsx。"
    ]


def test_a_report_is_held_against_another() -> None:
    report = nianbao.read(SAMPLE)

    assert [column.report.year for column in nianbao.compare(report, report).columns] == [2025, 2025]


def test_a_report_with_errors_is_made_as_a_draft_only() -> None:
    source = DATA / "有错误的示例.xlsx"

    refused = nianbao.generate(source.read_bytes(), source.name)
    draft = nianbao.generate(source.read_bytes(), source.name, draft=True)

    assert (refused.code, list(refused.files), refused.draft_helps) == (1, [], True)
    assert list(draft.files) == ["docx"]
