"""Numbers in prose as officials write them, and what is no number of pieces."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from nianbao.report import Place
from nianbao.report.narrative import paragraph
from nianbao.report.prose import Count, Percentage, counts, percentages, sentences
from nianbao.report.prose.numeral import counts_by_each
from nianbao.report.prose.sounds import homophones, syllables

PLACE = Place("年报.xlsx", "一、总体情况", cell="C4")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("收到申请1,170件", 1170, "件"),
        ("收到申请1，170件", 1170, "件"),
        ("收到申请１７０ 件", 170, "件"),
        ("收到申请一百七十件", 170, "件"),
        ("收到申请一七〇件", 170, "件"),
        ("收到申请一千零八件", 1008, "件"),
        ("收到申请十二件", 12, "件"),
        ("收到申请两件", 2, "件"),
        ("收到申请二十五万零三份", 250_003, "份"),
        ("发布1.2万条", 12_000, "条"),
        ("阅读1.25亿次", 125_000_000, "次"),
        ("服务17万人次", 170_000, "人次"),
        ("平均2.5件", Decimal("2.5"), "件"),
        ("复议36起", 36, "起"),
        ("受理 3119 宗", 3119, "宗"),
        ("0件", 0, "件"),
    ],
)
def test_a_number_of_pieces_is_read(text: str, value: Any, unit: str) -> None:
    assert [(one.value, one.unit, one.rough) for one in counts(text)] == [(value, unit, False)]


@pytest.mark.parametrize("text", ["7700余条", "近300件", "约30件", "100件以上", "超20项", "二十多次"])
def test_a_number_that_says_it_is_rough_is_known_to_be(text: str) -> None:
    assert [one.rough for one in counts(text)] == [True]


@pytest.mark.parametrize(
    ("text", "agreeing", "differing"),
    [
        ("132件", [132], [131, 133]),
        ("1.2万件", [12_000, 11_950, 12_049, 12_999], [10_999, 13_000, 120_000]),
        ("2万件", [19_500, 29_999], [10_000, 30_000]),
        ("近140件", [132, 140], [150, 100]),
        ("130余件", [132, 139], [120, 300]),
        ("100件以上", [132], [90, 250]),
        ("约130件", [132, 128], [100, 1300]),
        ("不足140件", [132], [150]),
    ],
)
def test_a_number_agrees_with_what_may_be_rounded_to_it(
    text: str, agreeing: list[int], differing: list[int]
) -> None:
    [count] = counts(text)

    assert [number for number in (*agreeing, *differing) if count.agrees(number)] == agreeing


def test_a_number_of_each_is_no_number_of_pieces_by_itself() -> None:
    text = "科研机构、社会公益组织各2件，其他1件"

    assert counts(text) == (Count(1, "件", 17, 19),)
    assert counts_by_each(text) == ((Count(1, "件", 17, 19),), (Count(2, "件", 12, 14),))


@pytest.mark.parametrize(
    "text",
    [
        "提高4.8个百分点",
        "20个工作日",
        "六个部分",
        "高效办成一件事",
        "一件件办理",
        "第3次会议",
        "2025年12月31日",
        "依照第二十条例行公开",
        "一个专栏、一次检查",
        "零件",
        "一二三次",
        "第一项",
        "各条线",
        "3个月内",
    ],
)
def test_what_is_no_number_of_pieces_is_left_out(text: str) -> None:
    assert counts(text) == ()


def test_a_count_knows_where_it_stands() -> None:
    text = "收到80件，办结７９件。"

    assert counts(text) == (Count(80, "件", 2, 5), Count(79, "件", 8, 11))


def test_percentages_have_their_places() -> None:
    assert percentages("占51.85％，其余48%") == (
        Percentage(Decimal("51.85"), 2, 1, 7),
        Percentage(Decimal(48), 0, 10, 13),
    )


def test_sentences_end_at_their_marks_and_keep_their_closing_quotes() -> None:
    text = "收到１件。“都办完了。”没有结转！"
    written = {"overview": (paragraph("（一）概况", "（一）概况", PLACE), paragraph(text, text, PLACE))}

    assert [(one.paragraph, one.text, one.heading) for one in sentences(written)] == [
        (0, "（一）概况", True),
        (1, "收到1件。", False),
        (1, "“都办完了。”", False),
        (1, "没有结转！", False),
    ]


def test_characters_that_are_read_alike_are_told_by_the_first_of_their_syllable() -> None:
    table, alike = syllables(), homophones()

    assert (len(table), len(alike)) == (3755, 396)
    assert "政府信息公开".translate(table) == "蒸夫薪昔工开"
    assert alike[table[ord("足")]] == "租足卒族祖诅阻组"
    assert alike[table[ord("部")]] == "哺补埠不布步簿部怖"
    assert "龘" not in map(chr, table)


@pytest.mark.parametrize(
    "text",
    [
        "收到申请" + "7" * 200_000 + "件",
        "收到申请" + "７" * 200_000 + "件",
        "收到申请" + "三百" * 100_000 + "件",
        "收到申请" + "1,234," * 30_000 + "件",
        "收到申请近" + " " * 200_000,
        "占" + "7" * 200_000 + "%",
        "7" * 200_000,
        "三" * 200_000,
        "占5" + " " * 200_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_number_without_end_counts_nothing_and_takes_no_time(text: str) -> None:
    begun = time.process_time()

    assert (counts(text), percentages(text)) == ((), ())
    assert time.process_time() - begun < 1
