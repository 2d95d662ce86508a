"""Rates that the tables give without a number in the sentence: 办结率, 纠正率, 维持率."""

from __future__ import annotations

import re
from decimal import Decimal

from nianbao.report.checks.text_vs_tables.proportion import Proportion
from nianbao.report.checks.text_vs_tables.whole import CLOSED, Surroundings, totals
from nianbao.report.figure import State
from nianbao.report.regex import regex
from nianbao.report.report import Report

_OTHER_BUSINESS = regex(
    "工单|热线|12345|建议|提案|诉求|留言|来信|信件|信箱|投诉|咨询|问题|事项|许可|服务|网民|人民网|案件|平台|任务|复议|诉讼"
    "|按[时期]|及时|限时|提前|网上|当[日天月]|上年|力争|确保|目标|达到|以上|平均"
)
_RESULTS = {"纠正": "corrected", "纠错": "corrected", "维持": "upheld"}
_BLOCKS = {
    "复议": ("disputes.review",),
    "诉讼": ("disputes.litigation_direct", "disputes.litigation_after_review"),
}


def rated(proportion: Proportion, near: Surroundings) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """The parts and the wholes that a rate may be told of, the likeliest first; ((), ()) where not known."""
    text = near.outline.text[: proportion.stated.mark].split("；")[-1]
    name = proportion.label[-2:]
    if name == "办结" and "申请" in text and not _OTHER_BUSINESS.search(text):
        own = [one.value for one in near.outline.quantities if one.exact]
        differences = [one - other for one in own for other in own if one > other]
        closed, received = list(totals(near.report, CLOSED))[:1], list(totals(near.report))
        if closed and received:
            if len(own) == 2 and differences:  # 14件应办申请中结转了4件
                return (*differences, *closed, *own), (max(own), *received)
            return (*closed, *own, *differences), (*reversed(received), *own)
    kinds = [kind for kind in _BLOCKS if kind in text]
    if (result := _RESULTS.get(name)) and len(kinds) == 1 and not re.search("上年|力争|确保|[以控]", text):
        return _disputed(_BLOCKS[kinds[0]], result, near.report)
    return (), ()


def _disputed(
    blocks: tuple[str, ...], result: str, report: Report
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """What the blocks of Table 4 have of the result, and of all and of all concluded."""
    rows: list[list[Decimal]] = []
    for block in blocks:
        figures = [report.figures.get(f"{block}.{column}") for column in (result, "total", "pending")]
        known = [figure.amount for figure in figures if figure and figure.state is State.NUMBER]
        if len(known) < 3:
            return (), ()
        rows.append([Decimal(value) for value in known])
    if len(rows) > 1:
        rows.insert(0, [sum(column, start=Decimal(0)) for column in zip(*rows, strict=True)])
    wholes = [whole for _, all_, pending in rows for whole in (all_, all_ - pending)]
    return tuple(row[0] for row in rows), tuple(whole for whole in wholes if whole > 0)
