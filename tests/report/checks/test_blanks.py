"""Blanks, and other habits of filling in: told once, whatever they are many times."""

from __future__ import annotations

from typing import Any

import pytest
from nianbao.report import Problem, check

from tests.reports import sound, take

ROW = "3.其他"
FIGURES = ("table2", "table3", "table4")


def told(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.what) for problem in found(document)]


def found(document: dict[str, Any]) -> tuple[Problem, ...]:
    return check(take(document))


def zeros(document: dict[str, Any], written: object) -> dict[str, Any]:
    """The document with every 0 of its tables written otherwise."""
    for key in FIGURES:
        for row, figures in document[key].items():
            if isinstance(figures, list):
                document[key][row] = [figure if figure else written for figure in figures]
            else:
                document[key][row] = {name: figure if figure else written for name, figure in figures.items()}
    return document


def quiet() -> dict[str, Any]:
    """A small organ's year: one application, answered, and nothing else."""
    document = sound()
    for figures in document["table3"].values():
        figures[:] = [0] * 7
    for row in ("一、本年新收政府信息公开申请数量", "（一）予以公开", "（七）总计"):
        document["table3"][row] = [1, 0, 0, 0, 0, 0, 1]
    for figures in document["table4"].values():
        figures[:] = [0] * 5
    document["table4"]["行政复议"] = [1, 0, 0, 0, 1]
    return document


def test_whoever_writes_no_zero_is_told_once_and_no_row_is_missing() -> None:
    assert told(zeros(quiet(), "")) == [
        ("blank", "2 张表共有 153 格空白，没有一格填 0：看来没有发生的都空着")
    ]


def test_a_table_left_blank_is_missing_whatever_the_habit() -> None:
    document = zeros(quiet(), "")
    document["table4"] = {}

    assert [code for code, _ in told(document)] == ["table-missing", "blank"]


def test_a_row_is_missing_where_the_others_have_zeros() -> None:
    document = quiet()
    document["table3"]["2.重复申请"] = [""] * 7
    document["table3"]["3.要求提供公开出版物"] = [""] * 7

    assert told(document) == [("row-missing", "“2.重复申请”“3.要求提供公开出版物”都整行没有数字")]


def test_of_many_missing_rows_some_are_named() -> None:
    document = quiet()
    rows = [row for row in document["table3"] if row[0] in "12345678" and row[1] == "."][:6]
    for row in rows:
        document["table3"][row] = [""] * 7

    quoted = "".join(f"“{row}”" for row in rows[:4])
    assert told(document) == [("row-missing", f"{quoted}等 6 行都整行没有数字")]


def test_a_column_left_blank_is_one_problem() -> None:
    document = quiet()
    for figures in document["table3"].values():
        figures[3] = ""

    assert told(document) == [("blank", "24 行的“社会公益组织”都空白")]


def test_blanks_here_and_there_in_one_table_are_one_problem() -> None:
    document = quiet()
    for at, row in enumerate(["1.属于国家秘密", "2.重复申请", "3.其他", "（一）予以公开"], 1):
        document["table3"][row][at] = ""

    [problem] = found(document)
    assert (problem.code, problem.what) == ("blank", "这张表有 4 格空白，分在 4 行")
    assert len(problem.places) == 4


def test_a_blank_here_and_there_is_told_by_itself() -> None:
    document = quiet()
    document["table3"]["1.属于国家秘密"][1] = ""
    document["table3"]["2.重复申请"][2] = ""

    assert told(document) == [("blank", "空白"), ("blank", "空白")]


def test_what_an_equation_says_of_a_blank_is_said_once() -> None:
    document = sound()
    document["table3"]["（一）予以公开"][6] = ""
    document["table3"]["（七）总计"][0] = ""

    assert told(document) == [
        (
            "row-total",
            "（一）予以公开：自然人至其他各格合计 6，总计没有填，应为 6"
            "（自然人与法人或其他组织各类之和，等于总计）",
        ),
        (
            "row-total",
            "（七）总计：自然人至其他各格合计 105，总计是 126，相差 21，空着的自然人是否应填 21"
            "（自然人与法人或其他组织各类之和，等于总计）",
        ),
    ]


def test_totals_that_nobody_filled_in_are_one_problem_and_one_severity() -> None:
    document = sound()
    for figures in document["table3"].values():
        figures[6] = ""

    [problem] = found(document)
    assert (problem.code, problem.what) == (
        "row-total",
        "25 格总计没有填，按各格之和应为：一、本年新收政府信息公开申请数量 132，"
        "二、上年结转政府信息公开申请数量 15，"
        "（一）予以公开 6，（二）部分公开（区分处理的，只计这一情形，不计其他情形） 6，1.属于国家秘密 6 等"
        "（自然人与法人或其他组织各类之和，等于总计）",
    )
    assert len(problem.places) == 25


def test_of_totals_left_blank_those_of_nothing_are_told_with_the_others() -> None:
    document = quiet()
    for figures in document["table3"].values():
        figures[6] = ""

    assert told(document) == [
        (
            "row-total",
            "25 格总计没有填，按各格之和应为：一、本年新收政府信息公开申请数量 1，（一）予以公开 1，"
            "（七）总计 1，其余为 0"
            "（自然人与法人或其他组织各类之和，等于总计）",
        )
    ]


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        (lambda table4: table4["行政复议"].__setitem__(slice(None), [4, 2, 1, 3, 7]), "正好是尚未审结的数"),
        (lambda table4: table4["行政复议"].__setitem__(slice(None), [4, 3, 1, 3, 8]), ""),  # which of the two
        (lambda table4: table4["行政复议"].__setitem__(slice(None), [4, 2, 1, 3, 13]), ""),
    ],
)
def test_a_total_that_lacks_just_one_figure_says_which(edit: Any, hint: str) -> None:
    document = sound()
    edit(document["table4"])

    [(code, what)] = told(document)
    assert code == "dispute-total"
    assert ("，请看是不是漏算或者多算了它" in what) == bool(hint)
    assert hint in what


def test_a_balance_that_leaves_out_what_was_carried_in_says_so() -> None:
    document = sound()
    carried_out = document["table3"]["四、结转下年度继续办理"]
    carried_in = document["table3"]["二、上年结转政府信息公开申请数量"]
    document["table3"]["四、结转下年度继续办理"] = [
        own - other for own, other in zip(carried_out, carried_in, strict=True)
    ]

    whats = [what for code, what in told(document) if code == "balance"]
    assert whats[-1] == (
        "总计：本年新收＋上年结转合计 147，办理结果总计＋结转下年度合计 132，相差 15，正好是上年结转的数，"
        "请看是不是漏算或者多算了它（第一项加第二项之和，等于第三项加第四项之和）"
    )


@pytest.mark.parametrize(
    ("written", "code"), [("/", "not-applicable"), ("0件", "oddly-written"), ("０", "oddly-written")]
)
def test_one_way_of_writing_is_told_once_with_all_its_cells(written: str, code: str) -> None:
    [problem] = found(zeros(quiet(), written))

    assert problem.code == code
    assert problem.what.endswith(f"；同样的共 {len(problem.places)} 处")
    assert len(problem.places) > 100


def test_twice_is_no_habit() -> None:
    document = quiet()
    document["table3"][ROW][1] = document["table3"][ROW][2] = "/"

    assert [code for code, _ in told(document)] == ["not-applicable"] * 2


def test_a_slip_again_and_again_is_one_problem_and_another_slip_another() -> None:
    document = quiet()
    document["sections"]["五"] += "\n" + "\n".join(
        ["培训培训不够。", "要抓培训培训。", "解读解读不够。", "培训培训的次数少。"]
    )

    assert [(code, what.partition("：")[0]) for code, what in told(document)] == [
        ("doubled-word", "“培训”连写了两遍"),
        ("doubled-word", "“解读”连写了两遍"),
    ]
    assert [len(problem.places) for problem in found(document)] == [3, 1]
