"""Which reports are compared: their order, what they are called, which is held against which."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nianbao.report import Report
from nianbao.report.comparison import Step
from nianbao.report.comparison.wording import against, title
from nianbao.report.comparison.wording import step as said

from tests.report.comparison.comparison_samples import ORGAN, compared, report

OTHER = "某某市审计局"


def labels(*reports: Report) -> list[str]:
    return [one.label for one in compared(*reports).columns]


def test_years_of_one_organ_stand_in_order_and_are_called_by_the_year() -> None:
    assert labels(report(2025), report(2021), report(2023)) == ["2021年", "2023年", "2025年"]


def test_two_files_of_one_year_stand_as_given_and_are_called_by_their_files() -> None:
    assert labels(report(2024, "发布.json"), report(2024, "草稿.json"), report(2023)) == [
        "2023年",
        "2024年（发布.json）",
        "2024年（草稿.json）",
    ]


def test_the_same_file_twice_is_still_told_apart() -> None:
    assert labels(report(2024), report(2024)) == ["2024年（年报.json）（1）", "2024年（年报.json）（2）"]


def test_several_organs_are_called_by_their_names() -> None:
    assert labels(report(2024), report(2024, organ=OTHER)) == [f"{ORGAN}2024年", f"{OTHER}2024年"]


def test_each_report_is_held_against_the_one_before_it_and_the_first_against_the_last() -> None:
    comparison = compared(report(2023), report(2024), report(2025))

    assert comparison.steps == (Step(0, 1), Step(1, 2), Step(0, 2, whole=True))
    assert [said(comparison, one) for one in comparison.steps] == [
        "2023年 → 2024年",
        "2024年 → 2025年",
        "首末：2023年 → 2025年",
    ]
    assert [against(comparison, one) for one in comparison.steps[:2]] == ["", ""]


def test_of_two_reports_the_first_is_not_held_against_the_last_again() -> None:
    assert compared(report(2023), report(2024)).steps == (Step(0, 1),)


def test_a_report_is_held_against_the_same_organs_before_it_where_there_is_one() -> None:
    years = [report(year, organ=organ) for year in (2023, 2024) for organ in (ORGAN, OTHER)]
    comparison = compared(*years)

    assert comparison.steps == (Step(0, 1), Step(0, 2), Step(1, 3))
    assert [against(comparison, one) for one in comparison.steps] == [
        "",
        f"比{ORGAN}2023年：",
        f"比{OTHER}2023年：",
    ]
    assert not comparison.one_organ


def test_the_title_names_the_organ_once() -> None:
    assert title(compared(report(2023), report(2024))) == f"年度报告比较：{ORGAN} 2023年、2024年"
    assert title(compared(report(2024), report(2024, organ=OTHER))) == (
        f"年度报告比较：{ORGAN}2024年、{OTHER}2024年"
    )


def test_particulars_differ_where_more_than_the_year_does() -> None:
    before, after = report(2023), report(2024)

    assert {one.key: one.changed for one in compared(before, after).particulars} == {
        "organ": False,
        "year": False,
        "reporter": False,
        "title": False,
    }
    assert {one.key for one in compared(before, report(2024, organ=OTHER)).particulars if one.changed} == {
        "organ",
        "title",
    }


def test_elements_of_gbt_9704_are_compared_but_for_the_choices() -> None:
    before, after = (
        replace(report(year), elements={"seal": "是", "letterhead": "某局文件", "document_number": number})
        for year, number in ((2023, "某发〔2024〕3号"), (2024, "某发〔2025〕8号"))
    )

    found = {one.name: (one.texts, one.changed) for one in compared(before, after).particulars}
    assert found["发文机关标志"] == (("某局文件", "某局文件"), False)
    assert found["发文字号"] == (("某发〔2024〕3号", "某发〔2025〕8号"), True)
    assert "加盖印章" not in found


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((2021, 2022, 2023), "2021年、2022年、2023年"),
        ((2019, 2020, 2021, 2022), "2019—2022年"),
        ((2019, 2020, 2021, 2023), "2019年、2020年、2021年、2023年"),
    ],
)
def test_many_years_in_a_row_are_told_as_a_span(years: tuple[int, ...], told: str) -> None:
    assert title(compared(*map(report, years))) == f"年度报告比较：{ORGAN} {told}"
