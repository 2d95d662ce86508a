"""Two editions of the form in one comparison: what goes on, what is added up, what has no counterpart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nianbao.mandate import load
from nianbao.report.comparison import wording
from nianbao.report.comparison.figures import Turn
from nianbao.report.comparison.items import followed, items

from tests.report.comparison.comparison_samples import compared, line, report, shared

APPLICANTS = ("natural_person", "business", "research", "welfare", "legal_service", "other", "total")


def test_every_figure_of_either_form_is_on_exactly_one_line_but_those_that_are_added_up() -> None:
    lines = items(["2019", "2021"])
    sums = [item for item in lines if "other_handling" in item.key]

    assert len({item.key for item in lines}) == len(lines)
    for edition in ("2019", "2021"):
        keys = [key for item in lines if item not in sums for key in item.figures.get(edition, ())]
        added_up = [key for item in sums for key in item.figures[edition]]
        assert len(keys) == len(set(keys))
        assert set(keys) | set(added_up) == set(load(edition).slots)
    assert [item.key for item in sums] == [f"requests.other_handling.{one}" for one in APPLICANTS]


def test_three_rows_together_are_held_against_the_one_they_came_from() -> None:
    comparison = compared(
        report(2020, requests__other_outcome__total=4),
        report(
            2021,
            requests__not_corrected_in_time__total=1,
            requests__fee_not_paid__total=2,
            requests__other_outcome__total=5,
        ),
    )
    found = line(comparison, "requests.other_handling.total")

    assert (found.item.row, found.item.column) == ("（六）其他处理", "总计")
    assert [one.number for one in found.given] == [4, 8]
    assert found.differences[0].amount == 4
    assert found.item.notes == ("2019 版只有一行，2021 版分为三行，以三行之和相比",)


def test_the_third_of_the_three_is_not_held_against_the_one_row_with_its_key() -> None:
    comparison = compared(
        report(2020, requests__other_outcome__total=4), report(2021, requests__other_outcome__total=5)
    )
    found = line(comparison, "requests.other_outcome.total")

    assert found.item.row == "3.其他"
    assert [wording.given(one) for one in found.given] == ["无此项", "5"]
    assert [one.turn for one in found.differences] == [Turn.APART]
    assert (found.apart, found.changed) == (True, False)


def test_a_sum_of_which_a_part_is_blank_says_so() -> None:
    comparison = compared(
        report(2020, requests__other_outcome__total=4),
        report(2021, requests__fee_not_paid__total="", requests__other_outcome__total=5),
        report(
            2022,
            requests__not_corrected_in_time__total="",
            requests__fee_not_paid__total="",
            requests__other_outcome__total="/",
        ),
    )
    found = line(comparison, "requests.other_handling.total")

    assert [wording.given(one) for one in found.given] == ["4", "5（有未填的格）", "空白"]
    assert [one.turn for one in found.differences] == [Turn.MORE, Turn.EMPTIED, Turn.EMPTIED]


def test_figures_under_one_key_are_compared_and_a_change_of_scope_is_said() -> None:
    comparison = compared(
        report(2020, disclosure__licences__decisions=278), report(2021, disclosure__licences__decisions=300)
    )
    found = line(comparison, "disclosure.licences.decisions")

    assert found.differences[0].amount == 22
    assert found.item.column == "本年处理决定数量"
    assert found.item.notes == (
        "2021 版写明包括已公开和依法未公开的全部处理决定，2019 版没有写，口径可能不同",
    )


def test_what_has_no_counterpart_is_named_with_the_reason() -> None:
    comparison = compared(report(2020), report(2021))
    fees = (
        "2021年有：行政事业性收费（本年收费金额（单位：万元））。2019 版计收费项目的数量，2021 版计收费金额。"
    )

    assert wording.apart(comparison.lines, ["2020年", "2021年"]) == [
        "只有2021年有：规章（本年制发件数、本年废止件数、现行有效件数）；"
        "行政规范性文件（本年制发件数、本年废止件数、现行有效件数）。"
        "2019 版计新制作、新公开和对外公开的数量，2021 版计制发、废止和现行有效的件数，不是同一口径。",
        "只有2020年有：规章（本年新制作数量、本年新公开数量、对外公开总数量）；"
        "规范性文件（本年新制作数量、本年新公开数量、对外公开总数量）。"
        "2019 版计新制作、新公开和对外公开的数量，2021 版计制发、废止和现行有效的件数，不是同一口径。",
        "只有2020年有：行政许可（上一年项目数量、本年增/减）；行政处罚（上一年项目数量、本年增/减）；"
        "行政强制（上一年项目数量、本年增/减）；行政事业性收费（上一年项目数量、本年增/减）；"
        "其他对外管理服务事项（上一年项目数量、本年增/减）。2021 版不再计项目的数量和增减。",
        f"只有{fees}",
        "只有2020年有：其他对外管理服务事项（处理决定数量）；政府集中采购（采购项目数量、采购总金额）。",
        "只有2021年有：1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请（7 列）；"
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请（7 列）；3.其他（7 列）。"
        "2019 版只有一行，2021 版分为三行，以三行之和相比。",
    ]


def test_a_row_of_the_form_stands_together() -> None:
    rows = [item.key.rpartition(".")[0] for item in items(["2019", "2021"])]

    assert [row for at, row in enumerate(rows) if row in rows[:at] and row != rows[at - 1]] == []


def test_a_later_edition_goes_on_from_what_was_added_up_before() -> None:
    """A form to come that has the same tables: sums and what has gone stay as they are."""
    coming = replace(load("2021"), edition=replace(load("2021").edition, key="2031"), succession=())
    two = items(["2019", "2021"])
    three = {item.key: item for item in followed(two, "2021", coming)}

    assert set(three) == {item.key for item in two}
    total = three["requests.other_handling.total"]
    assert [len(keys) for keys in total.figures.values()] == [1, 3, 3]
    assert list(three["requests.received.total"].figures) == ["2019", "2021", "2031"]
    assert list(three["disclosure.procurement.amount"].figures) == ["2019"]


@pytest.mark.skipif(not shared(11), reason="the published reports are not beside the project")
def test_published_reports_of_both_editions_are_compared() -> None:
    comparison = compared(*shared(6, 7, 8, 9, 10, 11, 12))

    assert [one.label for one in comparison.columns] == [f"{year}年" for year in range(2019, 2026)]
    assert wording.summary(comparison) == "数据 226 项，88 项有变化，47 项不是各份的格式都有"
    assert [one.number for one in line(comparison, "requests.other_handling.total").given] == [
        *(0, 4, 1, 4, 2, 3, 11)
    ]
