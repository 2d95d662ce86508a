"""Figures held against one another: numbers, blanks, words, zero, decimals, signs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from nianbao.report.comparison import Difference, wording
from nianbao.report.comparison.figures import Turn

from tests.report.comparison.comparison_samples import compared, line, report

RECEIVED = "requests__received__total"
FEES = "disclosure__fees__amount"
CHANGE = "disclosure__licences__change"
BOUGHT = "disclosure__procurement__amount"
CASES = {  # year, figure, before, after → the difference, and what is said of it
    (2024, RECEIVED, 74, 95): (Difference(Turn.MORE, 21, Decimal("28.4")), "+21，+28.4%"),
    (2024, RECEIVED, 95, 74): (Difference(Turn.LESS, -21, Decimal("-22.1")), "-21，-22.1%"),
    (2024, RECEIVED, 74, 74): (Difference(Turn.SAME, 0, Decimal("0.0")), "不变"),
    (2024, RECEIVED, 0, 0): (Difference(Turn.SAME, 0), "不变"),
    (2024, RECEIVED, 0, 5): (Difference(Turn.MORE, 5), "由 0 增至 5"),
    (2024, RECEIVED, 5, 0): (Difference(Turn.LESS, -5, Decimal("-100.0")), "-5，-100.0%"),
    (2024, RECEIVED, 10000, 10001): (Difference(Turn.MORE, 1, Decimal("0.0")), "+1，不足 0.1%"),
    (2024, RECEIVED, 2000, 2001): (Difference(Turn.MORE, 1, Decimal("0.1")), "+1，+0.1%"),
    (2024, RECEIVED, -5, 5): (Difference(Turn.MORE, 10), "+10"),
    (2024, RECEIVED, 5, -5): (Difference(Turn.LESS, -10), "-10"),
    (2024, RECEIVED, "", 5): (Difference(Turn.FILLED), "由空白改为 5"),
    (2024, RECEIVED, 5, "/"): (Difference(Turn.EMPTIED), "由 5 改为“/”"),
    (2024, RECEIVED, "", ""): (Difference(Turn.SAME), "不变"),
    (2024, RECEIVED, "", "/"): (Difference(Turn.REWRITTEN), "由空白改为“/”"),
    (2024, RECEIVED, "约2件", "若干"): (Difference(Turn.REWRITTEN), "由“约2件”改为“若干”"),
    (2024, RECEIVED, "22（其中修订16件）", "２２"): (Difference(Turn.SAME, 0, Decimal("0.0")), "不变"),
    (2024, FEES, "5949.088667", "18651.06"): (
        Difference(Turn.MORE, Decimal("12701.971333"), Decimal("213.5")),
        "+12701.971333，+213.5%",
    ),
    (2024, FEES, "0.1", "0.3"): (Difference(Turn.MORE, Decimal("0.2"), Decimal("200.0")), "+0.2，+200.0%"),
    (2020, CHANGE, 10, -18): (Difference(Turn.LESS, -28), "-28"),
    (2020, CHANGE, "+1", 3): (Difference(Turn.MORE, 2), "+2"),
    (2020, BOUGHT, "100元", "150元"): (Difference(Turn.MORE, 50, Decimal("50.0")), "+50，+50.0%"),
    (2020, BOUGHT, "984361元", "98.4361万元"): (
        Difference(Turn.UNITS),
        "金额单位不同或没有写明，不作比较",
    ),
    (2020, BOUGHT, "984361元", 98): (Difference(Turn.UNITS), "金额单位不同或没有写明，不作比较"),
    (2020, BOUGHT, "0元", 0): (Difference(Turn.SAME, 0), "不变"),
}


@pytest.mark.parametrize(("case", "expected"), CASES.items(), ids=lambda each: None)
def test_a_figure_differs_as_it_is_said(
    case: tuple[int, str, Any, Any], expected: tuple[Difference, str]
) -> None:
    year, key, before, after = case
    found = line(
        compared(report(year, "a", **{key: before}), report(year, "b", **{key: after})),
        key.replace("__", "."),
    )

    assert found.differences == (expected[0],)
    assert wording.difference(found.differences[0], *found.given) == expected[1]
    assert found.changed == (expected[0].turn is not Turn.SAME)


def test_every_cell_of_the_form_has_a_line_in_the_forms_order() -> None:
    reports = report(2023), report(2024)

    assert [one.item.key for one in compared(*reports).lines] == list(reports[0].mandate.slots)


def test_over_years_each_is_held_against_the_one_before_and_the_last_against_the_first() -> None:
    years = [report(2022 + at, requests__received__total=count) for at, count in enumerate((10, 20, 15))]
    found = line(compared(*years), "requests.received.total")

    assert [one.number for one in found.given] == [10, 20, 15]
    assert [one.amount for one in found.differences] == [10, -5, 5]
    assert [one.percent for one in found.differences] == [Decimal("100.0"), Decimal("-25.0"), Decimal("50.0")]


def test_what_stands_in_a_cell_is_said_in_words() -> None:
    told = (5, "5件", "", "/", "约2件", "100万元")
    years = [report(2019, str(at), disclosure__procurement__amount=one) for at, one in enumerate(told)]
    found = line(compared(*years), "disclosure.procurement.amount")

    assert [wording.given(one) for one in found.given] == [
        "5",
        "“5件”",
        "空白",
        "“/”",
        "“约2件”",
        "100 万元",
    ]


def test_the_summary_counts_what_differs() -> None:
    same, more = report(2023), report(2024, requests__received__total=1)

    assert wording.summary(compared(same, more)) == "数据 200 项，1 项有变化"
    assert wording.summary(compared(report(2020), more)) == "数据 226 项，1 项有变化，47 项不是各份的格式都有"
