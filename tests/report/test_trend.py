"""What charts show: numbers, names and words, before anything is drawn."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from nianbao.mandate import for_year
from nianbao.report import Report
from nianbao.report.chart import Chart, Kind, LeftOut, Series
from nianbao.report.trend import MOST_YEARS, left_out, trends, year_of

from tests.media.charts.chart_samples import blank, shared, year
from tests.paths import REPORTS

RECEIVED = "本年新收、上年结转政府信息公开申请数量"


def chart(title: str, charts: tuple[Chart, ...]) -> Chart:
    [found] = [one for one in charts if title in one.title]
    return found


def values(one: Chart) -> dict[str, tuple[int | None, ...]]:
    return {series.name: series.values for series in one.series}


def test_years_stand_in_order_with_a_gap_where_there_is_no_report() -> None:
    years = [
        year(2025, requests__received__total=9, requests__carried_in__total=2),
        year(2022, requests__received__total=5),
        year(2023, requests__received__total=7),
    ]

    assert trends(years) == (
        Chart(
            Kind.COLUMNS,
            f"2022—2025年{RECEIVED}",
            ("2022年", "2023年", "2024年", "2025年"),
            (Series("本年新收", (5, 7, None, 9)), Series("上年结转", (0, 0, None, 2))),
        ),
    )


def test_both_forms_give_the_same_six_outcomes() -> None:
    years = [
        year(2020, requests__other_outcome__total=4, requests__petition__total=1),
        year(
            2021,
            requests__not_corrected_in_time__total=1,
            requests__fee_not_paid__total=2,
            requests__other_outcome__total=4,
            requests__state_secret__total=3,
            requests__administrative_query__total=5,
        ),
    ]

    outcomes = chart("办理结果", trends(years))

    assert (outcomes.kind, outcomes.title) == (Kind.STACKED, "2020—2021年本年度办理结果")
    assert values(outcomes) == {
        "予以公开": (0, 0),
        "部分公开": (0, 0),
        "不予公开": (0, 8),
        "无法提供": (0, 0),
        "不予处理": (1, 0),
        "其他处理": (4, 7),
    }


def test_litigation_is_both_kinds_of_it_and_review_is_apart() -> None:
    years = [
        year(
            2024,
            disputes__review__upheld=1,
            disputes__litigation_direct__upheld=2,
            disputes__litigation_after_review__upheld=3,
        ),
        year(2025, disputes__litigation_after_review__pending=4),
    ]

    review, litigation = trends(years)

    assert (review.title, litigation.title) == ("2024—2025年行政复议情况", "2024—2025年行政诉讼情况")
    assert values(review) == {
        "结果维持": (1, 0),
        "结果纠正": (0, 0),
        "其他结果": (0, 0),
        "尚未审结": (0, 0),
    }
    assert values(litigation) == {
        "结果维持": (5, 0),
        "结果纠正": (0, 0),
        "其他结果": (0, 0),
        "尚未审结": (0, 4),
    }


def test_a_single_report_shows_its_applicants_outcomes_and_disputes() -> None:
    one = year(
        2025,
        requests__received__natural_person=6,
        requests__received__other=1,
        requests__carried_in__natural_person=2,
        requests__disclosed__total=5,
        disputes__litigation_direct__corrected=3,
    )

    assert trends([one]) == (
        Chart(
            Kind.COLUMNS,
            f"2025年{RECEIVED}（申请人情况）",
            ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
            (Series("本年新收", (6, 0, 0, 0, 0, 1)), Series("上年结转", (2, 0, 0, 0, 0, 0))),
        ),
        Chart(
            Kind.COLUMNS,
            "2025年本年度办理结果",
            ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"),
            (Series("本年度办理结果", (5, 0, 0, 0, 0, 0)),),
        ),
        Chart(
            Kind.COLUMNS,
            "2025年政府信息公开行政复议、行政诉讼情况",
            ("结果维持", "结果纠正", "其他结果", "尚未审结"),
            (
                Series("行政复议", (0, 0, 0, 0)),
                Series("未经复议直接起诉", (0, 3, 0, 0)),
                Series("复议后起诉", (0, 0, 0, 0)),
            ),
        ),
    )


def test_what_would_show_nothing_is_left_out_with_its_reason() -> None:
    assert trends([year(2025)]) == trends([year(2024), year(2025)]) == trends([]) == ()
    assert left_out([year(2024), year(2025, requests__received__total=1)]) == (
        LeftOut("2024—2025年本年度办理结果", "全部是 0"),
        LeftOut("2024—2025年行政复议情况", "全部是 0"),
        LeftOut("2024—2025年行政诉讼情况", "全部是 0"),
    )
    assert {one.why for one in left_out([blank(2024), blank(2025)])} == {"没有填数"}


def test_a_blank_is_a_gap_and_a_sum_that_lacks_a_part_says_so() -> None:
    years = [
        year(2024, requests__received__total=None, requests__carried_in__total=1),
        year(2025, requests__received__total=3, requests__petition__total=None, requests__repeated__total=2),
    ]

    received, outcomes = trends(years)

    assert values(received) == {"本年新收": (None, 3), "上年结转": (1, 0)}
    assert received.note == ""
    assert values(outcomes)["不予处理"] == (0, 2)
    assert outcomes.note == "2025年有没填数的格，只合计填了的。"


def test_a_report_with_zeros_and_one_without_figures_are_told_apart() -> None:
    years = [year(2023, requests__received__total=1), year(2024), blank(2025)]

    assert values(chart("新收", trends(years))) == {"本年新收": (1, 0, None), "上年结转": (0, 0, None)}


def test_the_words_of_a_chart_have_its_numbers() -> None:
    years = [
        year(2022, requests__received__total=5, requests__disclosed__total=4, requests__repeated__total=1),
        year(2024, requests__received__total=None, requests__carried_in__total=2),
        year(2025),
    ]

    received, outcomes = trends(years)

    assert received.alt == (
        f"柱形图：2022—2025年{RECEIVED}（单位：件）。"
        "2022年：本年新收5；2023年无数据；2024年：本年新收无数据，上年结转2；2025年0。"
    )
    assert outcomes.alt == (
        "堆积柱形图：2022—2025年本年度办理结果（单位：件）。"
        "2022年：予以公开4，不予处理1；2023年无数据；2024年0；2025年0。"
    )
    assert chart("办理结果", trends([years[0]])).alt == (
        "柱形图：2022年本年度办理结果（单位：件）。"
        "予以公开4；部分公开0；不予公开0；无法提供0；不予处理1；其他处理0。"
    )


def test_organs_stand_side_by_side_as_they_are_given() -> None:
    years = [
        year(2025, "甲局", requests__received__total=2),
        year(2025, "乙局", requests__received__total=1),
    ]

    [received] = trends(years)

    assert (received.title, received.categories) == (f"2025年{RECEIVED}", ("甲局", "乙局"))
    assert values(received)["本年新收"] == (2, 1)


def test_reports_of_several_organs_and_years_are_told_apart_by_both() -> None:
    one = {"requests__received__total": 1}
    years = [year(2024, "甲局", **one), year(2025, "甲局", **one), year(2025, "乙局", **one)]

    assert trends(years)[0].categories == ("甲局2024年", "甲局2025年", "乙局2025年")


def test_two_reports_of_one_organ_and_year_are_numbered_and_none_is_lost() -> None:
    years = [year(2025, requests__received__total=number) for number in (3, 4)]

    assert trends(years)[0].categories == ("2025年（1）", "2025年（2）")
    assert values(trends(years)[0])["本年新收"] == (3, 4)
    assert trends(years, ["草稿", "发布"])[0].categories == ("草稿", "发布")


def test_of_very_many_years_the_last_are_shown() -> None:
    years = [year(2020, requests__received__total=8), year(2060, requests__received__total=9)]

    [received] = trends(years)

    assert received.categories == tuple(f"{number}年" for number in range(2061 - MOST_YEARS, 2061))
    assert received.title == f"2060年{RECEIVED}"


@pytest.mark.parametrize(
    ("written", "counted"), [("", None), ("/", None), ("约5件", None), (-5, None), (2.5, None), ("５件", 5)]
)
def test_only_what_is_a_count_is_counted(
    written: Any, counted: int | None, sound: Callable[..., dict[str, Any]], read: Callable[..., Report]
) -> None:
    document = sound()
    document["table3"]["一、本年新收政府信息公开申请数量"][-1] = written

    assert year_of(read(json.loads(json.dumps(document)))).numbers["requests.received.total"] == counted


def test_a_year_has_every_figure_of_both_tables_and_is_small_to_send(
    sound: Callable[..., dict[str, Any]], read: Callable[..., Report]
) -> None:
    report = read(sound())

    one = year_of(report)

    mandate = for_year(2025)
    assert list(one.numbers) == [
        slot.key for key in ("requests", "disputes") for slot in mandate.tables[key].slots
    ]
    assert pickle.loads(pickle.dumps(one)) == one
    assert len(pickle.dumps(one)) < 10_000
    assert trends([one]) == trends([report])


def test_the_charts_of_a_draft_with_negative_figures_have_none_below_zero(
    sound: Callable[..., dict[str, Any]], read: Callable[..., Report]
) -> None:
    report = read(sound())
    figures = {key: replace(one, number=-1) for key, one in report.figures.items()}

    assert trends([replace(report, figures=figures)]) == ()


@pytest.mark.skipif(not REPORTS.is_dir(), reason="needs the published reports")
def test_seven_published_years_of_both_forms_make_four_charts() -> None:
    received, outcomes, review, litigation = trends(shared(6, 7, 8, 9, 10, 11, 12))

    assert values(received)["本年新收"] == (23, 21, 70, 74, 81, 218, 154)
    sums = [
        [sum(value or 0 for value in column) for column in zip(*values(one).values(), strict=True)]
        for one in (outcomes, review, litigation)
    ]
    assert sums == [[23, 27, 69, 75, 81, 218, 148], [0, 0, 3, 2, 2, 7, 36], [0, 0, 12, 1, 7, 19, 9]]
