"""Spots of the form in words, as the page shows them."""

from __future__ import annotations

import pytest
from nianbao.mandate import load
from nianbao.report.targets import Area, Target, spots


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        (["figure:requests.received.research"], "三 › 本年新收 › 科研机构"),
        (
            [f"figure:requests.disclosed.{column}" for column in ("natural_person", "business", "research")],
            "三 › 予以公开 › 自然人、商业企业、科研机构",
        ),
        (
            [
                f"figure:disputes.review.{column}"
                for column in ("upheld", "corrected", "otherwise", "pending")
            ],
            "四 › 行政复议 › 结果维持、结果纠正、其他结果等",
        ),
        (
            ["figure:disclosure.fees.amount", "particular:organ"],
            "二 › 行政事业性收费 › 本年收费金额；基本信息 › 机关名称",
        ),
        (["paragraph:overview:3", "paragraph:overview:5"], "一 › 第 3 段、第 5 段"),
        (["paragraph:preface:1"], "引言 › 第 1 段"),
        (["section:other_matters"], "六、其他需要报告的事项"),
        (["section:preface"], "引言"),
        ([], ""),
    ],
)
def test_spots_in_words(targets: list[str], words: str) -> None:
    found = [target.split(":") for target in targets]
    named = [Target(Area(area), key, int(number[0]) if number else 0) for area, key, *number in found]
    assert spots(load("2021"), named) == words
