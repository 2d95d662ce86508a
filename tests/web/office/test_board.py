"""一览: which rows it shows in what order, what it costs, and what is done with several of them at once."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import html
from nianbao.report.submission import Role, State
from openpyxl import load_workbook

from tests.web.office.conftest import YEAR, Office
from tests.web.office.handed_in import in_review
from tests.web.office.pages import parsed, text

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Submission


def today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def county(office: Office) -> dict[str, Submission]:
    """Five organs of a year, by name, each as far as it is; and one of the year before."""
    from django.utils import timezone
    from nianbao.web.office.models import Setting, Submission

    Setting.objects.create(year=YEAR)
    head = office.organ("甲县人民政府", "县级政府汇总")
    state: dict[str, tuple[State, int, dict[str, Any]]] = {
        "甲县财政局": (State.ABSENT, -3, {}),
        "甲县教育局": (State.SUBMITTED, -2, {"number": 1, "warnings": 2, "submitted_at": timezone.now()}),
        "甲县公安局": (State.RETURNED, -1, {"number": 2, "errors": 4, "warnings": 1}),
        "乙镇": (State.ACCEPTED, 0, {"number": 1}),
        "=1+1局": (State.FILLING, 0, {"errors": 1}),
    }
    made = {}
    for name, (at, days, further) in state.items():
        organ = office.organ(name, "乡镇（街道）" if name == "乙镇" else "部门", head)
        made[name] = office.submission(organ, today() + timedelta(days=days))
        Submission.objects.filter(pk=made[name].pk).update(state=at, **further)
    Submission.objects.create(organ=head, year=YEAR - 1, due=today())
    return made


def shown(client: Client, query: str = "") -> Any:
    answer = client.get(f"/board{query}")
    assert answer.status_code == 200
    return parsed(answer)


def rows(client: Client, query: str = "") -> list[str]:
    return [text(row) for row in shown(client, query).xpath("//tbody[@id='rows']//th")]


def test_a_row_says_how_far_an_organ_is(office: Office) -> None:
    from django.utils import timezone
    from nianbao.web.office import events
    from nianbao.web.office.events import Who

    made = county(office)
    event = events.record(Who("王小明（wang）"), "return", made["甲县公安局"], version=2)
    at = timezone.localtime(datetime.fromisoformat(event.at))
    page = shown(office.person("reader", (Role.READ, None)))
    cells = [[text(cell) for cell in row] for row in page.xpath("//tbody[@id='rows']/tr")]
    due = {name: f"{one.due.month}月{one.due.day}日" for name, one in made.items()}
    assert [row[:-1] for row in cells] == [
        ["甲县财政局", "部门", "甲县人民政府", "未报", f"{due['甲县财政局']} 逾期 3 天", "—", "—"],
        ["甲县教育局", "部门", "甲县人民政府", "已报", f"{due['甲县教育局']} 晚报 2 天", "0／2", "第 1 次"],
        ["甲县公安局", "部门", "甲县人民政府", "退回", f"{due['甲县公安局']} 逾期 1 天", "4／1", "第 2 次"],
        ["乙镇", "乡镇（街道）", "甲县人民政府", "通过", due["乙镇"], "0／0", "第 1 次"],
        ["=1+1局", "部门", "甲县人民政府", "填报中", f"{due['=1+1局']} 今天截止", "1／0", "—"],
    ]  # fmt: skip
    told = f"{at.month}月{at.day}日 {at:%H:%M} 退回 王小明（wang）"
    assert [row[-1] for row in cells] == ["—", "—", told, "—", "—"]
    tallies = [text(one) for one in page.xpath("//ul[@class='tallies']/li")]
    assert tallies == ["5 全部", "1 未报", "1 填报中", "1 已报", "1 退回", "1 通过", "2 逾期", "2 有错误"]
    assert page.xpath("//input[@name='pick']") == []


def test_rows_are_filtered_and_sorted_by_the_address(office: Office) -> None:
    county(office)
    reader = office.person("reader", (Role.READ, None))
    everything = ["甲县财政局", "甲县教育局", "甲县公安局", "乙镇", "=1+1局"]
    asked = {
        "": everything,
        "?text=县": everything[:3],
        "?state=退回": ["甲县公安局"],
        "?reporter=乡镇（街道）": ["乙镇"],
        "?superior=甲县人民政府&late=1": ["甲县财政局", "甲县公安局"],
        "?errors=1&sort=-errors": ["甲县公安局", "=1+1局"],
        "?sort=state": ["甲县财政局", "=1+1局", "甲县教育局", "甲县公安局", "乙镇"],
        "?sort=-due": ["乙镇", "=1+1局", "甲县公安局", "甲县教育局", "甲县财政局"],
        "?sort=nothing&year=x": everything,
        "?text=没有": [],
        f"?year={YEAR - 1}": ["甲县人民政府"],
    }
    assert {query: rows(reader, query) for query in asked} == asked
    page = shown(reader, "?sort=state&late=1")
    [head] = page.xpath("//th[@aria-sort]")
    assert (text(head), head.get("aria-sort"), head.xpath("a/@href")) == (
        "状态", "ascending", [f"?year={YEAR}&late=1&sort=-state"],
    )  # fmt: skip
    years = [(text(one), one.get("href")) for one in page.xpath("//nav[@class='years']/a")]
    assert years == [
        (str(YEAR), f"?year={YEAR}&late=1&sort=state"),
        (str(YEAR - 1), f"?year={YEAR - 1}&late=1&sort=state"),
    ]  # fmt: skip
    assert text(page.get_element_by_id("count")) == "显示 2 个，共 5 个"


def test_everybody_sees_the_rows_within_reach_by_as_many_queries_for_one_as_for_a_thousand(
    office: Office,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from nianbao.web.office.models import Organ, Submission

    made = county(office)
    own = office.person("own", (Role.REVIEW, made["乙镇"].organ))
    assert rows(own) == ["乙镇"]  # whoever comes for the first time has the session saved
    with CaptureQueriesContext(connection) as few:
        shown(own)
    organs = [Organ(name=f"某县第{number}局", normal_name=f"某县第{number}局") for number in range(1000)]
    Organ.objects.bulk_create(organs)
    Submission.objects.bulk_create(
        Submission(organ=organ, year=YEAR, due=today())
        for organ in Organ.objects.filter(name__startswith="某县")
    )
    everybody = office.person("everybody", (Role.REVIEW, None))
    shown(everybody)
    with CaptureQueriesContext(connection) as many:
        answer = everybody.get("/board", HTTP_ACCEPT_ENCODING="gzip")
    assert len(many) == len(few) <= 12
    listing = [query["sql"] for query in many if 'AS "organ__name"' in query["sql"]]
    assert len(listing) == 1
    page: Any = html.document_fromstring(gzip.decompress(answer.content).decode())
    assert len(page.xpath("//tbody[@id='rows']/tr")) == 1005
    assert len(answer.content) < 250_000


def test_a_name_that_is_a_formula_or_a_script_stays_a_name(office: Office) -> None:
    county(office)
    office.submission(office.organ("<script>alert(1)</script>局"))
    reader = office.person("reader", (Role.READ, None))
    assert "<script>alert" not in reader.get("/board").content.decode()
    answer = reader.get("/board.xlsx?errors=1")
    sheet = load_workbook(BytesIO(answer.content))["一览"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert table[0] == [
        "机关", "类型", "上级", "状态", "截止", "剩余天数",
        "错误", "警告", "报送次数", "最后改动", "改动", "何人",
    ]  # fmt: skip
    assert [row[:9] for row in table[1:]] == [
        ["甲县公安局", "部门", "甲县人民政府", "退回", table[1][4], -1, 4, 1, 2],
        ["=1+1局", "部门", "甲县人民政府", "填报中", table[2][4], 0, 1, 0, 0],
    ]
    assert sheet["A5"].data_type == "s"


def test_lines_are_accepted_together_and_what_cannot_be_is_said(office: Office) -> None:
    from nianbao.web.office.models import Event, Submission

    first, second = in_review(office, "甲局"), in_review(office, "乙局")
    third = office.submission(office.organ("丙局"))
    Submission.objects.filter(pk=second.pk).update(warnings=1)
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    picks = {"pick": [first.pk, second.pk, third.pk], "action": "accept"}
    before = Event.objects.count()
    page = parsed(reviewer.post("/board/picked?sort=state", picks))
    assert [[text(cell) for cell in row] for row in page.xpath("//tbody/tr")] == [
        ["甲局", "审核中", "可以办理"],
        ["乙局", "审核中", "写明理由后可以办理：还有 1 处警告没有核实，请写明仍然通过的理由"],
        ["丙局", "未报", "不能办理：现在是“未报”，不能通过；只有审核中的可以"],
    ]
    assert Event.objects.count() == before
    answer = reviewer.post("/board/picked?sort=state", {**picks, "confirmed": "1", "text": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/board?sort=state")
    told = [text(one) for one in shown(reviewer).xpath("//div[@class='told']/p")]
    assert told == [
        "通过 1 个机关",
        "乙局：还有 1 处警告没有核实，请写明仍然通过的理由",
        "丙局：现在是“未报”，不能通过；只有审核中的可以",
    ]
    assert shown(reviewer).xpath("//div[@class='told']") == []
    again = {**picks, "pick": [second.pk], "confirmed": "1"}
    refused = reviewer.post("/board/picked", {**again, "text": " "})
    assert (refused.status_code, "请写明仍然通过的理由" in refused.content.decode()) == (422, True)
    reviewer.post("/board/picked", {**again, "text": "已经电话核实"})
    states = Submission.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.ACCEPTED, State.ACCEPTED, State.ABSENT]
    assert [event.what for event in Event.objects.order_by("id")][before:] == ["accept", "accept"]


def test_lines_are_sent_back_together_each_with_the_remark(office: Office) -> None:
    from nianbao.web.office.models import Event, Remark, Submission

    first, second = in_review(office, "甲局"), in_review(office, "乙局")
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    said = {"action": "return", "all": "1", "confirmed": "1"}
    before = Event.objects.count()
    refused = reviewer.post("/board/picked?text=局", {**said, "text": ""})
    assert (refused.status_code, Remark.objects.count()) == (422, 0)
    assert reviewer.post("/board/picked?text=甲", {**said, "text": "请补第五部分"}).status_code == 302
    assert [(one.version.submission_id, one.text) for one in Remark.objects.all()] == [
        (first.pk, "请补第五部分")
    ]
    states = dict(Submission.objects.values_list("pk", "state"))
    assert states == {first.pk: State.RETURNED, second.pk: State.IN_REVIEW}
    assert [event.what for event in Event.objects.order_by("id")][before:] == ["remark", "return"]


def test_a_reminder_is_written_to_each_that_has_not_reported(office: Office) -> None:
    from nianbao.web.office.models import Setting

    made = county(office)
    Setting.objects.update(name="甲县政务公开办")
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    picks = {"pick": [made["甲县财政局"].pk, made["乙镇"].pk], "action": "remind"}
    page = parsed(reviewer.post("/board/picked", picks))
    assert [text(one) for one in page.xpath("//article/p[1]")] == ["甲县财政局："]
    assert "已经报送、不用催的：乙镇" in text(page)
    answer = reviewer.post("/board/picked", {**picks, "text": "1"})
    due, now = made["甲县财政局"].due, today()
    assert answer.content.decode() == (
        f"关于催报{YEAR}年政府信息公开工作年度报告的通知\n\n甲县财政局：\n\n"
        f"你单位的{YEAR}年政府信息公开工作年度报告应在{due.year}年{due.month}月{due.day}日以前报送，"
        "已逾期3天，现在还没有收到。请尽快报送。\n\n"
        "已经报送的，请告知报送的时间和方式，并核对文件里的机关名称。\n\n"
        f"甲县政务公开办\n{now.year}年{now.month}月{now.day}日\n"
    )
    word = reviewer.post("/board/picked", {**picks, "word": "1"})
    with zipfile.ZipFile(BytesIO(word.content)) as package:
        [name] = package.namelist()
        assert name == f"001 甲县财政局：关于催报{YEAR}年政府信息公开工作年度报告的通知.docx"
        assert package.read(name).startswith(b"PK")


def test_lines_out_of_reach_are_not_there_and_no_more_is_done_than_the_role_may(office: Office) -> None:
    from nianbao.web.office.models import Submission

    mine, other = in_review(office, "甲局"), in_review(office, "乙局")
    own = office.person("own", (Role.REVIEW, mine.organ))
    reader = office.person("reader", (Role.READ, None))
    for picks in ([mine.pk, other.pk], ["x"], ["9" * 30], [10**9]):
        answer = own.post("/board/picked", {"pick": picks, "action": "accept", "confirmed": "1"})
        assert answer.status_code == 404
    for action in ("accept", "return", "remind", "nothing", ""):
        assert reader.post("/board/picked", {"pick": [mine.pk], "action": action}).status_code == 404
    nothing = own.post("/board/picked", {"action": "accept"})
    assert (nothing.status_code, nothing["Location"]) == (302, "/board")
    assert text(shown(own).xpath("//div[@class='told']/p")[0]).startswith("没有选中机关")
    assert set(Submission.objects.values_list("state", flat=True)) == {State.IN_REVIEW}


def test_more_lines_are_picked_than_django_takes_by_itself(office: Office) -> None:
    from nianbao.web.office.models import Organ, Submission

    Organ.objects.bulk_create(Organ(name=f"第{n}局", normal_name=f"第{n}局") for n in range(1500))
    Submission.objects.bulk_create(
        Submission(organ=organ, year=YEAR, due=today()) for organ in Organ.objects.all()
    )
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    picks = list(Submission.objects.values_list("pk", flat=True))
    answer = reviewer.post("/board/picked", {"pick": picks, "action": "remind", "text": "1"})
    assert answer.content.decode().count("关于按期报送") == 1500
