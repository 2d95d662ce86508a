"""Figures, narratives, dates and the texts of problems, before any kind of file."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from nianbao.mandate import Kind
from nianbao.report import Place, Problem, ProblemsFound, RawReport, Severity, State, Value, assemble
from nianbao.report.dates import read_date, write_date
from nianbao.report.figure import Oddity, plain, read, tidy, total
from nianbao.report.narrative import insert, paragraph, without_control
from nianbao.report.problem import quote

from tests.reports import codes, sound, take

HERE = Place("a.xlsx", "表", cell="C3")
AS_TEXT = Oddity.AS_TEXT


def count(value: object) -> Any:
    figure = read(value, Kind.COUNT, "", HERE)
    return figure.state, figure.number, figure.oddities


def amount(value: object, unit: str = "万元") -> Any:
    figure = read(value, Kind.AMOUNT, unit, HERE)
    return figure.state, figure.number, figure.oddities


def change(value: object) -> Any:
    figure = read(value, Kind.SIGNED, "", HERE)
    return figure.state, figure.number, figure.value


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("blank", [None, "", " ", "\u3000", "\n", "\u00a0"])
def test_nothing_and_spaces_are_blank_and_not_zero(blank: str | None) -> None:
    assert count(blank) == (State.BLANK, None, frozenset())


@pytest.mark.parametrize("zero", [0, 0.0, Decimal("0.00"), -0.0])
def test_zero_is_a_number(zero: Any) -> None:
    assert count(zero) == (State.NUMBER, 0, frozenset())
    assert type(read(zero, Kind.COUNT, "", HERE).number) is int


@pytest.mark.parametrize(
    "sign", ["/", "／", "-", "－", "−", "—", "——", "–", "\\", "无", "不适用", "N/A", " / "]
)
def test_the_signs_for_not_applicable_are_neither_blank_nor_zero_nor_text(sign: str) -> None:
    assert count(sign) == (State.NOT_APPLICABLE, None, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "若干",
        "3-5",
        "约3",
        "3件多",
        "一百七",
        "一",
        "百",
        "零五",
        "五六",
        "1.2万件",
        "1 2",
        "12 34",
        "12/3",
        "1.286,35",
        "1.2.3",
        "1,23",
        "12,34,567",
        "1  234",
        "1\t234",
        "1 \n234",
        "1\u3000\u3000234",
        "1e3",
        "0x10",
        "NaN",
        "Infinity",
        "=1+1",
        "10²",
        "①",
        "½",
        "٣",
        "3；4",
        "--3",
        "#REF!",
    ],
)
def test_what_is_no_plain_number_stays_text_and_is_not_guessed_at(text: str) -> None:
    assert count(text) == (State.TEXT, None, frozenset())
    assert read(text, Kind.COUNT, "", HERE).value == text


@pytest.mark.parametrize(
    ("text", "number", "oddities"),
    [
        ("12", 12, set()),
        (" 12 ", 12, set()),
        ("12.0", 12, set()),
        ("１２", 12, {Oddity.FULL_WIDTH}),
        ("1,170", 1170, {Oddity.SEPARATOR}),
        ("１，１７０", 1170, {Oddity.FULL_WIDTH, Oddity.SEPARATOR}),
        ("2笔", 2, {Oddity.UNIT}),
        ("3 件", 3, {Oddity.UNIT}),
        ("4个", 4, {Oddity.UNIT}),
        ("1 170", 1170, {Oddity.SPACED}),
        ("1　170　件", 1170, {Oddity.SPACED, Oddity.UNIT}),
        ("一百七十", 170, {Oddity.CHINESE}),
        ("二千零三件", 2003, {Oddity.CHINESE, Oddity.UNIT}),
        ("二〇", 20, {Oddity.CHINESE}),
        ("零", 0, {Oddity.CHINESE}),
        ("12。", 12, {Oddity.MARK}),
        ("12（件）", 12, {Oddity.UNIT}),
        ("12\n件", 12, {Oddity.UNIT}),
        ("\u202d58\u202c", 58, {Oddity.INVISIBLE}),
        ("5\u200b8", 58, {Oddity.INVISIBLE}),
        ("22（其中修订16件）", 22, {Oddity.REMARK}),
        ("1,170件（含上年）", 1170, {Oddity.SEPARATOR, Oddity.UNIT, Oddity.REMARK}),
    ],
)
def test_a_number_written_as_text_is_read_and_what_is_odd_about_it_is_kept(
    text: str, number: int, oddities: Any
) -> None:
    assert count(text) == (State.NUMBER, number, frozenset({AS_TEXT, *oddities}))
    assert read(text, Kind.COUNT, "", HERE).value == text


def test_a_unit_is_taken_only_where_it_leaves_the_number_what_it_is() -> None:
    assert amount("4166.24万元") == (State.NUMBER, Decimal("4166.24"), frozenset({AS_TEXT, Oddity.UNIT}))
    converted = frozenset({AS_TEXT, Oddity.UNIT, Oddity.CONVERTED})
    assert amount("984361元") == (State.NUMBER, Decimal("98.4361"), converted)
    assert amount("1.2亿元") == (State.NUMBER, 12000, converted)
    assert amount("1286.35万") == (State.NUMBER, Decimal("1286.35"), frozenset({AS_TEXT, Oddity.UNIT}))
    assert amount("¥1,286.30万元整")[:2] == (State.NUMBER, Decimal("1286.3"))
    assert amount("￥1286.35") == (State.TEXT, None, frozenset())  # in 元, or in the unit of the column
    assert count("￥12件") == (State.TEXT, None, frozenset())
    assert amount("1.2亿元", unit="") == (State.TEXT, None, frozenset())
    assert amount("984361元", unit="") == (State.NUMBER, 984361, frozenset({AS_TEXT, Oddity.UNIT}))
    assert amount("3件") == (State.TEXT, None, frozenset())
    assert count("5万元") == (State.TEXT, None, frozenset())
    assert count("5元") == (State.TEXT, None, frozenset())


@pytest.mark.parametrize(
    ("text", "kind", "unit", "printed"),
    [
        ("１８", Kind.COUNT, "", "18"),
        ("4件", Kind.COUNT, "", "4"),
        ("十二件", Kind.COUNT, "", "12"),
        ("007", Kind.COUNT, "", "7"),
        (" 12 ", Kind.COUNT, "", "12"),
        ("22（其中修订16件）", Kind.COUNT, "", "22（其中修订16件）"),
        ("若干", Kind.COUNT, "", "若干"),
        ("/", Kind.COUNT, "", "/"),
        ("", Kind.COUNT, "", ""),
        ("1,286.30万元", Kind.AMOUNT, "万元", "1286.30"),
        ("12863500元", Kind.AMOUNT, "万元", "1286.35"),
        ("９８", Kind.AMOUNT, "", "98"),
        ("984361元", Kind.AMOUNT, "", "984361元"),  # in which unit, only these words say
        ("+1", Kind.SIGNED, "", "+1"),
        ("−18", Kind.SIGNED, "", "−18"),
        ("＋１项", Kind.SIGNED, "", "+1"),
    ],
)
def test_what_is_certain_is_printed_in_the_standards_form_and_all_else_as_typed(
    text: str, kind: Kind, unit: str, printed: str
) -> None:
    figure = read(text, kind, unit, HERE)

    assert (figure.printed, figure.text, figure.value) == (printed, text, text)


def test_a_logical_value_is_no_number() -> None:
    assert count(True) == (State.TEXT, None, frozenset({Oddity.LOGICAL}))
    assert read(False, Kind.COUNT, "", HERE).text == "FALSE"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2025, 3, 2), "2025-03-02"),
        (date(2025, 3, 2), "2025-03-02"),
        (datetime(2025, 3, 2, 4, 5), "2025-03-02 04:05:00"),
        (time(4, 5), "04:05:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_what_a_spreadsheet_made_a_date_is_no_number(value: Any, text: str) -> None:
    figure = read(value, Kind.COUNT, "", HERE)

    assert (figure.state, figure.text, figure.oddities) == (State.TEXT, text, frozenset({Oddity.DATE}))


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (4166.241619000001, Decimal("4166.241619")),
        (0.1 + 0.2, Decimal("0.3")),
        (59237.2449, Decimal("59237.2449")),
        (316441.0, 316441),
        (Decimal("4166.241600"), Decimal("4166.2416")),
        (11398889, 11398889),
    ],
)
def test_the_artefacts_of_floating_point_are_gone(value: Any, number: Any) -> None:
    assert amount(value) == (State.NUMBER, number, frozenset())
    assert type(read(value, Kind.AMOUNT, "", HERE).number) is type(number)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 1e300, 10**400, Decimal("1e999999"), "1" * 400, "0." + "1" * 400, 1e15],
)
def test_what_no_sum_can_hold_is_text(value: Any) -> None:
    figure = read(value, Kind.AMOUNT, "", HERE)

    assert (figure.state, figure.number) == (State.TEXT, None)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("+1", 1),
        ("＋1", 1),
        ("-18", -18),
        ("－18", -18),
        ("−18", -18),
        ("−１８", -18),
    ],
)
def test_a_change_may_carry_any_sign_and_stays_as_written(value: str, number: int) -> None:
    assert change(value) == (State.NUMBER, number, value)


def test_sums_count_only_what_is_a_number() -> None:
    figures = [read(value, Kind.COUNT, "", HERE) for value in (1, "2件", None, "/", "若干", 0.5)]

    assert total(figures) == Decimal("3.5")
    assert total([]) == 0


def test_a_number_is_plain_without_exponent_or_needless_zeros() -> None:
    assert [plain(tidy(Decimal(text))) for text in ("1E+3", "0.10", "1E-6", "-7.0")] == [
        "1000",
        "0.1",
        "0.000001",
        "-7",
    ]


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text",
    [
        "2026年1月23日",
        "2026 年 1 月 23 日",
        "２０２６年１月２３日",
        "2026-01-23",
        "2026/1/23",
        "2026.1.23",
        "2026. 1. 23",
        "\u200e2026年1月23日\u200b",
        "2026.01.23.",
        "2026年1月23",
        "2026年元月23号",
        "20260123",
        "2026-01-23 00:00:00",
        "二〇二六年元月二十三日。",
        "二O二六年 一月 二十三日",
        "二〇二六年一月二十三日",
        "二○二六年一月二十三日",
        "二零二六年一月二十三日",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == date(2026, 1, 23)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026年2月30日",
        "2026年1月",
        "二〇二六年十三月一日",
        "二〇二六年一二月三日",
        "2026年1月23日（补）",
        "九千年一月一日",
        "26.1.23",
        "12/3",
        "202613",
        "20261301",
        "2026-01-23 08:30",
        "x",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    "day", [date(2026, 10, 10), date(2026, 11, 20), date(2026, 1, 1), date(2026, 12, 31)]
)
def test_a_date_is_written_without_leading_zeros_and_read_back(day: Any) -> None:
    assert write_date(day) == f"{day.year}年{day.month}月{day.day}日"
    assert read_date(write_date(day)) == day


def test_chinese_numerals_of_tens_are_read() -> None:
    assert [
        read_date(f"二〇二五年{month}月{day}日") for month, day in (("十", "十"), ("十二", "三十一"))
    ] == [
        date(2025, 10, 10),
        date(2025, 12, 31),
    ]


# ---------------------------------------------------------------- narrative


@pytest.mark.parametrize(
    ("line", "level", "heading", "lead"),
    [
        ("全年公开信息7700条。", 0, False, ""),
        ("（一）主动公开情况", 2, True, ""),
        ("(二)依申请公开情况。", 2, True, ""),
        ("（一）主动公开方面。2025年公开信息。", 2, False, "（一）主动公开方面。"),
        ("（一）责任落实：由办公室负责。", 2, False, "（一）责任落实："),
        ("1.平台建设", 3, True, ""),
        ("1.平台建设。全年运行平稳。", 3, False, "1.平台建设。"),
        ("1.5万件申请已办结", 0, False, ""),
        ("（1）网站", 4, True, ""),
        ("（一）主动公开，", 0, False, ""),
        ("（一）" + "长" * 60, 0, False, ""),
        ("（一）" + "长" * 40 + "。后文。", 0, False, ""),
    ],
)
def test_a_paragraph_is_known_by_its_own_numbering(line: str, level: int, heading: bool, lead: str) -> None:
    found = paragraph(line, line, HERE)

    assert (found.level, found.heading, found.lead) == (level, heading, lead)
    assert found.lead + found.rest == line


def test_names_are_replaced_by_figures_and_words() -> None:
    figures = {"本年新收.总计": read(12, Kind.COUNT, "", HERE), "空": read(None, Kind.COUNT, "", HERE)}

    assert insert("{机关名称}收到{ 本年新收.总计 }件。", HERE, figures, {"机关名称": "某局"}) == (
        "某局收到12件。",
        [],
    )


def test_a_name_that_does_not_exist_names_the_nearest() -> None:
    text, [problem] = insert("{本年新收.总记}", HERE, {"本年新收.总计": read(1, Kind.COUNT, "", HERE)}, {})

    assert text == "{本年新收.总记}"
    assert str(problem) == (
        "a.xlsx › 表 › C3：没有名为 {本年新收.总记} 的数据。"
        "是否想写 {本年新收.总计}？可用的名称见“数据名称”表；要印出花括号请用全角｛｝。"
    )


def test_a_name_of_a_blank_cell_says_where_the_blank_is() -> None:
    blank = read(None, Kind.COUNT, "", Place("a.xlsx", "三", cell="I9"))
    text, [problem] = insert("{总计}", HERE, {"总计": blank}, {})

    assert text == "{总计}"
    assert str(problem) == "a.xlsx › 表 › C3；a.xlsx › 三 › I9：{总计} 所指的一格还没有填。请先填好那一格。"


def test_a_name_is_only_a_name_and_never_code() -> None:
    text, [problem] = insert("{().__class__}", HERE, {}, {})

    assert (text, problem.code) == ("{().__class__}", "unknown-name")


def test_a_name_of_any_length_is_answered_at_once_and_shortly() -> None:
    _, [problem] = insert(
        "{" + "长" * 32_000 + "}", HERE, {"本年新收.总计": read(1, Kind.COUNT, "", HERE)}, {}
    )

    assert len(str(problem)) < 150


def test_control_characters_are_taken_out_and_named() -> None:
    text, [problem] = without_control("甲\x07乙\x00\ud800丙\t𬭊😀", HERE)

    assert text == "甲乙丙\t𬭊😀"
    assert str(problem) == (
        "a.xlsx › 表 › C3：含有不能印出的控制字符（U+0000、U+0007、U+D800），读入时已略去。请重新输入这一格的文字。"
    )
    assert without_control("甲\t乙\n丙", HERE) == ("甲\t乙\n丙", [])


# ---------------------------------------------------------------- problems


def places(*cells: str) -> tuple[Place, ...]:
    return tuple(Place("a.xlsx", "表", cell=cell) for cell in cells)


def words(*spots: Place) -> str:
    return str(Problem("x", Severity.ERROR, "错了", "请改", spots))


def test_a_problem_names_file_sheet_and_cell_then_what_and_how_to_mend() -> None:
    assert words(*places("C3")) == "a.xlsx › 表 › C3：错了。请改。"
    assert words() == "错了。请改。"
    assert words(Place("a.json", part="table2", row="规章", column="件数")) == (
        "a.json › table2 › 规章 / 件数：错了。请改。"
    )


def test_four_cells_in_a_row_are_named_and_five_are_a_range() -> None:
    assert words(*places("C3", "C4", "C5", "C6")) == "a.xlsx › 表 › C3、C4、C5、C6：错了。请改。"
    assert (
        words(*places("C9", "C10", "C11", "C12", "C13", "C15")) == "a.xlsx › 表 › C9:C13、C15：错了。请改。"
    )
    assert words(*places("Y3", "Z3", "AA3", "AB3", "AC3")) == "a.xlsx › 表 › Y3:AC3：错了。请改。"


def test_a_range_does_not_turn_a_corner() -> None:
    assert words(*places("C1", "C2", "C3", "D3", "E3")) == "a.xlsx › 表 › C1、C2、C3、D3、E3：错了。请改。"


def test_more_than_eight_spots_are_cut_and_counted() -> None:
    cells = [f"C{row}" for row in range(1, 20, 2)]

    assert words(*places(*cells)) == "a.xlsx › 表 › C1、C3、C5、C7、C9、C11、C13、C15 等 10 处：错了。请改。"
    assert words(*places(*cells[:8])).startswith("a.xlsx › 表 › C1、C3、C5、C7、C9、C11、C13、C15：")


def printed(*cells: tuple[int, int, int]) -> list[Place]:
    return [
        Place("a.pdf", part="正文", cell=f"表 {table} 第 {row} 行第 {column} 列")
        for table, row, column in cells
    ]


def test_cells_of_printed_tables_are_ranges_from_three_on_and_said_in_short() -> None:
    assert words(*printed((2, 9, 4), (2, 9, 5), (2, 9, 6))) == (
        "a.pdf › 正文 › 表 2 第 9 行第 4—6 列：错了。请改。"
    )
    assert words(*printed((2, 9, 4), (2, 10, 4), (2, 11, 4), (2, 13, 4))) == (
        "a.pdf › 正文 › 表 2 第 9—11 行第 4 列、第 13 行第 4 列：错了。请改。"
    )
    assert words(*printed((2, 9, 4), (2, 9, 5), (2, 9, 7), (3, 9, 8), (3, 2, 8))) == (
        "a.pdf › 正文 › 表 2 第 9 行第 4 列、第 5 列、第 7 列、表 3 第 9 行第 8 列、第 2 行第 8 列：错了。请改。"
    )


def test_spots_without_cells_are_ranges_of_labels() -> None:
    column = [Place("a.json", part="table3", row=row, column="总计") for row in "甲乙丙丁戊"]
    row = [Place("a.json", part="table3", row="甲", column=column) for column in "一二三四五"]

    assert words(*column) == "a.json › table3 › 甲 至 戊 / 总计：错了。请改。"
    assert words(*row) == "a.json › table3 › 甲 / 一 至 五：错了。请改。"


def test_the_same_spot_is_named_once_and_other_sheets_apart() -> None:
    assert words(*places("C3", "C3"), Place("b.xlsx")) == "a.xlsx › 表 › C3；b.xlsx：错了。请改。"


def test_a_problem_as_json_has_every_place() -> None:
    problem = Problem("x", Severity.NOTICE, "错了", "请改", places("C3", "C4"))

    assert problem.to_json() == {
        "code": "x",
        "severity": "notice",
        "file": "a.xlsx",
        "places": [
            {"sheet": "表", "cell": "C3", "row": "", "column": ""},
            {"sheet": "表", "cell": "C4", "row": "", "column": ""},
        ],
        "what": "错了",
        "mend": "请改",
        "id": "0eeee6010fa45475",
    }
    assert [severity.word for severity in Severity] == ["错误", "警告", "提示"]


def test_a_finding_keeps_its_fingerprint_while_its_facts_stay() -> None:
    one = Problem("x", Severity.NOTICE, "错了", "请改", places("C3"), ("requests.received.total", "3"))
    moved = Problem("x", Severity.ERROR, "错得不一样", "请改正", places("D9"), one.about)
    other = Problem("x", Severity.NOTICE, "错了", "请改", places("C3"), ("requests.received.total", "4"))

    assert one.fingerprint == moved.fingerprint
    assert one.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 16


def test_a_quotation_is_one_printable_line_of_bounded_length() -> None:
    assert quote("甲\n\x00乙\ud800\u2028丙") == "甲 乙 丙"
    assert quote("长" * 41) == "长" * 40 + "…"


# ---------------------------------------------------------------- assembling


def entered(**particulars: object) -> RawReport:
    values = {key: Value(raw, Place("a.xlsx", "基本信息", cell="C4")) for key, raw in particulars.items()}
    return RawReport("a.xlsx", values, {}, {})


def test_without_organ_and_year_it_is_nobodys_report_and_both_are_said() -> None:
    with pytest.raises(ProblemsFound) as caught:
        assemble(RawReport("a.xlsx", {}, {}, {}))

    assert str(caught.value) == (
        "a.xlsx：没有机关名称。请填机关全称。\n"
        "a.xlsx：没有报告年度。请填四位数的年份，2019 年及以后，例如 2025。"
    )


@pytest.mark.parametrize("year", [2025, "2025", "2025年", "2025年度", " 2025 ", "２０２５", 2025.0])
def test_a_year_is_read_however_it_is_written(year: int | str | float) -> None:
    assert assemble(entered(organ="某局", year=year)).year == 2025


@pytest.mark.parametrize(
    "year", ["", None, 2018, 20255, "25", "去年", 2025.5, -2025, "9" * 5000, 2200, True, date(2025, 1, 1)]
)
def test_a_year_without_a_form_is_refused_with_its_cell(year: int) -> None:
    with pytest.raises(ProblemsFound) as caught:
        assemble(entered(organ="某局", year=year))

    [problem] = caught.value.problems
    assert problem.code == "year"
    assert str(problem).startswith("a.xlsx › 基本信息 › C4：")
    assert len(str(problem)) < 120


def test_an_unknown_kind_of_organ_is_left_aside_and_the_nearest_is_named() -> None:
    report = assemble(entered(organ="某局", year=2025, reporter="县级政府"))

    assert report.reporter_name == "部门"  # by its name
    assert str(report.reading[0]) == (
        "a.xlsx › 基本信息 › C4：没有“县级政府”这一类机关，没有采用。"
        "请从下列各类中选一类：部门、乡镇（街道）、政府本机关、县级政府汇总、地市级政府汇总、省级政府汇总、垂直领导系统汇总；"
        "是否想写“县级政府汇总”。"
    )


def test_a_title_that_nobody_wrote_is_the_usual_one() -> None:
    assert assemble(entered(organ="某局", year=2025)).title == "某局2025年政府信息公开工作年度报告"
    assert assemble(entered(organ="某局", year=2025, title="另题")).title == "另题"


def test_a_date_cell_and_a_number_become_words() -> None:
    report = assemble(
        entered(organ="某局", year=2025, date_line=datetime(2026, 1, 5), postcode=350000.0, telephone=12)
    )

    assert report.date_line == "2026年1月5日"
    assert report.date == date(2026, 1, 5)
    assert (report.contact["postcode"], report.contact["telephone"]) == ("350000", "12")


def test_an_unfilled_choice_is_no_and_another_word_is_named_with_its_cell() -> None:
    place = Place("a.xlsx", "基本信息", cell="C14")
    particulars = {"organ": Value("某局", place), "year": Value(2025, place)}

    for raw, sealed in ((None, False), ("", False), ("否", False), (" 是 ", True), (True, True)):
        report = assemble(RawReport("a.xlsx", particulars | {"seal": Value(raw, place)}, {}, {}))
        assert (report.sealed, report.reading) == (sealed, ())
    report = assemble(RawReport("a.xlsx", particulars | {"seal": Value("也许", place)}, {}, {}))
    assert report.elements["seal"] == ""
    assert [str(problem) for problem in report.reading] == [
        "a.xlsx › 基本信息 › C14：“也许”不是“是”或“否”。请填“是”或“否”；空白按“否”。"
    ]


def test_line_breaks_within_a_cell_begin_new_paragraphs_and_blank_lines_are_none() -> None:
    place = Place("a.xlsx", "一", cell="C5")
    values = {"organ": Value("某局", place), "year": Value(2025, place)}
    report = assemble(
        RawReport("a.xlsx", values, {}, {"overview": [Value("甲\r\n\n乙", place), Value(7, place)]})
    )

    assert [one.text for one in report.narratives["overview"]] == ["甲", "乙", "7"]


def test_a_figure_that_could_not_be_read_is_not_inserted_into_the_text() -> None:
    document = sound()
    document["table3"]["一、本年新收政府信息公开申请数量"][6] = [1]
    document["sections"]["一"] = "收到{本年新收.总计}件。"
    report = take(document)

    assert report.narratives["overview"][0].text == "收到{本年新收.总计}件。"
    assert codes(report.reading) == ["wrong-type"]
