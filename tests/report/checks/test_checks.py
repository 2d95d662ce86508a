"""Each check: one figure of a sound report is broken and exactly that is said; a near miss is not."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

from typing import Any

import pytest

from tests.reports import codes, problems_of, sound

RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
TOTAL = "（七）总计"
CARRIED_OUT = "四、结转下年度继续办理"
FEES = ("行政事业性收费", "本年收费金额（单位：万元）")


@pytest.fixture(params=[2019, 2020, 2021, 2025])
def every_edition(request: Any) -> Any:
    return sound(request.param)


def test_a_sound_report_has_no_problem(every_edition: Any) -> None:
    assert problems_of(every_edition) == []


def said(document: Any) -> list[str]:
    return [str(problem) for problem in problems_of(document)]


# ---------------------------------------------------------------- equations


def test_a_row_that_does_not_add_up_breaks_what_it_is_part_of() -> None:
    document = sound()
    document["table3"]["1.属于国家秘密"][6] += 1

    assert said(document) == [
        "报告.json › table3 › 1.属于国家秘密 / 自然人 至 总计：1.属于国家秘密：自然人至其他各格合计 6，总计是 7，相差 1"
        "（自然人与法人或其他组织各类之和，等于总计）。请核对这几格，改后保存。",
        "报告.json › table3 › （一）予以公开 至 （七）总计 / 总计：总计：予以公开至其他处理的其他各格合计 127，办理结果总计是 126，相差 1"
        "（（一）至（六）各行之和，等于（七）总计）。请核对这几格，改后保存。",
    ]


def test_a_figure_that_is_off_breaks_its_row_and_its_column() -> None:
    document = sound()
    document["table3"]["3.其他"][0] += 2

    problems = problems_of(document)

    assert codes(problems) == ["row-total", "outcome-total"]
    assert [problem.places[0].row for problem in problems] == ["3.其他", "（一）予以公开"]


def test_a_carried_over_case_counted_twice_breaks_only_the_balance() -> None:
    document = sound()
    document["table3"][CARRIED_OUT][0] += 1
    document["table3"][CARRIED_OUT][6] += 1

    assert said(document) == [
        "报告.json › table3 › 一、本年新收政府信息公开申请数量 / 自然人、二、上年结转政府信息公开申请数量 / 自然人、"
        "（七）总计 / 自然人、四、结转下年度继续办理 / 自然人：自然人：本年新收＋上年结转合计 27，办理结果总计＋结转下年度合计 28，相差 1"
        "（第一项加第二项之和，等于第三项加第四项之和）。请核对这几格，改后保存。",
        "报告.json › table3 › 一、本年新收政府信息公开申请数量 / 总计、二、上年结转政府信息公开申请数量 / 总计、"
        "（七）总计 / 总计、四、结转下年度继续办理 / 总计：总计：本年新收＋上年结转合计 147，办理结果总计＋结转下年度合计 148，相差 1"
        "（第一项加第二项之和，等于第三项加第四项之和）。请核对这几格，改后保存。",
    ]


def test_a_total_row_left_at_zero_breaks_columns_and_balances() -> None:
    document = sound()
    document["table3"][TOTAL] = [0] * 7

    assert codes(problems_of(document)) == ["outcome-total"] * 7 + ["balance"] * 7


def test_a_dispute_total_left_at_zero_is_found_in_its_own_group() -> None:
    document = sound()
    document["table4"]["复议后起诉"][4] = 0

    assert said(document) == [
        "报告.json › table4 › 复议后起诉 / 结果维持 至 总计：复议后起诉：结果维持至尚未审结各格合计 6，总计是 0，相差 6"
        "（维持、纠正、其他、尚未审结之和，等于总计）。请核对这几格，改后保存。"
    ]


def test_figures_that_move_together_break_nothing() -> None:
    document = sound()
    for row in ("3.其他", TOTAL, RECEIVED):
        document["table3"][row][0] += 5
        document["table3"][row][6] += 5

    assert problems_of(document) == []


def test_a_text_makes_its_equations_unknowable_and_only_the_text_is_said() -> None:
    document = sound()
    document["table3"]["3.其他"][0] = "若干"

    assert codes(problems_of(document)) == ["not-a-number"]


def test_a_blank_counts_nothing_and_where_it_was_needed_the_sum_says_so() -> None:
    document = sound()
    assert document["table3"]["1.属于国家秘密"][1] == 0
    document["table3"]["1.属于国家秘密"][1] = ""
    assert codes(problems_of(document)) == ["blank"]

    document["table3"]["1.属于国家秘密"][0] = ""
    assert said(document) == [
        "报告.json › table3 › 1.属于国家秘密 / 商业企业：空白。没有发生的填 0，有数的填数。",
        "报告.json › table3 › （一）予以公开 至 （七）总计 / 自然人：自然人：予以公开至其他处理的其他各格合计 19，"
        "办理结果总计是 21，相差 2，空着的属于国家秘密是否应填 2（（一）至（六）各行之和，等于（七）总计）。请核对这几格，改后保存。",
    ]


def test_of_a_side_left_blank_is_said_what_should_stand_there() -> None:
    document = sound()
    document["table3"]["1.属于国家秘密"][6] = ""
    document["table4"]["行政复议"] = ["", "", "", "", 6]

    assert [one.partition("：")[2] for one in said(document)] == [
        "1.属于国家秘密：自然人至其他各格合计 6，总计没有填，应为 6（自然人与法人或其他组织各类之和，等于总计）。"
        "请核对这几格，改后保存。",
        "行政复议：结果维持至尚未审结各格没有填，合计应为 6，总计是 6（维持、纠正、其他、尚未审结之和，等于总计）。"
        "请核对这几格，改后保存。",
    ]


def test_a_number_written_as_text_counts_in_sums() -> None:
    document = sound()
    document["table3"]["3.其他"][0] = f"{document['table3']['3.其他'][0]}件"

    assert codes(problems_of(document)) == ["oddly-written"]


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "空白。没有发生的填 0，有数的填数。"),
        ("/", "填的是“/”。格式没有“不适用”；没有发生的填 0。"),
        ("若干", "“若干”不是数。请只填数字。"),
        (True, "是逻辑值 TRUE，不是数。请填数。"),
        (-1, "-1 是负数。请填 0 或正数。"),
        (3.5, "3.5 有小数。这里应是整数。"),
        (
            "22（其中修订16件）",
            "数字后有括注：“22（其中修订16件）”，计算时按 22。请把说明写进文字部分，这里只留数字。",
        ),
        (
            "2笔",
            "写作“2笔”（带单位），按 2 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "１，２３４",
            "写作“１，２３４”（全角数字、带千位分隔符），按 1234 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "12",
            "写作“12”（以文本存放），按 12 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "\u202d58\u202c",
            "写作“\u202d58\u202c”（带看不见的字符 U+202D、U+202C），按 58 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "一百零三",
            "写作“一百零三”（汉字数字），按 103 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "1 286。",
            "写作“1 286。”（中间有空格、后有标点），按 1286 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
    ],
)
def test_a_cell_that_is_not_a_plain_count_is_said_to_the_letter(
    value: bool | int | str | float, problem: str
) -> None:
    document = sound()
    document["table2"]["规章"]["现行有效件数"] = value

    assert said(document) == [f"报告.json › table2 › 规章 / 现行有效件数：{problem}"]


def test_a_table_full_of_odd_numbers_is_one_notice() -> None:
    document = sound()
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    document["table3"] = {
        row: [str(cell).translate(wide) for cell in cells] for row, cells in document["table3"].items()
    }

    [problem] = problems_of(document)
    assert (problem.what, len(problem.places)) == (
        "写作“２７”（全角数字），按 27 计算和印出；同样的共 175 处",
        175,
    )


def test_the_severity_follows_from_how_much_is_lost() -> None:
    severities = {}
    for value in ("", "/", "若干", -1, 3.5, "22（修订）", "2笔"):
        document = sound()
        document["table2"]["规章"]["现行有效件数"] = value
        [problem] = problems_of(document)
        severities[problem.code] = problem.severity.value

    assert severities == {
        "blank": "warning",
        "not-applicable": "warning",
        "not-a-number": "error",
        "negative": "error",
        "fraction": "error",
        "remark-in-cell": "warning",
        "oddly-written": "notice",
    }


@pytest.mark.parametrize("value", [0, 11398889, 3.0])
def test_a_plain_count_is_not_remarked_on(value: float) -> None:
    document = sound()
    document["table2"]["规章"]["现行有效件数"] = value

    assert problems_of(document) == []


@pytest.mark.parametrize("value", [4166.241619, 4166.241619000001, 59237.2449, 0, 316441, 0.000001])
def test_an_amount_of_up_to_six_places_is_not_remarked_on(value: float) -> None:
    document = sound()
    document["table2"][FEES[0]][FEES[1]] = value

    assert problems_of(document) == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (0.1234567, "0.1234567 有 7 位小数。金额最多 6 位小数，请核对。"),
        (-0.5, "-0.5 是负数。请填 0 或正数。"),
        ("984361件", "“984361件”不是数。请只填数字（单位是万元）。"),
        ("1.286,35", "“1.286,35”不是数。请只填数字（单位是万元）。"),
        (
            "12863500元",
            "写作“12863500元”（带单位），换算成万元，按 1286.35 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
        (
            "1,286.30万元",
            "写作“1,286.30万元”（带千位分隔符、带单位），按 1286.30 计算和印出。请核对；改为半角数字，不带单位和别的符号，就不再提示。",
        ),
    ],
)
def test_an_amount_that_is_none_is_said_to_the_letter(value: str | float, problem: str) -> None:
    document = sound()
    document["table2"][FEES[0]][FEES[1]] = value

    assert said(document) == [f"报告.json › table2 › 行政事业性收费 / 本年收费金额（单位：万元）：{problem}"]


@pytest.mark.parametrize("value", [-18, "-18", "−18", "－18", "+1", "＋1", 0])
def test_a_change_may_be_negative_or_signed_without_a_remark(value: int | str) -> None:
    document = sound(2019)
    document["table2"]["行政许可"]["本年增/减"] = value

    assert problems_of(document) == []


@pytest.mark.parametrize(
    ("value", "code"), [("+1件", "oddly-written"), ("1", "oddly-written"), (0.5, "fraction")]
)
def test_a_change_is_otherwise_held_to_what_holds_for_counts(value: str | float, code: str) -> None:
    document = sound(2019)
    document["table2"]["行政许可"]["本年增/减"] = value

    assert codes(problems_of(document)) == [code]


def test_a_long_text_in_a_cell_is_quoted_shortly() -> None:
    document = sound()
    document["table2"]["规章"]["现行有效件数"] = "长" * 1000

    assert said(document) == [f"报告.json › table2 › 规章 / 现行有效件数：“{'长' * 40}…”不是数。请只填数字。"]


# ---------------------------------------------------------------- what is missing


def test_a_section_without_text_is_said_and_the_preface_may_be_absent() -> None:
    document = sound()
    del document["sections"]["引言"]
    assert problems_of(document) == []

    document["sections"]["六"] = " \n "
    assert said(document) == ["报告.json › sections › 六：“六、其他需要报告的事项”没有内容。请写这一部分。"]


def test_a_table_without_any_figure_is_one_problem() -> None:
    document = sound()
    del document["table3"]

    assert said(document) == [
        "报告.json › table3：“三、收到和处理政府信息公开申请情况”的表格没有任何数字。请填这张表；没有发生的填 0。"
    ]


def test_an_item_of_article_twenty_without_any_figure_is_one_problem() -> None:
    document = sound()
    del document["table2"]["行政处罚"], document["table2"]["行政强制"]

    assert said(document) == [
        "报告.json › table2 › 行政处罚 / 本年处理决定数量、行政强制 / 本年处理决定数量："
        "“第二十条第（六）项”没有任何数字。请填这几行；没有发生的填 0。"
    ]


def test_one_row_of_an_item_without_any_figure_is_one_problem_and_its_sums_are_not_judged() -> None:
    document = sound()
    del document["table2"]["行政强制"]
    assert said(document) == [
        "报告.json › table2 › 行政强制 / 本年处理决定数量：“行政强制”整行没有数字。请填这几行；没有发生的填 0。"
    ]

    document = sound()
    document["table3"]["2.重复申请"] = ["", "", None, " ", "", "", ""]
    problems = problems_of(document)
    assert list(map(str, problems)) == [
        "报告.json › table3 › 2.重复申请 / 自然人 至 总计：“2.重复申请”整行没有数字。请填这几行；没有发生的填 0。"
    ]


def test_a_row_with_one_zero_is_not_missing() -> None:
    document = sound()
    document["table2"]["规章"] = {"本年制发件数": 0}

    assert said(document) == [
        "报告.json › table2 › 规章 / 本年废止件数、规章 / 现行有效件数：空白。没有发生的填 0，有数的填数。"
    ]


# ---------------------------------------------------------------- the day


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("", "没有成文日期。部门的报告一般署成文日期；政府汇总的报告可以不署。"),
        ("某日", "成文日期“某日”读不出是哪一天，将照原样印出。请写作 2026年1月20日 的样子。"),
        (
            "2025年1月23日",
            "成文日期 2025年1月23日 早于报告年度末（2025年12月31日）。请核对年份，是否应为 2026 年。",
        ),
        (
            "2026年2月1日",
            "成文日期 2026年2月1日 晚于部门的期限 2026年1月31日。请核对日期和机关类型；确已逾期的请尽快发布。",
        ),
    ],
)
def test_a_date_that_cannot_be_right_is_said_to_the_letter(day: str, problem: str) -> None:
    document = sound() | {"date_line": day}

    assert said(document) == [f"报告.json › date_line：{problem}"]


@pytest.mark.parametrize("day", ["2025年12月31日", "2026年1月31日", "2026 年 1 月 1 日"])
def test_a_date_from_the_years_end_to_the_deadline_is_not_remarked_on(day: str) -> None:
    assert problems_of(sound() | {"date_line": day}) == []


def test_the_deadline_is_that_of_the_kind_of_organ() -> None:
    document = sound() | {"date_line": "2026年2月20日"}

    late = [codes(problems_of(document | {"reporter": one})) for one in ("部门", "县级政府汇总")]
    assert ["date-too-late" in one for one in late] == [True, False]


def test_a_report_of_the_last_year_that_can_be_written_is_checked() -> None:
    assert problems_of(sound(2199)) == []
