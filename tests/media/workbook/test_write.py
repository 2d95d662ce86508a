"""The workbook that people fill in: what it shows, what it lets people do, what it adds up."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.mandate import Role, for_year
from nianbao.media import exchange, workbook
from nianbao.media.workbook.cells import LONGEST, pieces, put, taken
from nianbao.media.workbook.formulas import areas, elsewhere
from nianbao.report import check
from nianbao.report.checks.equation import unequal
from nianbao.report.figure import State, plain
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from tests.libreoffice import recalculated
from tests.paths import REPORTS, VALIDATOR
from tests.reports import cell_of, change, codes, published, save, sound, take

OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
YEARS = (2020, 2025)
TABLES = ("disclosure", "requests", "disputes")


@cache
def blank(year: int) -> Any:
    content, problems = workbook.write(workbook.Blank(for_year(year), "某某市财政局", year))
    assert problems == ()
    return load_workbook(io.BytesIO(content))  # looked at, never changed


def table_sheets(book: Any, year: int) -> Any:
    mandate = for_year(year)
    return [(mandate.tables[key], book[mandate.section(key).heading]) for key in TABLES]


def is_input(cell: Any) -> bool:
    return not isinstance(cell, MergedCell) and not cell.protection.locked


# ---------------------------------------------------------------- what it shows


@pytest.mark.parametrize("year", YEARS)
def test_a_workbook_has_a_sheet_for_every_section_in_the_order_of_the_form(year: int) -> None:
    headings = [section.heading for section in for_year(year).sections]

    assert blank(year).sheetnames == ["基本信息", "引言", *headings, "校核", "数据名称", "_nianbao"]


@pytest.mark.parametrize("year", YEARS)
def test_tables_show_the_official_wording_in_the_official_merges(year: int) -> None:
    for table, sheet in table_sheets(blank(year), year):
        visible = [row for row in range(3, sheet.max_row + 1) if not sheet.row_dimensions[row].hidden]
        merged = {
            (visible.index(area.min_row), area.min_col - 2, area.size["rows"], area.size["columns"])
            for area in sheet.merged_cells.ranges
            if area.min_row in visible[: table.row_count]
        }
        wide = {
            (cell.row, cell.column, cell.rowspan, cell.colspan)
            for cell in table.cells
            if (cell.rowspan, cell.colspan) != (1, 1)
        }
        texts = {
            (cell.row, cell.column): sheet.cell(visible[cell.row], cell.column + 2).value
            for cell in table.cells
            if cell.role is not Role.FIGURE
        }

        assert merged == wide
        assert texts == {
            (cell.row, cell.column): cell.text for cell in table.cells if cell.role is not Role.FIGURE
        }


@pytest.mark.parametrize("year", YEARS)
def test_every_note_of_the_form_hangs_on_its_row(year: int) -> None:
    for table, sheet in table_sheets(blank(year), year):
        notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]

        by_row = {slot.cell.row: slot.note for slot in table.slots if slot.note}
        assert notes == list(by_row.values())


@pytest.mark.parametrize("year", YEARS)
def test_input_cells_are_unlocked_and_everything_else_is_protected_without_a_password(year: int) -> None:
    mandate = for_year(year)
    book = blank(year)
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    for table, sheet in table_sheets(book, year):
        unlocked = [cell.coordinate for row in sheet.iter_rows() for cell in row if is_input(cell)]
        inputs = [slot.key for slot in table.slots if slot.key not in mandate.totals]
        assert len(unlocked) == len(inputs)
        assert {sheet[cell].fill.fgColor.rgb for cell in unlocked} == {"00FFF9DB"}
        assert all(sheet[cell].value is None for cell in unlocked)
    for name in ("校核", "数据名称"):
        assert all(cell.protection.locked for row in book[name].iter_rows() for cell in row)


@pytest.mark.parametrize("year", YEARS)
def test_every_figure_is_validated_with_a_message_in_chinese(year: int) -> None:
    for table, sheet in table_sheets(blank(year), year):
        rules = sheet.data_validations.dataValidation
        cells = [cell for rule in rules for area in rule.sqref.ranges for cell in area.cells]

        assert len(cells) == len(table.slots)
        assert all(rule.showErrorMessage and rule.errorTitle == "填写有误" for rule in rules)
        assert {rule.error for rule in rules} <= {
            "这里填 0 或正整数，不带单位。",
            "这里填整数；减少的填负数，不带单位。",
            "这里填 0 或正数，可以有小数，不带单位。",
        }


def test_the_kind_of_organ_is_chosen_from_a_list_and_the_year_has_bounds() -> None:
    first, choices, second = blank(2025)["基本信息"].data_validations.dataValidation

    assert first.formula1 == (
        '"部门,乡镇（街道）,政府本机关,县级政府汇总,地市级政府汇总,省级政府汇总,垂直领导系统汇总"'
    )
    assert (first.error, str(first.sqref)) == ("请从下拉列表中选一类。", "C5")
    assert (choices.formula1, choices.error) == ('"是,否"', "请选“是”或“否”。")
    assert (str(choices.sqref), choices.allow_blank) == ("C14 C21", True)
    assert (second.formula1, second.formula2) == ("2021", "2199")
    assert second.error == "请填年份：2021 及以后。"
    assert blank(2020)["基本信息"].data_validations.dataValidation[2].error == "请填年份：2019 至 2020。"


@pytest.mark.parametrize("year", YEARS)
def test_every_sheet_prints_on_a4_one_page_wide_with_its_header_rows(year: int) -> None:
    for sheet in blank(year).worksheets[:-1]:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.center.text == "&A  第 &P 页 共 &N 页"
    book = blank(year)
    assert book["三、收到和处理政府信息公开申请情况"].print_title_rows == "$4:$6"
    assert book["四、政府信息公开行政复议、行政诉讼情况"].page_setup.orientation == "landscape"


@pytest.mark.parametrize("year", YEARS)
def test_what_is_frozen_leaves_most_of_a_laptop_screen(year: int) -> None:
    for sheet in blank(year).worksheets[:-1]:
        if sheet.freeze_panes:
            top = int(re.sub(r"\D", "", sheet.freeze_panes))
            rows = [row for row in range(1, top) if not sheet.row_dimensions[row].hidden]
            height = sum(sheet.row_dimensions[row].height or 15 for row in rows)
            assert height < 120  # points, of some 400 that are visible at 1366 × 768
        widths = [size.width for size in sheet.column_dimensions.values() if not size.hidden]
        assert sum(widths) * 7 < 1300  # pixels


@pytest.mark.parametrize("year", YEARS)
def test_no_label_is_clipped(year: int) -> None:
    for table, sheet in table_sheets(blank(year), year):
        visible = [row for row in range(3, sheet.max_row + 1) if not sheet.row_dimensions[row].hidden]
        for cell in table.cells:
            rows = visible[cell.row : cell.row + cell.rowspan]
            height = sum(sheet.row_dimensions[row].height for row in rows)
            letters = [chr(ord("B") + column) for column in range(cell.column, cell.column + cell.colspan)]
            width = sum(sheet.column_dimensions[letter].width for letter in letters) - 2
            lines = -(-len(cell.text) * 2 // width)
            assert height >= lines * 14, cell.text


def test_the_names_of_all_figures_are_listed_with_their_cells() -> None:
    sheet = blank(2025)["数据名称"]
    listed = [row[1].value for row in sheet.iter_rows(min_row=4)]

    assert listed[:6] == ["{机关名称}", "{年度}", "{联系地址}", "{邮政编码}", "{联系电话}", "{电子邮箱}"]
    assert listed[6:] == ["{" + slot.name + "}" for slot in for_year(2025).slots.values()]


def test_every_equation_leads_to_its_place() -> None:
    book = blank(2025)
    sheet = book["校核"]
    links = [sheet.cell(row, 2).hyperlink.location for row in range(5, sheet.max_row + 1)]

    assert len(links) == len(for_year(2025).equations)
    for location in links:
        match = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", location)
        assert match is not None, location
        name, cell = match.groups()
        assert book[name][cell].row > 4


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (save(sound(), tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        said = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", archive.read("docProps/core.xml").decode())
        assert said == ["2021-09-26T00:00:00Z"] * 2
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_blank_paragraph_rows_do_not_print_page_after_page() -> None:
    for name in ("引言", "一、总体情况"):
        assert blank(2025)[name].max_row <= 35


def test_people_may_go_on_writing_below_the_coloured_rows() -> None:
    book = blank(2025)
    column = book["一、总体情况"].column_dimensions["C"]

    assert not column.protection.locked
    assert (column.number_format, column.alignment.wrap_text) == ("@", True)


def test_rows_of_written_paragraphs_are_high_enough_and_free_to_grow(tmp_path: Path) -> None:
    document = sound()
    document["sections"]["一"] = "长" * 400
    with zipfile.ZipFile(save(document, tmp_path / "a.xlsx")) as archive:
        rows = re.findall(r"<row [^>]*>", archive.read("xl/worksheets/sheet3.xml").decode())

    [paragraph] = [row for row in rows if 'r="5"' in row]
    [height] = re.findall(r'ht="([\d.]+)"', paragraph)
    assert float(height) > 8 * 14
    assert 'customHeight="1"' not in paragraph


# ---------------------------------------------------------------- what it holds


def test_a_total_that_adds_up_is_a_formula_and_one_that_does_not_is_there_to_be_mended(
    tmp_path: Path,
) -> None:
    document = sound()
    document["table4"]["复议后起诉"][4] = 0
    path = save(document, tmp_path / "a.xlsx")
    sheet = load_workbook(path)["四、政府信息公开行政复议、行政诉讼情况"]

    assert [sheet[cell].value for cell in ("F7", "K7", "P7")] == [
        '=IF(COUNT(B7:E7)=0,"",SUM(B7:E7))',
        '=IF(COUNT(G7:J7)=0,"",SUM(G7:J7))',
        0,
    ]
    assert [sheet[cell].protection.locked for cell in ("F7", "P7")] == [True, False]


def test_a_total_over_a_number_written_as_text_is_no_formula_for_sum_would_pass_it_over(
    tmp_path: Path,
) -> None:
    document = sound()
    document["table4"]["行政复议"][0] = "1件"
    sheet = load_workbook(save(document, tmp_path / "a.xlsx"))["四、政府信息公开行政复议、行政诉讼情况"]

    assert [sheet[cell].value for cell in ("B7", "F7")] == ["1件", 4]


def test_a_title_of_its_own_is_kept_and_the_usual_one_is_a_formula(tmp_path: Path) -> None:
    usual = load_workbook(save(sound(), tmp_path / "a.xlsx"))["基本信息"]["C7"].value
    own = load_workbook(save(sound() | {"title": "另题"}, tmp_path / "b.xlsx"))["基本信息"]["C7"].value

    assert usual == '=IF(C4="","",C4&C6&"年政府信息公开工作年度报告")'
    assert own == "另题"


def test_text_that_looks_like_a_formula_stays_text_there_and_back(tmp_path: Path) -> None:
    document = sound() | {"organ": "=1+1", "issued_by": "@SUM(A1)", "contact": {"联系电话": "+86 1"}}
    document["sections"]["一"] = '=HYPERLINK("http://x","y")\n-1\n+1'
    document["table2"]["规章"]["现行有效件数"] = "=2+3"
    path = save(document, tmp_path / "a.xlsx")
    report = reading.read(path)

    assert load_workbook(path)["基本信息"]["C4"].data_type == "s"
    assert (report.organ, report.issued_by, report.contact["telephone"]) == ("=1+1", "@SUM(A1)", "+86 1")
    assert [one.text for one in report.narratives["overview"]] == ['=HYPERLINK("http://x","y")', "-1", "+1"]
    assert "not-a-number" in codes(check(report))


@pytest.mark.parametrize(
    "text",
    ["😀𬭊㙍䶮", "a & b <c> \"d\" 'e'", "_x000D_", "_x005F_x0041_", " 前后 ", "“”…—", "]]>", "&amp;", "\t列"],
)
def test_a_text_comes_back_to_the_letter(tmp_path: Path, text: str) -> None:
    document = sound()
    document["sections"]["一"] = text
    report = reading.read(save(document, tmp_path / "a.xlsx"))

    assert [one.written for one in report.narratives["overview"]] == [text]


def test_a_paragraph_too_long_for_a_cell_is_split_and_said() -> None:
    document = sound()
    document["sections"]["一"] = "长" * 40_000
    content, [problem] = workbook.write(take(document))
    sheet = load_workbook(io.BytesIO(content))["一、总体情况"]

    assert [len(cell.value) for cell in sheet["C"][4:] if cell.value] == [32_767, 7_233]
    assert str(problem) == (
        "报告.json › 一、总体情况 › 一 第 1 段：一段有 40000 字，单元格最多放 32767 字，已分作 2 行。请核对分段。"
    )


def test_text_without_end_is_written_all_the_same() -> None:
    document = sound()
    document["sections"]["一"] = "长" * 500_000
    content, [problem] = workbook.write(take(document))

    assert problem.what == "一段有 500000 字，单元格最多放 32767 字，已分作 16 行"
    assert len(load_workbook(io.BytesIO(content))["一、总体情况"]["C5"].value) == LONGEST


def test_any_other_text_too_long_for_a_cell_is_cut_and_said() -> None:
    document = sound() | {"issued_by": "长" * 40_000}
    document["table2"]["规章"]["现行有效件数"] = "😀" * 20_000
    _, problems = workbook.write(take(document))

    assert [str(problem) for problem in problems] == [
        "报告.json › issued_by：有 40000 字，单元格最多放 32767 字，后面的没有写进工作簿。请缩短这一格。",
        "报告.json › table2 › 规章 / 现行有效件数：有 20000 字，单元格最多放 32767 字，后面的没有写进工作簿。请缩短这一格。",
    ]


def test_a_cell_holds_utf16_units_and_no_character_is_cut_in_two() -> None:
    text = "a" + "😀" * 20_000

    assert pieces("a" * LONGEST) == ["a" * LONGEST]
    assert [len(piece) for piece in pieces(text)] == [16_384, 3_617]
    assert "".join(pieces(text)) == text


def test_control_characters_in_a_name_given_on_the_command_line_are_said_and_left_out() -> None:
    content, problems = workbook.write(workbook.Blank(for_year(2025), "某\x07局", 2025))

    assert load_workbook(io.BytesIO(content))["基本信息"]["C4"].value == "某局"
    assert [str(problem) for problem in problems] == [
        "含有不能印出的控制字符（U+0007），读入时已略去。请重新输入这一格的文字。"
    ]


def test_escapes_of_ooxml_are_done_and_undone() -> None:
    cell = Workbook().create_sheet()["A1"]
    put(cell, "_x000D_")

    assert cell.value == "_x005F_x000D_"
    assert taken("_x005F_x000D_") == "_x000D_"
    assert taken("甲_x000D_乙_x4e00_x_x") == "甲\r乙一x_x"
    assert taken(3) == 3


def test_cells_become_ranges_that_do_not_turn_corners() -> None:
    assert areas(["C5", "C6", "C8", "D8", "E8", "E9"]) == ["C5:C6", "C8:E8", "E9"]
    assert areas(["Y1", "Z1", "AA1"]) == ["Y1:AA1"]
    assert elsewhere(["'一'!C5", "'一'!C6"]) == ["'一'!C5:C6"]


# ---------------------------------------------------------------- there and back


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside this repository")
@pytest.mark.parametrize("source", sorted(REPORTS.glob("*.json")), ids=lambda path: path.stem)
def test_a_published_report_comes_back_out_of_its_workbook_whole(tmp_path: Path, source: Any) -> None:
    report = exchange.read(source)
    content, problems = published(source)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    back = reading.read(path)

    assert problems == ()
    assert back.reading == ()
    assert json.loads(exchange.write(back)) == json.loads(exchange.write(report))
    unplaced = [one.code for one in report.reading]
    placed = replace(report, unplaced={})  # a workbook has no place for them
    assert codes(check(back)) == codes(check(placed))[len(unplaced) :]


VALUES = ["", "/", "2笔", "１２", "1,170", "22（其中修订16件）", "若干", 0, 7, 1.5, -3]


@pytest.mark.parametrize("year", YEARS)
def test_whatever_stands_in_a_cell_comes_back_as_it_was(tmp_path: Path, year: int) -> None:
    document = sound(year)
    for cells, value in zip(document["table3"].values(), VALUES, strict=False):
        cells[2] = value
    report = take(document)
    back = reading.read(save(document, tmp_path / "a.xlsx"))

    assert json.loads(exchange.write(back)) == json.loads(exchange.write(report))
    assert codes(check(back)) == codes(check(report))


# ---------------------------------------------------------------- formulas, in LibreOffice


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Workbooks that openpyxl saved without cached values, and what LibreOffice makes of them."""
    folder = tmp_path_factory.mktemp("books")
    content, _ = workbook.write(workbook.Blank(for_year(2025), "某某市财政局", 2025))
    (folder / "blank.xlsx").write_bytes(content)
    paths = {"blank": folder / "blank.xlsx"}
    for year in YEARS:
        paths[f"sound{year}"] = save(sound(year), folder / f"sound{year}.xlsx")
    chance = random.Random(7)
    for number in range(4):
        keys = chance.sample(sorted(for_year(2025).slots), 12)
        path = save(sound(), folder / f"broken{number}.xlsx")
        paths[f"broken{number}"] = change(path, {key: chance.choice([None, 0, 5, 9]) for key in keys})
    lone = dict.fromkeys(("disputes.review.upheld", "disputes.review.otherwise"), None)
    lone |= dict.fromkeys(("disputes.review.corrected", "disputes.review.pending"), None)
    paths["lone"] = change(save(sound(), folder / "lone.xlsx"), {**lone, "disputes.review.total": 4})
    paths["text"] = change(save(sound(), folder / "text.xlsx"), {"requests.received.natural_person": "若干"})
    saved = recalculated(folder / "saved", *paths.values())
    return dict(zip(paths, zip(paths.values(), saved, strict=True), strict=True))


@OFFICE
@pytest.mark.parametrize(
    "name", ["blank", "lone", "sound2020", "sound2025", *(f"broken{n}" for n in range(4))]
)
def test_totals_and_verdicts_are_those_of_the_checks(calculated: Any, name: Any) -> None:
    before, after = calculated[name]
    report, back = reading.read(before), reading.read(after)
    sheet = load_workbook(after, data_only=True)["校核"]
    shown = {row: sheet.cell(row, 7).value for row in range(5, sheet.max_row + 1)}
    broken = {one.equation for one in unequal(report)}  # some of them are told as one, or with the blank
    expected = {}
    for row, equation in enumerate(report.mandate.equations, 5):
        figures = [report.figures[key] for key in (*equation.left, *equation.right)]
        if all(figure.state is State.BLANK for figure in figures):
            expected[row] = "未填"
        else:
            expected[row] = "不平" if equation in broken else "平"

    assert shown == expected
    assert back.reading == ()
    assert [(one.text, one.number) for one in back.figures.values()] == [
        (one.text, one.number) for one in report.figures.values()
    ]
    words = [f"{list(shown.values()).count(word)} 处{word}" for word in ("不平", "未填", "有文字")]
    assert sheet["B3"].value == "，".join(words)


@OFFICE
def test_cached_totals_are_what_the_reader_computes(calculated: Any) -> None:
    for _, after in calculated.values():
        report = reading.read(after)
        book = load_workbook(after, data_only=True)
        for key in report.mandate.totals:
            figure = report.figures[key]
            cached = book[figure.place.sheet][figure.place.cell].value
            if figure.number is not None:
                assert plain(cached) == plain(figure.number)


@OFFICE
def test_a_text_among_figures_is_called_text_where_its_equations_are_unknowable(calculated: Any) -> None:
    before, after = calculated["text"]
    sheet = load_workbook(after, data_only=True)["校核"]
    texts = [
        sheet.cell(row, 3).value
        for row in range(5, sheet.max_row + 1)
        if sheet.cell(row, 7).value == "有文字"
    ]

    assert texts == ["一、本年新收政府信息公开申请数量", "自然人"]
    assert codes(check(reading.read(before))) == ["not-a-number"]
    assert sheet["B3"].value == "1 处不平，0 处未填，2 处有文字"


@OFFICE
def test_the_title_and_the_names_follow_what_is_typed(calculated: Any) -> None:
    _, after = calculated["sound2025"]
    book = load_workbook(after, data_only=True)
    names = {row[1].value: row[2].value for row in book["数据名称"].iter_rows(min_row=4)}

    assert book["基本信息"]["C7"].value == "某某市财政局2025年政府信息公开工作年度报告"
    assert names["{机关名称}"] == "某某市财政局"
    assert names["{行政复议.总计}"] == 4
    assert book["一、总体情况"]["C4"].value == "一段一行；标题按自己的编号识别：（一）、1.、（1）。已写 96 字"
    assert [book["一、总体情况"][cell].value for cell in ("B5", "B6")] == [1, 2]


@OFFICE
def test_a_report_survives_being_saved_by_libreoffice(calculated: Any) -> None:
    for year in YEARS:
        before, after = calculated[f"sound{year}"]

        assert check(reading.read(after)) == ()
        assert exchange.write(reading.read(after)) == exchange.write(reading.read(before))


# ---------------------------------------------------------------- validity


@pytest.mark.skipif(not VALIDATOR.exists(), reason="setup/validator has not been run")
def test_written_workbooks_are_valid_ooxml(tmp_path: Path) -> None:
    long = sound()
    long["sections"]["一"] = "\n".join(f"第{number}段 & <b> 😀" for number in range(60))
    long["table2"]["规章"]["现行有效件数"] = "=1+1"
    paths = [save(sound(year), tmp_path / f"{year}.xlsx") for year in YEARS]
    long["sections"]["五"] = "长" * 3000
    paths.append(save(long, tmp_path / "long.xlsx"))
    for year in YEARS:
        content, _ = workbook.write(workbook.Blank(for_year(year), "某局", year))
        paths.append(tmp_path / f"blank{year}.xlsx")
        paths[-1].write_bytes(content)
    for path in paths:
        said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, timeout=60, check=True)
        assert json.loads(said.stdout)["errors"] == []


def test_a_figure_is_found_where_it_was_put(tmp_path: Path) -> None:
    path = save(sound(), tmp_path / "a.xlsx")

    assert cell_of(path, "requests.received.natural_person") == ("三、收到和处理政府信息公开申请情况", "E7")
    assert cell_of(path, "disclosure.fees.amount") == ("二、主动公开政府信息情况", "C20")
