"""The roster: read however an office keeps it, and held against what was handed in."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from nianbao.mandate import for_year
from nianbao.media.workbook import roster
from nianbao.report import Problem, ProblemsFound, Unreadable, rule
from nianbao.report.rollup import Asked, Rollup, roll_up
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from tests.paths import DATA
from tests.report.rollup.rollup_samples import COUNTY, codes, member, organs, save, table
from tests.runner import nianbao

MANDATE = for_year(2025)
ASKED = Asked("汇总.xlsx", COUNTY)
HEADS = ["机关", "类型", "上级", "截止日期", "报送日期", "备注"]


def book(*rows: Any, before: Any = (), title: Any = "名册") -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = title
    for row in (*before, *rows):
        sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(content: bytes) -> Any:
    return roster.read(content, "名册.xlsx", MANDATE).expected


def refused(content: bytes) -> list[Problem]:
    with pytest.raises(ProblemsFound) as caught:
        read(content)
    return list(caught.value.problems)


def against(documents: Any, content: bytes, asked: Any = ASKED) -> Rollup:
    return roll_up([member(one) for one in documents], (), read(content), asked)


# ---------------------------------------------------------------- reading


def test_a_roster_is_read_wherever_its_heads_stand_and_in_whatever_order() -> None:
    title = [[], ["某某县报送名册"], []]
    rows = [
        ["序号", "备注", " 报送时间 ", "单位名称（全称）", "上级机关", "机关类型", "截止日期", "电话"],
        [1, "新设", datetime(2026, 1, 9), " 某某县财政局 ", COUNTY, " 部门", "2026年1月25日", "1"],
        [None] * 8,
        [2, None, "2026-01-12", "某某县甲子镇人民政府", None, "乡镇(街道)", date(2026, 1, 31), None],
    ]

    first, second = read(book(*rows, before=title))

    assert (first.organ, first.superior, first.remark) == ("某某县财政局", COUNTY, "新设")
    assert (first.due, first.received) == (date(2026, 1, 25), date(2026, 1, 9))
    assert first.reporter is not None
    assert first.reporter.key == "department"
    assert (first.place.sheet, first.place.cell) == ("名册", "D5")
    assert second.reporter is not None
    assert second.reporter.key == "township"
    assert (second.due, second.received) == (date(2026, 1, 31), date(2026, 1, 12))


def test_only_the_organ_is_needed_and_other_columns_do_not_matter() -> None:
    found = read(book(["机关", "联系人"], ["某某县财政局", "甲"], ["", "乙"]))

    assert [one.organ for one in found] == ["某某县财政局"]
    assert (found[0].reporter, found[0].due, found[0].received, found[0].superior) == (None, None, None, "")


def test_everything_wrong_in_a_roster_is_told_at_once_with_its_cell() -> None:
    problems = refused(
        book(
            HEADS,
            ["某某县财政局", "部们", "", "", "", ""],
            ["", "部门", "", "", "", ""],
            ["某某县教育局", "", "", "月底", 12, ""],
            [" 某某县财政局", "", "", "", "", ""],
        )
    )

    assert [str(one) for one in problems] == [
        "名册.xlsx › 名册 › B2：没有“部们”这一类机关。请写 "
        f"{'、'.join(one.name for one in MANDATE.reporters)} 之一，或者留空；是否想写“部门”。",
        "名册.xlsx › 名册 › A3：这一行没有机关名称。请填机关全称，或删去这一行。",
        "名册.xlsx › 名册 › D4：“月底”读不出是哪一天。请写作 2026年1月31日 的样子，或者留空。",
        "名册.xlsx › 名册 › E4：“12”读不出是哪一天。请写作 2026年1月31日 的样子，或者留空。",
        "名册.xlsx › 名册 › A2、A5：“某某县财政局”在名册上写了两次。"
        "请只留一行；本机关和汇总各有报告的，两行都要写明类型。",
    ]
    assert codes(problems) == ["roster-type", "roster-row", "roster-date", "roster-date", "roster-twice"]


def shaped(rows: Any, *, merged: Any = (), hidden: Any = (), formats: Any = ()) -> bytes:
    """A roster with merged cells, hidden rows, and cells whose number format is known by number only."""
    made = Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    for reference in merged:
        sheet.merge_cells(reference)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for cell in formats:
        sheet[cell].number_format = "yyyy-mm-dd"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("merged", "superiors", "due"),
    [
        (["C2:C4"], ["甲县", "甲县", "甲县", ""], [15, None, None, None]),
        (["C2:C5", "D2:D3"], ["甲县"] * 4, [15, 15, None, None]),
        (["D2:D5"], ["甲县", "", "", ""], [15] * 4),
    ],
)
def test_a_cell_merged_downwards_holds_for_every_row(merged: Any, superiors: Any, due: Any) -> None:
    rows = [HEADS[:4], ["甲局", "部门", "甲县", "2026年1月15日"], ["乙局"], ["丙局", "部门"], ["丁局"]]

    expected = read(shaped(rows, merged=merged))

    assert [line.organ for line in expected] == ["甲局", "乙局", "丙局", "丁局"]
    assert [line.superior for line in expected] == superiors
    assert [line.due and line.due.day for line in expected] == due


def test_an_aggregate_beside_its_parts_is_seen_through_merged_cells(tmp_path: Path) -> None:
    documents = organs(3)
    rows = [HEADS[:3], [COUNTY, "县级政府汇总"], *([one["organ"], "部门", COUNTY] for one in documents)]
    whole = {**documents[0], "organ": COUNTY, "issued_by": COUNTY, "reporter": "县级政府汇总"}
    asked = Asked("汇总.xlsx", "某某市人民政府")

    for merged in ((), ["C3:C5"]):
        with pytest.raises(ProblemsFound) as caught:
            against([whole, *documents], shaped(rows, merged=merged), asked)
        assert codes(caught.value.problems) == ["counted-twice"]


@pytest.mark.parametrize(
    "word", ["合计", "总 计：", "小计（12 家）", "注：截至2025年底。", "说明：不含乡镇", "填表人：张三"]
)
def test_sums_and_notes_are_no_organs(word: str) -> None:
    assert [line.organ for line in read(shaped([HEADS[:2], ["甲局", "部门"], [word], ["总计划局"]]))] == [
        "甲局",
        "总计划局",
    ]


def test_hidden_rows_are_no_organs_and_that_is_told(tmp_path: Path) -> None:
    content = shaped([HEADS[:2], *([f"{name}局", "部门"] for name in "甲乙丙丁")], hidden=[3, 5])

    found = roster.read(content, "名册.xlsx", MANDATE)

    assert [line.organ for line in found.expected] == ["甲局", "丙局"]
    assert [str(problem) for problem in found.problems] == [
        "名册.xlsx › Sheet：隐藏的 2 行（第 3、5 行）没有算作应报送的机关。应报送的，请取消隐藏。"
    ]
    save(organs(2), tmp_path / "in")
    (tmp_path / "名册.xlsx").write_bytes(content)
    words = ("rollup", tmp_path / "in", "-o", tmp_path / "汇总.xlsx", "--roster", tmp_path / "名册.xlsx")
    assert "隐藏的 2 行" in nianbao(*words).err


@pytest.mark.parametrize("number", [*range(27, 37), *range(50, 59)])
def test_the_built_in_date_formats_of_east_asia_are_dates(number: int) -> None:
    rows = [HEADS[:4], ["甲局", "部门", "", date(2026, 1, 15)]]

    [line] = read(east_asian(shaped(rows, formats=["D2"]), number))

    assert line.due == date(2026, 1, 15)


def east_asian(content: bytes, number: int) -> bytes:
    """The workbook with this number in place of the one number format that it spells out."""
    import re
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part, dropped = re.subn(b"<numFmts.*?</numFmts>", b"", part)
                part, replaced = re.subn(b'numFmtId="16[0-9]"', f'numFmtId="{number}"'.encode(), part)
                assert dropped == 1
                assert replaced == 1
            new.writestr(name, part)
    return stream.getvalue()


def test_what_is_struck_out_or_unseen_in_a_roster_is_not_read_and_told() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "名册"
    for row in (HEADS[:2], ["甲局", "部门"], ["乙局", "部门"], ["丙局", "部门"]):
        sheet.append(row)
    sheet["A3"].font = Font(strike=True)
    sheet["A4"] = CellRichText("丙局", TextBlock(InlineFont(color=Color("FFFFFFFF")), "（撤销）"))
    stream = io.BytesIO()
    made.save(stream)

    found = roster.read(stream.getvalue(), "名册.xlsx", MANDATE)

    mend = "请核对；要作为报告内容的，请改为普通文字。"
    assert [expected.organ for expected in found.expected] == ["甲局", "丙局"]
    assert [str(problem) for problem in found.problems] == [
        f"名册.xlsx › 名册 › A3：删除线划去的文字没有读入：“乙局”。{mend}",
        f"名册.xlsx › 名册 › A4：与底色同色或者透明的文字没有读入：“（撤销）”。{mend}",
    ]


def test_a_governments_own_office_and_its_sum_may_both_be_on_the_roster() -> None:
    found = read(book(HEADS, [COUNTY, "政府本机关"], [COUNTY, "县级政府汇总"]))
    assert len(found) == 2

    assert codes(refused(book(HEADS, [COUNTY, "政府本机关"], [COUNTY, ""]))) == ["roster-twice"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件已损坏，或者不是 Excel 工作簿（.xlsx）"),
        (b"PK\x03\x04nothing", "文件已损坏，或者不是 Excel 工作簿（.xlsx）"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
            "文件设有打开密码，或者是旧格式，不是 Excel 工作簿（.xlsx）",
        ),
        (book(["甲", "乙"], ["丙", "丁"]), "不是名册：前 10 行里没有“机关”这一栏的表头"),
        (book(*[["说明"]] * 10, HEADS, ["某某局"]), "不是名册：前 10 行里没有“机关”这一栏的表头"),
        (book(HEADS), "名册上一个机关也没有"),
        (book(), "不是名册：前 10 行里没有“机关”这一栏的表头"),
        ((DATA / "示例-2021.xlsx").read_bytes(), "这是一份报告的工作簿，不是名册"),
    ],
)
def test_what_is_no_roster_is_said_in_chinese_with_the_files_name(content: bytes, said: str) -> None:
    [problem] = refused(content)

    assert problem.what == said
    assert problem.places[0].file == "名册.xlsx"
    assert problem.mend


def test_a_damaged_sheet_within_a_roster_is_no_traceback(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(io.BytesIO(book(HEADS, ["某某局"]))) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:200] if name.endswith("sheet1.xml") else content)

    with pytest.raises(Unreadable) as caught:
        read(path.read_bytes())
    assert caught.value.problems[0].what.startswith("名册的内容已损坏")


def test_a_roster_that_unfolds_without_end_is_not_opened() -> None:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 300 * 1024 * 1024)

    [problem] = refused(stream.getvalue())
    assert problem.code == "too-large"


def test_hostile_names_in_a_roster_are_only_names(tmp_path: Path) -> None:
    rows = [["=1+1"], ["#columns"], ["<b>&"], ["某某_x0007_局"], ["甲" * 40000], ["{年度}"]]
    made = Workbook()
    sheet: Any = made.active
    sheet.append(["机关"])
    for number, [name] in enumerate(rows, 2):
        cell = sheet.cell(number, 1)
        cell.value = name[:32000]
        cell.data_type = "s"
    made.save(tmp_path / "名册.xlsx")
    save(organs(3), tmp_path / "in")
    path = tmp_path / "汇总.xlsx"

    code, _, err = nianbao(
        *("rollup", tmp_path / "in", "-o", path, "--organ", COUNTY, "--roster", tmp_path / "名册.xlsx")
    )

    assert code == 0, err
    missing = [row["机关"] for row in table(path, "报送情况") if row["情况"] == "未报送"]
    assert missing[:4] == ["=1+1", "＃columns", "<b>&", "某某局"]
    assert nianbao("check", path)[0] == 1  # it is still the workbook of the sum


# ---------------------------------------------------------------- against what was handed in


def test_missing_late_and_unexpected_organs_are_named() -> None:
    documents = organs(4)
    documents[1]["date_line"] = "2026年2月3日"
    documents[2]["date_line"] = "2026年1月13日"
    documents[3] |= {"organ": "某某县司法局局", "issued_by": "某某县司法局局"}
    content = book(
        HEADS,
        ["某某县财政局", "部门", "", "", "2026年1月30日"],
        ["某某县教育局", "部门"],
        ["某某县民政局", "部门", "", "2026年1月4日"],
        ["某某县司法局", "部门"],
        ["某某县水利局"],
    )

    found = against(documents, content)

    told = [str(one) for one in found.problems if rule(one.code).heading == "Roll-up"]
    assert told[:6] == [
        "某某县教育局.json › organ：“某某县教育局”逾期：2026年2月3日，截止日期是 2026年1月31日。"
        "请核对日期；确已逾期的按规定处理。",
        "某某县民政局.json › organ：“某某县民政局”逾期：2026年1月13日，截止日期是 2026年1月4日。"
        "请核对日期；确已逾期的按规定处理。",
        "名册.xlsx › 名册 › A5：名册上的“某某县司法局”没有报送。请催报，或核对名称。",
        "名册.xlsx › 名册 › A6：名册上的“某某县水利局”没有报送。请催报，或核对名称。",
        "某某县司法局局.json › organ：“某某县司法局局”不在名册上，已计入，是否就是没有报送的“某某县司法局”。"
        "请核对名称，或把它加进名册。",
        "汇总.xlsx：没有给出 --reporter，汇总机关写作“某某县人民政府”，类型写作“县级政府汇总”。"
        "请在“基本信息”表核对、改正。",
    ]
    assert len(found.members) == 4


def test_of_a_report_that_is_not_on_the_roster_it_is_said_what_became_of_it() -> None:
    documents = organs(3)
    documents[2]["table3"]["（一）予以公开"][6] += 1
    blank_sum = documents[2] | {"organ": COUNTY, "reporter": "县级政府汇总"}
    content = book(HEADS, [COUNTY, "县级政府汇总"], [documents[0]["organ"], "", COUNTY])

    found = against([*documents, blank_sum], content, Asked("汇总.xlsx", COUNTY, skip_errors=True))

    assert [problem.what for problem in found.problems if problem.code == "not-on-roster"] == [
        "“某某县民政局”不在名册上，有错误，未计入",
        "“某某县教育局”不在名册上，已计入",
    ]
    assert [line.organ for line in found.lines] == ["某某县财政局", "某某县民政局", "某某县教育局"]


def test_the_sheet_shows_who_is_missing_late_not_on_the_roster_or_has_errors(tmp_path: Path) -> None:
    documents = organs(6)
    documents[1]["date_line"] = "2026年2月3日"
    documents[2]["table3"]["（一）予以公开"][6] += 1
    documents[3].pop("date_line")
    save(documents, tmp_path / "in")
    names = [one["organ"] for one in documents]
    rows = [[name, "", COUNTY, None, None, "说明" if name == names[0] else ""] for name in names[:5]]
    (tmp_path / "名册.xlsx").write_bytes(book(HEADS, *rows, ["某某县外事局", "部门", COUNTY]))
    path = tmp_path / "汇总.xlsx"

    code, out, _ = nianbao(
        *("rollup", tmp_path / "in", "-o", path, "--roster", tmp_path / "名册.xlsx", "--skip-errors")
    )

    assert code == 0
    assert out.splitlines()[0] == (
        f"{COUNTY} 2025 年：汇总 5 个单位，没有计入 1 个，没有报送 1 个，逾期 1 个"
    )
    lines = table(path, "报送情况")
    shown = [(one["机关"], one["情况"], one["逾期"], one["名册"], one["文件"]) for one in lines]
    assert shown == [
        (names[0], "已计入", None, "有", "0000.json"),
        (names[1], "已计入", "逾期", "有", "0001.json"),
        (names[2], "有错误，未计入", None, "有", "0002.json"),
        (names[3], "已计入", "日期不明", "有", "0003.json"),
        (names[4], "已计入", None, "有", "0004.json"),
        ("某某县外事局", "未报送", None, "有", None),
        (names[5], "已计入", None, "没有", "0005.json"),
    ]
    assert [one["错误"] for one in lines] == [0, 0, 2, 0, 0, None, 0]
    assert "各格合计" in lines[2]["说明"]
    assert lines[0]["说明"] == "名册备注：说明"
    assert lines[5]["截止日期"] == datetime(2026, 1, 31)
    assert {one["上级"] for one in lines[:6]} == {COUNTY}


def test_the_last_day_is_not_late() -> None:
    documents = organs(2)
    documents[0]["date_line"], documents[1]["date_line"] = "2026年1月31日", "2026年2月1日"

    found = roll_up([member(one) for one in documents], (), None, ASKED)

    assert [line.late for line in found.lines] == [False, True]


def test_the_rosters_days_go_before_the_reports_own() -> None:
    documents = organs(2)
    documents[0]["date_line"] = "2026年3月1日"
    content = book(
        HEADS, ["某某县财政局", "", "", "2026年3月5日"], ["某某县教育局", "", "", "", "2026年2月9日"]
    )

    lines = against(documents, content).lines

    assert [(one.late, one.due, one.received) for one in lines] == [
        (False, date(2026, 3, 5), date(2026, 3, 1)),
        (True, date(2026, 1, 31), date(2026, 2, 9)),
    ]


def test_organs_below_an_aggregate_that_is_counted_are_not_missing() -> None:
    document = organs(1)[0] | {
        "organ": "甲县人民政府",
        "issued_by": "甲县人民政府",
        "reporter": "县级政府汇总",
    }
    city = "某某市人民政府"
    content = book(
        HEADS,
        ["甲县人民政府", "县级政府汇总", city],
        ["甲县财政局", "部门", "甲县人民政府"],
        ["甲县东镇人民政府", "乡镇（街道）", "甲县财政局"],
        ["乙县人民政府", "县级政府汇总", city],
        ["乙县财政局", "部门", "乙县人民政府"],
        ["某某市财政局", "部门", city],
    )

    found = against([document], content, Asked("汇总.xlsx", city))

    assert {line.organ: line.state.value for line in found.lines} == {
        "甲县人民政府": "已计入",
        "甲县财政局": "随上级汇总报送",
        "甲县东镇人民政府": "随上级汇总报送",
        "乙县人民政府": "未报送",
        "乙县财政局": "随上级汇总报送",
        "某某市财政局": "未报送",
    }
    assert codes(found.problems).count("not-reported") == 2


def test_an_aggregate_whose_parts_report_themselves_is_not_missing() -> None:
    document = organs(1)[0]
    content = book(
        HEADS,
        [COUNTY, "县级政府汇总", "某某市人民政府"],
        ["某某县财政局", "", COUNTY],
        ["某某县教育局", "", COUNTY],
    )

    found = against([document], content, Asked("汇总.xlsx", "某某市人民政府"))

    assert [line.state.value for line in found.lines] == ["由所属单位分别报送", "已计入", "未报送"]


def test_a_governments_sum_without_its_own_office_is_a_warning_where_the_roster_expects_it() -> None:
    content = book(HEADS, ["某某县财政局"], [COUNTY, "政府本机关", COUNTY], [COUNTY, "县级政府汇总"])

    found = against(organs(1), content)

    assert [line.organ for line in found.lines] == ["某某县财政局", COUNTY]  # the sum itself is not expected
    [problem] = [one for one in found.problems if one.code == "own-office-missing"]
    assert problem.what == f"名册上的“{COUNTY}”（政府本机关）没有报告，汇总不全"
    assert "no-own-office" not in codes(found.problems)


def test_another_kind_than_the_rosters_is_a_warning() -> None:
    content = book(HEADS, ["某某县财政局", "乡镇（街道）"], ["某某县教育局", "部门"])

    [problem] = [one for one in against(organs(2), content).problems if one.code == "roster-kind-differs"]

    assert problem.what == "“某某县财政局”报的机关类型是“部门”，名册上是“乡镇（街道）”"
    assert problem.where == "某某县财政局.json › organ；名册.xlsx › 名册 › A2"


def test_without_a_roster_only_what_is_late_is_told() -> None:
    documents = organs(3)
    documents[2]["date_line"] = "2026年2月3日"

    found = roll_up([member(one) for one in documents], (), None, ASKED)

    assert {"reported-late", "no-own-office"} < set(codes(found.problems))
    assert {"not-reported", "not-on-roster", "own-office-missing"} & set(codes(found.problems)) == set()
    assert not found.rostered


# ---------------------------------------------------------------- a roster to begin with


def test_a_roster_made_from_the_reports_expects_exactly_them(tmp_path: Path) -> None:
    save(organs(12), tmp_path / "in", books=2)
    made = tmp_path / "名册.xlsx"

    assert nianbao("rollup", tmp_path / "in", "--new-roster", made) == (0, f"{made}\n", "")

    found = read(made.read_bytes())
    assert [one.organ for one in found] == [one["organ"] for one in organs(12)]
    assert {one.due for one in found} == {date(2026, 1, 31)}
    assert [one.reporter.key for one in found if one.reporter][9:11] == ["department", "township"]
    again = against(organs(12), made.read_bytes())
    assert {line.state.value for line in again.lines} == {"已计入"}
    assert {"not-reported", "not-on-roster", "reported-late"} & set(codes(again.problems)) == set()
