"""Two files of one report held against each other: what differs, with both its places, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from nianbao.report import PREFACE, Report, Severity
from nianbao.report.comparison.discrepancies import discrepancies
from nianbao.report.narrative import paragraph

from tests.report.comparison import comparison_samples

MEND = "请核对以哪一个为准，把另一个改成一样。"
RECEIVED = "requests__received__natural_person"


def one(file: str, **told: Any) -> Report:
    return comparison_samples.report(2025, file, **told)


def found(before: Report, after: Report) -> list[str]:
    return [f"{problem.severity.word} {problem}" for problem in discrepancies(before, after)]


def texts(before: str, after: str, key: str = "一") -> list[str]:
    """What is said of two texts, without the places."""
    files = one("甲.xlsx", sections={key: before}), one("乙.docx", sections={key: after})
    return [problem.what for problem in discrepancies(*files)]


def test_files_that_say_the_same_do_not_differ() -> None:
    assert found(one("甲.xlsx"), one("乙.docx")) == []


def test_a_figure_is_told_with_both_its_places_and_both_its_values() -> None:
    assert found(one("2025.xlsx", **{RECEIVED: 58}), one("报告.docx", **{RECEIVED: 59})) == [
        "警告 2025.xlsx › table3 › 一、本年新收政府信息公开申请数量 / 自然人；"
        "报告.docx › table3 › 一、本年新收政府信息公开申请数量 / 自然人："
        "一、本年新收政府信息公开申请数量 / 自然人不同：2025.xlsx 是 58，报告.docx 是 59。" + MEND
    ]


@pytest.mark.parametrize(
    ("value", "said"), [("", "空白"), ("/", "“/”"), ("约3", "“约3”"), (0, "0"), (3.5, "3.5")]
)
def test_whatever_stands_instead_of_the_number_is_told(value: object, said: str) -> None:
    [problem] = discrepancies(one("甲.xlsx", **{RECEIVED: 58}), one("乙.docx", **{RECEIVED: value}))

    assert problem.what.endswith(f"不同：甲.xlsx 是 58，乙.docx 是 {said}".replace(" “", "“"))


@pytest.mark.parametrize(("before", "after"), [(1234, "1,234"), (58, "５８"), (58, "58件"), ("/", " / ")])
def test_another_way_of_writing_is_no_other_number(before: object, after: object) -> None:
    assert found(one("甲.xlsx", **{RECEIVED: before}), one("乙.docx", **{RECEIVED: after})) == []


def test_many_cells_of_one_table_are_one_problem_with_all_places() -> None:
    slots = [key for key in one("甲.xlsx").figures if key.startswith("requests.")][:9]
    changed = {key.replace(".", "__"): number for number, key in enumerate(slots, 1)}

    [problem] = discrepancies(one("甲.xlsx"), one("乙.docx", **changed))

    assert problem.what == (
        "有 9 格不同，如一、本年新收政府信息公开申请数量 / 自然人，甲.xlsx 是 0，乙.docx 是 1"
    )
    assert [place.file for place in problem.places] == ["甲.xlsx"] * 9 + ["乙.docx"] * 9


@pytest.mark.parametrize(
    ("key", "name"), [("title", "标题"), ("issued_by", "署名"), ("date_line", "成文日期")]
)
def test_title_signature_and_date_are_compared(key: str, name: str) -> None:
    before, after = with_particular("甲", key, "一年"), with_particular("乙", key, "二年")

    assert [problem.what for problem in discrepancies(before, after)] == [
        f"{name}不同：甲 是“一年”，乙 是“二年”"
    ]
    assert found(before, with_particular("乙", key, "一 年")) == []


def with_particular(file: str, key: str, word: str) -> Report:
    particular: Any = {key: word}
    return replace(one(file), **particular)


def test_one_that_is_blank_is_told_as_blank() -> None:
    after = replace(one("乙.docx"), issued_by="某某市统计局")

    assert [problem.what for problem in discrepancies(one("甲.xlsx"), after)] == [
        "署名不同：甲.xlsx 是 空白，乙.docx 是“某某市统计局”"
    ]


def test_the_same_day_written_otherwise_is_the_same() -> None:
    before, after = (
        replace(one(file), date_line=words)
        for file, words in (("甲.xlsx", "2026年1月9日"), ("乙.docx", "二〇二六年一月九日"))
    )

    assert found(before, after) == []


def test_what_a_printed_report_does_not_say_is_not_compared() -> None:
    before = one("甲.xlsx")
    kind = next(one for one in before.mandate.reporters if one != before.reporter)
    printed = replace(
        one("乙.docx"), kinds=(kind,), organ="某某市统计局（本级）", contact={"address": "甲路一号"}
    )

    assert found(before, printed) == []


def test_a_change_within_a_paragraph_is_shown_with_what_stands_around_it() -> None:
    assert texts(
        "全年通过门户网站主动公开政府信息120条，其中规范性文件3件，均在形成之日起二十个工作日内公开。",
        "全年通过门户网站主动公开政府信息121条，其中规范性文件3件，均在形成之日起二十个工作日内公开。",
    ) == [
        "“一、总体情况”的文字不同：甲.xlsx 是“…网站主动公开政府信息120条，其中规范性文件3…”，"
        "乙.docx 是“…网站主动公开政府信息121条，其中规范性文件3…”"
    ]


def test_paragraphs_added_left_out_and_moved_are_told() -> None:
    first, second = "全年收到申请三件。", "门户网站改版一次，栏目更新及时。"
    third = "举办培训两次，参训六十人。"

    assert texts(f"{first}\n{third}", f"{first}\n{second}\n{third}") == [
        f"“一、总体情况”中，乙.docx 有而 甲.xlsx 没有这一段：“{second}”"
    ]
    assert texts(f"{first}\n{second}\n{third}", f"{first}\n{third}") == [
        f"“一、总体情况”中，甲.xlsx 有而 乙.docx 没有这一段：“{second}”"
    ]
    assert texts(f"{first}\n{second}\n{third}", f"{second}\n{third}\n{first}") == [
        f"“一、总体情况”中，这一段的次序不同：“{first}”"
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "全年收到申请 3 件。\n门户网站改版一次，栏目更新及时。",
        "全年收到申请3件。门户网站改版一次，\n栏目更新及时。",
        "全年收到申请3件。门户网站改版一次，栏目更新及时。",
    ],
)
def test_blanks_and_where_a_paragraph_is_cut_are_no_difference(printed: str) -> None:
    assert texts("全年收到申请3件。\n门户网站改版一次，栏目更新及时。", printed) == []


def test_marks_that_a_printer_has_lost_are_told_together() -> None:
    files = [
        one(
            file,
            sections={"一": f"收到{mark}答复{mark}没有收费。", "五": f"培训不够{mark}要加强。"},
        )
        for file, mark in (("甲.docx", "，"), ("乙.pdf", ""))
    ]

    assert [problem.what for problem in discrepancies(*files)] == [
        "乙.pdf 少了 3 个标点，如：甲.docx 是“收到，答复，没有收费。”，乙.pdf 是“收到答复没有收费。”"
    ]
    assert [problem.what for problem in discrepancies(*reversed(files))] != []


@pytest.mark.parametrize(
    "line", ["某某市人民政府：", "各县（市、区）人民政府，市直各部门：", "某统〔2026〕3号"]
)
def test_addressee_and_number_above_the_text_are_no_text(line: str) -> None:
    before = one("甲.xlsx", sections={"引言": "现公布本机关年度报告。"})
    printed = _with_preface(before, line, "现公布本机关年度报告。")

    assert found(before, printed) == []


def test_a_paragraph_above_the_text_that_is_one_is_told() -> None:
    before = one("甲.xlsx", sections={"引言": "现公布本机关年度报告。"})

    assert [problem.what for problem in discrepancies(before, _with_preface(before, "另有说明。"))] == [
        "“引言”中，甲.xlsx 有而 乙.docx 没有这一段：“现公布本机关年度报告。”",
        "“引言”中，乙.docx 有而 甲.xlsx 没有这一段：“另有说明。”",
    ]


def test_an_opening_that_was_filled_in_is_compared() -> None:
    before = one("甲.xlsx", sections={"引言": "现报告如下：\n一年来，工作平稳。"})

    assert found(before, _with_preface(before, "现报告如下：", "一年来，工作平稳。")) == []
    assert [
        problem.what for problem in discrepancies(before, _with_preface(before, "一年来，工作平稳。"))
    ] == ["“引言”中，甲.xlsx 有而 乙.docx 没有这一段：“现报告如下：”"]


def _with_preface(report: Report, *lines: str) -> Report:
    place = report.place(PREFACE)
    written = tuple(paragraph(line, line, place) for line in lines)
    return replace(report, file="乙.docx", narratives={**report.narratives, PREFACE: written})


def test_text_behind_the_date_is_none_of_the_report() -> None:
    after = one("乙.docx")
    imprint = paragraph("抄送：某某市人民政府办公室。", "抄送：某某市人民政府办公室。", after.place("other"))

    assert found(one("甲.xlsx"), replace(after, unplaced={"文末": (imprint,)})) == []


def test_the_report_of_another_year_is_an_error_and_nothing_more_is_said() -> None:
    [problem] = discrepancies(one("甲.xlsx", **{RECEIVED: 3}), comparison_samples.report(2024, "乙.docx"))

    assert (problem.code, problem.severity) == ("other-report", Severity.ERROR)
    assert problem.what == "年度不同，没有比较：甲.xlsx 是 2025，乙.docx 是 2024"


def test_the_report_of_another_organ_is_an_error_where_its_numbers_are_others() -> None:
    numbers = {key.replace(".", "__"): 7 for key in one("甲.xlsx").figures}
    same, other = (one("乙.docx", organ="某某市审计局", **told) for told in ({}, numbers))

    assert [problem.code for problem in discrepancies(one("甲.xlsx"), other)] == ["other-report"]
    assert [problem.code for problem in discrepancies(one("甲.xlsx"), same)] == ["particular-differs"]


def test_a_long_name_is_said_by_its_end() -> None:
    after = replace(one("某某市统计局2025年政府信息公开工作年度报告（盖章）.pdf"), title="报告")

    [problem] = discrepancies(replace(one("甲.xlsx"), title="年报"), after)
    assert problem.what == "标题不同：甲.xlsx 是“年报”，…信息公开工作年度报告（盖章）.pdf 是“报告”"
