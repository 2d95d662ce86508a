"""Years and dates: comparisons, history and plans pass, what an earlier report left behind does not."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import pytest

from tests.report.checks.examples import Example, found
from tests.reports import problems_of, sound

SOUND = [
    "2024年全年发布图解100条，同比增加。",
    "较2024年多发布3条，与2023年同期持平。",
    "自2024年起举办培训3次；2019年以来举办培训30次。",
    "2024年印发的《目录》有40项，2024年3月下发的清单有20项。",
    "2024至2026年共举办培训5次，2023年、2024年分别举办1次、2次。",
    "2023年发布10条；2024年发布20条；2025年发布30条。",
    "近年发布情况：2023年发布10条。2024年发布20条。2025年发布30条。",
    "2026年计划举办培训4次。2026年，将举办培训4次。",
    "2024年获评先进单位，2个案例入选汇编；2024年评估指出的3个问题均已整改。",
    "“2024年公开案例”共收录12个，《2024年发布清单》收录30条。",
    "2024年度部门决算1份、2024年度政府信息公开工作年度报告1份按时上网。",
    "“十四五”期间发布图解80条，2021年启动的改造今年完工。",
    "截至2024年底，目录共有30项；2024年结转的事项都已了结。",
    "第三方在2024年的评估中指出3处不足。",
]


def said(section: str, *texts: str, sign: str = "+") -> list[str]:
    """What is found where these texts are added to a sound report, or stand in a section's place."""
    edits = tuple(("", section, sign, one) for one in texts)
    return [str(one) for one in found(Example("", "", edits, broken=True))]


@pytest.mark.parametrize("text", SOUND)
def test_another_year_may_be_spoken_of(text: str) -> None:
    assert said("一", text) == []


@pytest.mark.parametrize(
    ("section", "text", "shown"),
    [
        ("一", "2024年制作图解15条，其中动画5条。", "2024年制作图解15条，其中动画5条。"),
        ("一", "（六）培训情况 2024年举办培训3次。", "2024年举办培训3次。"),
        ("一", "一是多讲，2024年共举办培训3次；二是多问。", "2024年共举办培训3次；二是多问。"),
        ("一", "2026年发布图解15条。", "2026年发布图解15条。"),
    ],
)
def test_a_year_left_over_is_told_with_the_words_that_follow_it(section: str, text: str, shown: str) -> None:
    assert said(section, text) == [
        f"报告.json › sections › {section} 第 11 段：这一句说的是 {shown[:4]} 年，报告年度是 2025 年：“{shown}”。"
        "请核对是否应为 2025 年；沿用上年文字的，数也要核对。"
    ]


def test_a_plan_for_a_year_that_is_over_is_told_with_the_next() -> None:
    assert said("五", "（一）打算。2025年，我局将坚持便民，多配图解。") == [
        "报告.json › sections › 五 第 2 段：改进的打算写的是 2025 年：“2025年，我局将坚持”。请核对是否应为 2026 年。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2025年，我局将公开纳入考核，成效还不明显。",
        "2025年以来，各科室都在改，将继续改。",
        "2026年，我局将继续坚持；到2027年，将全部建成。",
        "2025年的培训办得不够，下一年将继续办。",
    ],
)
def test_what_was_done_this_year_and_what_is_planned_for_the_next_pass(text: str) -> None:
    assert said("五", text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("数据统计期限为2025年1月1日至2025年12月31日。", 0),
        ("所列数据的统计期限自2025年1月1日起至12月31日止。", 0),
        ("统计时间从2025 年1 月1 日到2025 年12 月31 日24时。", 0),
        ("数据统计范围为2025年度，财务数据截至2025年12月31日。", 0),
        ("数据统计期限为2025年1月1日-2024年12月31日。", 1),
        ("数据统计期限为2024年1月1日至12月31日。", 1),
        ("数据统计期限为2025年9月1日至2025年12月31日。", 1),
        ("数据统计时限为20251月1日至202512月31日。", 2),
        ("数据统计期限为2025年1月1日至12月31止。", 1),
    ],
)
def test_the_period_is_the_report_year_however_it_is_written(text: str, codes: int) -> None:
    assert len(said("引言", text, sign="=")) == codes


@pytest.mark.parametrize("brackets", ["〔2019〕", "（2019）", "[2019]", "【2019】", "〔 2019 〕"])
def test_a_superseded_basis_is_found_in_any_brackets(brackets: str) -> None:
    problems = said("引言", f"格式依照国办公开办函{brackets}60号。")

    assert sum("适用“国办公开办函〔2021〕30号”" in one for one in problems) == 1


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026年01月09日", "2026年1月9日"),
        ("2026.1.9", "2026年1月9日"),
        ("二〇二六年一月九日", "2026年1月9日"),
        ("２０２６年１月９日", "2026年1月9日"),
        ("2026/1/9", "2026年1月9日"),
    ],
)
def test_the_date_below_the_report_is_told_as_it_should_be_written(written: str, right: str) -> None:
    assert said("成文日期", written, sign="=") == [
        f"报告.json › date_line：成文日期“{written}”的写法不合公文格式，印出时写作“{right}”。"
        f"请核对；改为用阿拉伯数字写全年、月、日，月、日不补 0（“{right}”），就不再提示。"
    ]


def test_the_day_of_printing_is_held_to_the_same_form() -> None:
    document = sound() | {"printed_on": "2026-01-09印发", "printed_by": "某某市财政局办公室"}

    assert [str(problem) for problem in problems_of(document)] == [
        "报告.json › printed_on：印发日期“2026-01-09”的写法不合公文格式，印出时写作“2026年1月9日”。"
        "请核对；改为用阿拉伯数字写全年、月、日，月、日不补 0（“2026年1月9日”），就不再提示。"
    ]
    assert problems_of(document | {"printed_on": "2026年1月9日印发"}) == []
