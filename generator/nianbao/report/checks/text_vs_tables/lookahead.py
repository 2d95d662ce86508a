"""What the clauses behind one show of it, before they are read themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.report.checks.text_vs_tables.clause import LONGEST, Clause
from nianbao.report.checks.text_vs_tables.phrase import COUNT, SAME
from nianbao.report.checks.text_vs_tables.scope import CARRIED, of_requests
from nianbao.report.prose import Count
from nianbao.report.regex import regex

_LEFT = regex(f"(?:剩余|余下|剩下|尚有|尚余|还剩|仅剩|余)(?:的|有)?{COUNT}")
_OTHERS = regex(f"其他(?:的|有)*{COUNT}")


def counts_requests(clauses: Sequence[Clause]) -> bool:
    """Whether what only applications have is counted: 26件无法提供, 结转8件中自然人5件."""
    counted = [clause.words for clause in clauses if COUNT in clause.text]
    known = [words for words in counted if not words.unknown]
    rows = {row.readings[0] for words in known for row in words.kind("row")}
    if any(map(of_requests, known)) or (len(rows) > 2 and "@unavailable" in rows):
        return True
    columns = {column for words in known for column in words.kind("column")}
    if len(columns) > 2 or any(words.kind("flow") and "申请" in words.text for words in known):
        return True
    carried = any(flow.role in CARRIED for words in known for flow in words.kind("flow"))
    return carried and bool(columns)


def added(clauses: Sequence[Clause], counts: Sequence[Count]) -> Decimal | None:
    """What the applicants add up to with whom the clauses begin; None where they are not listed plainly."""
    parts, names = Decimal(0), 0
    for clause in clauses[:LONGEST]:
        if not clause.words.kind("column") and not _OTHERS.match(clause.text):
            break
        names += 1
        if SAME in clause.text:
            continue
        if len(clause.counts) != 1 or COUNT not in clause.text:
            return None
        parts, names = parts + names * counts[clause.counts[0]].value, 0
        if clause.closed not in ("、", "，"):
            break
    return parts


def left_over(clauses: Sequence[Clause]) -> bool:
    """Whether the first tells of a rest that goes on: 剩下1件在12月下旬收到，结转2026年办理."""
    first, *after = clauses[:LONGEST]
    if len(first.counts) != 1 or not _LEFT.match(first.text):
        return False
    if first.closed in ("（", "("):  # 剩余2件（自然人、企业各1件）转入下年
        ends = next((place for place, clause in enumerate(after) if clause.closed in ("）", ")")), len(after))
        first, after = first._replace(closed="，"), after[ends + 1 :]
    if not after or first.closed != "，" or after[0].counts:
        return False
    words = after[0].words
    known = not words.unknown and not words.negated and words.kinds.keys() == {"flow"}
    return known and [flow.role for flow in words.kind("flow")] == ["carried-out"]
