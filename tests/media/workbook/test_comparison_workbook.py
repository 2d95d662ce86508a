"""The workbook of a comparison: numbers as numbers, no formulas, colours by rules, every paragraph whole."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from nianbao.media.workbook import comparison as sheets
from nianbao.report.comparison import Comparison
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook

from tests.paths import VALIDATOR
from tests.report.comparison.comparison_samples import compared, report, shared

SHEETS = ["数据", "比率", "文字", "基本信息"]


@pytest.fixture(scope="module")
def two() -> Comparison:
    """Two years with every kind of change."""
    before = report(
        2023,
        sections={"一": "全年发布信息120条。\n栏目按季检查一次并记录。\n=1+1"},
        requests__received__total=4,
        requests__outcome_total__total=4,
        requests__disclosed__total=1,
        requests__state_secret__total=2,
        requests__petition__total="",
        disclosure__fees__amount="1.5",
    )
    after = report(
        2024,
        sections={"一": "全年发布信息130条。\n栏目按月检查一次并记录。\n=1+1"},
        requests__received__total=5,
        requests__outcome_total__total=4,
        requests__disclosed__total=3,
        requests__petition__total=1,
        requests__internal_affairs__total=2,
        disclosure__fees__amount="0.1",
    )
    return compared(before, after)


def opened(comparison: Comparison, **how: bool) -> Workbook:
    return load_workbook(io.BytesIO(sheets.write(comparison)), **how)


def rows(comparison: Comparison, name: str) -> list[tuple[object, ...]]:
    """The lines of a sheet, without heading and advice."""
    return [tuple(row) for row in opened(comparison)[name].iter_rows(min_row=3, values_only=True)]


def test_figures_are_numbers_with_their_changes(two: Comparison) -> None:
    head, *lines = rows(two, "数据")
    found = {(row[1], row[2]): row[3:-1] for row in lines if row[3] == "有"}

    assert head == (
        *("部分", "行", "列", "变化", "2023年", "2024年"),
        *("2023年 → 2024年 增减", "2023年 → 2024年 增减%", "说明"),
    )
    assert len(lines) == 200
    assert found == {
        ("行政事业性收费", "本年收费金额（单位：万元）"): ("有", 1.5, 0.1, -1.4, -0.933),
        ("一、本年新收政府信息公开申请数量", "总计"): ("有", 4, 5, 1, 0.25),
        ("（一）予以公开", "总计"): ("有", 1, 3, 2, 2),
        ("1.属于国家秘密", "总计"): ("有", 2, 0, -2, -1),
        ("5.属于三类内部事务信息", "总计"): ("有", 0, 2, 2, "由 0 增加"),
        ("1.信访举报投诉类申请", "总计"): ("有", "空白", 1, "由空白改为 1", None),
    }


def test_words_that_look_like_formulas_stay_words(two: Comparison) -> None:
    made = opened(two)
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]

    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert next(row[5:] for row in rows(two, "文字") if row[2] == "未变") == ("=1+1", "=1+1")


def test_rises_and_falls_are_coloured_by_rules_that_pass_words_over(two: Comparison) -> None:
    sheet = opened(two)["数据"]

    assert [
        (str(area.sqref), rule.formula) for area in sheet.conditional_formatting for rule in area.rules
    ] == [
        ("G4:H203", ["AND(ISNUMBER(G4),G4>0)"]),
        ("G4:H203", ["AND(ISNUMBER(G4),G4<0)"]),
    ]


def test_labels_stay_in_view_and_on_every_page(two: Comparison) -> None:
    made = opened(two)
    found = {
        sheet.title: (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize)
        for sheet in made
    }

    assert found == {
        "数据": ("E4", "landscape", 9),
        "比率": ("A4", "landscape", 9),
        "文字": ("C4", "landscape", 9),
        "基本信息": ("B4", "landscape", 9),
    }
    assert (made["数据"].print_title_rows, made["数据"].print_title_cols) == ("$3:$3", "$A:$D")
    assert made["数据"].page_setup.fitToWidth == 1


def test_many_reports_take_several_pages_abreast() -> None:
    years = [report(year) for year in range(2021, 2026)]

    assert opened(compared(*years))["数据"].page_setup.fitToWidth == 2


def test_rates_are_listed_report_by_report(two: Comparison) -> None:
    assert [row for row in rows(two, "比率") if row[0] == "予以公开率"] == [
        ("予以公开率", "2023年", 1, 4, 0.25, None, None),
        ("予以公开率", "2024年", 3, 4, 0.75, "2023年", 50),
    ]


def blocks(text: object) -> list[TextBlock]:
    """The pieces of a rich text, each with its font."""
    assert isinstance(text, CellRichText)
    return [piece for piece in text if isinstance(piece, TextBlock)]


def test_changed_words_are_marked_in_both_texts(two: Comparison) -> None:
    sheet = opened(two, rich_text=True)["文字"]
    [row] = [row for row in sheet.iter_rows(min_row=4) if row[2].value == "改写"]
    old, new = row[5].value, row[6].value

    assert [(block.text, block.font.strike) for block in blocks(old)] == [
        ("栏目按", None),
        ("季", True),
        ("检查一次并记录。", None),
    ]
    assert [(block.text, block.font.u) for block in blocks(new)] == [
        ("栏目按", None),
        ("月", "single"),
        ("检查一次并记录。", None),
    ]


def test_a_long_paragraph_goes_on_in_the_next_row_and_nothing_is_lost() -> None:
    before, after = "甲乙丙丁" * 400, "甲乙丙丁" * 399 + "戊"
    comparison = compared(report(2023, sections={"一": before}), report(2024, sections={"一": after}))
    found = [row for row in rows(comparison, "文字") if row[0] == "一、总体情况" and row[2] != "小计"]

    assert [row[2] for row in found] == ["改写", "改写（续）", "改写（续）"]
    assert "".join(str(row[5]) for row in found) == before
    assert "".join(str(row[6]) for row in found) == after


def test_what_is_apart_is_named_with_the_reason() -> None:
    comparison = compared(report(2020), report(2021))
    [row] = [row for row in rows(comparison, "数据") if row[1:3] == ("3.其他", "总计")]

    assert row == (
        *("三", "3.其他", "总计", "不可比", "无此项", 0, "不可比", None),
        "2019 版只有一行，2021 版分为三行，以三行之和相比",
    )


def test_the_same_comparison_gives_the_same_bytes(two: Comparison) -> None:
    assert sheets.write(two) == sheets.write(two)
    assert opened(two).sheetnames == SHEETS


@pytest.mark.skipif(not VALIDATOR.exists(), reason="setup/validator has not been run")
@pytest.mark.skipif(not shared(11), reason="the published reports are not beside the project")
def test_office_takes_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "比较.xlsx"
    path.write_bytes(sheets.write(compared(*shared(6, 7, 10, 11, 14))))

    done = subprocess.run(
        [VALIDATOR, path, "Office2019"], capture_output=True, text=True, timeout=120, check=False
    )

    assert '"ok": true' in done.stdout
