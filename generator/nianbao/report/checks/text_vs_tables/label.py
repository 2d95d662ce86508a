"""What stands beside a number: by it a number is found again, and what the tables call it."""

from __future__ import annotations

import re
from dataclasses import replace

from nianbao.report.checks.text_vs_tables.claim import Claim, claims
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.figure import plain, tidy
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

CLAUSE = regex("[，。；：、（）]")
CLAUSE_ONLY = regex("[，。；：（）]")
_IN_FORCE = regex(
    "(?:由此|至此|因此|这样|从而)?(?:截[至止]到?|到)?(?:年[末底]|目前|现有?)?(?:的|共|仍|尚|继续)?(?:现行)?有效(?:的?(?:行政)?(?:规范性)?文件)?(?:件?数量?)?的?(?:[共有为达]|[由从])?"
)
_DOCUMENTS = "disclosure.normative_documents.in_force"
_CARRIED = regex("结转|转入|未办结|在办")
_LEFT_OVER = regex("(?:年[末底]|期末)?(?:仍|尚|有|的)*结转(?:的?申请|件|量|数)*(?=由?$)")  # 年末结转29件
_CARRIED_ON = "carried-out"  # the role of the subject
_SLACK = regex("^(?:其中|而|且|但)|数量|件数|总量|总数|信息数|[的数量]")


def claims_of(sentence: Sentence, text: str, report: Report) -> tuple[Claim, ...]:
    """What the counts would be about if the sentence of this report said this."""
    return next(own for _, own in claims([replace(sentence, text=text)], report))


def labelled(outline: Outline, label: str, stop: int) -> Quantity | None:
    """The one number before a place of the outline that stands beside the label; None if not one."""
    bare = _bare(label)
    if len(bare) < 2:
        return None
    beside = [
        (quantity, sides)
        for quantity in outline.quantities
        if quantity.mark < stop and quantity.unit not in ("倍", "点")
        for sides in [(_left(outline, quantity), _bare(CLAUSE.split(outline.right(quantity))[0]))]
        if any(bare in side and not re.search(f"[不未][予宜]?{re.escape(bare)}", side) for side in sides)
    ]
    same = [quantity for quantity, sides in beside if bare in sides] or [quantity for quantity, _ in beside]
    return same[0] if len(same) == 1 else None


def listed_label(outline: Outline, quantity: Quantity) -> str:
    """What a number of a row is of where the names stand before it in a row: 许可、处罚决定8件、9件."""
    index = outline.index(quantity.mark)
    first = index
    while first and outline.left(outline.quantities[first]) in ("、", "和", "及"):
        first -= 1
    following = outline.quantities[index + 1 :]
    more = next(
        (n for n, one in enumerate(following) if outline.left(one) not in ("、", "和", "及")), len(following)
    )
    labels = re.split("[、和及]", CLAUSE_ONLY.split(outline.left(outline.quantities[first]))[-1])
    return labels[index - first] if len(labels) == index - first + 1 + more > 1 else ""


def stocks(outline: Outline, quantity: Quantity, sentence: Sentence, report: Report) -> tuple[Claim, ...]:
    """What a number claims whose label by itself names what is left at the end of the year.

    年末现行有效33件; 15件结转下年度: no word says that it is of documents, or of applications.
    """
    clause = CLAUSE.split(outline.left(quantity))[-1]
    label = clause or CLAUSE.split(outline.right(quantity))[0]
    count = f"{plain(tidy(quantity.value))}件"
    if "有效" in label and _IN_FORCE.fullmatch(label):
        documents = report.mandate.slots.get(_DOCUMENTS)
        return claims_of(sentence, f"现行有效{documents.row}{count}", report) if documents else ()
    if not _CARRIED.search(label):
        return ()
    claims = claims_of(
        sentence, f"申请，{_LEFT_OVER.sub('结转下年度', label.removesuffix('由'))}{count}", report
    )
    return tuple(claim for claim in claims if claim.subject and claim.subject.role == _CARRIED_ON)


def _left(outline: Outline, quantity: Quantity) -> str:
    return _bare(CLAUSE.split(outline.left(quantity))[-1])


def _bare(label: str) -> str:
    """The label without words that are said or left out as one likes."""
    return _SLACK.sub("", label)
