"""Counts of review and litigation, of all cases and of those with one result."""

from __future__ import annotations

from nianbao.report.checks.text_vs_tables.meaning import TOTAL, Meaning, plainly, sums
from nianbao.report.checks.text_vs_tables.scope import WHOLES, Scope
from nianbao.report.checks.text_vs_tables.subject import Subject
from nianbao.report.checks.text_vs_tables.wording import Wording

REVIEW = "disputes.review.total"
_TOGETHER = frozenset({"共", "共计", "合计", "总计", "均", "全部"})
_ELSEWHERE = frozenset({"carried-in", "carried-out", "carried", "concluded"})  # the table says it otherwise


def dispute(words: Wording, scope: Scope) -> Meaning | None:
    """Cases of review and litigation, all of them or with one result."""
    blocks, results = words.kind("block"), words.kind("result")
    if words.kind("row") or words.kind("column") or words.kind("event"):
        return None
    spoken_of = scope.disclosed or scope.known_topic in ("requests", "disputes")
    deciding = "受理" in words.text and blocks and blocks[0].readings == (REVIEW,)  # as their organ of review
    if scope.later or deciding or (words.kind("flow") and not spoken_of):
        scope.restrict(words.text)  # 诉讼25件，其中信息公开11件; 办理行政复议案件320件、应诉案件45件
        return None
    if not scope.disclosed and any(block.role == "of-any-matter" for block in blocks):
        return None
    governor = scope.governor
    if governor is not None and (governor.column or (governor.row and governor.row.role not in WHOLES)):
        return None
    if blocks and not results and scope.listed and scope.result is not None:
        results = (scope.result,)  # 审结行政复议3件、行政诉讼9件
    inherited = governor.result if governor is not None and blocks and not results else None
    if governor is not None and inherited is not None:
        if not governor.strict:
            return None  # 诉讼12件，被纠正2件，其中直接起诉7件
        results = (inherited,)  # 被纠正2件（直接起诉、复议后起诉各1件）
    if len(results) > 1 or (words.kind("flow") and results):
        return None
    if not results:
        blocks = tuple(block for block in blocks if not any(_within(block, other) for other in blocks))
        concluded = any(flow.role in _ELSEWHERE for flow in words.kind("flow"))
        if len(blocks) != 1 or concluded:
            return None
        return plainly(blocks[0])
    told = results[0].readings[0]
    own = sums(
        [" + ".join(told.replace("{}", block) for block in way) for way in blocks_of(words, scope)], TOTAL
    )
    return Meaning(results[0], own, own)


def blocks_of(words: Wording, scope: Scope) -> list[tuple[str, ...]]:
    """The blocks of the table that a result may be of: those named beside it, else those named before."""
    blocks = words.kind("block")
    narrowest = [block for block in blocks if not any(_within(block, other) for other in blocks)]
    together = words.plain & _TOGETHER
    spoken = narrowest or (scope.all_blocks if together else scope.blocks)
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
