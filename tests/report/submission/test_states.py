"""The states of a submission: what leads where, what is missing of an action's needs, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from nianbao.report.problem import quote
from nianbao.report.submission import ACTIONS, Action, Facts, State, possible, refusals, remark_refusals


def test_every_state_but_the_first_is_reached_and_every_one_can_be_left() -> None:
    reached = {row.after for row in ACTIONS.values()}
    assert set(State) - reached == {State.ABSENT, State.UNSIGNED}  # 待签 only where an office asks for it
    assert [state for state in State if not possible(state)] == []


def test_an_action_in_a_state_that_is_not_its_own_says_which_are() -> None:
    assert refusals(Action.ACCEPT, State.SUBMITTED, Facts()) == ("现在是“已报”，不能通过；只有审核中的可以",)
    assert refusals(Action.REOPEN, State.FILLING, Facts(reason="理由")) == (
        "现在是“填报中”，不能重新打开；只有通过、已汇总、已公布、已归档的可以",
    )


def published(**said: Any) -> Facts:
    """What is registered of a publication."""
    facts = Facts(year=2025, today=date(2026, 2, 1), day=date(2026, 1, 28))
    return replace(facts, **{"address": "https://www.example.gov.cn/1.html"} | said)


@pytest.mark.parametrize(
    ("action", "state", "facts", "said"),
    [
        (Action.SUBMIT, State.FILLING, Facts(errors=2), ("还有 2 处错误，改正后才能报送",)),
        (
            Action.SUBMIT,
            State.FILLING,
            Facts(errors=2, lenient=True),
            ("还有 2 处错误，请写明仍要报送的理由",),
        ),
        (Action.SUBMIT, State.FILLING, Facts(errors=2, lenient=True, reason="急"), ()),
        (Action.SUBMIT, State.FILLING, Facts(warnings=3), ()),
        (
            Action.RETURN,
            State.IN_REVIEW,
            Facts(reason="改"),
            ("请至少写一条意见，说明退回后要改什么",),
        ),
        (Action.RETURN, State.IN_REVIEW, Facts(remarks=1), ()),
        (
            Action.ACCEPT,
            State.IN_REVIEW,
            Facts(remarks=2, warnings=3),
            ("还有 2 条意见没有了结", "还有 3 处警告没有核实，请写明仍然通过的理由"),
        ),
        (
            Action.ACCEPT,
            State.IN_REVIEW,
            Facts(errors=1),
            ("还有 1 处错误没有核实，请写明仍然通过的理由",),
        ),
        (Action.ACCEPT, State.IN_REVIEW, Facts(errors=1, warnings=1, reason="已核实"), ()),
        (Action.PUBLISH, State.ACCEPTED, Facts(day=date(2026, 1, 31)), ("请填写公布日期和网址",)),
        (Action.PUBLISH, State.ACCEPTED, published(), ()),
        (Action.PUBLISH, State.ACCEPTED, published(address="HTTP://10.1.2.3:8080/公开/1.html"), ()),
        (
            Action.PUBLISH,
            State.ACCEPTED,
            published(day=date(2026, 2, 2)),
            ("公布日期 2026年2月2日 还没有到，请在公布以后登记",),
        ),
        (
            Action.PUBLISH,
            State.SUMMED,
            published(day=date(2025, 1, 28)),
            ("公布日期 2025年1月28日 早于报告年度末，请核对年份",),
        ),
        *(
            (
                Action.PUBLISH,
                State.SUMMED,
                published(address=address),
                (f"“{said}”不是网址，请从浏览器的地址栏复制，以 http:// 或 https:// 开头",),
            )
            for address, said in [
                ("门户网站", "门户网站"),
                ("www.example.gov.cn", "www.example.gov.cn"),
                ("https:///1.html", "https:///1.html"),
                ("https://www.example.gov.cn/1 .html", "https://www.example.gov.cn/1 .html"),
                ("javascript:alert(1)", "javascript:alert(1)"),
                (f"https://www.example.gov.cn/{'1' * 500}", quote(f"https://www.example.gov.cn/{'1' * 500}")),
            ]
        ),
        (Action.REOPEN, State.ARCHIVED, Facts(reason=" "), ("请写明理由",)),
    ],
)
def test_what_is_missing_of_the_needs_is_said(
    action: Action, state: State, facts: Facts, said: tuple[str, ...]
) -> None:
    assert refusals(action, state, facts) == said


def test_remarks_are_written_during_review_only() -> None:
    assert remark_refusals(State.IN_REVIEW) == ()
    assert remark_refusals(State.SUBMITTED) == (
        "现在是“已报”，不能写意见，也不能了结，请先点“开始审核”；只有审核中的可以",
    )
    assert remark_refusals(State.ACCEPTED) == ("现在是“通过”，不能写意见，也不能了结；只有审核中的可以",)
