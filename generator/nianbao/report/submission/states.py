"""The states of a submission, and every action that leads from one to another: one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nianbao.report.dates import write_date
from nianbao.report.problem import quote
from nianbao.report.regex import regex
from nianbao.report.submission.roles import Right

LONGEST_ADDRESS = 500  # characters of an address in the web
_ADDRESS = regex(r"(?i:https?)://[^\s/]+\S*")


class State(StrEnum):
    """How far the report of one organ and year is."""

    ABSENT = "未报"
    FILLING = "填报中"
    UNSIGNED = "待签"
    SUBMITTED = "已报"
    IN_REVIEW = "审核中"
    RETURNED = "退回"
    ACCEPTED = "通过"
    SUMMED = "已汇总"
    PUBLISHED = "已公布"
    ARCHIVED = "已归档"


class Action(StrEnum):
    """What is done with a submission; the value is the end of its address."""

    FILL = "fill"
    SUBMIT = "submit"
    SIGN = "sign"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REVIEW = "review"
    RETURN = "return"
    ACCEPT = "accept"
    SUM = "sum"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    REOPEN = "reopen"


class Need(StrEnum):
    """What an action needs beside the right state and person."""

    NO_ERRORS = "no-errors"
    REASON = "reason"
    REMARK = "remark"
    SETTLED = "settled"
    WARNINGS = "warnings"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Transition:
    """An action: from which states, to which, by whom, and what it needs; `word` is its button."""

    action: Action
    word: str
    before: frozenset[State]
    after: State
    rights: frozenset[Right]  # one of these is enough
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the needs of an action are held against.

    `errors` and `warnings` are those that are open, `remarks` those of the office that nobody has settled;
    `lenient` where the office takes reports that have errors, for a reason. `day` and `address` are those
    of a publication, `year` is the report's, `today` the day on which it is registered.
    """

    errors: int = 0
    warnings: int = 0
    remarks: int = 0
    reason: str = ""
    address: str = ""
    day: date | None = None
    year: int = 0
    today: date = date.max
    lenient: bool = False


def _transition(
    action: Action,
    word: str,
    before: tuple[State, ...],
    after: State,
    right: Right | tuple[Right, ...],
    *needs: Need,
) -> Transition:
    rights = (right,) if isinstance(right, Right) else right
    return Transition(action, word, frozenset(before), after, frozenset(rights), needs)


_S = State
_ROWS = (
    _transition(Action.FILL, "填报", (_S.ABSENT, _S.FILLING, _S.RETURNED), _S.FILLING, Right.FILL),
    _transition(Action.SUBMIT, "报送", (_S.FILLING,), _S.SUBMITTED, Right.FILL, Need.NO_ERRORS),
    _transition(Action.SIGN, "签发", (_S.UNSIGNED,), _S.SUBMITTED, Right.SIGN),
    _transition(Action.DECLINE, "不签", (_S.UNSIGNED,), _S.FILLING, Right.SIGN, Need.REASON),
    _transition(Action.WITHDRAW, "撤回", (_S.UNSIGNED, _S.SUBMITTED), _S.FILLING, Right.FILL),
    _transition(Action.REVIEW, "开始审核", (_S.SUBMITTED,), _S.IN_REVIEW, Right.REVIEW),
    _transition(Action.RETURN, "退回", (_S.IN_REVIEW,), _S.RETURNED, Right.REVIEW, Need.REMARK),
    _transition(
        Action.ACCEPT, "通过", (_S.IN_REVIEW,), _S.ACCEPTED, Right.REVIEW, Need.SETTLED, Need.WARNINGS
    ),
    _transition(Action.SUM, "汇总", (_S.ACCEPTED,), _S.SUMMED, Right.SUM),
    _transition(
        Action.PUBLISH,
        "登记公布",
        (_S.ACCEPTED, _S.SUMMED),
        _S.PUBLISHED,
        (Right.FILL, Right.SUM),
        Need.PUBLICATION,
    ),
    _transition(Action.ARCHIVE, "归档", (_S.ACCEPTED, _S.SUMMED, _S.PUBLISHED), _S.ARCHIVED, Right.ARCHIVE),
    _transition(
        Action.REOPEN,
        "重新打开",
        (_S.ACCEPTED, _S.SUMMED, _S.PUBLISHED, _S.ARCHIVED),
        _S.RETURNED,
        Right.ADMIN,
        Need.REASON,
    ),
)
ACTIONS = {row.action: row for row in _ROWS}  # every pair of state and action that is not here is refused
UNDONE = frozenset({_S.ABSENT, _S.FILLING, _S.UNSIGNED, _S.RETURNED})  # not with the office
REMARKED = frozenset({_S.IN_REVIEW})  # in which the office writes remarks and settles them


def possible(state: State) -> tuple[Transition, ...]:
    """What may be done in a state, whoever does it."""
    return tuple(row for row in _ROWS if state in row.before)


def refusals(action: Action, state: State, facts: Facts) -> tuple[str, ...]:
    """Why an action cannot be done now, in words; empty where it can."""
    row = ACTIONS[action]
    if state not in row.before:
        states = "、".join(one for one in State if one in row.before)
        return (f"现在是“{state}”，不能{row.word}；只有{states}的可以",)
    return tuple(word for need in row.needs if (word := _missing(need, facts)))


def remark_refusals(state: State) -> tuple[str, ...]:
    """Why no remark can be written or settled now, in words; empty where one can."""
    if state in REMARKED:
        return ()
    before = f"，请先点“{ACTIONS[Action.REVIEW].word}”" if state is State.SUBMITTED else ""
    return (f"现在是“{state}”，不能写意见，也不能了结{before}；只有{'、'.join(REMARKED)}的可以",)


def _missing(need: Need, facts: Facts) -> str:
    """What is wanting of a need; "" where nothing is."""
    reason = facts.reason.strip()
    match need:
        case Need.NO_ERRORS if facts.errors and not facts.lenient:
            return f"还有 {facts.errors} 处错误，改正后才能报送"
        case Need.NO_ERRORS if facts.errors and not reason:
            return f"还有 {facts.errors} 处错误，请写明仍要报送的理由"
        case Need.REASON if not reason:
            return "请写明理由"
        case Need.REMARK if not facts.remarks:
            return "请至少写一条意见，说明退回后要改什么"
        case Need.SETTLED if facts.remarks:
            return f"还有 {facts.remarks} 条意见没有了结"
        case Need.WARNINGS if (facts.errors or facts.warnings) and not reason:
            return f"还有{_open(facts)}没有核实，请写明仍然通过的理由"
        case Need.PUBLICATION:
            return _unpublished(facts)
    return ""


def _unpublished(facts: Facts) -> str:
    """What is wrong with the day and the address of a publication; "" where nothing is."""
    address = facts.address.strip()
    if facts.day is None or not address:
        return "请填写公布日期和网址"
    if facts.day > facts.today:
        return f"公布日期 {write_date(facts.day)} 还没有到，请在公布以后登记"
    if facts.day.year <= facts.year:
        return f"公布日期 {write_date(facts.day)} 早于报告年度末，请核对年份"
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        return f"“{quote(address)}”不是网址，请从浏览器的地址栏复制，以 http:// 或 https:// 开头"
    return ""


def _open(facts: Facts) -> str:
    """How many findings are open, in words: 2 处错误、3 处警告."""
    counts = ((facts.errors, "错误"), (facts.warnings, "警告"))
    return " " + "、".join(f"{count} 处{word}" for count, word in counts if count)
