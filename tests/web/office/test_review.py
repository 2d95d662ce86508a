"""审核: what the page of a submission shows, remarks from writing to settling, and nobody else's reports."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from nianbao.report.submission import Action, Role, State

from tests.web.office.conftest import YEAR, Office
from tests.web.office.handed_in import document, hand_in, in_review
from tests.web.office.pages import parsed, text

if TYPE_CHECKING:
    from django.test import Client

BOX = "figure:requests.received.business"


def page(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status
    return parsed(answer)


def test_the_page_shows_findings_changes_and_last_year_beside_the_boxes(office: Office) -> None:
    from nianbao.web.office import remarks, submissions
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Setting, Submission

    submission = in_review(office)
    organ, reviewer_ = submission.organ, Who("审核人")
    Setting.objects.update(lenient=True)
    last = Submission.objects.create(organ=organ, year=YEAR - 1, due=submission.due)
    older = document(year=YEAR - 1)
    received = next(iter(older["table3"]))
    older["table3"][received][1] += 5
    hand_in(last, older)
    remarks.write(submission, "paragraph:improvement:1", "请写具体", reviewer_)
    submissions.act(submission, Action.RETURN, reviewer_)
    changed = document()
    was = changed["table3"][received][1]
    changed["table3"][received][1] = was + 100
    changed["sections"]["五"] += "\n明年举办培训。"
    changed["contact"] = {"联系电话": "0999-1234567"}
    hand_in(submission, changed)
    submissions.act(submission, Action.REVIEW, reviewer_)
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    shown = page(reviewer, f"/submissions/{submission.pk}")

    [box] = shown.xpath(f"//a[@id='{BOX}']")
    cell = box.getparent()
    assert (text(cell), box.get("class")) == (
        f"{was + 100}错原 {was}上年 {was + 5}",
        "box error changed",
    )
    assert box.get("href") == f"/submissions/{submission.pk}?at={BOX}#remark"
    [beside] = shown.xpath("//section[@id='section:requests']//li[contains(@class, 'error')]")[:1]
    assert text(beside).startswith("错误 一、本年新收政府信息公开申请数量：自然人至其他各格合计")
    [paragraph] = shown.xpath("//p[@id='paragraph:improvement:1']")
    assert paragraph.get("class") == "paragraph level0 remarked"
    [added] = shown.xpath("//p[@id='paragraph:improvement:2']")
    assert added.get("class") == "paragraph level0 changed"
    assert [text(one) for one in shown.xpath("//ul[@class='changes']/li")] == [
        "联系电话：空 0999-1234567",
        f"一、本年新收政府信息公开申请数量 › 商业企业：{was} {was + 100}",
        "五、存在的主要问题及改进情况 新增（第 2 段）：明年举办培训。",
    ]
    assert [text(one) for one in shown.xpath("//ul[@class='versions']/li/*[1]")] == [
        "第 2 次报送",
        "第 1 次报送",
    ]
    first = page(reviewer, f"/submissions/{submission.pk}?version=1")
    [box] = first.xpath(f"//span[@id='{BOX}']")
    assert (text(box), first.xpath("//form[@id='remark']")) == (str(was), [])
    compared = reviewer.get(f"/submissions/{submission.pk}/compare")
    assert f"{YEAR - 1}年" in compared.content.decode()
    assert "default-src 'none'" in compared["Content-Security-Policy"]
    earlier = reviewer.get(f"/submissions/{submission.pk}/compare?with=1").content.decode()
    assert "第 1 次报送" in earlier
    assert reviewer.get(f"/submissions/{submission.pk}/compare?with=7").status_code == 404


def test_a_decision_of_the_organ_is_shown_with_who_and_why(office: Office) -> None:
    from nianbao.web.office.models import Version

    submission = in_review(office)
    finding = {
        "id": "0" * 16, "code": "x", "severity": "warning", "word": "警告",
        "what": "相差太大", "mend": "请核对", "where": "三 › 本年新收 › 商业企业",
        "targets": [BOX], "decidable": True, "edits": [],
    }  # fmt: skip
    decided = finding | {"decision": {"who": "张三", "why": "新设了窗口", "when": "2026年1月5日"}}
    Version.objects.update(findings=json.dumps([decided, finding | {"id": "1" * 16, "decision": None}]))
    shown = page(office.person("reviewer", (Role.REVIEW, None)), f"/submissions/{submission.pk}")
    assert [text(one) for one in shown.xpath("//p[@class='decision']")] == ["张三：新设了窗口 2026年1月5日"]
    [box] = shown.xpath(f"//a[@id='{BOX}']")
    assert (box.get("class"), box.get("title")) == ("box warning", "警告：相差太大。")


def test_a_remark_is_pinned_settled_and_opened_again_each_with_a_line_in_the_log(office: Office) -> None:
    from nianbao.web.office import events
    from nianbao.web.office.models import Event, Remark, Version

    submission = in_review(office)
    version = Version.objects.get()
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    address, before = f"/versions/{version.pk}/remarks", Event.objects.count()
    shown = page(reviewer, f"/submissions/{submission.pk}?at={BOX}")
    [chosen] = shown.xpath("//select[@name='target']//option[@selected]")
    assert (chosen.get("value"), text(chosen)) == (BOX, "三 › 本年新收 › 商业企业")
    for target in (BOX, "", "particular:organ", "section:requests", BOX):  # the last is a second click
        answer = reviewer.post(address, {"target": target, "text": " 请核对 "})
        assert (answer.status_code, answer["Location"]) == (302, f"/submissions/{submission.pk}#remarks")
    assert list(Remark.objects.values_list("target", "text", "who")) == [
        (target, "请核对", "reviewer") for target in (BOX, "", "particular:organ", "section:requests")
    ]
    remark = Remark.objects.get(target=BOX)
    for said in ({}, {}, {"again": "1"}):
        answer = reviewer.post(f"/remarks/{remark.pk}/settle", said)
        assert answer["Location"] == f"/submissions/{submission.pk}#remark-{remark.pk}"
    remark.refresh_from_db()
    assert (remark.settled_at, remark.settled_by) == (None, "")
    told = [event.what for event in Event.objects.order_by("id")][before:]
    assert told == ["remark", "remark", "remark", "remark", "settle", "unsettle"]
    assert list(events.flaws()) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"text": " "}, "请写明意见"),
        ({"text": "长" * 2001}, "意见有 2001 个字，最多 2000 个，请写短些或分成几条"),
        ({"text": "请核对", "target": "figure:nothing"}, "报告里没有这一处，请重新选择“写给哪一处”"),
        ({"text": "请核对", "target": "paragraph:improvement:99"}, "报告里没有这一处"),
    ],
)
def test_a_remark_that_says_nothing_is_refused_and_stands_in_its_box(
    office: Office, said: dict[str, str], reason: str
) -> None:
    from nianbao.web.office.models import Remark, Version

    in_review(office)
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    answer = reviewer.post(f"/versions/{Version.objects.get().pk}/remarks", said)
    shown = parsed(answer)
    assert (answer.status_code, reason in text(shown), Remark.objects.count()) == (422, True, 0)
    [box] = shown.xpath("//textarea[@name='text']")
    assert box.text_content().strip() == said["text"].strip()


def test_a_finding_becomes_a_remark_by_one_click_and_once(office: Office) -> None:
    from nianbao.web.office.models import Remark, Setting, Version

    Setting.objects.create(year=YEAR)
    faulty = document() | {"issued_by": "某某市税务局"}
    submission = in_review(office, report=faulty)
    version = Version.objects.get()
    [finding] = json.loads(version.findings)
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    for _ in range(2):
        reviewer.post(f"/versions/{version.pk}/remarks", {"finding": finding["id"]})
    remark = Remark.objects.get()
    assert (remark.target, remark.text) == (
        "particular:issued_by",
        f"{finding['what']}。{finding['mend']}。",
    )
    shown = page(reviewer, f"/submissions/{submission.pk}")
    assert [text(one) for one in shown.xpath("//small[@class='done']")] == ["已写成意见"]
    assert reviewer.post(f"/versions/{version.pk}/remarks", {"finding": "f" * 16}).status_code == 404
    note = reviewer.get(f"/submissions/{submission.pk}/note?text=1")
    assert f"1. 基本信息 › 署名：{remark.text}" in note.content.decode()


def test_remarks_are_written_and_settled_only_during_review_and_on_the_newest_version(office: Office) -> None:
    from nianbao.web.office.models import Remark, Submission, Version

    submission = in_review(office)
    version = Version.objects.get()
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    remark = Remark.objects.create(version=version, text="请核对", who="审核人")
    for state in set(State) - {State.IN_REVIEW}:
        Submission.objects.update(state=state)
        answers = [
            reviewer.post(f"/versions/{version.pk}/remarks", {"text": "又一条"}),
            reviewer.post(f"/remarks/{remark.pk}/settle"),
        ]
        for answer in answers:
            said = f"现在是“{state}”，不能写意见，也不能了结" in answer.content.decode()
            assert (answer.status_code, said) == (422, True)
    assert list(Remark.objects.values_list("text", "settled_at")) == [("请核对", None)]
    submission.refresh_from_db()
    Submission.objects.update(state=State.RETURNED)
    hand_in(submission, document())
    Submission.objects.update(state=State.IN_REVIEW)
    answer = reviewer.post(f"/versions/{version.pk}/remarks", {"text": "又一条"})
    assert (answer.status_code, "您看的是第 1 次报送的" in answer.content.decode()) == (422, True)


def test_of_two_reviewers_on_one_report_the_later_learns_who_was_quicker(office: Office) -> None:
    submission = in_review(office)
    first, second = (office.person(login, (Role.REVIEW, None)) for login in ("王小明", "李红"))
    path, said = f"/submissions/{submission.pk}/accept", {"reason": "已了解", "seen": "1"}
    assert first.post(path, said).status_code == 302
    late = second.post(path, said)
    told = text(parsed(late).xpath("//*[@role='alert']")[0])
    assert late.status_code == 422
    assert re.search(r"现在是“通过”，不能通过.*王小明 在 \d+月\d+日 \d\d:\d\d 已办理“通过”", told), told


def test_what_is_not_within_reach_has_no_address(office: Office) -> None:
    from nianbao.web.office.models import Remark, Version

    submission = in_review(office)
    version = Version.objects.get()
    remark = Remark.objects.create(version=version, text="请核对", who="审核人")
    other = office.organ("别的局")
    stranger = office.person("stranger", (Role.REVIEW, other))
    clerk = office.person("clerk", (Role.FILL, submission.organ))
    gets = (
        f"/submissions/{submission.pk}", f"/submissions/{submission.pk}/note",
        f"/submissions/{submission.pk}/compare", f"/versions/{version.pk}/pages",
        f"/versions/{version.pk}/pages/1.png", f"/versions/{version.pk}/report.pdf",
        f"/uploads/{version.upload_id}/file",
    )  # fmt: skip
    posts = (
        f"/submissions/{submission.pk}/present", f"/versions/{version.pk}/remarks",
        f"/remarks/{remark.pk}/settle",
    )  # fmt: skip
    assert {stranger.get(address).status_code for address in gets} == {404}
    assert {stranger.post(address, {"text": "甲"}).status_code for address in posts} == {404}
    assert {clerk.post(address, {"text": "甲"}).status_code for address in posts} == {403}
    assert stranger.post(f"/submissions/{submission.pk}/accept").status_code == 404


def test_the_file_that_was_handed_in_is_the_one_that_comes_back(office: Office) -> None:
    from nianbao.web.office.models import Version

    in_review(office)
    reader = office.person("reader", (Role.READ, None))
    answer = reader.get(f"/uploads/{Version.objects.get().upload_id}/file")
    assert answer.content == json.dumps(document(), ensure_ascii=False).encode()
    assert (
        answer["Content-Disposition"]
        == "attachment; filename=\"report.json\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.json"
    )


def test_reviewers_of_one_report_see_one_another_and_that_it_went_on(office: Office) -> None:
    from nianbao.web.office.models import Event, Submission

    submission = in_review(office)
    first, second = (office.person(name, (Role.REVIEW, None)) for name in ("first", "second"))
    address, before = f"/submissions/{submission.pk}/present", Event.objects.count()
    assert first.post(address).json() == {"others": [], "state": "审核中", "number": 1}
    assert second.post(address).json() == {"others": ["first"], "state": "审核中", "number": 1}
    shown = page(first, f"/submissions/{submission.pk}")
    assert text(shown.get_element_by_id("others")) == "second 也打开着这份报告。"
    Submission.objects.update(state=State.ACCEPTED)
    assert first.post(address).json() == {"others": ["second"], "state": "通过", "number": 1}
    assert Event.objects.count() == before


def test_looking_begins_nothing_and_asks_few_questions_of_the_database(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from nianbao.web.office import remarks
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Submission

    submission = office.submission(office.organ("某某市财政局"))
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    assert "机关还没有报送。" in text(page(reviewer, f"/submissions/{submission.pk}"))
    hand_in(submission, document())
    page(reviewer, f"/submissions/{submission.pk}")
    assert Submission.objects.get().state == State.SUBMITTED
    Submission.objects.update(state=State.IN_REVIEW)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(reviewer, f"/submissions/{submission.pk}")
        counts.append(len(queries))
        for more in range(20):
            remarks.write(submission, BOX, f"意见 {number}.{more}", Who("审核人"))
    assert counts[0] == counts[1] <= 24
