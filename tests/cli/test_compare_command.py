"""`nianbao compare`: what it reads, what it writes, what it refuses, what it says, and its exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from tests.report.comparison.comparison_samples import ORGAN, save
from tests.runner import nianbao


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two years in files."""
    return (
        save(tmp_path / "2023.json", 2023, requests__received__total=4),
        save(tmp_path / "2024.json", 2024, requests__received__total=5),
    )


def test_differences_are_told_on_the_screen_and_are_no_failure(two: tuple[Path, Path]) -> None:
    code, out, err = nianbao("compare", *two)

    assert (code, err) == (0, "")
    assert out.startswith(f"年度报告比较：{ORGAN} 2023年、2024年\n数据 200 项，1 项有变化\n")
    assert "总计　2023年 4；2024年 5〔+1，+25.0%〕" in out


def test_all_lists_what_has_not_changed(two: tuple[Path, Path]) -> None:
    assert nianbao("compare", *two, "--all")[1].count("　2023年 0；2024年 0〔不变〕") == 199


@pytest.mark.parametrize("words", [("--json",), ("--format", "json"), ("--json", "--format", "json")])
def test_json_is_the_only_thing_on_standard_output(two: tuple[Path, Path], words: tuple[str, ...]) -> None:
    code, out, err = nianbao("compare", *two, *words)

    assert (code, err) == (0, "")
    assert [one["label"] for one in json.loads(out)["reports"]] == ["2023年", "2024年"]


def test_the_outputs_suffix_decides_the_form(two: tuple[Path, Path], tmp_path: Path) -> None:
    for suffix in (".txt", ".json", ".xlsx", ".html"):
        path = tmp_path / f"比较{suffix}"
        code, out, _ = nianbao("compare", *two, "-o", path)
        assert (code, out) == (0, f"{path}\n")

    assert (tmp_path / "比较.txt").read_text(encoding="utf-8").startswith("年度报告比较：")
    assert len(json.loads((tmp_path / "比较.json").read_text(encoding="utf-8"))["figures"]) == 200
    assert load_workbook(tmp_path / "比较.xlsx").sheetnames == ["数据", "比率", "文字", "基本信息"]
    assert html.parse(str(tmp_path / "比较.html")).findtext(".//title").startswith("年度报告比较：")


def test_a_suffix_that_says_nothing_leaves_it_to_the_format(two: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "比较.page"

    assert nianbao("compare", *two, "-o", path, "--format", "text")[0] == 0
    assert path.read_text(encoding="utf-8").startswith("年度报告比较：")


def test_the_page_has_the_charts_of_the_years(two: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "比较.html"
    nianbao("compare", *two, "-o", path)
    charts = html.parse(str(path)).xpath('//section[@aria-labelledby="charts"]')[0]

    assert [one.text for one in charts.iter("figcaption")] == [
        "图1　2023—2024年本年新收、上年结转政府信息公开申请数量"
    ]
    assert charts.xpath(".//*[local-name()='svg']/@role") == ["img"]
    assert [one.text for one in charts.findall("p")] == [
        "没有“2023—2024年本年度办理结果”图：全部是 0。",
        "没有“2023—2024年行政复议情况”图：全部是 0。",
        "没有“2023—2024年行政诉讼情况”图：全部是 0。",
    ]


def test_without_what_draws_charts_the_page_is_written_and_says_so(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    """In a program of its own, in which matplotlib is not to be found."""
    path = tmp_path / "比较.html"
    program = (
        "import sys, importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'matplotlib' else found(name, *more)\n"
        f"sys.argv = ['nianbao', 'compare', {str(two[0])!r}, {str(two[1])!r}, '-o', {str(path)!r}]\n"
        "from nianbao.cli.main import main\n"
        "main()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stdout) == (0, f"{path}\n")
    assert done.stderr == (
        "警告 比较网页：没有安装画图解所需的组件。网页的其余部分已写出；要有图请先补上所缺的。\n"
    )
    assert "没有画图：没有安装画图解所需的组件。" in path.read_text(encoding="utf-8")


def test_what_lies_there_is_only_overwritten_by_force(two: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "比较.json"
    path.write_text("别的", encoding="utf-8")

    code, out, err = nianbao("compare", *two, "-o", path)
    assert (code, out) == (1, "")
    assert err == f"错误 {path}：已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。\n"
    assert nianbao("compare", *two, "-o", path, "--force")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "pdf"), "没有 pdf 这种样式，只有 text、json、xlsx、html"),
        (("--format", "xlsx"), "--format xlsx 要用 -o 写明写到哪里"),
        (
            ("-o", "比较.docx"),
            "看不出 比较.docx 要写成哪一种：结尾应是 .txt、.json、.xlsx、.html、.htm，或加 --format",
        ),
        (("-o", "比较.json", "--format", "html"), "比较.json 的结尾与 --format html 不一致"),
        (("--json", "--format", "html"), "--json 不能与 --format html 一起用"),
        (("--json", "-o", "比较.html"), "比较.html 的结尾与 --format json 不一致"),
    ],
)
def test_wrong_usage_is_told(two: tuple[Path, Path], words: tuple[str, ...], said: str) -> None:
    assert nianbao("compare", *two, *words) == (2, "", f"{said}。用法见 nianbao --help\n")


def test_one_report_is_too_few(two: tuple[Path, Path]) -> None:
    said = "至少要有两份读得出的报告才能比较，现有 1 份。用法见 nianbao --help\n"

    assert nianbao("compare", two[0]) == (2, "", said)


def test_a_file_that_cannot_be_read_is_told_and_left_out(two: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "坏.json"
    broken.write_text("{", encoding="utf-8")

    code, out, err = nianbao("compare", *two, broken, tmp_path / "没有.xlsx")
    assert code == 3
    assert out.startswith(f"年度报告比较：{ORGAN} 2023年、2024年\n")
    assert [line.partition("：")[0] for line in err.splitlines()] == [
        "错误 坏.json",
        f"错误 {tmp_path / '没有.xlsx'}",
    ]

    code, out, err = nianbao("compare", two[0], broken)
    assert (code, out) == (2, "")
    assert err.endswith("至少要有两份读得出的报告才能比较，现有 1 份。用法见 nianbao --help\n")
    assert err.startswith("错误 坏.json")


def test_files_of_one_name_are_called_by_their_folders(tmp_path: Path) -> None:
    draft = save(tmp_path / "草稿" / "年报.json", 2024)
    final = save(tmp_path / "发布" / "年报.json", 2024, requests__received__total=1)

    _, out, _ = nianbao("compare", draft, final)

    assert out.startswith(f"年度报告比较：{ORGAN} 2024年（草稿/年报.json）、2024年（发布/年报.json）\n")


def test_a_workbook_and_what_was_made_of_it_are_the_same_report(
    two: tuple[Path, Path], tmp_path: Path
) -> None:
    book = tmp_path / "2024.xlsx"
    assert nianbao("new", book, "--from", two[1])[0] == 0

    code, out, _ = nianbao("compare", book, two[1])

    assert code == 0
    assert "数据 200 项，0 项有变化" in out
    assert out.rstrip().endswith("数据\n  没有变化")


def test_the_text_for_a_file_does_not_depend_on_the_terminal(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for columns in ("50", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        path = tmp_path / f"{columns}.txt"
        nianbao("compare", *two, "-o", path)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    monkeypatch.setenv("COLUMNS", "50")
    assert nianbao("compare", *two)[1].encode() != made[0] or io.BytesIO(made[0]).getvalue() == made[1]
