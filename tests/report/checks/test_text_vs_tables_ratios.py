"""Growth, shares, parts and wholes in the many ways in which reports tell them: true ones raise nothing."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from nianbao.report import Problem, Report
from nianbao.report.checks.text_vs_tables import CHECKS

from tests.report.checks.examples import pair
from tests.reports import found_by, sound, take

SENTENCES = tomllib.loads(Path(__file__).with_name("ratios.toml").read_text(encoding="utf-8"))
CODES = frozenset(("prose-growth", "prose-share", "prose-average", "parts-exceed", "parts-short"))


@cache
def _pair() -> tuple[Report, Report | None]:
    return pair()


def _told(*paragraphs: str, report: Report | None = None) -> list[Problem]:
    """What is told of growth, shares, parts and wholes where section 一 has these paragraphs."""
    this, last = _pair()
    report = report or this
    section = list(report.narratives)[1]
    place = report.narratives[section][0]
    written = tuple(replace(place, text=text) for text in paragraphs)
    narratives = {**report.narratives, section: written}
    problems = found_by(CHECKS, replace(report, narratives=narratives), last)
    return [problem for problem in problems if problem.code in CODES]


def _all_of_table_3(value: int) -> Report:
    document = sound(2025)
    document["table3"] = {row: [value] * len(figures) for row, figures in document["table3"].items()}
    return take(document)


@pytest.mark.parametrize("text", SENTENCES["right"], ids=range(len(SENTENCES["right"])))
def test_what_is_true_raises_nothing(text: str) -> None:
    assert [str(problem) for problem in _told(text)] == []


@pytest.mark.parametrize(("text", "code", "computed"), SENTENCES["wrong"], ids=range(len(SENTENCES["wrong"])))
def test_the_one_wrong_number_is_told_once_with_what_comes_out(text: str, code: str, computed: str) -> None:
    [problem] = _told(text)

    assert (problem.code, problem.what.endswith(computed)) == (code, True), problem.what


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "收到申请132件，同比增长5.8%。",
            "文中写“132件，同比增长5.8%”；上年报告是 126，实际增加 6（4.8%）。请按上年报告重新计算。",
        ),
        (
            "办理案卷由80件增至132件，下降65%。",
            "文中写“由80件增至132件，下降65%”；由 80 到 132，是增加 52（65.0%）。请核对这几个数，重新计算。",
        ),
        (
            "发布信息300条，其中政策类60条，占25%。",
            "文中“发布信息300条，其中政策类60条，占25%”：60 占 300 的 20.0%，不是 25%。请重新计算百分比。",
        ),
        (
            "组织活动10次，其中培训6次、宣讲5次。",
            "文中“10次，其中培训6次、宣讲5次”：各部分之和 6+5=11，大于总数 10。请核对总数和各部分。",
        ),
        (
            "办理建议6件、提案9件，共16件。",
            "文中“6件、提案9件，共16件”：各部分之和 6+9=15，少于总数 16。"
            "请核对有没有漏写；没有列全的，写明“等”。",
        ),
    ],
)
def test_the_message_shows_the_numbers_and_what_comes_out(text: str, told: str) -> None:
    assert [str(problem).partition("第 1 段：")[2] for problem in _told(text)] == [told]


@pytest.mark.parametrize(
    ("paragraphs", "codes"),
    [
        # the whole stands before the brackets
        (["发布信息412条（甲站280条、乙站132条），其中，政策类200条、公示类212条。"], []),
        (["培训86人次（上半年40人次、下半年46人次），其中线上36人次、线下50人次。"], []),
        (["公开文件90份（含联合印发5份），其中主动公开60份，占66.7%。"], []),
        (["发布信息412条（甲站280条、乙站132条），其中，政策类200条、公示类222条。"], ["parts-exceed"]),
        # the list goes on
        (["公文共90份，其中，主动公开60份、依申请公开20份（含涉企5份）、不予公开8份、待定2份。"], []),
        (
            ["共收办来件147件，其中予以公开6件、部分公开6件、不予公开48件、转下年度办理21件，另有撤回2件。"],
            [],
        ),
        (["检查单位40个，其中优秀8个、良好20个、合格10个，另有2个未参加。"], []),
        # a share whose whole is not given
        (["平台接入53个部门2261项事项，从评价看，差评占评价总数的0.34%。"], []),
        (["网站有专栏12个、子栏目96个，移动端访问占访问总量的63%，境外访问占1.2%。"], []),
        (["受理来电3560个，满意评价占有效评价的98.5%。"], []),
        # the whole stands in the paragraph before
        (["全年公开信息12条。", "按内容分，指南1条，占8%；公文5条，占42%；预决算2条，占17%。"], []),
        (["共解读文件25件。", "其中图解10件，占40%；视频5件，占20%；文字10件，占40%。"], []),
        (["全年公开信息12条。指南1条，占8%；公文5条，占42%；预决算2条，占37%。"], ["prose-share"]),
        # the increment is no whole
        (["发布信息412条，较上年增加12条，其中动态280条、政策132条。"], []),
        (["发布信息412条，比上年的400条多12条，其中动态类280条，占68%。"], []),
        (["发布信息412条，较上年增加12条，其中动态280条、政策142条。"], ["parts-exceed"]),
        # nothing is a share of nothing
        (["公开信息0条，其中政策类0条，占0%。", "由0件增至2件，同比增长100%，占0%。"], []),
        (["收到申请0件，自然人0件，占100%；去年0件，今年0件，增长20%。"], []),
        # the whole was told before, or stands in the table
        (["收到申请132件。", "其中，网上提交95件，信函30件，当面7件。"], []),
        (["收到申请132件。按渠道分，网上提交95件，信函30件，当面7件。"], []),
        (["收到申请132件。按渠道分，网上提交95件，信函30件，当面17件。"], ["parts-exceed"]),
        (["收到申请132件。按渠道分，网上提交95件，信函20件，当面7件。"], ["parts-short"]),
    ],
)
def test_of_what_a_number_is_a_part(paragraphs: Sequence[str], codes: Sequence[str]) -> None:
    assert [problem.code for problem in _told(*paragraphs)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("收到申请132件，同比增长4.8%。", []),  # 新收: 126 → 132
        ("收到申请132件，同比增长4.7%。", []),  # cut
        ("收到申请132件，同比增长约5%。", []),
        ("收到申请147件（含上年结转15件），同比增长4.3%。", []),  # 新收＋结转: 141 → 147
        ("共收办申请案件147件，同比增长4.26%。", []),
        ("受理申请共计147件，连同结转，同比增长9.5%。", []),  # what is told is not plain: nothing is told
        ("收到申请147件（含上年结转15件），同比增长9.5%。", ["prose-growth"]),
        ("共收办申请案件147件，同比增长9.5%。", ["prose-growth"]),
        ("全年共受理政府信息公开申请147件，同比增长9.5%。", ["prose-growth"]),
        ("收到申请132件，同比增长9.5%。", ["prose-growth"]),
        ("力争2026年收到申请132件，同比增长9.5%。", []),
    ],
)
def test_growth_of_new_applications_and_of_those_with_the_carried_over(
    text: str, codes: Sequence[str]
) -> None:
    assert [problem.code for problem in _told(text)] == codes


@pytest.mark.parametrize("value", [0, 1, 10**15])
def test_no_sentence_makes_a_check_fail(value: int) -> None:
    report = _all_of_table_3(value)
    chance = random.Random(value)
    words, numbers, units = (SENTENCES[name].split() for name in ("words", "numbers", "units"))

    for _ in range(300):
        pieces = [
            chance.choice(words) if chance.random() < 0.6 else chance.choice(numbers) + chance.choice(units)
            for _ in range(chance.randint(3, 40))
        ]
        _told("".join(pieces), report=report)
