"""What cannot be added up: two years, two editions, an organ twice, a part beside its whole."""

from __future__ import annotations

from typing import Any

import pytest
from nianbao.report import Place, Problem, ProblemsFound, Severity
from nianbao.report.rollup import Asked, Expected, Rollup, Unread, refusals, roll_up

from tests.report.rollup.rollup_samples import COUNTY, PLACE, codes, member, organs

ASKED = Asked("汇总.xlsx", COUNTY)
COUNTY_SUM, CITY_SUM, OFFICE = "县级政府汇总", "地市级政府汇总", "政府本机关"


def named(document: Any, name: Any, reporter: Any) -> Any:
    return document | {"organ": name, "issued_by": name, "reporter": reporter}


def added(documents: Any, roster: Any = None, asked: Any = ASKED) -> Rollup:
    return roll_up([member(one) for one in documents], (), roster, asked)


def refused(documents: Any, roster: Any = None, asked: Any = ASKED) -> list[Problem]:
    with pytest.raises(ProblemsFound) as caught:
        added(documents, roster, asked)
    return list(caught.value.problems)


def expected(organ: str, superior: str = "", reporter: str = "") -> Expected:
    kinds = {one.name: one for one in member(organs(1)[0]).mandate.reporters}
    return Expected(organ, Place("名册.xlsx", "名册", cell="A2"), kinds.get(reporter), superior)


def test_both_editions_in_one_sum_are_refused_and_it_is_said_which() -> None:
    documents = [*organs(5), *organs(7, year=2020)[5:]]

    [problem] = [one for one in refused(documents) if one.code == "mixed-editions"]

    assert problem.what == (
        "报告用的是两版不同的格式，不能相加："
        "2019 版（国办公开办函〔2019〕60号） 2 份（“某某县统计局”、“某某县审计局”）；"
        "2021 版（国办公开办函〔2021〕30号） 5 份（“某某县财政局”、“某某县教育局”、“某某县民政局”、"
        "“某某县司法局”、“某某县水利局”）"
    )
    assert [place.file for place in problem.places] == ["某某县统计局.json", "某某县审计局.json"]


def test_two_years_in_one_sum_are_refused_and_it_is_said_which() -> None:
    documents = [*organs(4), *organs(5, year=2024)[4:]]

    problems = refused(documents)

    assert codes(problems) == ["mixed-years"]
    assert problems[0].what.startswith("报告不是同一年度的：2024 年 1 份（“某某县水利局”）；2025 年 4 份")
    assert [place.file for place in problems[0].places] == ["某某县水利局.json"]


@pytest.mark.parametrize(
    "sign", [" ", "\u00ad", "\u200b", "\u202a", "\u202c", "\u2060", "\u2066", "\u2069", "\ufeff"]
)
def test_an_organ_twice_is_refused_with_both_files_whatever_unseen_is_in_its_name(sign: str) -> None:
    documents = organs(4)
    again = member(documents[2] | {"organ": f" 某某县{sign}民政局{sign}"}, "又一份.json")

    with pytest.raises(ProblemsFound) as caught:
        roll_up([*map(member, documents), again], (), None, ASKED)

    [problem] = caught.value.problems
    assert (problem.code, problem.severity.value) == ("same-organ", "error")
    assert problem.where == "某某县民政局.json › organ；又一份.json › organ"
    assert problem.what == "“某某县民政局”有 2 份报告，只能计一份"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    documents = [*organs(6), *organs(8, year=2024)[6:], organs(1)[0] | {"organ": " 某某县财政局"}]
    documents[3]["table3"]["（一）予以公开"][6] += 1
    unread = [Unread("坏.xlsx", (Problem("damaged", Severity.ERROR, "坏了", "换一份", (Place("坏.xlsx"),)),))]

    with pytest.raises(ProblemsFound) as caught:
        roll_up([member(one) for one in documents], unread, None, ASKED)

    assert codes(caught.value.problems) == [
        "damaged",
        "row-total",
        "outcome-total",
        "member-errors",
        "mixed-years",
        "same-organ",
    ]


def test_an_aggregate_together_with_an_organ_that_belongs_to_it_by_the_roster_is_refused() -> None:
    documents = organs(4)
    documents[0] = named(documents[0], "某某市邻县人民政府", COUNTY_SUM)
    roster = [
        expected("某某市邻县人民政府", "某某市人民政府", COUNTY_SUM),
        expected(documents[1]["organ"], "某某市邻县教育系统"),
        expected("某某市邻县教育系统", "某某市邻县人民政府"),  # by two steps
        expected(documents[2]["organ"], "某某市人民政府"),
        expected(documents[3]["organ"], "某某市人民政府"),
    ]
    city = Asked("汇总.xlsx", "某某市人民政府")

    problems = [one for one in refused(documents, roster, city) if one.severity.value == "error"]

    assert codes(problems) == ["counted-twice"]
    assert problems[0].what == (
        f"“某某市邻县人民政府”是县级政府汇总的报告，已包括“{documents[1]['organ']}”，同时计入就重复了"
    )
    assert [one.file for one in problems[0].places] == ["某某市邻县人民政府.json", "某某县教育局.json"]


def test_a_governments_own_report_together_with_its_sum_is_refused() -> None:
    documents = organs(3)
    documents += [
        named(organs(1)[0], "邻县人民政府", OFFICE),
        named(organs(1)[0], "邻县人民政府", COUNTY_SUM),
    ]

    assert codes(refused(documents)) == ["counted-twice"]
    assert codes(added(documents[:-1]).problems).count("counted-twice") == 0


def test_where_no_roster_says_whose_they_are_names_that_seem_to_belong_to_an_aggregate_are_a_warning() -> (
    None
):
    documents = organs(3)
    documents.append(named(organs(1)[0], COUNTY, COUNTY_SUM))
    city = Asked("汇总.xlsx", "某某市人民政府")
    doubtful = [one for one in added(documents, None, city).problems if one.code == "maybe-counted-twice"]

    assert [one.what for one in doubtful] == [
        "从名称看，“某某县财政局”、“某某县教育局”、“某某县民政局”像是属于“某某县人民政府”，"
        "而后者的报告已是汇总，可能重复计算"
    ]

    roster = [expected(one["organ"], "某某市人民政府") for one in documents]
    assert "maybe-counted-twice" not in codes(added(documents, roster, city).problems)


def test_the_old_sum_is_no_member_of_the_new_one() -> None:
    documents = [*organs(3), named(organs(1)[0], COUNTY, COUNTY_SUM)]

    assert "sum-of-itself" in codes(refused(documents))


def test_a_circle_in_the_roster_ends() -> None:
    one, other = organs(2)
    roster = [expected(one["organ"], other["organ"]), expected(other["organ"], one["organ"])]

    assert len(added([one, other], roster).members) == 2


def test_no_reports_are_refused() -> None:
    assert codes(refused([])) == ["no-members"]
    wrong = organs(1)[0]
    wrong["table3"]["（一）予以公开"][6] += 1
    problems = refused([wrong], asked=Asked("汇总.xlsx", COUNTY, skip_errors=True))
    assert codes(problems) == ["left-out", "no-members"]


def test_more_organs_than_a_workbook_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_MEMBERS", 5)

    assert codes(refused(organs(6))) == ["too-many-members"]
    assert added(organs(5)).report.organ == COUNTY


def test_a_finding_that_somebody_has_settled_is_no_error() -> None:
    document = organs(1)[0]
    found = member(document)

    assert found.errors == ()
    assert found.organ == f"{PLACE}财政局"
