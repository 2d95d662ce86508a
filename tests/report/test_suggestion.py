"""What is suggested may be meant; where it may not, nothing is."""

from __future__ import annotations

import pytest
from nianbao.mandate import load
from nianbao.report.suggestion import SHORT, suggestion

NAMES = list(load("2021").names)
REPORTERS = [reporter.name for reporter in load("2021").reporters]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("本年新收.合计", "本年新收.总计"),
        ("本年受理.总计", "本年新收.总计"),
        ("行政复议.总数", "行政复议.总计"),
        ("结转下年.总计", "结转下年度.总计"),
        ("行政处罚.处理决定数量", "行政处罚.本年处理决定数量"),
        ("主动公开总数", ""),  # of what is published there is no figure
        ("不予公开.总计", ""),  # not 予以公开
        ("本年新收．总计", ""),  # a sign of another width: nobody would see what is suggested
        ("本年新收 .总计", ""),
        ("网站访问量", ""),
    ],
)
def test_of_figures_one_that_is_near(written: str, meant: str) -> None:
    assert suggestion(written, NAMES) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("部们", "部门"),
        ("县政府汇总", "县级政府汇总"),
        ("市级汇总", "地市级政府汇总"),
        ("委员会", ""),
        ("街道办事处", ""),
    ],
)
def test_of_few_short_words_one_that_is_half_the_same(written: str, meant: str) -> None:
    assert suggestion(written, REPORTERS, SHORT) == meant
