"""Every state and every action : what is allowed is done and logged once, all else changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from nianbao.report.submission import ACTIONS, UNDONE, Action, Role, State

from tests.web.office.conftest import Office
from tests.web.office.handed_in import document, hand_in, in_review

EVERY_ROLE = (Role.FILL, Role.SIGN, Role.REVIEW, Role.SUM, Role.ARCHIVE, Role.ADMIN)
SAID = {"reason": "理由", "address": "https://example.gov.cn/1", "day": "2026-01-20"}


def kept() -> list[Any]:
    """All that an action could change."""
    from nianbao.web.office.models import Event, Remark, Submission, Sum, Version

    models = (Submission, Version, Remark, Sum, Event)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_an_action_is_done_in_its_states_and_refused_in_all_others(office: Office) -> None:
    from django.utils import timezone
    from nianbao.web.office.models import Event, Remark, Submission, Version

    submission = in_review(office)
    organ = submission.organ
    everybody = office.person(
        "everybody", *((role, organ if role.of_one_organ else None) for role in EVERY_ROLE)
    )
    Remark.objects.create(version=Version.objects.get(), text="请核对", who="审核人")
    seen = {}
    for action in (action for action in Action if action is not Action.FILL):
        settled = (
            None if action is Action.RETURN else timezone.now()
        )  # which it needs, and 通过 must not have
        Remark.objects.update(settled_at=settled)
        for state in State:
            Submission.objects.update(state=state, number=Version.objects.count())
            before = kept()
            answer = everybody.post(f"/submissions/{submission.pk}/{action}", SAID)
            seen[action, state] = answer.status_code, Submission.objects.get().state
            if answer.status_code == 302:
                newest = Event.objects.order_by("-id")[0]
                assert (newest.what, newest.submission_id) == (action, submission.pk)
                assert Event.objects.count() == len(before[-1]) + 1
            else:
                assert f"现在是“{state}”，不能{ACTIONS[action].word}" in answer.content.decode()
                assert kept() == before
    assert seen == {
        (action, state): (302, row.after) if state in row.before else (422, state)
        for action, row in ACTIONS.items()
        if action is not Action.FILL
        for state in State
    }


def test_filling_in_begins_only_while_a_report_is_not_with_the_office(office: Office) -> None:
    from nianbao.web.office.models import Submission

    submission = in_review(office)
    clerk = office.person("clerk", (Role.FILL, submission.organ))
    seen = {}
    for state in State:
        Submission.objects.update(state=state)
        before = kept()
        seen[state] = clerk.post(f"/mine/{submission.pk}/begin").status_code
        assert clerk.post(f"/submissions/{submission.pk}/fill").status_code == 404
        if seen[state] == 422:
            assert kept() == before
    begun = UNDONE - {State.UNSIGNED}
    assert seen == {state: 302 if state in begun else 422 for state in State}


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (Action.RETURN, "请至少写一条意见，说明退回后要改什么"),
        (Action.ACCEPT, "还有 1 处错误、2 处警告没有核实，请写明仍然通过的理由"),
    ],
)
def test_what_an_action_needs_is_said_and_nothing_is_done(
    office: Office, action: Action, reason: str
) -> None:
    from nianbao.web.office.models import Submission

    submission = in_review(office)
    Submission.objects.update(errors=1, warnings=2)
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    before = kept()
    answer = reviewer.post(f"/submissions/{submission.pk}/{action}", {"reason": " "})
    assert (answer.status_code, reason in answer.content.decode(), kept()) == (422, True, before)
    answer = reviewer.post(f"/submissions/{submission.pk}/accept", {"reason": "已经电话核实"})
    assert (answer.status_code, Submission.objects.get().state) == (302, State.ACCEPTED)


def test_a_report_with_open_remarks_is_not_accepted_and_the_reason_stays_in_its_box(office: Office) -> None:
    from nianbao.web.office import remarks
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Submission

    submission = in_review(office)
    Submission.objects.update(warnings=1)
    remarks.write(submission, "", "全文请再读一遍", Who("审核人"))
    reviewer = office.person("reviewer", (Role.REVIEW, None))
    answer = reviewer.post(f"/submissions/{submission.pk}/accept", {"reason": "电话<核实>"})
    page = answer.content.decode()
    assert (answer.status_code, "还有 1 条意见没有了结" in page) == (422, True)
    assert '<textarea name="reason" rows="2">电话&lt;核实&gt;</textarea>' in page


def test_an_administrator_reopens_for_a_reason_and_sees_no_figures(office: Office) -> None:
    from nianbao.web.office.models import Event, Submission

    submission = in_review(office)
    Submission.objects.update(state=State.PUBLISHED)
    administrator = office.person("administrator", (Role.ADMIN, None))
    page = administrator.get(f"/submissions/{submission.pk}").content.decode()
    assert ("管理员看不到报告的内容" in page, "figure:" in page) == (True, False)
    refused = administrator.post(f"/submissions/{submission.pk}/reopen", {"reason": ""})
    assert (refused.status_code, "请写明理由" in refused.content.decode()) == (422, True)
    done = administrator.post(f"/submissions/{submission.pk}/reopen", {"reason": "公布后发现漏报"})
    assert (done.status_code, Submission.objects.get().state) == (302, State.RETURNED)
    assert Event.objects.order_by("-id")[0].detail == '{"reason": "公布后发现漏报"}'


def test_nobody_decides_on_a_version_that_they_have_not_seen(office: Office) -> None:
    from nianbao.web.office import submissions
    from nianbao.web.office.events import Who
    from nianbao.web.office.models import Remark, Submission, Version

    submission = in_review(office)
    first, second = (office.person(name, (Role.REVIEW, None)) for name in ("first", "second"))
    Remark.objects.create(version=Version.objects.get(), text="请核对", who="审核人", settled_at=None)
    assert first.post(f"/submissions/{submission.pk}/return", {"seen": "1"}).status_code == 302
    hand_in(submission, document())
    submissions.act(submission, Action.REVIEW, Who("审核人"))
    before = kept()
    answer = second.post(f"/submissions/{submission.pk}/return", {"seen": "1"})
    assert "您看的是第 1 次报送的，现在已是第 2 次" in answer.content.decode()
    assert (answer.status_code, kept()) == (422, before)
    assert second.post(f"/submissions/{submission.pk}/return", {"seen": "2"}).status_code == 302
    assert Submission.objects.get().state == State.RETURNED


def test_two_reviewers_cannot_both_decide(office: Office) -> None:
    from nianbao.web.office.models import Submission

    submission = in_review(office)
    first, second = (office.person(name, (Role.REVIEW, None)) for name in ("first", "second"))
    assert first.post(f"/submissions/{submission.pk}/accept").status_code == 302
    answer = second.post(f"/submissions/{submission.pk}/return")
    assert "现在是“通过”，不能退回" in answer.content.decode()
    assert (answer.status_code, Submission.objects.get().state) == (422, State.ACCEPTED)
