"""The workbook of the sum: read back unchanged, checked, made into a report, valid, printable."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.media import workbook
from nianbao.media.workbook import rollup as sheets
from nianbao.media.workbook import roster, writer
from nianbao.media.workbook.rollup import listing
from nianbao.report import Problem, Severity
from nianbao.report.rollup import Asked, Rollup, Unread, roll_up
from openpyxl import load_workbook

from tests.paths import VALIDATOR
from tests.report.rollup.rollup_samples import COUNTY, member, organs, times

SHEETS = ["报送情况", "汇总构成", "占比异常", "文字雷同", "各单位数据"]


def rich() -> Rollup:
    """A sum with something on every sheet."""
    documents = organs(40)
    documents[9] = times(documents[9], 100)
    documents[11]["table2"]["行政许可"] = {"本年处理决定数量": "/"}
    documents[12]["sections"] = dict(documents[13]["sections"])
    documents[14]["organ"] = documents[14]["issued_by"] = "=某某县#columns局"
    documents[20]["table3"]["（一）予以公开"][6] += 1
    unread = [Unread("坏\x07\udcff.xlsx", (Problem("damaged", Severity.ERROR, "坏了", "换一份"),))]
    members = [member(one) for one in documents]
    return roll_up(members, unread, None, Asked("汇总.xlsx", COUNTY, skip_errors=True))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "汇总.xlsx"
    content, problems = sheets.write(rich())
    assert problems == ()
    path.write_bytes(content)
    return path


def test_the_members_sheets_come_after_the_ordinary_ones(made: Path) -> None:
    ordinary = load_workbook_names(workbook.write(rich().report)[0], made.with_name("plain.xlsx"))

    assert load_workbook(made).sheetnames == [*ordinary, *SHEETS]


def load_workbook_names(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    return load_workbook(path).sheetnames


def test_the_workbook_is_read_back_as_if_the_members_sheets_were_not_there(made: Path) -> None:
    plain = made.with_name(made.name + ".plain.xlsx")
    plain.write_bytes(workbook.write(rich().report)[0])

    with_them, without = (reading.read(path, "汇总.xlsx") for path in (made, plain))

    assert with_them == without
    assert with_them.reading == ()
    assert (with_them.organ, with_them.year, with_them.reporter_name) == (COUNTY, 2025, "县级政府汇总")
    assert {key: one.number for key, one in with_them.figures.items()} == {
        total.slot.key: total.number for total in rich().totals
    }


def test_an_organ_with_the_name_of_a_hidden_key_is_no_key(made: Path) -> None:
    content = rich()
    named = [*content.members]
    object.__setattr__(named[0], "organ", "#columns")
    object.__setattr__(named[1], "organ", "#findings")
    path = made.with_name("keys.xlsx")
    path.write_bytes(sheets.write(content)[0])

    assert reading.read(path, "汇总.xlsx") == reading.read(made, "汇总.xlsx")


def test_the_same_reports_give_the_same_bytes(made: Path) -> None:
    assert sheets.write(rich())[0] == made.read_bytes()


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
def test_the_workbook_and_the_roster_are_valid(made: Path) -> None:
    new = made.with_name("名册.xlsx")
    new.write_bytes(roster.write(rich().members))
    for path in (made, new):
        result = subprocess.run(
            [VALIDATOR, path, "Office2019"], capture_output=True, timeout=120, check=False
        )
        assert json.loads(result.stdout)["errors"] == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_members_sheet_can_be_filtered_scrolled_and_printed(made: Path, name: str) -> None:
    sheet = load_workbook(made)[name]

    assert sheet.auto_filter.ref.startswith("A")
    assert sheet.freeze_panes == ("C6" if name == "各单位数据" else "A4")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == ("$3:$5" if name == "各单位数据" else "$3:$3")
    assert sheet.protection.sheet is False  # to be sorted
    assert all(dimension.height <= 409 for dimension in sheet.row_dimensions.values() if dimension.height)


def test_pages_of_the_organs_figures_end_where_a_row_of_the_form_ends(made: Path) -> None:
    sheet = load_workbook(made)["各单位数据"]
    breaks = [one.id for one in sheet.col_breaks.brk]
    merged = [(area.min_col, area.max_col) for area in sheet.merged_cells.ranges]

    assert breaks[0] == 15  # table 二 is one page
    assert all(not first <= at < last for at in breaks for first, last in merged)
    assert len(breaks) == 14


def test_what_is_no_number_and_what_stands_out_is_coloured(made: Path) -> None:
    sheet = load_workbook(made)["各单位数据"]
    rows = {sheet.cell(row, 2).value: row for row in range(6, sheet.max_row)}
    blank = sheet.cell(rows[organs(12)[11]["organ"]], 12)
    striking = sheet.cell(rows[organs(12)[9]["organ"]], 22)

    assert (sheet.cell(4, 12).value, blank.value, blank.fill.fgColor.rgb) == ("行政许可", None, "00FFEB9C")
    assert (sheet.cell(5, 22).value, striking.fill.fgColor.rgb) == ("总计", "00FFC7CE")


def test_no_member_cell_is_a_formula_and_every_number_is_one(made: Path) -> None:
    book = load_workbook(made)
    for name in SHEETS:
        for row in book[name].iter_rows():
            for cell in row:
                assert cell.data_type != "f", (name, cell.coordinate)
    numbers = [cell.value for row in book["各单位数据"].iter_rows(min_row=6, min_col=6) for cell in row]
    assert {type(one) for one in numbers if one is not None} <= {int, float}
    assert "=某某县#columns局" in [cell.value for cell in book["各单位数据"]["B"]]


def test_a_statutory_figure_is_a_number_or_the_total_of_its_own_sheet(made: Path) -> None:
    book = load_workbook(made)
    report = reading.read(made)
    for figure in report.figures.values():
        value = book[figure.place.sheet][figure.place.cell].value
        if isinstance(value, str):
            assert value.startswith("=IF(COUNT(")
            assert "!" not in value
        else:
            assert Decimal(str(value)) == figure.number


def test_a_list_without_lines_says_so() -> None:
    content = roll_up([member(one) for one in organs(3)], (), None, Asked("汇总.xlsx", COUNTY))
    book = writer.compose(content.report)[0]
    sheets.outliers.add(book, listing.Palette(book), content)

    assert book["占比异常"]["A4"].value == "没有"
    assert book["占比异常"].auto_filter.ref is None


def test_a_list_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_LINES", 5)
    content = roll_up([member(one) for one in organs(9)], (), None, Asked("汇总.xlsx", COUNTY))
    book = writer.compose(content.report)[0]
    sheets.submissions.add(book, listing.Palette(book), content)

    assert book["报送情况"]["A9"].value == "只列出前 5 行"
    assert book["报送情况"].max_row == 9
