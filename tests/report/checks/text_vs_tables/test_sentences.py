"""Sentences against the tables, as reports say them: right ones raise nothing, wrong ones are told of.

right.txt and wrong.txt have one a line; wrong.txt has after a tab what is told.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from tests.report.checks.examples import Example, found
from tests.report.checks.text_vs_tables.sentences import BEFORE, briefly, told

HERE = Path(__file__).parent
RIGHT = (HERE / "right.txt").read_text(encoding="utf-8").splitlines()
WRONG = [line.split("\t") for line in (HERE / "wrong.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_raises_nothing_alone_or_after_applications(text: str) -> None:
    assert briefly(told(text)) == []
    assert briefly(told(BEFORE + text)) == []


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_told_with_the_count(text: str, expected: str) -> None:
    assert briefly(told(BEFORE + text)) == expected.split("，")


def test_a_total_left_at_0_is_told_once_and_the_right_sentence_is_not_blamed() -> None:
    edits = (("", "行政复议.总计", "=", "0"), ("", "一", "+", "发生行政复议4件。"))

    assert [problem.code for problem in found(Example("", "", edits, True))] == ["dispute-total"]


@pytest.mark.parametrize("blank", ["", "0"])
@pytest.mark.parametrize(
    ("cell", "text", "sum_"),
    [
        ("予以公开.总计", "收到的政府信息公开申请中，予以公开7件。", "予以公开 6、予以公开＋部分公开 12"),
        ("部分公开.总计", "政府信息公开申请中，区分处理后部分公开12件。", "部分公开 6"),
        ("行政复议.总计", "因政府信息公开引起的行政复议3件。", "行政复议 4"),
    ],
)
def test_against_a_total_that_was_not_filled_in_stands_the_sum_of_its_row(
    cell: str, text: str, sum_: str, blank: str
) -> None:
    edits = (("", cell, "=", blank), ("", "一", "+", text))

    [problem] = [one for one in found(Example("", "", edits, True)) if one.code == "prose-number"]
    assert f"（{sum_}" in problem.what


def test_a_count_that_may_mean_an_unreadable_cell_is_not_judged() -> None:
    edits = (("", "上年结转.总计", "=", "十几件"), ("", "一", "+", "全年收到政府信息公开申请140件。"))

    codes = [problem.code for problem in found(Example("", "", edits, True))]
    assert "prose-number" not in codes
    assert codes


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("全年收到政府信息公开申请126件。", "；126 是上年的数"),
        ("因政府信息公开被提起行政诉讼，未经复议直接起诉4件。", "；等于总计减去尚未审结"),
    ],
)
def test_a_wrong_count_that_stands_elsewhere_is_told_with_the_place(text: str, hint: str) -> None:
    [problem] = told(text)

    assert problem.what.endswith(f"{hint}）")


def test_a_count_of_last_year_is_held_against_last_years_report() -> None:
    [problem] = told("收到政府信息公开申请132件，比上年的162件减少30件。")

    assert problem.what == (
        "文中写“比上年的162件减少”，收到申请的 162 与上年报告的数不符"
        "（本年新收 126、本年新收＋上年结转 141、办理结果总计 126）"
    )


@pytest.mark.parametrize(
    ("reporter", "text", "expected"),
    [
        ("县级政府汇总", "县政府办公室收到公开申请9件。", False),
        ("县级政府汇总", "县政府本级办结公开申请9件。", False),
        ("县级政府汇总", "县政府办公室收到公开申请148件。", True),  # more than the whole county
        ("县级政府汇总", "全县收到公开申请9件。", True),
        ("县级政府汇总", "全县各级行政机关收到公开申请9件。", True),
        ("县级政府汇总", "其中县自然资源局收到公开申请9件。", False),
        ("县级政府汇总", "县政府各部门收到公开申请9件，各乡镇收到公开申请3件。", False),
        ("部门", "局办公室收到公开申请9件。", True),
        ("部门", "某某市财政局收到公开申请9件。", True),
        ("部门", "市财政局收到公开申请9件。", True),
        ("部门", "市审计局收到公开申请9件。", False),
    ],
)
def test_who_received_the_applications_is_heeded(reporter: str, text: str, expected: bool) -> None:
    edits = (("", "机关类型", "=", reporter), ("", "一", "+", text))

    assert ("prose-number" in [one.code for one in found(Example("", "", edits, expected))]) == expected


@pytest.mark.parametrize(
    "piece", ["自然人5件、", "行政复议5件，", "甲、", "甲乙丙各", "未收到申请、", "予以公开5件（"]
)
def test_the_time_for_a_sentence_grows_with_its_length_only(piece: str) -> None:
    started = process_time()
    told(BEFORE + piece * 3000 + "分别为")

    assert process_time() - started < 6  # seconds; it is one, and was minutes where each looked at all others
