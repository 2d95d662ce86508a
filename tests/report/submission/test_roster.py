"""What a new roster changes: new, renamed, moved, gone; and what cannot be meant, all of it at once."""

from __future__ import annotations

from datetime import date

import pytest
from nianbao.mandate import for_year
from nianbao.report import Place, ProblemsFound
from nianbao.report.rollup import Expected
from nianbao.report.submission import roster
from nianbao.report.submission.roster import Organ

MANDATE = for_year(2025)
KINDS = {kind.name: kind for kind in MANDATE.reporters}
COUNTY, OFFICE, DEPARTMENT = "县级政府汇总", "政府本机关", "部门"
ORGANS = (
    Organ(1, "某某县人民政府", COUNTY, aggregate=True),
    Organ(2, "某某县人民政府", OFFICE, superior=1),
    Organ(3, "某某县财政局", DEPARTMENT, superior=1, due=date(2026, 1, 31), remark="旧"),
    Organ(4, "某某县卫生局", DEPARTMENT, superior=1),
    Organ(5, "某某县旅游局", DEPARTMENT, active=False),
)
BY_NUMBER = {organ.number: organ for organ in ORGANS}


def row(at: int, organ: str, kind: str = "", superior: str = "", **further: object) -> Expected:
    place = Place("名册.xlsx", "名册", cell=f"A{at}")
    return Expected(organ, place, KINDS.get(kind), superior, **further)  # type: ignore[arg-type]


def problems(*rows: Expected) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        roster.plan(ORGANS, rows, MANDATE)
    return [str(problem) for problem in caught.value.problems]


def test_a_roster_tells_what_is_new_changed_moved_back_and_missing() -> None:
    plan = roster.plan(
        ORGANS,
        [
            row(4, "某某县人民政府", COUNTY),
            row(5, "某某县人民政府", OFFICE, "某某县人民政府"),
            row(6, "某某县 财政局", DEPARTMENT, due=date(2026, 2, 3)),
            row(7, "某某县旅游局", DEPARTMENT, "某某县人民政府"),
            row(8, "某某县卫生健康局", "", "某某县人民政府"),
        ],
        MANDATE,
    )

    assert [plan.changes(line, BY_NUMBER) for line in plan.lines] == [
        {},
        {},
        {
            "organ": ("某某县财政局", "某某县 财政局"),
            "superior": ("某某县人民政府", ""),
            "due": ("2026-01-31", "2026-02-03"),
        },
        {"superior": ("", "某某县人民政府"), "active": ("停用", "启用")},
        {},
    ]
    assert [organ.name for organ in plan.missing] == ["某某县卫生局"]
    new = plan.lines[-1]
    assert (new.before, new.reporter, new.superior) == (None, DEPARTMENT, ("某某县人民政府", True))
    assert ([organ.number for organ in new.candidates], new.guess) == ([4], 4)
    said = roster.renamed(plan, {4: 4})
    assert (said.lines[-1].before, said.missing) == (ORGANS[3], ())
    assert said.changes(said.lines[-1], BY_NUMBER) == {"organ": ("某某县卫生局", "某某县卫生健康局")}


def test_columns_that_a_roster_does_not_fill_in_change_nothing() -> None:
    plan = roster.plan(ORGANS, [row(4, "某某县财政局")], MANDATE)

    assert plan.changes(plan.lines[0], BY_NUMBER) == {}
    assert plan.lines[0].superior == ("某某县人民政府", True)


def test_what_cannot_be_meant_is_told_at_once() -> None:
    assert problems(
        row(4, "某某县人民政府"),
        row(5, "甲局", DEPARTMENT, "乙局"),
        row(6, "乙局", DEPARTMENT, "甲局"),
        row(7, "丙局", DEPARTMENT, "丙局"),
        row(8, "丁局", DEPARTMENT, "没有的局"),
        row(9, "Аа局", DEPARTMENT),
    ) == [
        "名册.xlsx › 名册 › A4：“某某县人民政府”有本机关和汇总两个，这一行没有写是哪一个。请写明类型。",
        "名册.xlsx › 名册 › A7：上级“丙局”是它自己。请核对上级，或者留空。",
        "名册.xlsx › 名册 › A8：上级“没有的局”不在名册上，原来的机关里也没有。"
        "请核对名称，给它也写一行，或者留空。",
        "名册.xlsx › 名册 › A9：“Аа局”里有机关名称不会用的字符（U+0410、U+0430）。请重新输入这个名称。",
        "名册.xlsx › 名册 › A5：上级绕成了圈：甲局 → 乙局 → 甲局。请核对这几行的上级。",
    ]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("某某县ロ岸办", ["“某某县口岸办”（口 U+53E3）和“某某县ロ岸办”（ロ U+30ED）看起来一样，字却不同"]),
        ("某某县口岸办\u200b", []),
        ("某某县囗岸办", ["“某某县口岸办”（口 U+53E3）和“某某县囗岸办”（囗 U+56D7）看起来一样，字却不同"]),
        ("某某县大岸办", []),
    ],
)
def test_names_that_look_alike_are_told_with_their_signs(other: str, told: list[str]) -> None:
    assert [problem.what for problem in roster.alike([("某某县口岸办", None), (other, None)])] == told
