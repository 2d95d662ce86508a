"""Counts of what is made public unasked: rules that were made or repealed, decisions."""

from __future__ import annotations

from nianbao.report.checks.text_vs_tables.meaning import Meaning, plainly
from nianbao.report.checks.text_vs_tables.scope import Scope
from nianbao.report.checks.text_vs_tables.subject import subjects
from nianbao.report.checks.text_vs_tables.wording import Wording

_DONE = frozenset({"concluded", "handled"})


def decision(words: Wording) -> Meaning | None:
    """Decisions on licences, penalties and coercive measures."""
    decisions = words.kind("decision")
    odd = words.kind("row") or words.kind("column") or words.kind("result") or words.kind("event")
    if len(decisions) != 1 or odd or "信息" in words.plain:
        return None
    flows = words.kind("flow")
    if any(flow.role not in _DONE for flow in flows) or (flows and "案件" in words.text):
        return None
    return plainly(decisions[0])


def document(words: Wording, scope: Scope) -> Meaning | None:
    """Rules and regulations that were made, repealed or are in force."""
    events, kinds = words.kind("event"), words.kind("document")
    if words.kind("flow") or words.kind("row") or words.kind("column") or words.kind("result"):
        return None
    event = events[0] if events else scope.event if kinds else None
    rules = kinds[0] if kinds else scope.document
    if len(events) > 1 or len(kinds) > 1 or event is None or rules is None:
        return None
    if "文件" in words.plain and not scope.named:
        return None  # 废止文件30件，其中规范性文件9件
    return plainly(subjects().by_name[event.of_regulations] if rules.role == "regulation" else event)
