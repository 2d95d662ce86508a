"""From accepted reports to the sum, the site and the archive; and a report that is sent back."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from nianbao.app import reading
from nianbao.app.archive.verify import verify
from nianbao.report.submission import Role
from openpyxl import load_workbook

from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.web.office.conftest import Office
from tests.web.office.pages import parsed, text

if TYPE_CHECKING:
    from django.test import Client
    from nianbao.web.office.models import Job, Submission

COUNT = 3


@dataclass
class County:
    """A county with three organs that have handed in, its reviewer, adder-up, archivist, administrator."""

    office: Office
    target: Submission
    submissions: list[Submission]
    clerks: list[Client]
    reviewer: Client
    adder: Client
    archivist: Client
    admin: Client

    def hand_in(self, number: int, document: dict[str, Any]) -> None:
        """Upload, submit, and accept."""
        submission, clerk = self.submissions[number], self.clerks[number]
        file = BytesIO(json.dumps(document, ensure_ascii=False).encode())
        file.name = "报告.json"
        assert clerk.post(f"/mine/{submission.pk}/upload", {"file": file}).status_code == 302
        for client, action in ((clerk, "submit"), (self.reviewer, "review"), (self.reviewer, "accept")):
            answer = client.post(f"/submissions/{submission.pk}/{action}", {"reason": "已了解"})
            assert answer.status_code == 302, answer.content.decode()

    def states(self) -> list[str]:
        from nianbao.web.office.models import Submission

        return [one.state for one in Submission.objects.exclude(pk=self.target.pk).order_by("pk")]


@pytest.fixture
def county(office: Office) -> County:
    documents = organs(COUNT)
    county = office.organ(COUNTY, "县级政府汇总")
    target = office.submission(county)
    submissions, clerks = [], []
    for number, document in enumerate(documents):
        organ = office.organ(document["organ"], document.get("reporter", "部门"), county)
        submissions.append(office.submission(organ))
        clerks.append(office.person(f"clerk-{number}", (Role.FILL, organ)))
    people = {
        name: office.person(name, (role, None))
        for name, role in (
            ("reviewer", Role.REVIEW),
            ("adder", Role.SUM),
            ("archivist", Role.ARCHIVE),
            ("admin", Role.ADMIN),
        )
    }
    return County(office, target, submissions, clerks, **people)


def done(client: Client, path: str, **said: Any) -> Job:
    """Ask for a job, do it, and look at its page."""
    from nianbao.web.office import jobs
    from nianbao.web.office.models import Job
    from nianbao.web.office.work import WORK

    answer = client.post(path, said)
    assert answer.status_code == 302, answer.content.decode()
    job = jobs.claim()
    assert job is not None
    assert answer["Location"] == f"/work/{job.pk}"
    jobs.run(job, WORK)
    assert client.get(f"/work/{job.pk}").status_code == 200
    return Job.objects.get(pk=job.pk)


def total(draft_values: str, key: str = "requests.received.total") -> int:
    return int(json.loads(draft_values)["figures"][key])


def test_a_sum_is_refused_renewed_and_stale(county: County) -> None:
    from nianbao.web.office import events
    from nianbao.web.office.models import Submission, Sum
    from nianbao.web.workbench.models import Draft

    documents = organs(COUNT)
    path = f"/sums/{county.target.pk}/make"
    assert "还没有审核通过的报告" in county.adder.post(path).content.decode()
    county.hand_in(0, documents[0])
    county.hand_in(1, documents[1])
    refused = county.adder.post(path)
    assert (refused.status_code, f"{documents[2]['organ']}（未报）" in refused.content.decode()) == (
        422,
        True,
    )

    assert done(county.adder, path, partial="on").state == "done"
    assert county.states() == ["已汇总", "已汇总", "未报"]
    target = Submission.objects.select_related("draft").get(pk=county.target.pk)
    assert target.draft is not None
    of_two = [reading.read_content(json.dumps(one).encode(), "a.json") for one in documents[:2]]
    wanted = sum(report.figures["requests.received.total"].number or 0 for report in of_two)
    assert (target.state, total(target.draft.values)) == ("填报中", wanted)

    values = json.loads(target.draft.values)  # somebody writes the texts of the sum
    values["texts"] = {"overview": "全县共公开信息若干条。"}
    Draft.objects.filter(pk=target.draft.pk).update(values=json.dumps(values))
    county.hand_in(2, documents[2])
    job = done(county.adder, path)
    assert (job.state, job.result) == ("done", json.dumps({"sum": 2, "submission": county.target.pk}))
    target.draft.refresh_from_db()
    again = json.loads(target.draft.values)
    assert again["texts"] == {"overview": "全县共公开信息若干条。"}
    first, second = Sum.objects.order_by("pk")
    assert (first.stale, second.stale) == (True, False)
    changes = json.loads(second.changes)
    assert changes[0] == f"新增：{documents[2]['organ']}"
    assert any(line.startswith("（一）本年新收政府信息公开申请数量") or "→" in line for line in changes[1:])

    reopened = county.admin.post(f"/submissions/{county.submissions[0].pk}/reopen", {"reason": "数字有误"})
    assert reopened.status_code == 302
    assert (Sum.objects.get(pk=2).stale, county.states()[0]) == (True, "退回")
    assert "已过时" in county.adder.get("/sums").content.decode()
    book = county.adder.get(f"/sums/{county.target.pk}/workbook")
    assert reading.read_content(b"".join(book), "汇总.xlsx").organ == COUNTY
    assert list(events.flaws()) == []


def test_a_sum_is_told_to_be_out_of_date_once_its_members_are_others(county: County) -> None:
    from nianbao.web.office import organs as roster
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Organ, Sum

    documents, path = organs(COUNT), f"/sums/{county.target.pk}/make"
    first, second, third = (document["organ"] for document in documents)

    def told() -> list[str]:
        found = parsed(county.adder.get("/sums")).xpath("//*[@role='status'][contains(@class, 'wrong')]")
        return [text(line) for box in found for line in box.xpath("p")]

    county.hand_in(0, documents[0])
    county.hand_in(1, documents[1])
    done(county.adder, path, partial="on")
    assert told() == []
    county.hand_in(2, documents[2])
    roster.take_out(Organ.objects.get(name=first), Who("admin"))
    old = Organ.objects.get(name=second)
    roster.change(old, f"{second}（新）", old.reporter, old.superior, None, "", Who("admin"))
    stale = "已过时：汇总以后，下属单位又有变动，请重新汇总"
    assert told() == [stale, f"新增：{third}", f"不再计入：{first}"]

    done(county.adder, path)
    assert told() == []
    said = [line for line in json.loads(Sum.objects.get(pk=2).told) if "名册" in line]
    assert said == []
    book = load_workbook(BytesIO(b"".join(county.adder.get(f"/sums/{county.target.pk}/workbook"))))
    rows = [[str(cell.value) for cell in row] for row in book["报送情况"].iter_rows()]
    [line] = [row for row in rows if second in row]
    assert f"名册备注：现在的名称是“{second}（新）”" in line


def test_a_report_that_was_opened_again_is_published_again(county: County) -> None:
    from nianbao.web.office.models import Publication

    [document, *_] = organs(COUNT)
    key = county.submissions[0].pk
    first, second = "https://www.example.gov.cn/1.html", "https://www.example.gov.cn/2.html"
    registered = f"/submissions/{key}/publish"
    for at, (address, said) in enumerate([(first, ""), (second, first)]):
        if at:
            assert county.admin.post(f"/submissions/{key}/reopen", {"reason": "更正"}).status_code == 302
        county.hand_in(0, document | {"sections": document["sections"] | {"六": f"没有其他事项{at}。"}})
        [form] = parsed(county.adder.get("/publication")).xpath(f"//form[@action='{registered}']")
        assert form.xpath("input[@name='address']/@value") == [said]
        refused = county.adder.post(registered, {"day": "2026-01-28", "address": "见门户网站"})
        assert "“见门户网站”不是网址" in refused.content.decode()
        assert county.adder.post(registered, {"day": "2026-01-28", "address": address}).status_code == 302

    [row] = parsed(county.adder.get("/publication")).xpath("//tbody/tr")
    assert [text(cell) for cell in row.xpath("td")[2:4]] == ["2026-01-28", second]
    assert [one.address for one in Publication.objects.all()] == [first, second]


def test_accepted_reports_are_published_and_kept(county: County) -> None:
    from django.conf import settings
    from nianbao.web.office.models import Event, Publication, Version

    documents = organs(COUNT)
    assert county.adder.post("/publication/site").status_code == 422
    county.hand_in(0, documents[0])
    made = done(county.adder, "/publication/site")
    assert made.state == "done", made.result
    package = county.adder.get(f"/work/{made.pk}/file")
    with zipfile.ZipFile(BytesIO(package.content)) as files:
        names = files.namelist()
        stem = f"{documents[0]['organ']}/{documents[0]['organ']}2025年政府信息公开工作年度报告"
        assert names == [f"{stem}.docx", f"{stem}.pdf", f"{stem}.html"]
        page = files.read(names[2])
    same = BytesIO(page)
    same.name = "page.html"
    key = county.submissions[0].pk
    told = county.adder.post(f"/publication/{key}/compare", {"file": same}).content.decode()
    assert "数字、文字都与审核通过的一份相同" in told
    other = BytesIO(page.replace("。".encode(), "，没有例外。".encode(), 3))
    other.name = "page.html"
    assert (
        "不一致的地方" in county.adder.post(f"/publication/{key}/compare", {"file": other}).content.decode()
    )

    refused = county.adder.post(f"/submissions/{key}/publish", {"day": "2026-01-28"})
    assert refused.status_code == 422
    said = {"day": "2026-01-28", "address": "https://www.example.gov.cn/1.html"}
    assert county.adder.post(f"/submissions/{key}/publish", said).status_code == 302
    [published] = Publication.objects.all()
    assert (str(published.day), published.address, published.version) == (
        *said.values(),
        Version.objects.get(),
    )

    assert county.adder.post("/publication/archive").status_code == 403
    kept = done(county.archivist, "/publication/archive")
    assert (kept.state, json.loads(kept.result)) == ("done", {"kept": 1, "problems": []})
    assert (county.states()[0], verify(settings.NIANBAO_ARCHIVE).problems) == ("已归档", [])
    assert county.archivist.get("/archive").status_code == 200
    packed = done(county.archivist, "/publication/export")
    assert county.archivist.get(f"/work/{packed.pk}/file")["Content-Type"] == "application/zip"
    assert county.adder.get(f"/work/{packed.pk}").status_code == 404  # another's job
    assert [event.what for event in Event.objects.order_by("-pk")[:3]] == ["export", "kept", "archive"]


def test_a_renewed_sum_keeps_the_workbook_that_the_aggregate_goes_on_with(county: County) -> None:
    """Its own sheet and widths stay; a figure typed over the sum is given up, which is told."""
    from nianbao.web.office.models import Submission, Sum

    documents = organs(COUNT)
    for number in (0, 1):
        county.hand_in(number, documents[number])
    path = f"/sums/{county.target.pk}/make"
    assert done(county.adder, path, partial="on").state == "done"
    target = Submission.objects.select_related("draft").get(pk=county.target.pk)
    assert target.draft is not None
    home = county.adder.get(f"/draft/{target.draft.pk}/home.xlsx").content
    book = load_workbook(BytesIO(home))
    book.create_sheet("我的核对").append(("与司法局核对过", 3))
    book.worksheets[1].column_dimensions["B"].width = 41
    changed = BytesIO()
    book.save(changed)
    changed.name = "汇总（我的）.xlsx"
    changed.seek(0)
    sent = county.adder.post(f"/mine/{county.target.pk}/upload", {"file": changed})
    assert sent.status_code in (302, 422), sent.content.decode()
    if sent.status_code == 422:
        from nianbao.web.office.models import Upload

        again = county.adder.post(f"/uploads/{Upload.objects.latest('pk').pk}/take", {"replace": "on"})
        assert again.status_code == 302, again.content.decode()

    county.hand_in(2, documents[2])
    assert done(county.adder, path).state == "done"
    target.draft.refresh_from_db()
    kept = load_workbook(BytesIO(bytes(target.draft.source or b"")))
    assert [cell.value for cell in kept["我的核对"][1]] == ["与司法局核对过", 3]
    assert kept.worksheets[1].column_dimensions["B"].width == 41
    reports = [reading.read_content(json.dumps(one).encode(), "a.json") for one in documents]
    wanted = sum(report.figures["requests.received.total"].number or 0 for report in reports)
    assert total(target.draft.values) == wanted
    assert target.draft.name == "汇总（我的）.xlsx"
    made = Sum.objects.latest("pk")
    assert json.loads(made.changes)[0] == f"新增：{documents[2]['organ']}"
