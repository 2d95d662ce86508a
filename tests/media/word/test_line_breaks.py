"""Titles and long names end their lines between words, in the shape of a trapezoid or a diamond."""

from __future__ import annotations

import pytest
from nianbao.media.word.line_breaks import lines, width

YEAR = "2025年政府信息公开工作年度报告"
TITLES = [
    "某某局 2025年政府信息公开工作年度报告",
    "平潭综合实验区管委会/2025年政府信息公开工作年度报告",
    "杭州市余杭区市场监督管理局/2025年政府信息公开工作年度报告",
    "广西壮族自治区人力资源和社会保障厅/2025年政府信息公开工作年度报告",
    "广西壮族自治区/人力资源和社会保障厅/2025年度政府信息公开工作年度报告",
    "广东省深圳市/南山区粤海街道办事处/2025年政府信息公开工作年度报告",
    "西藏自治区拉萨市经济技术开发区管理委员会/2025年政府信息公开工作年度报告",
    "黑龙江省大兴安岭地区/呼玛县住房和城乡建设局/2025年政府信息公开工作年度报告",
    "中共某某市委/某某市人民政府信访局/2025年政府信息公开工作年度报告",
    "某某自治州某某县/综合行政执法局城市管理执法大队第三中队/2025年政府信息公开工作年度报告",
    "内蒙古自治区呼伦贝尔市鄂伦春自治旗/大兴安岭农场管理局人民政府办公室/2025年政府信息公开工作年度报告",
    "四川省/阿坝藏族羌族自治州九寨沟县漳扎镇人民政府/2025年政府信息公开工作年度报告",
    "某某省某某市/某某经济技术开发区管理委员会/社会事务管理局综合保障中心办公室/2025年度政府信息公开工作年度报告",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_broken_at_words_in_a_good_shape(title: str) -> None:
    assert "/".join(lines(title.replace("/", "").replace(" ", ""), 20, 0.6)) == title.replace(" ", "")


def test_a_name_of_no_known_words_is_broken_evenly_and_never_in_a_number() -> None:
    name = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲1234乙丙丁"

    broken = lines(name, 20)

    assert "".join(broken) == name
    assert len(broken) == 2
    assert all(width(one) <= 20 for one in broken)
    assert any("1234" in one for one in broken)


def test_what_fits_is_one_line() -> None:
    assert lines(f"某某局{YEAR}", 20, 0.6) == (f"某某局{YEAR}",)


def test_between_chinese_and_digits_there_is_a_gap() -> None:
    assert width("2026年1月") == 2 + 1 + 0.5 + 1 + 3 * 0.22
