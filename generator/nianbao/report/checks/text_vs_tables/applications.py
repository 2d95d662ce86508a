"""Counts of applications: all of them, of one kind of applicants, with one outcome."""

from __future__ import annotations

from nianbao.report.checks.text_vs_tables.meaning import BOTH, COLUMNS, TOTAL, Meaning, plainly, sums
from nianbao.report.checks.text_vs_tables.phrase import COUNT
from nianbao.report.checks.text_vs_tables.scope import WHOLES, Governor, Scope
from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.checks.text_vs_tables.wording import Wording, wording
from nianbao.report.regex import regex

ANSWERED = (  # what is left where some answers are not called answers
    "disclosed + partly_disclosed + @refused + @unavailable + @unprocessed",
    "disclosed + partly_disclosed + @refused + @unavailable",
)
_WITH = frozenset({"carried-in", "carried"})
_DONE = frozenset({"concluded", "handled"})
_NEW = frozenset({"received", "due"})  # their count is never what was concluded
_TOGETHER = frozenset({"含", "包含", "加上", "连同", "再加上", "加", "合计"})
_SUMMED = frozenset({"合计", "共", "共计", "总计"})
_ON_TIME = frozenset({"按期", "按时", "及时", "如期", "期限内", "法定期限内", "在法定期限内", "规定期限内"})
_THOSE = frozenset({"均", "都", "全部", "均为", "全都", "全系", "全是", "全为", "全由", "皆"})
_EVERY = frozenset({"均", "都", "全部", "悉数", "一律", "件件"})
_RESULTS = frozenset({"办理结果", "处理结果", "答复结果"})
_REST = frozenset({"其余", "剩余", "余下", "余", "剩下", "仍有", "尚有"})
_BOTH_WAYS = regex(  # 当年新收当年办结的: not all of the one, nor of the other
    "(当年|年内|今年|本年度?|当期|新收)[^#]*(?:\\1|并)[^#]*(?:办结|办复|办毕|答复)"
)
_UNCOUNTED = regex("撤回|不属于(?:政府)?信息公开申请|剔除|(?:重复|误)登记")  # 收到255件，其中撤回6件
_APART = regex("(?:共计?|合计)办结|当年(?:新收|收到|受理)?的?申请件?(?:已|均)*办结")
_OF_NOUN = regex("申请.*?(?:均|都|全|皆)")  # not 均为自然人提出的申请6件
_ADDED = regex("申请[^#]*(?:加|连同|包?含)[^#]*结转[^#]*#")
_ALL_SUCH = regex(f"{COUNT}(?:均|都|全部?)?(?:为|系|是|属于?)")  # 不予处理的1件为重复申请
_LATE = regex("延期|延长|逾期|超期|率")


def application(words: Wording, scope: Scope) -> Meaning | None:
    """What a count of applications may mean."""
    rows, flows, columns = words.kind("row"), words.kind("flow"), words.kind("column")
    if len(columns) > 1:
        if words.plain.isdisjoint(_SUMMED) or rows or flows or "等" in words.plain:
            return None
        names = tuple(dict.fromkeys(name for one in columns for name in one.columns))
        columns = (columns[0]._replace(name="和".join(one.name for one in columns), columns=names),)
    column = columns[0] if columns else _corporate_rest(words, scope)
    if rows:
        return _outcome(words, column, scope)
    if _BOTH_WAYS.search(words.text):
        return None
    flow = _flow(flows)
    if len(flows) > 1 and words.plain & _TOGETHER and flow is not None and flow.role in _WITH:
        flow = subjects().of_role("due")
    if flow is None and flows:
        return None
    if flow is not None and flow.role in _WITH and _ADDED.search(words.text):
        flow = subjects().of_role("due")
    if column is not None and not words.plain.isdisjoint(_THOSE if flow or scope.columns else _THOSE | _REST):
        named = words.kind("noun") or words.kind("short")
        every = named[0] if named and _OF_NOUN.search(words.text) else None
        return _all_of(column, flow, _rest(words, scope), every, scope)
    if column is not None:
        left = ("carried_out",) if not words.plain.isdisjoint(_REST) else ()
        return _applicant(column, flow, scope, left, vague=not columns)
    noun = words.kind("noun") or words.kind("short")
    subject = flow or (noun[0] if noun else None)
    if subject is None and not words.plain.isdisjoint(_RESULTS):
        subject = subjects().words["办结"]  # 94件办理结果为
    if subject is None:
        return None
    return _whole(subject, words, scope)


def _flow(flows: tuple[Subject, ...]) -> Subject | None:
    """Of several verbs the one that decides: 接收办理, 结转 … 继续办理, 尚未办结."""
    for role in ("carried-in", "carried-out", "carried", "due"):
        for flow in flows:
            if flow.role == role:
                return flow
    if len(flows) > 1:
        return subjects().of_role("handled")
    return flows[0] if flows else None


def _whole(subject: Subject, words: Wording, scope: Scope) -> Meaning | None:
    """All applications that came, were concluded or went on."""
    governor = scope.governor
    if (governor is not None and not _may_be_part(subject, governor)) or _UNCOUNTED.search(scope.text):
        return None
    if subject.role == "concluded" and _APART.search(scope.text) and "共" not in words.text:
        return None  # 办结111件，加上结转办结15件，共办结126件
    if subject.role == "concluded" and words.plain & _ON_TIME and _LATE.search(scope.text):
        return None  # 按期办结120件，延期办结6件
    columns: tuple[str, ...] = TOTAL
    if governor is not None and governor.column is not None:
        columns = governor.column.columns
        subject = subject._replace(name=f"{subject.name}.{governor.column.name}", group="applicants")
    flows = words.kind("flow")
    new = subject.role in _NEW and columns == TOTAL and len(flows) == 1
    written = [reading for reading in subject.readings if not (new and reading == "outcome_total")]
    if len(flows) > 1:  # 新收及结转147件
        written += [BOTH, *(reading for flow in flows for reading in flow.readings)]
    if subject.role == "concluded" and scope.seen and scope.seen[-1].role == "carried-in":
        written.append("carried_in")  # 上年结转15件，年内办结15件
    if "在办" in words.text:
        written.append(BOTH)  # 连同上年结转的15件，在办147件
    if "待" in words.text and subject.role == "due":
        written.append("carried_out")  # 已办126件，待办21件
    if subject.role == "concluded" and not words.plain.isdisjoint(_EVERY):
        written += ["received", BOTH]  # 132件申请全部办结: of those that came, which is told as prose-all
    if subject.role == "concluded" and "答复" in words.text:
        written += ANSWERED
    others = [other.columns for other in scope.columns] if columns == TOTAL else []  # 自然人27件，办结21件
    return Meaning(subject, sums(subject.readings, columns), sums(written, columns, *others))


def _may_be_part(subject: Subject, governor: Governor) -> bool:
    """Whether the table can tell what went on with these: 办结的126件中，上年结转15件 it cannot."""
    if governor.new and subject.role != "received":
        return False
    if governor.row is None:
        return True
    return governor.row.role in WHOLES and (governor.row.role != "concluded" or subject.role == "concluded")


def _applicant(
    column: Subject, flow: Subject | None, scope: Scope, left: tuple[str, ...], *, vague: bool
) -> Meaning:
    """Applications of one kind of applicants; `left` may be meant too, `vague` where they are only 其他."""
    if flow is not None:
        own = sums(("received", BOTH) if flow.role == "received" else flow.readings, column.columns)
        return Meaning(column if flow.readings[0] == "received" else _cell(flow, column), own, own)
    governor = scope.governor
    if governor is not None and governor.row is not None and governor.strict:
        own = sums(governor.row.readings, column.columns)
        subject = column if governor.row.role in WHOLES else _cell(governor.row, column)
        rest = sums(governor.row.readings, *_unnamed(scope)) if vague else ()
        return Meaning(subject, own, (*own, *rest), governor.count)
    listed = sums(column.readings, column.columns)
    seen = sums([*left, *(reading for row in scope.seen for reading in row.readings)], column.columns)
    rest = sums(column.readings, *_unnamed(scope)) if column.role == "other" else ()
    return Meaning(column, listed, tuple(dict.fromkeys((*listed, *seen, *rest))))


def _rest(words: Wording, scope: Scope) -> Subject | None:
    """What is left when no more was told than how many came and were concluded: 剩余1件系自然人申请."""
    told = {row.role for row in scope.seen}
    if (
        words.plain.isdisjoint(_REST)
        or scope.columns
        or scope.governor
        or not told <= WHOLES | {"carried-in"}
    ):
        return None
    return subjects().of_role("carried-out") if "concluded" in told else None


def _all_of(
    column: Subject, flow: Subject | None, rest: Subject | None, noun: Subject | None, scope: Scope
) -> Meaning | None:
    """All of those that came, or are left, were of these applicants: 结转的2件均由自然人提出."""
    row = flow or rest or noun
    if row is None or scope.governor is not None:
        return None
    own, otherwise = sums(row.readings, column.columns), plainly(row) if row is not rest else None
    return Meaning(_cell(row, column), own, own, scope.count, alone=True, otherwise=otherwise)


def _unnamed(scope: Scope) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that were not named yet, and the corporate of them: 商业企业25件，其他组织80件."""
    named = {name for other in scope.columns for name in other.columns}
    unnamed = tuple(name for name in COLUMNS if name not in named)
    return unnamed, tuple(name for name in unnamed if name != COLUMNS[0])


def _corporate_rest(words: Wording, scope: Scope) -> Subject | None:
    """其他 after 商业企业 and the like is a kind of applicants."""
    if (
        "其他" in words.plain
        and not words.kinds
        and scope.column is not None
        and scope.column.role == "corporate"
    ):
        return subjects().of_role("other")
    return None


def _cell(row: Subject, column: Subject) -> Subject:
    return column._replace(name=f"{row.name}.{column.name}")


def _outcome(words: Wording, column: Subject | None, scope: Scope) -> Meaning | None:
    """Applications with one outcome, or with several that are counted together."""
    rows = words.kind("row")
    if any(flow.role not in _DONE for flow in words.kind("flow")):
        return None
    governor = scope.governor
    if governor is not None and not _may_have(governor, rows):
        return None
    if len(rows) > 1:
        before = wording(words.text.partition(COUNT)[0]).kind("row")
        parent = next((row for row in rows if _parent_of(row, rows)), None)
        all_such = _ALL_SUCH.search(words.text) and "等" not in words.plain
        if parent is not None and before == (parent,) and f"有{COUNT}" not in words.text and not all_such:
            rows = before  # 不予公开的48件，理由是国家秘密等
        elif parent is not None:
            rows = tuple(row for row in rows if row is not parent)
    if len(rows) > 1:
        written: tuple[str, ...] = (" + ".join(row.readings[0] for row in rows),)
        subject = rows[0]._replace(name="和".join(row.name for row in rows))
    else:
        written, subject = rows[0].readings, rows[0]
    columns: list[tuple[str, ...]] = [TOTAL]
    if column is not None:
        columns, subject = [column.columns], _cell(subject, column)
    elif governor is not None and governor.column is not None:
        columns = [governor.column.columns] if governor.strict else [TOTAL, governor.column.columns]
        subject = _cell(subject, governor.column) if governor.strict else subject
    elif scope.columns:
        columns = [TOTAL, *(other.columns for other in scope.columns)]
    return Meaning(subject, sums(written, columns[0]), sums(written, *columns))


def _parent_of(row: Subject, rows: tuple[Subject, ...]) -> bool:
    """Whether one outcome is the class of all the others: 不予公开 of 行政执法案卷."""
    group = subjects().groups.get(row.readings[0].removeprefix("@"))
    return group is not None and all(other is row or other.readings[0] in group for other in rows)


def _may_have(governor: Governor, rows: tuple[Subject, ...]) -> bool:
    """Whether the table can tell how many of these were such."""
    row = governor.row
    if row is None:
        return True
    if row.kind == "row":
        return _parent_of(row, (row, *rows)) or not governor.strict
    return row.role in WHOLES and not governor.new
