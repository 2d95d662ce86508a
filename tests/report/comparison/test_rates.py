"""Rates worked out from the form's own figures, and only where these give them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nianbao.report import Report
from nianbao.report.comparison import Rate, wording

from tests.report.comparison.comparison_samples import compared, report

OUTCOMES: dict[str, Any] = {
    "requests__received__total": 18,
    "requests__carried_in__total": 2,
    "requests__outcome_total__total": 16,
    "requests__disclosed__total": 10,
    "requests__state_secret__total": 1,
    "requests__process_information__total": 2,
    "requests__fee_not_paid__total": 3,
}


def rate(name: str, *reports: Report) -> Rate | None:
    return {one.name: one for one in compared(*reports).rates}.get(name)


def said(name: str, *reports: Report) -> list[str]:
    found = rate(name, *reports)
    return [] if found is None else [wording.share(one) for one in found.shares]


def test_every_kind_of_outcome_is_a_part_of_the_forms_own_total() -> None:
    reports = report(2024, "a", **OUTCOMES), report(2024, "b", **OUTCOMES)

    assert {one.name: wording.share(one.shares[0]) for one in compared(*reports).rates} == {
        "办结率": "80.0%（16/20）",
        "予以公开率": "62.5%（10/16）",
        "部分公开率": "0.0%（0/16）",
        "不予公开率": "18.8%（3/16）",
        "无法提供率": "0.0%（0/16）",
        "不予处理率": "0.0%（0/16）",
        "其他处理率": "18.8%（3/16）",
    }


def test_disputes_are_corrected_of_those_that_are_closed() -> None:
    told: dict[str, Any] = {
        "disputes__review__upheld": 2,
        "disputes__review__corrected": 1,
        "disputes__review__otherwise": 1,
        "disputes__review__pending": 9,
        "disputes__review__total": 13,
        "disputes__litigation_direct__corrected": 1,
        "disputes__litigation_after_review__upheld": 3,
    }
    reports = report(2023), report(2024, **told)

    assert said("行政复议纠正率", *reports) == ["—（0/0）", "25.0%（1/4）"]
    assert said("行政诉讼纠正率", *reports) == ["—（0/0）", "25.0%（1/4）"]


def test_a_rate_changes_by_percentage_points() -> None:
    reports = [
        report(2022 + at, requests__outcome_total__total=10, requests__disclosed__total=count)
        for at, count in enumerate((5, 6, 6))
    ]
    found = rate("予以公开率", *reports)

    assert found is not None
    assert found.points == (Decimal("10.0"), Decimal("0.0"), Decimal("10.0"))
    assert list(map(wording.points, found.points)) == ["+10.0 个百分点", "不变", "+10.0 个百分点"]


def test_there_is_no_rate_where_a_figure_is_missing_the_whole_is_zero_or_the_form_is_wrong() -> None:
    sound: dict[str, Any] = {"requests__outcome_total__total": 10, "requests__disclosed__total": 5}
    wrong: list[dict[str, Any]] = [
        {"requests__outcome_total__total": 0, "requests__disclosed__total": 5},
        {"requests__outcome_total__total": 4, "requests__disclosed__total": 5},
        {"requests__outcome_total__total": "", "requests__disclosed__total": 5},
        {"requests__outcome_total__total": 10, "requests__disclosed__total": "/"},
        {"requests__outcome_total__total": 10, "requests__disclosed__total": -1},
    ]
    reports = [report(2024, str(at), **one) for at, one in enumerate([sound, *wrong])]

    assert said("予以公开率", *reports) == [
        *("50.0%（5/10）", "—（5/0）", "—（5/4）", "—", "—", "—（-1/10）")
    ]


def test_both_editions_give_the_same_rates() -> None:
    before = report(2020, requests__outcome_total__total=10, requests__other_outcome__total=2)
    after = report(2021, requests__outcome_total__total=10, requests__fee_not_paid__total=3)

    assert said("其他处理率", before, after) == ["20.0%（2/10）", "30.0%（3/10）"]
