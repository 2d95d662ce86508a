"""Lists that open with no word such as 其中: of the number before them, or of all applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.listing import Listing, listings
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.sums import LEAVES_OUT, added, exact, not_whole, slipped
from nianbao.report.checks.text_vs_tables.whole import totals
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_OTHER_BUSINESS = regex(
    "留言|热线|12345|诉求|工单|来信|来电|信件|信箱|咨询|建议|提案|公开信息|发布|推送|文件|培训|检查|问题|栏目|问卷"
)
SHARED = regex(
    "[，（](?:合计|共计?|合|[两三四五六][类项者种个]|以上|上述|.{0,2}计)*占"
)  # so there are others too
_NEW = regex("在?(?:新收|本年|当年)(?:的|件|申请)*[^，。]{0,6}(?:当中|之中|中|里)")
_OF_CONTENT = regex(
    "[（(]?[0-9一二三四五六七八九十]*[.．、）)]?(?:申请)?(?:内容|事项|所涉内容|涉及事项|主题|领域)[。：]"
)
_ALL_YEAR = regex("[，；](?:全年|四个季度|两个半年)(?:合计|共计?|一共|总共)?(?:新收|收到)")
_BULLET = regex("(?:——|[（(]?[0-9]{1,2}[)）.．、])?[^，。；：＃]{2,6}：")
_CAME, _CONCLUDED = regex("新收|收到|受理|接收|登记"), regex("办结|答复|结转|应办")
_BODIES = ("家", "个", "所")
_NO_BODIES = regex("等次|档|等级|方面|指标|类|层次|月|季|环节|栏|项|班|模块|板块")


def listed(
    sentence: Sentence,
    outlined: Outline,
    lists: Sequence[Listing],
    earlier: Sequence[Sentence],
    claims: Sequence[Claim],
    report: Report,
) -> Iterator[Problem]:
    """Lists without an opening word that are of the number before them, or of all applications."""
    for index, listing in enumerate(lists):
        parts, whole, before = listing.parts, listing.whole, lists[:index]
        if not exact(*parts) or LEAVES_OUT.search(outlined.text[parts[0].mark : parts[-1].mark]):
            continue
        if whole is not None:
            if exact(whole) and (
                added(parts) > whole.value or (listing.short and added(parts) < whole.value)
            ):
                yield not_whole(sentence, whole, parts, whole.value)
            continue
        if listing.graded:
            yield from _graded(sentence, outlined, listing)
            continue
        near = [one for one in earlier if one.paragraph == sentence.paragraph]
        if listing.headed and not (near and _OF_CONTENT.fullmatch(near[-1].text)):
            continue
        told = of_requests(near, outlined.said(0, parts[0].mark)) or _ALL_YEAR.match(
            outlined.text, parts[-1].mark + 1
        )
        if not told and not _bulleted(outlined, parts[0], claims):
            continue
        if SHARED.match(outlined.text, parts[-1].mark + 1):
            continue
        received = next(totals(report), None)
        wholes = {*totals(report)}
        for text in (*(outline(one.text, report.year) for one in near), outlined):
            values = [one.value for one in plain_counts(text) if one not in parts]
            wholes |= {*values, *(one + other for one, other in pairwise(values))}
        new = _of_new(near, report) or (listing.channels and _tells_new(near, outlined, parts[0], received))
        if received and (new or any(added(one.parts) == received for one in before)):
            wholes = {received}
        together = added(parts)
        least, most = (2, 8) if listing.channels else (3, 5)
        if not received or together in wholes:
            continue
        if received * least <= together * 4 <= received * most or slipped(parts, received):
            yield not_whole(sentence, parts[0], parts, received)


def _graded(sentence: Sentence, outlined: Outline, listing: Listing) -> Iterator[Problem]:
    """Grades against those who were graded: 对9个县、41个部门考核，优秀10家、良好37家、一般3家."""
    parts = listing.parts
    start = outlined.text.rfind("；", 0, parts[0].mark)
    units = _BODIES if parts[0].unit in _BODIES else (parts[0].unit,)
    graded = [
        one
        for one in plain_counts(outlined)
        if start < one.mark < parts[0].mark
        and one.unit in units
        and not _NO_BODIES.match(outlined.right(one))
    ]
    together, whole = added(parts), added(graded)
    wholes = {one.value for one in graded} | {one.value + other.value for one, other in pairwise(graded)}
    if not graded or not exact(*graded) or together in wholes | {whole}:
        return
    near = together * 4 >= whole * 3 or slipped(parts, whole)
    if together > whole or (listing.short and near):
        yield not_whole(sentence, graded[0], parts, whole)


def _bulleted(outlined: Outline, first: Quantity, claims: Sequence[Claim]) -> bool:
    """Whether a paragraph with a name such as 渠道： goes on with what those before it tell of."""
    if not _BULLET.match(outlined.text) or _OTHER_BUSINESS.search(outlined.text):
        return False
    return any(claim.count.start == first.start and claim.topics == {"requests"} for claim in claims)


def _tells_new(
    near: Sequence[Sentence], outlined: Outline, first: Quantity, received: Decimal | None
) -> bool:
    """Whether it was told right before how many came, and nothing yet of what was concluded."""
    before = [outline(one.text, outlined.year) for one in near[-1:]]
    head = "".join((*(one.text for one in before), outlined.text[: first.mark]))
    told = [
        (text, one)
        for text in (*before, outlined)
        for one in text.quantities
        if text in before or one.mark < first.mark
    ]
    came = any(one.value == received and _CAME.search(text.left(one)) for text, one in told)
    return came and not _CONCLUDED.search(head)


def _of_new(near: Sequence[Sentence], report: Report) -> bool:
    """Whether the sentence before divides those that came this year: those carried over have no channel."""
    if not near:
        return False
    told = listings(outline(near[-1].text, report.year))
    received = next(totals(report), None)
    return bool(_NEW.match(near[-1].text)) or any(
        listing.channels and added(listing.parts) == received for listing in told
    )


def of_requests(near: Sequence[Sentence], head: str) -> bool:
    """Whether what follows the head of a sentence is told of the applications that were told of."""
    own = re.split("涉及|内容|事项|[看分][，：]|[；：]", head)[0]
    for text in (own, *(one.text for one in reversed(near))):
        if "申请" in text or "新收" in text:
            return True
        if _OTHER_BUSINESS.search(text):
            return False
    return False
