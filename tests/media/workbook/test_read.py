"""Reading what people and their programs have done to a workbook."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import io
import json
import random
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.mandate import for_year
from nianbao.media import exchange, workbook
from nianbao.media.workbook.read import enter
from nianbao.report import ProblemsFound, State, Unreadable, assemble, check
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from tests.libreoffice import recalculated
from tests.reports import ELEMENTS, cell_of, change, codes, sound, take
from tests.trials import trials

DISCLOSURE = "二、主动公开政府信息情况"
REQUESTS = "三、收到和处理政府信息公开申请情况"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况"
OVERVIEW = "一、总体情况"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def content() -> bytes:
    """The bytes of a sound workbook."""
    return workbook.write(take(sound()))[0]


def packed(parts: Mapping[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def shared(content: Any) -> bytes:
    """The same workbook with its strings in a table, as Excel and WPS write them."""
    parts = parts_of(content)
    strings: list[str] = []

    def collect(match: re.Match[str]) -> str:
        strings.append(match[3])
        return f'<c{match[1]}t="s"{match[2]}><v>{len(strings) - 1}</v></c>'

    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            cell = r'<c([^>]*?)t="inlineStr"([^>]*)><is>(.*?)</is></c>'
            parts[name] = re.sub(cell, collect, parts[name].decode(), flags=re.DOTALL).encode()
    items = "".join(f"<si>{string}</si>" for string in strings)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    types, rels = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_TYPE}"/></Types>'
    link = f'<Relationship Id="rIdS" Type="{SHARED_LINK}" Target="sharedStrings.xml"/></Relationships>'
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    return packed(parts)


@pytest.fixture
def path(content: Any, tmp_path: Path) -> Path:
    """A sound workbook to do things to."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    return path


def said(path: Path) -> list[str]:
    return [str(problem) for problem in check(reading.read(path))]


def edit(path: Path, what: Callable[[Workbook], object]) -> Path:
    """Do something to a workbook as openpyxl does it."""
    book = load_workbook(path)
    what(book)
    book.save(path)
    return path


def loosen(book: Workbook) -> None:
    """Take away what openpyxl cannot move along: merges and comments."""
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        for row in sheet.iter_rows():
            for cell in row:
                cell.comment = None


def rewrite(path: Path, changes: dict[str, Callable[[str], str]]) -> Path:
    """Change the XML of parts, as another program might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, how in changes.items():
        before = parts[name].decode()
        parts[name] = how(before).encode()
        assert parts[name].decode() != before
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def part_of(path: Path, sheet: str) -> str:
    names = load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def same(path: Path) -> bool:
    """Whether the workbook still says what the sound report says."""
    return exchange.write(reading.read(path)) == exchange.write(take(sound()))


# ---------------------------------------------------------------- moved and inserted


def insert_rows(sheet: Any, row: int, count: int = 1) -> None:
    """Insert rows; openpyxl leaves it to others to move which rows are hidden."""
    sheet.insert_rows(row, count)
    for dimension in sheet.row_dimensions.values():
        dimension.hidden = False


def rows_inserted(sheet: str, row: int) -> Callable[[Workbook], None]:
    return lambda book: insert_rows(book[sheet], row, 2)


def column_inserted(sheet: str, column: int) -> Callable[[Workbook], None]:
    return lambda book: book[sheet].insert_cols(column)


def test_rows_and_columns_may_be_inserted_anywhere(path: Any) -> None:
    edit(path, loosen)
    for sheet in (DISCLOSURE, REQUESTS, DISPUTES, OVERVIEW, "基本信息"):
        for row in (1, 3, 5, 7, 12):
            edit(path, rows_inserted(sheet, row))
        for column in (1, 3, 5):
            edit(path, column_inserted(sheet, column))

    # openpyxl does not move formulas along: the totals are computed again all the same
    report = reading.read(path)
    assert codes(report.reading) == []
    assert same(path)


def test_rows_and_whole_columns_may_be_moved(path: Any) -> None:
    def swap(book: Workbook) -> None:
        sheet = book[REQUESTS]
        for row in sheet.iter_rows(min_col=5, max_col=6, min_row=3):
            row[0].value, row[1].value = getattr(row[1], "value", None), row[0].value
        values = {column: [sheet.cell(row, column).value for row in (11, 12)] for column in range(1, 12)}
        for column, (upper, lower) in values.items():
            if column != 2:
                sheet.cell(11, column).value, sheet.cell(12, column).value = lower, upper

    edit(path, loosen)
    edit(path, swap)

    assert same(path)


def test_sheets_may_be_moved_and_renamed(path: Any) -> None:
    def shuffle(book: Workbook) -> None:
        book.move_sheet(REQUESTS, -3)
        book[REQUESTS].title = "申请"

    edit(path, shuffle)

    assert same(path)
    assert cell_of(path, "requests.received.natural_person") == ("申请", "E7")


@OFFICE
def test_inserted_rows_and_columns_survive_libreoffice_and_wider_formulas_too(
    path: Any, tmp_path: Path
) -> None:
    edit(path, loosen)
    edit(path, lambda book: insert_rows(book[REQUESTS], 9, 2))
    edit(path, lambda book: book[DISCLOSURE].insert_cols(3))
    [saved] = recalculated(tmp_path / "saved", path)

    report = reading.read(saved)
    assert {key: one.number for key, one in report.figures.items()} == {
        key: one.number for key, one in take(sound()).figures.items()
    }


def test_text_typed_below_the_coloured_rows_is_read(path: Any) -> None:
    def write(book: Workbook) -> None:
        book[OVERVIEW]["C300"] = "另起一段。"

    edit(path, write)

    last = reading.read(path).narratives["overview"][-1]
    assert (last.text, last.place.cell) == ("另起一段。", "C300")


# ---------------------------------------------------------------- keys and labels


def strayed(book: Workbook) -> None:
    overview, requests, first = book[OVERVIEW], book[REQUESTS], book["基本信息"]
    overview["E3"], overview["E6"], overview["B8"] = "表头右边", "右边一列的一段话。", "段号格里的话。"
    overview["F9"], overview["B9"] = 12, "3"  # numbers, and numbers of paragraphs that were pasted as values
    requests["M8"], requests["C40"], requests["N9"] = "张三核对", "注：数量含上年结转。", 5
    first["F5"] = "请核对"


def test_words_where_nothing_is_read_are_told_sheet_by_sheet(path: Any) -> None:
    edit(path, strayed)

    assert said(path) == [
        "a.xlsx › 基本信息 › F5：写在要填的格以外，没有读入：“请核对”。要印出的请写进文字部分；只供自己备查的不必理会。",
        "a.xlsx › 一、总体情况 › E3、E6、B8：写在文字那一栏（C 列）以外，没有读入：“表头右边”等 3 格。要印出的请移入 C 列，一段一行；不要的请删去。",
        "a.xlsx › 三、收到和处理政府信息公开申请情况 › M8、C40：写在要填的格以外，没有读入：“张三核对”等 2 格。要印出的请写进文字部分；只供自己备查的不必理会。",
    ]


def test_a_row_that_was_put_into_a_table_is_told(path: Any) -> None:
    def put(book: Workbook) -> None:
        sheet = book[DISCLOSURE]
        insert_rows(sheet, 8)
        sheet["B8"], sheet["C8"] = "其他文件", 3

    edit(path, put)

    assert said(path) == [
        "a.xlsx › 二、主动公开政府信息情况 › B8：写在要填的格以外，没有读入：“其他文件”。要印出的请写进文字部分；只供自己备查的不必理会。"
    ]


def test_a_text_under_a_total_leaves_its_sums_and_their_balance_unjudged(path: Any) -> None:
    change(path, {"requests.received.natural_person": "若干", "requests.state_secret.business": "约2件"})

    assert [problem.code for problem in check(reading.read(path))] == ["not-a-number", "not-a-number"]


def test_a_deleted_sheet_is_one_problem(path: Any) -> None:
    edit(path, lambda book: book.remove(book[REQUESTS]))

    assert said(path) == [
        "a.xlsx：没有找到“三、收到和处理政府信息公开申请情况”这张表。"
        "请恢复这张表，或用 nianbao new 另建一份，把内容复制过去。"
    ]


def test_a_deleted_sheet_of_text_is_a_missing_section(path: Any) -> None:
    edit(path, lambda book: book.remove(book["五、存在的主要问题及改进情况"]))

    assert said(path) == ["a.xlsx：“五、存在的主要问题及改进情况”没有内容。请写这一部分。"]


def test_a_deleted_first_sheet_is_said_before_anything_else(path: Any) -> None:
    edit(path, lambda book: book.remove(book["基本信息"]))

    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert str(caught.value) == (
        "a.xlsx：没有找到“基本信息”这张表。请恢复这张表，或用 nianbao new 另建一份，把内容复制过去。"
    )


@pytest.mark.parametrize(
    "how", [lambda sheet: sheet.delete_rows(11), lambda sheet: sheet.__setitem__("A11", None)]
)
def test_a_deleted_row_or_key_is_one_problem_and_its_sums_are_not_judged(path: Any, how: Any) -> None:
    edit(path, lambda book: how(book[REQUESTS]))

    assert said(path) == [
        "a.xlsx › 三、收到和处理政府信息公开申请情况 › 1.属于国家秘密 / 自然人 至 总计："
        "没有找到“1.属于国家秘密”这一行的格：这一行，或者它在隐藏的 A 列里的识别标记，被删去或清空了。"
        "请撤销删除，不能撤销的请用 nianbao new 另建一份，把内容复制过去。"
    ]


UNDO = "请撤销删除，不能撤销的请用 nianbao new 另建一份，把内容复制过去。"


@pytest.mark.parametrize(
    ("sheet", "how", "what"),
    [
        (
            REQUESTS,
            lambda sheet: sheet.delete_cols(6),
            "没有找到“商业企业”这一列的格：这一列，或者隐藏的行里的识别标记，被删去或清空了。",
        ),
        (
            REQUESTS,
            lambda sheet: sheet.__setitem__("F3", None),
            "没有找到“商业企业”这一列的格：这一列，或者隐藏的行里的识别标记，被删去或清空了。",
        ),
        (
            REQUESTS,
            lambda sheet: sheet.delete_cols(6, 2),
            "没有找到“商业企业”“科研机构”这 2 列的格：列，或者隐藏的行里的识别标记，被删去或清空了。",
        ),
        (
            DISCLOSURE,
            lambda sheet: sheet.delete_cols(3),
            "没有找到“本年制发件数”“本年处理决定数量”“本年收费金额（单位：万元）”这一列的格：这一列，或者隐藏的行里的识别标记，被删去或清空了。",
        ),
        (
            REQUESTS,
            lambda sheet: sheet.delete_rows(11, 4),
            "没有找到“1.属于国家秘密”“2.其他法律行政法规禁止公开”“3.危及“三安全一稳定””等这 4 行的格：行，或者隐藏的识别标记，被删去或清空了。",
        ),
        (
            DISCLOSURE,
            lambda sheet: sheet.delete_rows(8),
            "没有找到“行政许可”这一行的格：这一行，或者它在隐藏的 A 列里的识别标记，被删去或清空了。",
        ),
        *(
            (
                sheet,
                how,
                f"“{sheet}”表里隐藏的识别标记（A 列、隐藏的行或者要填的一列）被删去或清空了，整张表没有读入。",
            )
            for sheet in (REQUESTS, OVERVIEW)
            for how in (lambda sheet: sheet.delete_cols(1), lambda sheet: sheet.delete_rows(1, 3))
        ),
        (
            OVERVIEW,
            lambda sheet: sheet.delete_cols(3),
            f"“{OVERVIEW}”表里隐藏的识别标记（A 列、隐藏的行或者要填的一列）被删去或清空了，整张表没有读入。",
        ),
    ],
)
def test_one_cause_of_missing_keys_is_one_problem(path: Any, sheet: str, how: Any, what: str) -> None:
    def change(book: Workbook) -> None:
        loosen(book)
        how(book[sheet])

    edit(path, change)

    [problem] = reading.read(path).reading
    assert f"{problem.what}。{problem.mend}。" == what + UNDO
    assert {place.sheet for place in problem.places} == {sheet}


def test_particulars_without_their_marks_are_not_called_missing(path: Any) -> None:
    edit(path, lambda book: book["基本信息"].delete_cols(1))

    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert str(caught.value) == (
        "a.xlsx › 基本信息：“基本信息”表里隐藏的识别标记（A 列、隐藏的行或者要填的一列）被删去或清空了，整张表没有读入。"
        + UNDO
    )


def test_a_deleted_row_of_particulars_is_said_with_its_sheet(path: Any) -> None:
    edit(path, lambda book: book["基本信息"].delete_rows(4))

    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert str(caught.value) == "a.xlsx › 基本信息：没有机关名称。请填机关全称。"


def test_blank_organ_and_year_are_both_said_with_their_cells(path: Any) -> None:
    def clear(book: Workbook) -> None:
        book["基本信息"]["C4"] = book["基本信息"]["C6"] = None

    edit(path, clear)

    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert str(caught.value) == (
        "a.xlsx › 基本信息 › C4：没有机关名称。请填机关全称。\n"
        "a.xlsx › 基本信息 › C6：没有报告年度。请填四位数的年份，2019 年及以后，例如 2025。"
    )


def test_a_copied_sheet_is_one_problem(path: Any) -> None:
    edit(path, lambda book: book.copy_worksheet(book[DISPUTES]))

    assert said(path) == [
        "a.xlsx › 四、政府信息公开行政复议、行政诉讼情况 Copy › B7:P7："
        "这几格与“四、政府信息公开行政复议、行政诉讼情况”表重复，没有读入。请删去多余的行或表，只留一份。"
    ]


def test_a_copied_row_is_one_problem_and_the_first_is_read(path: Any) -> None:
    def copy(book: Workbook) -> None:
        sheet = book[DISCLOSURE]
        insert_rows(sheet, 8)
        for column in range(1, 6):
            sheet.cell(8, column).value = sheet.cell(6, column).value

    edit(path, copy)

    assert said(path) == [
        "a.xlsx › 二、主动公开政府信息情况 › C8、D8、E8：这几格与上面同样的行重复，没有读入。请删去多余的行或表，只留一份。"
    ]


def test_a_changed_label_guards_its_figures(path: Any) -> None:
    def rename(book: Workbook) -> None:
        book[REQUESTS]["D12"] = "2.另一种情形"
        book[REQUESTS]["F6"] = "企业"

    edit(path, rename)

    assert said(path) == [
        "a.xlsx › 三、收到和处理政府信息公开申请情况 › F7：这一格的列标签不是“商业企业”，数可能被移到了别的列。"
        "请恢复列标签，或核对这一列的数。",
        "a.xlsx › 三、收到和处理政府信息公开申请情况 › E12：这一格的行标签不是“2.其他法律行政法规禁止公开”，数可能被移到了别的行。"
        "请恢复行标签，或核对这一行的数。",
    ]


def test_a_label_of_another_block_guards_nothing(path: Any) -> None:
    edit(path, lambda book: book[DISCLOSURE].__setitem__("C14", "数量"))

    assert said(path) == [
        "a.xlsx › 二、主动公开政府信息情况 › C15：这一格的列标签不是“本年处理决定数量”，数可能被移到了别的列。"
        "请恢复列标签，或核对这一列的数。"
    ]


def test_spaces_and_line_breaks_in_a_label_change_nothing(path: Any) -> None:
    def widen(book: Workbook) -> None:
        book[REQUESTS]["E5"] = "自 然\n人"
        book[DISCLOSURE]["B6"] = "规　章"

    edit(path, widen)

    assert said(path) == []


def test_a_changed_key_names_the_nearest(path: Any) -> None:
    edit(path, lambda book: book[DISCLOSURE].__setitem__("A6", "disclosure.regulation"))

    problems = reading.read(path).reading
    assert codes(problems) == ["key-missing", "unknown-key"]
    assert str(problems[1]) == (
        "a.xlsx › 二、主动公开政府信息情况 › C6、D6、E6："
        "这几格隐藏的识别标记被改成了“disclosure.regulation.issued”等，认不出是哪些数。"
        "请撤销对隐藏的 A 列或隐藏的行的改动（原来可能是 disclosure.regulations.issued），不能撤销的请用 nianbao new 另建一份，把内容复制过去。"
    )


def test_a_workbook_of_another_edition_than_its_year_is_refused(path: Any) -> None:
    edit(path, lambda book: book["基本信息"].__setitem__("C6", 2020))

    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert str(caught.value) == (
        "a.xlsx › 基本信息 › C6：工作簿是按 2021 版格式建的，报告年度 2020 应用 2019 版。"
        "请核对报告年度，或用 nianbao new 按这一年另建一份。"
    )


def test_a_year_of_the_same_edition_may_be_changed(path: Any) -> None:
    edit(path, lambda book: book["基本信息"].__setitem__("C6", "2026年"))

    report = reading.read(path)
    assert (report.year, report.title) == (2026, "某某市财政局2026年政府信息公开工作年度报告")


# ---------------------------------------------------------------- values and formulas


def test_a_figure_typed_over_a_total_is_taken_and_judged(path: Any) -> None:
    change(path, {"disputes.review.total": 9})

    assert said(path) == [
        "a.xlsx › 四、政府信息公开行政复议、行政诉讼情况 › B7:F7：行政复议：结果维持至尚未审结各格合计 4，总计是 9，相差 5"
        "（维持、纠正、其他、尚未审结之和，等于总计）。请核对这几格，改后保存。"
    ]


def cache(path: Path, sheet: str, cell: str, value: str, kind: str = "") -> Path:
    """Give a formula a cached value, as a spreadsheet does in saving."""

    def put(xml: str) -> str:
        typed = f' t="{kind}"' if kind else ""
        return re.sub(
            rf'<c r="{cell}"([^>]*?)><f>(.*?)</f><v ?/?>(</v>)?</c>',
            rf'<c r="{cell}"\1{typed}><f>\2</f><v>{value}</v></c>',
            xml,
        )

    return rewrite(path, {part_of(path, sheet): put})


def test_a_cached_total_that_differs_is_computed_again_and_said(path: Any) -> None:
    cache(path, DISPUTES, "F7", "99")

    assert said(path) == [
        "a.xlsx › 四、政府信息公开行政复议、行政诉讼情况 › F7：行政复议 / 总计：公式上次得 99，按各格重算得 4，已采用后者。"
        "请在 Excel 或 WPS 中打开并保存，核对公式是否被改过。"
    ]
    assert reading.read(path).figures["disputes.review.total"].number == 4


@pytest.mark.parametrize("value", ["4", "4.0", "4.0000000000000001"])
def test_a_cached_total_that_agrees_is_not_remarked_on(path: Any, value: str) -> None:
    assert said(cache(path, DISPUTES, "F7", value)) == []


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#DIV/0!"])
def test_a_total_that_is_an_error_is_computed_again(path: Any, error: str) -> None:
    assert said(cache(path, DISPUTES, "F7", error, "e")) == []


def test_a_formula_of_ones_own_with_its_value_is_taken(path: Any) -> None:
    change(path, {"disclosure.licences.decisions": "=20+3"})
    sheet, cell = cell_of(path, "disclosure.licences.decisions")
    cache(path, sheet, cell, "23")

    assert same(path)


def test_a_formula_of_ones_own_that_was_never_calculated_is_said_with_its_cell(path: Any) -> None:
    change(path, {"disclosure.licences.decisions": "=10+3", "disputes.review.upheld": "=1"})

    assert said(path) == [
        "a.xlsx › 二、主动公开政府信息情况 › C11：公式尚未计算。请在 Excel 或 WPS 中打开工作簿并保存一次。",
        "a.xlsx › 四、政府信息公开行政复议、行政诉讼情况 › B7：公式尚未计算。请在 Excel 或 WPS 中打开工作簿并保存一次。",
    ]
    assert reading.read(path).figures["disputes.review.total"].state is State.UNREADABLE


def test_a_formula_that_gave_an_empty_text_is_blank_and_not_uncalculated(path: Any) -> None:
    change(path, {"disclosure.licences.decisions": '=""'})
    cache(path, DISCLOSURE, "C11", "", "str")

    assert codes(check(reading.read(path))) == ["item-missing"]


def test_formulas_in_texts_and_particulars_are_read_by_their_values(path: Any) -> None:
    def type_in(book: Workbook) -> None:
        book[OVERVIEW]["C5"] = '="甲"&"乙"'
        book["基本信息"]["C8"] = "=C4"
        book["基本信息"]["C4"] = '="某"&"局"'

    edit(path, type_in)
    with pytest.raises(ProblemsFound) as caught:
        reading.read(path)
    assert codes(caught.value.problems) == [*["formula-not-calculated"] * 3, "organ-missing"]

    cache(path, "基本信息", "C4", "某局", "str")
    problems = reading.read(path).reading
    assert [(one.code, one.places[0].cell) for one in problems] == [
        ("formula-not-calculated", "C8"),
        ("formula-not-calculated", "C5"),
    ]
    cache(path, "基本信息", "C8", "某局", "str")
    cache(path, OVERVIEW, "C5", "甲_x000D_乙", "str")
    report = reading.read(path)
    assert report.issued_by == "某局"
    assert [one.text for one in report.narratives["overview"][:2]] == ["甲", "乙"]
    assert report.reading == ()


def test_a_shared_formula_without_text_of_its_own_is_a_formula(path: Any) -> None:
    def share(xml: str) -> str:
        xml = re.sub(
            r'(<c r="K8"[^>]*>)<f>.*?</f><v ?/?>(</v>)?',
            r'\1<f t="shared" ref="K8:K9" si="0">SUM(E8:J8)</f><v>15</v>',
            xml,
        )
        return re.sub(r'(<c r="K9"[^>]*>)<f>.*?</f><v ?/?>(</v>)?', r'\1<f t="shared" si="0"/><v>77</v>', xml)

    rewrite(path, {part_of(path, REQUESTS): share})

    problems = reading.read(path).reading
    assert [(one.code, one.places[0].cell) for one in problems] == [("stale-total", "K9")]
    assert reading.read(path).figures["requests.carried_in.total"].number == 15


def test_an_array_formula_is_a_formula(path: Any) -> None:
    edit(path, lambda book: book[REQUESTS].__setitem__("K8", ArrayFormula("K8", "=SUM(E8:J8)")))

    assert same(path)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (True, "是逻辑值 TRUE，不是数。请填数。"),
        (datetime(2025, 3, 2), "是日期（2025-03-02），不是数。请把单元格格式改为“常规”，重新填数。"),
        ("3-5", "“3-5”不是数。请只填数字。"),
        (2.5, "2.5 有小数。这里应是整数。"),
        (
            "１２件",
            "写作“１２件”（全角数字、带单位），按 12 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
    ],
)
def test_what_is_no_plain_number_is_said_with_its_cell_and_its_labels(
    path: Any, value: Any, problem: str
) -> None:
    change(path, {"disclosure.licences.decisions": value})

    assert said(path) == [f"a.xlsx › 二、主动公开政府信息情况 › C11：行政许可 / 本年处理决定数量：{problem}"]


def test_a_number_written_as_text_is_counted_in_totals_where_sum_would_not(path: Any) -> None:
    change(path, {"disputes.review.upheld": "1件"})
    cache(path, DISPUTES, "F7", "3")

    assert codes(reading.read(path).reading) == ["stale-total"]
    assert reading.read(path).figures["disputes.review.total"].number == 4


def test_an_artefact_of_floating_point_is_gone(path: Any) -> None:
    change(path, {"disclosure.fees.amount": 4166.241619000001})

    figure = reading.read(path).figures["disclosure.fees.amount"]
    assert (figure.text, said(path)) == ("4166.241619", [])


def test_a_real_date_and_numbers_become_particulars(path: Any) -> None:
    def type_in(book: Workbook) -> None:
        book["基本信息"]["C9"] = datetime(2026, 1, 5)
        book["基本信息"]["C11"] = 350000

    edit(path, type_in)

    report = reading.read(path)
    assert (report.date_line, report.contact["postcode"]) == ("2026年1月5日", "350000")


def test_the_elements_of_gbt_9704_come_back_and_a_date_as_excel_has_it(path: Any) -> None:
    path.write_bytes(workbook.write(take(sound() | ELEMENTS))[0])
    edit(path, lambda book: book["基本信息"].__setitem__("C20", datetime(2026, 1, 23)))

    assert (reading.read(path).elements, said(path)) == (ELEMENTS, [])


def test_a_workbook_made_before_there_were_elements_is_read(path: Any) -> None:
    edit(path, lambda book: book["基本信息"].delete_rows(14, 8))

    assert (reading.read(path).elements, said(path)) == (dict.fromkeys(ELEMENTS, ""), [])


def test_a_blank_workbook_is_for_a_sealed_report(path: Any) -> None:
    path.write_bytes(workbook.write(workbook.Blank(for_year(2025), "某局", 2025))[0])

    assert reading.read(path).elements == dict.fromkeys(ELEMENTS, "") | {"seal": "是"}


def test_a_name_stands_for_the_total_that_is_computed(path: Any) -> None:
    edit(path, lambda book: book[OVERVIEW].__setitem__("C5", "收到{本年新收.总计}件，另有{没有}。"))

    report = reading.read(path)
    total = take(sound()).figures["requests.received.total"].number
    assert report.narratives["overview"][0].text == f"收到{total}件，另有{{没有}}。"
    assert [str(one) for one in report.reading] == [
        "a.xlsx › 一、总体情况 › C5：没有名为 {没有} 的数据。可用的名称见“数据名称”表；要印出花括号请用全角｛｝。"
    ]


def test_line_breaks_and_escapes_of_office_are_undone(path: Any) -> None:
    edit(path, lambda book: book[OVERVIEW].__setitem__("C5", "甲_x000D_\n乙_x0007_"))

    report = reading.read(path)
    assert [one.text for one in report.narratives["overview"][:2]] == ["甲", "乙"]
    assert codes(report.reading) == ["control-character"]


def test_comments_colours_and_other_sheets_are_passed_over(path: Any) -> None:
    def decorate(book: Workbook) -> None:
        sheet = book.create_sheet("我的草稿", 0)
        sheet["A1"] = "随手记"
        book[REQUESTS]["E7"].comment = Comment("核对过", "某人")
        book[REQUESTS].auto_filter.ref = "A1:K30"

    edit(path, decorate)

    assert same(path)


# ---------------------------------------------------------------- other programs


def test_strings_within_the_cells_and_strings_in_a_table_are_the_same(content: Any, shared: Any) -> None:
    assert b"inlineStr" in parts_of(content)["xl/worksheets/sheet5.xml"]
    assert b"inlineStr" not in parts_of(shared)["xl/worksheets/sheet5.xml"]
    assert assemble(enter(shared, "a")).figures == assemble(enter(content, "a")).figures


def test_a_workbook_as_wps_writes_it_is_read(path: Any, shared: Any) -> None:
    """A dimension of A1, strings in a table, rows without spans or heights."""
    path.write_bytes(shared)

    def simplify(xml: str) -> str:
        xml = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
        return re.sub(r'<row r="(\d+)"[^>]*>', r'<row r="\1">', xml)

    sheets = [name for name in parts_of(shared) if name.startswith("xl/worksheets/sheet")]
    rewrite(path, dict.fromkeys(sheets, simplify))

    assert same(path)
    assert said(path) == []


def test_a_dimension_that_lies_is_not_believed(path: Any) -> None:
    rewrite(
        path,
        {part_of(path, REQUESTS): lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)},
    )

    assert same(path)


def test_a_stray_cell_in_the_last_corner_costs_nothing(path: Any) -> None:
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    rewrite(path, {part_of(path, REQUESTS): lambda xml: xml.replace("</sheetData>", stray)})

    assert same(path)


def test_a_stray_cell_far_right_in_a_row_of_figures_costs_nothing(path: Any) -> None:
    rewrite(
        path,
        {
            part_of(path, REQUESTS): lambda xml: re.sub(
                r'(<row r="7".*?)</row>', r'\1<c r="XFD7"><v>1</v></c></row>', xml
            )
        },
    )

    assert same(path)


# ---------------------------------------------------------------- what is refused


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        enter(content, "a.xlsx")
    [problem] = caught.value.problems
    return str(problem)


DAMAGED = "a.xlsx：文件已损坏，或者不是 Excel 工作簿（.xlsx）。请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份。"


@pytest.mark.parametrize("junk", [b"", b"x", b"PK\x03\x04", b"PK\x05\x06" + bytes(17), bytes(5000)])
def test_what_is_no_zip_is_called_damaged(junk: Any) -> None:
    assert refusal(junk) == DAMAGED


def test_a_protected_or_old_file_says_to_save_it_anew() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)) == (
        "a.xlsx：文件设有打开密码，或者是旧格式，不是 Excel 工作簿（.xlsx）。"
        "请去掉打开密码，另存为新的 Excel 工作簿（.xlsx） 格式。"
    )


def test_a_word_file_under_another_name_is_no_workbook() -> None:
    assert refusal(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})) == (
        "a.xlsx：这不是 Excel 工作簿（.xlsx）。请给出 Excel 工作簿（.xlsx）。"
    )


def test_somebody_elses_workbook_is_called_that() -> None:
    stream = io.BytesIO()
    Workbook().save(stream)

    assert refusal(stream.getvalue()) == (
        "a.xlsx：不是本程序的工作簿：没有找到本程序留在隐藏的列里的识别标记。请用 nianbao new 另建一份，把内容复制过去。"
    )


def test_a_zip_bomb_is_not_unpacked(content: Any) -> None:
    bomb = packed(parts_of(content) | {"xl/media/bomb.bin": bytes(150 * 1024 * 1024)})

    assert re.fullmatch(
        r"a\.xlsx：文件展开后有 150 MB、\d+ 个部件，不像正常的文件，没有打开。请核对文件来源，或把内容复制到新文件中。",
        refusal(bomb),
    )


def test_too_many_parts_or_too_large_a_workbook_are_not_opened(content: Any) -> None:
    many = packed(parts_of(content) | {f"x/{number}": b"" for number in range(2_001)})
    noise = random.Random(1).randbytes(1024 * 1024)
    large = packed(parts_of(content) | {"xl/media/a.bin": noise * 51}, zipfile.ZIP_STORED)

    assert " 个部件，不像正常的文件，没有打开" in refusal(many)
    assert refusal(large) == (
        "a.xlsx：工作簿展开后有 51 MB，不像一份年度报告，没有打开。请用 nianbao new 另建一份，把内容复制过去。"
    )


def test_a_size_that_lies_does_not_unfold_more_than_it_says(content: Any) -> None:
    body = zlib.compress(bytes(300 * 1024 * 1024), 9)[2:-4]
    bomb = bytearray(packed(parts_of(content) | {"xl/media/b": b"#" * 10}, zipfile.ZIP_STORED))
    at = bomb.index(b"##########")
    bomb[at : at + 10] = body[:10]

    assert refusal(bytes(bomb)) == DAMAGED


@pytest.mark.parametrize("method", [1, 6, 9, 12, 14, 93, 99])
def test_a_packing_that_is_unknown_or_a_lie_is_damage(content: Any, method: int) -> None:
    changed = bytearray(content)
    code = method.to_bytes(2, "little")
    for start, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(start)
        while at >= 0:
            changed[at + offset : at + offset + 2] = code
            at = content.find(start, at + 1)

    assert refusal(bytes(changed)) == DAMAGED


def test_a_thousand_sheets_are_not_a_report(content: Any) -> None:
    parts = {
        name: part if isinstance(part, bytes) else part.encode() for name, part in parts_of(content).items()
    }
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    entries, targets = [], []
    for number in range(100, 1_100):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet
        entries.append(
            f'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="s{number}" sheetId="{number}" r:id="x{number}"/>'
        )
        targets.append(
            f'<Relationship Id="x{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet{number}.xml"/>'
        )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", "".join(entries).encode() + b"</sheets>"
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", "".join(targets).encode() + b"</Relationships>")

    assert (
        refusal(packed(parts)) == "a.xlsx：工作簿有 1011 张表，不像一份年度报告，没有打开。请删去无关的表。"
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet5.xml"])
def test_entities_are_not_unfolded(shared: Any, declaration: str, name: str) -> None:
    parts = parts_of(shared)
    parts[name] = declaration.encode() + parts[name]

    assert refusal(packed(parts)) == (
        "a.xlsx：文件里有 XML 实体声明，正常的 Office 文件没有，没有打开。请核对文件来源，或把内容复制到新文件中。"
    )


@pytest.mark.parametrize(
    "name",
    [
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet5.xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
@pytest.mark.parametrize("keep", [0, 0.5, 0.99])
def test_a_part_that_breaks_off_is_called_damaged(shared: Any, name: str, keep: float) -> None:
    parts = parts_of(shared)
    part = parts[name]
    parts[name] = part[: int(len(part) * keep)]

    assert re.fullmatch(
        r"a\.xlsx：工作簿的内容已损坏。请用 Excel 或 WPS 打开并另存一份，或换用完好的备份。",
        refusal(packed(parts)),
    )


def test_a_control_character_in_the_xml_is_damage(shared: Any) -> None:
    parts = parts_of(shared)
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<t>", b"<t>\x01", 1)

    assert refusal(packed(parts)).startswith("a.xlsx：工作簿的内容已损坏。")


# ---------------------------------------------------------------- never anything else


def survives(content: bytes) -> None:
    """Read, check, print and write again, or find problems; anything else is a bug."""
    try:
        report = assemble(enter(content, "a.xlsx"))
    except ProblemsFound as caught:
        problems = list(caught.problems)
        assert problems
    else:
        problems = list(check(report))
        json.loads(exchange.write(report))
    for problem in problems:
        str(problem).encode()
        json.dumps(problem.to_json())


def test_a_file_that_breaks_off_anywhere_is_refused(content: Any) -> None:
    for length in range(0, len(content) - 1, len(content) // 60):
        with pytest.raises(Unreadable):
            enter(content[:length], "a.xlsx")


def test_damaged_bytes_are_problems_and_never_a_crash(content: Any) -> None:
    chance = random.Random(20250103)
    for _ in range(trials(150)):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        survives(bytes(damaged))


PARTS = [
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet5.xml",
]


def test_damage_within_the_parts_is_problems_and_never_a_crash(shared: Any) -> None:
    chance = random.Random(20250104)
    parts = parts_of(shared)
    for _ in range(trials(120)):
        name = chance.choice(PARTS)
        damaged = bytearray(parts[name])
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b'0123456789<>/"=&;A\x00\xff')
        survives(packed(parts | {name: bytes(damaged)}, zipfile.ZIP_STORED))


VALUES = [
    None, True, 0, -1, 1.5, 1e300, 10**20, "", "甲", "/", "{", "{}", "{年度}", "=1+1", "=", "1" * 400, "#columns",
    "#caption", "text:overview", "value", "长" * 32_767, "😀𬭊", "\n\n", "_x0000_", "_xD800_", datetime(2025, 1, 1),
]  # fmt: skip


def test_anything_in_any_cell_is_problems_and_never_a_crash(content: Any) -> None:
    chance = random.Random(20250105)
    for _ in range(trials(25)):
        book = load_workbook(io.BytesIO(content))
        for sheet in book.worksheets:
            for _ in range(chance.randint(0, 4)):
                cell = sheet.cell(chance.randint(1, 30), chance.randint(1, 8))
                if type(cell).__name__ == "Cell":
                    cell.value = chance.choice(VALUES)
        stream = io.BytesIO()
        book.save(stream)
        survives(stream.getvalue())


def test_the_longest_text_of_a_cell_comes_through(path: Any) -> None:
    edit(path, lambda book: book[OVERVIEW].__setitem__("C5", "长" * 32_767))

    assert len(reading.read(path).narratives["overview"][0].text) == 32_767


def test_every_edition_reads_its_own_blank_workbook() -> None:
    for year in (2019, 2020, 2021, 2026):
        content, _ = workbook.write(workbook.Blank(for_year(year), "某局", year))
        report = assemble(enter(content, "a.xlsx"))

        assert report.reading == ()
        assert {one.state for one in report.figures.values()} == {State.BLANK}
        assert codes(check(report)) == [
            "section-missing", "table-missing", "table-missing", "table-missing",
            "section-missing", "section-missing", "date-blank",
        ]  # fmt: skip
