"""What the words of a clause, and those before them, let its count mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nianbao.report.checks.text_vs_tables.scope import WHOLES, Scope
from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.checks.text_vs_tables.wording import Wording

Sum = tuple[str, tuple[str, ...]]  # a reading as subjects.toml writes it, and the columns it is taken of

TOTAL = ("total",)
_COLUMNS = ("natural_person", "business", "research", "welfare", "legal_service", "other")
BOTH = "received + carried_in"
ANY = ("received", BOTH, "outcome_total")
NOT_OF_THE_TABLE = frozenset({"carried-in", "carried-out", "carried"})  # of them the table has no outcomes
_ELSEWHERE = NOT_OF_THE_TABLE | {"concluded"}  # of disputes the table says otherwise
_CARRIED = frozenset({"carried-in", "carried"})
_TOGETHER = frozenset(["含", "包含", "加上", "连同", "再加上", "加", "合计"])
_WHOLE = frozenset(
    ["全年", "年内", "共", "共计", "总计", "合计", "一共", "总共", "累计", "本年度", "本年", "今年"]
)
_DONE = frozenset({"concluded", "handled"})
_ON_TIME = frozenset({"按期", "按时", "及时", "如期", "期限内", "法定期限内", "在法定期限内", "规定期限内"})
_LATE = re.compile("延期|延长|逾期|超期|率")
_NEW = frozenset({"received", "due"})  # their count is never what was concluded


@dataclass(frozen=True, slots=True)
class Meaning:
    """The sums that a count may mean: those that a message lists, and those that make it right."""

    subject: Subject
    listed: tuple[Sum, ...]
    accepted: tuple[Sum, ...]


def meaning(words: Wording, scope: Scope) -> Meaning | None:
    """What the one count of a clause whose words are all known may mean; None where that is not certain."""
    topics = words.topics
    if "disputes" in topics or (words.kind("result") and scope.domain == "disputes"):
        if topics <= {"disputes", "requests"}:
            return _dispute(words, scope)
        scope.restrict(words.text)  # 因行政处罚被申请行政复议8件，被提起诉讼3件
        return None
    if "decisions" in topics:
        return _decision(words) if topics == {"decisions"} else None
    if "documents" in topics or (words.kind("event") and scope.domain == "documents"):
        return _document(words, scope) if topics <= {"documents"} else None
    if words.kind("event") or words.kind("result"):
        return None
    if "requests" in topics:
        told = words.kind("flow") or words.kind("row") or words.kind("column")
        if not told and (scope.domain == "other" or "信息" in words.plain):
            return None
        return _request(words, scope)
    return _request(words, scope) if scope.domain == "requests" else None


def _request(words: Wording, scope: Scope) -> Meaning | None:
    rows, flows, columns = words.kind("row"), words.kind("flow"), words.kind("column")
    if len(columns) > 1:
        return None
    column = columns[0] if columns else _corporate_rest(words, scope)
    if rows:
        return _outcome(rows, flows, column, scope)
    flow = _flow(flows)
    if len(flows) > 1 and words.plain & _TOGETHER and flow is not None and flow.role in _CARRIED:
        flow = subjects().of_role("due")
    if flow is None and flows:
        return None
    if column is not None:
        return _applicant(column, flow, scope)
    noun = words.kind("noun") or words.kind("short")
    subject = flow or (noun[0] if noun else None)
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
    if governor is not None and governor.new and subject.role != "received":
        return None
    if governor is not None and governor.row is not None and governor.row.role == "concluded" != subject.role:
        return None  # 办结的126件中，上年结转15件、本年新收111件
    columns: tuple[str, ...] = TOTAL
    if governor is not None and governor.row is not None and governor.row.role not in WHOLES:
        return None
    if governor is not None and governor.column is not None:
        columns = governor.column.columns
        subject = replace(subject, name=f"{subject.name}.{governor.column.name}", group="applicants")
    listed = tuple((written, columns) for written in subject.readings)
    accepted: tuple[Sum, ...] = listed
    if subject.role in _NEW and columns == TOTAL and len(words.kind("flow")) == 1:
        accepted = tuple(sum_ for sum_ in listed if sum_[0] != "outcome_total")
    if len(words.kind("flow")) > 1:  # 新收及结转147件
        several = (*(written for flow in words.kind("flow") for written in flow.readings), BOTH)
        accepted += tuple((written, columns) for written in several)
    if subject.role == "concluded" and words.plain & _ON_TIME and _LATE.search(scope.text):
        return None  # 按期办结120件，延期办结6件
    if subject.role == "concluded" and "答复" in words.text:
        accepted += tuple((rest, columns) for rest in ANSWERED)
    if columns == TOTAL:  # 自然人 27 件，办结 21 件
        accepted += tuple((written, other.columns) for written, _ in accepted for other in scope.columns)
    return Meaning(subject, listed, accepted)


ANSWERED = (  # what is left where some answers are not called answers
    "disclosed + partly_disclosed + @refused + @unavailable + @unprocessed",
    "disclosed + partly_disclosed + @refused + @unavailable",
)


def _applicant(column: Subject, flow: Subject | None, scope: Scope) -> Meaning | None:
    """Applications of one kind of applicants."""
    if flow is not None:
        written: tuple[str, ...] = flow.readings if flow.role != "received" else ("received", BOTH)
        subject = column if flow.group == "flow" and flow.readings[0] == "received" else _cell(flow, column)
        sums = tuple((word, column.columns) for word in written)
        return Meaning(subject, sums, sums)
    governor = scope.governor
    if governor is not None and governor.row is not None and governor.strict:
        sums = tuple((word, column.columns) for word in governor.row.readings)
        whole = governor.row.role in WHOLES
        return Meaning(column if whole else _cell(governor.row, column), sums, sums)
    listed = tuple((word, column.columns) for word in column.readings)
    rest: tuple[Sum, ...] = ()
    if column.role == "other":  # 商业企业25件，其他组织80件: all that were not named
        named = {name for other in scope.columns for name in other.columns}
        unnamed = tuple(name for name in _COLUMNS if name not in named)
        corporate = tuple(name for name in unnamed if name != _COLUMNS[0])
        rest = tuple((word, names) for word in column.readings for names in (unnamed, corporate))
    seen = tuple((word, column.columns) for row in scope.seen for word in row.readings)
    return Meaning(column, listed, tuple(dict.fromkeys((*listed, *seen, *rest))))


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
    return replace(column, name=f"{row.name}.{column.name}")


def _outcome(
    rows: tuple[Subject, ...], flows: tuple[Subject, ...], column: Subject | None, scope: Scope
) -> Meaning | None:
    """Applications with one outcome, or with several that are counted together."""
    if any(flow.role not in _DONE for flow in flows):
        return None
    governor = scope.governor
    if governor is not None and governor.row is not None and not _may_have(governor.row, rows, scope):
        return None
    if len(rows) > 1:
        parent = next((row for row in rows if _parent_of(row, rows)), None)
        if parent is not None:
            rows = tuple(row for row in rows if row is not parent)
    if len(rows) > 1:
        written: tuple[str, ...] = (" + ".join(row.readings[0] for row in rows),)
        subject = replace(rows[0], name="和".join(row.name for row in rows))
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
    listed = tuple((word, columns[0]) for word in written)
    accepted = tuple((word, among) for word in written for among in columns)
    return Meaning(subject, listed, accepted)


def _parent_of(row: Subject, rows: tuple[Subject, ...]) -> bool:
    """Whether one outcome is the class of all the others: 不予公开 of 行政执法案卷."""
    group = subjects().groups.get(row.readings[-1].removeprefix("@"))
    return group is not None and all(other is row or other.readings[0] in group for other in rows)


def _may_have(governor: Subject, rows: tuple[Subject, ...], scope: Scope) -> bool:
    """Whether the table can tell how many of these were such."""
    if governor.kind == "row":
        return _parent_of(governor, (governor, *rows)) or not scope.governor_strict()
    return governor.role not in NOT_OF_THE_TABLE and not scope.governor_new()


def _dispute(words: Wording, scope: Scope) -> Meaning | None:
    """Cases of review and litigation, all of them or with one result."""
    blocks, results = words.kind("block"), words.kind("result")
    if words.kind("row") or words.kind("column") or words.kind("event"):
        return None
    spoken_of = scope.disclosed or scope.known_topic in ("requests", "disputes")
    if scope.later or (words.kind("flow") and not spoken_of):
        scope.restrict(words.text)  # 诉讼25件，其中信息公开11件; 办理行政复议案件320件、应诉案件45件
        return None
    if not scope.disclosed and any(block.role == "of-any-matter" for block in blocks):
        return None
    governor = scope.governor
    if governor is not None and (governor.column or (governor.row and governor.row.role not in WHOLES)):
        return None
    if blocks and not results and scope.listed and scope.result is not None:
        results = (scope.result,)  # 审结行政复议3件、行政诉讼9件
    if len(results) > 1 or (words.kind("flow") and results):
        return None
    if not results:
        blocks = tuple(block for block in blocks if not any(_within(block, other) for other in blocks))
        concluded = any(flow.role in _ELSEWHERE for flow in words.kind("flow"))
        if len(blocks) != 1 or concluded:
            return None
        sums = tuple((written, TOTAL) for written in blocks[0].readings)
        return Meaning(blocks[0], sums, sums)
    ways = blocks_of(words, scope)
    readings = dict.fromkeys(
        " + ".join(results[0].readings[0].replace("{}", key) for key in way) for way in ways
    )
    sums = tuple((written, TOTAL) for written in readings)
    return Meaning(results[0], sums, sums)


def blocks_of(words: Wording, scope: Scope) -> list[tuple[str, ...]]:
    """The blocks of the table that a result may be of: those named beside it, else those named before."""
    blocks = words.kind("block")
    narrowest = [block for block in blocks if not any(_within(block, other) for other in blocks)]
    spoken = narrowest or scope.blocks
    if not spoken:
        review, direct, after = (
            ("disputes.review",),
            ("disputes.litigation_direct",),
            ("disputes.litigation_after_review",),
        )
        return [review, direct, after, direct + after, review + direct + after]
    ways = [block.blocks for block in spoken]
    if len(spoken) != 1 or len(ways[0]) > 1:
        ways.extend((key,) for block in spoken for key in block.blocks)
        ways.append(tuple(dict.fromkeys(key for block in spoken for key in block.blocks)))
    return list(dict.fromkeys(ways))


def _within(block: Subject, other: Subject) -> bool:
    """Whether one is said more narrowly by the other: 行政诉讼 … 复议后起诉."""
    return block is not other and set(other.blocks) < set(block.blocks)


def _decision(words: Wording) -> Meaning | None:
    decisions = words.kind("decision")
    odd = words.kind("row") or words.kind("column") or words.kind("result") or words.kind("event")
    if len(decisions) != 1 or odd or "信息" in words.plain:
        return None
    flows = words.kind("flow")
    if any(flow.role not in _DONE for flow in flows) or (flows and "案件" in words.text):
        return None
    sums = tuple((written, TOTAL) for written in decisions[0].readings)
    return Meaning(decisions[0], sums, sums)


def _document(words: Wording, scope: Scope) -> Meaning | None:
    """Rules and regulations that were made, repealed or are in force."""
    events, kinds = words.kind("event"), words.kind("document")
    if words.kind("flow") or words.kind("row") or words.kind("column") or words.kind("result"):
        return None
    event = events[0] if events else scope.event if kinds else None
    document = kinds[0] if kinds else scope.document
    if len(events) > 1 or len(kinds) > 1 or event is None or document is None:
        return None
    subject = event
    if document.role == "regulation":
        subject = subjects().by_name[event.of_regulations]
    sums = tuple((written, TOTAL) for written in subject.readings)
    return Meaning(subject, sums, sums)
