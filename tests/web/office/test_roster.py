"""The roster of an office: imported as a workbook or organ by organ, exported, years and deadlines."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from nianbao.app import office_lists
from nianbao.mandate import for_year
from nianbao.report.submission import Role
from openpyxl import Workbook

from tests.paths import DATA
from tests.web.office.conftest import YEAR, Office

if TYPE_CHECKING:
    from django.test import Client

COUNTY, DEPARTMENT = "县级政府汇总", "部门"
HEADS = ("机关", "类型", "上级", "截止日期", "备注")
FIRST = (
    ("某某县人民政府", COUNTY),
    ("某某县人民政府", "政府本机关", "某某县人民政府"),
    ("某某县财政局", DEPARTMENT, "某某县人民政府", date(2026, 1, 20), "<b>重点</b>"),
    ("某某县卫生局", "", "某某县人民政府"),
    ("某某县旅游局", DEPARTMENT, "某某县人民政府"),
)


@pytest.fixture
def admin(office: Office) -> Client:
    from nianbao.web.office.submissions import setting

    office_setting = setting()
    office_setting.year = YEAR
    office_setting.save()
    return office.person("admin", (Role.ADMIN, None))


def book(*rows: tuple[Any, ...]) -> BytesIO:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "名册"
    for row in (HEADS, *rows):
        sheet.append(row)
    content = BytesIO()
    made.save(content)
    content.seek(0)
    content.name = "名册.xlsx"
    return content


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def show(admin: Client, *rows: tuple[Any, ...]) -> str:
    answer = admin.post("/organs/import", {"file": book(*rows)})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def do(admin: Client, page: str, **more: str) -> Any:
    given = {"roster": field(page, "roster"), "stamp": field(page, "stamp"), **more}
    return admin.post("/organs/import/confirm", given)


def organs() -> list[tuple[object, ...]]:
    from nianbao.web.office.models import Organ

    named = ("name", "reporter", "superior__reporter", "active")
    return list(Organ.objects.values_list(*named))


def days() -> dict[str, str]:
    from nianbao.web.office.models import Submission

    found = Submission.objects.filter(year=YEAR).values_list("organ__name", "organ__reporter", "due")
    return {f"{name} {kind}".strip(): str(due) for name, kind, due in found}


def test_a_roster_is_shown_and_then_imported(admin: Client) -> None:
    from nianbao.web.office.models import Event, Organ

    page = show(admin, *FIRST)
    assert Organ.objects.count() == 0
    assert do(admin, page).status_code == 302

    assert organs() == [
        ("某某县人民政府", COUNTY, None, True),
        ("某某县人民政府", "政府本机关", COUNTY, True),
        ("某某县财政局", DEPARTMENT, COUNTY, True),
        ("某某县卫生局", DEPARTMENT, COUNTY, True),
        ("某某县旅游局", DEPARTMENT, COUNTY, True),
    ]
    assert days() == {
        f"某某县人民政府 {COUNTY}": "2026-02-20",
        "某某县人民政府 政府本机关": "2026-01-31",
        "某某县财政局 部门": "2026-01-20",
        "某某县卫生局 部门": "2026-01-31",
        "某某县旅游局 部门": "2026-01-31",
    }
    assert [event.what for event in Event.objects.all()] == ["assign", "roster"]
    page = admin.get("/organs").content.decode()
    assert "名册已导入，共 5 个机关" in page
    assert "&lt;b&gt;重点&lt;/b&gt;" in page


def test_what_is_exported_changes_nothing_when_it_is_imported(admin: Client) -> None:
    do(admin, show(admin, *FIRST))
    answer = admin.get("/organs/roster.xlsx")
    read = office_lists.read_roster(answer.content, "名册.xlsx", for_year(YEAR))

    assert [(row.organ, row.superior, str(row.due), row.remark) for row in read.expected] == [
        ("某某县人民政府", "", "2026-02-20", ""),
        ("某某县人民政府", "某某县人民政府", "2026-01-31", ""),
        ("某某县财政局", "某某县人民政府", "2026-01-20", "<b>重点</b>"),
        ("某某县卫生局", "某某县人民政府", "2026-01-31", ""),
        ("某某县旅游局", "某某县人民政府", "2026-01-31", ""),
    ]
    again = BytesIO(answer.content)
    again.name = "名册.xlsx"
    page = admin.post("/organs/import", {"file": again}).content.decode()
    assert re.findall(r"<b>(\d+)</b>", page) == ["0", "0", "5", "0"]


def test_renamed_moved_and_missing_organs_keep_what_is_theirs(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Organ, Submission

    do(admin, show(admin, *FIRST))
    health, tourism = Organ.objects.get(name="某某县卫生局"), Organ.objects.get(name="某某县旅游局")
    Submission.objects.filter(organ=tourism).update(state="已报", number=1)
    page = show(
        admin,
        FIRST[0],
        FIRST[1],
        ("某某县财政局", DEPARTMENT, "", date(2026, 1, 22), "<b>重点</b>"),
        ("某某县卫生健康局", DEPARTMENT, "某某县人民政府"),
    )
    assert re.findall(r"<b>(\d+)</b>", page) == ["1", "1", "2", "2"]
    assert f'<option value="{health.pk}" selected>改名，原来叫 某某县卫生局</option>' in page
    assert "<del>2026-01-20</del> → <ins>2026-01-22</ins>" in page
    assert do(admin, page, **{"renamed-3": str(health.pk), "out": "on"}).status_code == 302

    assert organs() == [
        ("某某县人民政府", COUNTY, None, True),
        ("某某县人民政府", "政府本机关", COUNTY, True),
        ("某某县财政局", DEPARTMENT, None, True),
        ("某某县卫生健康局", DEPARTMENT, COUNTY, True),
        ("某某县旅游局", DEPARTMENT, COUNTY, False),
    ]
    assert days()["某某县财政局 部门"] == "2026-01-22"
    assert Submission.objects.get(organ=tourism).state == "已报"
    page = show(admin, ("某某县旅游局", DEPARTMENT))
    assert "<del>停用</del> → <ins>启用</ins>" in page


def test_an_organ_gets_one_new_name_and_keeps_what_it_is(admin: Client) -> None:
    from nianbao.web.office.models import Organ

    do(admin, show(admin, ("甲甲甲甲甲局一", DEPARTMENT), ("甲甲甲甲甲局二", DEPARTMENT)))
    one, two = Organ.objects.all()
    page = show(admin, ("甲甲甲甲甲局三", DEPARTMENT), ("甲甲甲甲甲局四", DEPARTMENT))
    answer = do(admin, page, **{"renamed-0": str(two.pk), "renamed-1": str(two.pk)})
    assert "只能改成一个名称，现在选了两个" in answer.content.decode()
    do(admin, page, **{"renamed-0": str(two.pk), "renamed-1": str(one.pk)})
    assert list(Organ.objects.values_list("pk", "name")) == [
        (one.pk, "甲甲甲甲甲局四"),
        (two.pk, "甲甲甲甲甲局三"),
    ]


def test_nothing_is_imported_of_a_roster_with_mistakes(admin: Client) -> None:
    rows = (("甲局", "部们"), ("乙局", DEPARTMENT, "", "下周"), ("丙局",), ("丙 局",), ("丁局", "", "戊局"))
    answer = admin.post("/organs/import", {"file": book(*rows)})

    assert (answer.status_code, organs()) == (422, [])
    assert re.findall(r"<p>(名册.xlsx[^<]*)</p>", answer.content.decode()) == [
        "名册.xlsx › 名册 › B2：没有“部们”这一类机关。请写 部门、乡镇（街道）、政府本机关、县级政府汇总、"
        "地市级政府汇总、省级政府汇总、垂直领导系统汇总 之一，或者留空；是否想写“部门”。",
        "名册.xlsx › 名册 › D3：“下周”读不出是哪一天。请写作 2026年1月31日 的样子，或者留空。",
        "名册.xlsx › 名册 › A4、A5：“丙 局”在名册上写了两次。"
        "请只留一行；本机关和汇总各有报告的，两行都要写明类型。",
        "名册.xlsx › 名册 › A6：上级“戊局”不在名册上，原来的机关里也没有。"
        "请核对名称，给它也写一行，或者留空。",
    ]


def test_the_days_of_another_year_are_no_days(admin: Client) -> None:
    do(admin, show(admin, ("甲局", DEPARTMENT), ("乙局", DEPARTMENT)))
    rows = [("甲局", "部门", "", date(2025, 1, 20)), ("乙局", "部门", "", date(2026, 1, 20)), ("丙局", "局")]
    answer = admin.post("/organs/import", {"file": book(*rows)})
    wrong = "2025-01-20 不在 2026 年里，2025 年的报告在 2026 年报送"

    assert re.findall(r"<p>(名册.xlsx[^<]*)</p>", answer.content.decode())[1:] == [
        f"名册.xlsx › 名册 › A2：截止日期 {wrong}。请改正日期，或者留空。",
    ]
    for path in ("/organs/new", "/organs/1"):
        given = {"name": "甲局", "reporter": DEPARTMENT, "due": "2025-01-20"}
        answer = admin.post(path, given)
        assert (answer.status_code, f"截止日期 {wrong}" in answer.content.decode()) == (422, True)
    assert days() == {"甲局 部门": "2026-01-31", "乙局 部门": "2026-01-31"}


def test_what_is_done_twice_is_done_once(admin: Client) -> None:
    from nianbao.web.office.models import Event

    page = show(admin, ("甲局", DEPARTMENT), ("乙局", DEPARTMENT))
    assert [do(admin, page)["Location"] for _ in range(2)] == ["/organs"] * 2
    from nianbao.web.office.models import Organ, Submission

    Submission.objects.filter(organ=Organ.objects.get(name="甲局")).update(number=1)  # so it is kept
    for action in ("out", "out", "back", "back"):
        assert admin.post(f"/organs/1/{action}").status_code == 302
    assert [event.what for event in Event.objects.all()] == ["assign", "roster", "organ-out", "organ-back"]
    assert organs() == [("甲局", DEPARTMENT, None, True), ("乙局", DEPARTMENT, None, True)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "要的是"),
        (b"", "文件是空的"),
        (b"PK\x03\x04broken", "名册.xlsx"),
        ((DATA / "示例-2021.xlsx").read_bytes(), "这是一份报告的工作簿，不是名册"),
    ],
)
def test_what_is_no_roster_is_told(admin: Client, content: bytes, told: str) -> None:
    file = BytesIO(content)
    file.name = "名册.xlsx"
    answer = admin.post("/organs/import", {"file": file})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_what_was_shown_is_shown_again_when_the_roster_has_changed_meanwhile(admin: Client) -> None:
    from nianbao.web.office.models import Organ

    page = show(admin, *FIRST)
    admin.post("/organs/new", {"name": "某某县财政局", "reporter": DEPARTMENT})
    answer = do(admin, page)
    assert (answer.status_code, Organ.objects.count()) == (422, 1)
    assert "您核对的时候名册被别人改过" in answer.content.decode()
    assert do(admin, answer.content.decode()).status_code == 302
    assert Organ.objects.count() == 5
    answer = admin.post("/organs/import/confirm", {"roster": "forged", "stamp": ""})
    assert (answer.status_code, "这次导入已经过期" in answer.content.decode()) == (422, True)


def test_an_organ_is_added_changed_taken_out_and_put_back(admin: Client) -> None:
    from nianbao.web.office.models import Event, Organ, Submission

    admin.post("/organs/new", {"name": "某某县", "reporter": COUNTY})
    admin.post(
        "/organs/new", {"name": "甲局", "reporter": DEPARTMENT, "superior": "某某县", "due": "2026-01-05"}
    )
    county, organ = Organ.objects.all()
    given = {
        "name": "乙局",
        "reporter": DEPARTMENT,
        "superior": "某某县",
        "due": "2026-01-06",
        "remark": "合并",
    }
    assert admin.post(f"/organs/{organ.pk}", given).status_code == 302
    assert organs() == [("某某县", COUNTY, None, True), ("乙局", DEPARTMENT, COUNTY, True)]
    assert days() == {f"某某县 {COUNTY}": "2026-02-20", "乙局 部门": "2026-01-06"}
    assert Event.objects.last().detail == (  # type: ignore[union-attr]
        '{"due": ["2026-01-05", "2026-01-06"], "organ": ["甲局", "乙局"], "remark": ["", "合并"], '
        '"subject": "甲局"}'
    )
    admin.post(f"/organs/{county.pk}/out")
    admin.post(f"/organs/{organ.pk}/out")
    assert organs() == [("某某县", COUNTY, None, False)]
    assert Submission.objects.count() == 0
    admin.post(f"/organs/{county.pk}/back")
    assert days() == {f"某某县 {COUNTY}": "2026-02-20"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": " "}, "请填机关全称"),
        ({"name": "甲局"}, "“甲局”在名册上写了两次"),
        ({"name": "甲\u200b局"}, "“甲\u200b局”里有机关名称不会用的字符（U+200B）"),
        ({"name": "ロ岸办"}, "“口岸办”（口 U+53E3）和“ロ岸办”（ロ U+30ED）看起来一样，字却不同"),
        ({"name": "乙局", "reporter": "处"}, "没有“处”这一类机关"),
        ({"name": "乙局", "superior": "丙局"}, "名册上没有“丙局”"),
        ({"name": "乙局", "due": "明天"}, "“明天”不是日期，请写作 2026-01-31"),
    ],
)
def test_a_form_that_cannot_be_meant_is_shown_again_as_it_was(
    admin: Client, office: Office, given: dict[str, str], told: str
) -> None:
    office.organ("甲局")
    office.organ("口岸办")
    answer = admin.post("/organs/new", given)
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert f'name="name" value="{given["name"]}"' in page


def test_an_organ_of_another_kind_goes_by_that_kinds_day(admin: Client) -> None:
    from nianbao.web.office.models import Organ

    do(admin, show(admin, *FIRST))
    health, finance = Organ.objects.get(name="某某县卫生局"), Organ.objects.get(name="某某县财政局")
    page = show(admin, ("某某县卫生局", COUNTY), ("某某县财政局", COUNTY))
    assert re.findall(r"截止日期：<del>(.*?)</del> → <ins>(.*?)</ins>", page) == [
        ("2026-01-31", "2026-02-20")
    ]
    do(admin, page)
    assert (days()[f"某某县卫生局 {COUNTY}"], days()[f"某某县财政局 {COUNTY}"]) == (
        "2026-02-20",
        "2026-01-20",
    )
    form = {"name": "某某县卫生局", "reporter": DEPARTMENT, "due": "2026-02-20"}
    admin.post(f"/organs/{health.pk}", form)
    assert days()["某某县卫生局 部门"] == "2026-01-31"
    admin.post(f"/organs/{finance.pk}", form | {"name": "某某县财政局", "due": ""})
    assert days()["某某县财政局 部门"] == "2026-01-31"


def test_an_organ_cannot_be_above_itself(admin: Client, office: Office) -> None:
    top = office.organ("甲局", COUNTY)
    below = office.organ("乙局", COUNTY, top)
    answer = admin.post(f"/organs/{top.pk}", {"name": "甲局", "reporter": COUNTY, "superior": below.name})
    assert "上级绕成了圈：甲局 → 乙局 → 甲局" in answer.content.decode()


def test_a_year_is_opened_and_its_deadlines_set(admin: Client, office: Office) -> None:
    from nianbao.web.office.models import Submission
    from nianbao.web.office.submissions import setting

    do(admin, show(admin, *FIRST))
    given = {"department": "2026-01-25", "county": "2026-02-20"}
    assert admin.post("/years/deadlines", given).status_code == 302
    assert days()["某某县卫生局 部门"] == "2026-01-25"
    assert days()["某某县财政局 部门"] == "2026-01-20"  # its own
    admin.post("/organs/new", {"name": "某某县民政局", "reporter": DEPARTMENT})
    assert days()["某某县民政局 部门"] == "2026-01-25"
    admin.post("/years/deadlines", {})
    assert days()["某某县卫生局 部门"] == "2026-01-31"
    answer = admin.post("/years/deadlines", {"department": "2030-01-25"})
    assert (answer.status_code, "不在 2026 年里" in answer.content.decode()) == (422, True)
    admin.post("/years/open", {"year": "2026"})
    assert (setting().year, Submission.objects.filter(year=2026).count()) == (2026, 6)
    assert str(Submission.objects.filter(year=2026).first().due) == "2027-02-20"  # type: ignore[union-attr]
    for year in ("²", "9" * 5_000):
        assert admin.post("/years/open", {"year": year}).status_code == 422


def test_the_roster_is_shown_by_few_queries(admin: Client, office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from nianbao.report.rollup import normal
    from nianbao.web.office.models import Organ, Submission

    def queries() -> list[int]:
        counted = []
        for path in ("/organs", "/links", "/years", "/organs/roster.xlsx"):
            with CaptureQueriesContext(connection) as seen:
                assert admin.get(path).status_code == 200
            counted.append(len(seen))
        return counted

    top = office.organ("某某县", COUNTY)
    office.submission(top)
    queries()  # whoever comes for the first time has the session saved
    few = queries()
    names = [f"某某县第{number}局" for number in range(1000)]
    made = Organ.objects.bulk_create(
        Organ(name=name, normal_name=normal(name), reporter=DEPARTMENT, superior=top) for name in names
    )
    Submission.objects.bulk_create(
        Submission(organ=organ, year=YEAR, due=date(2026, 1, 31)) for organ in made
    )
    assert queries() == few
    assert max(few) <= 12
