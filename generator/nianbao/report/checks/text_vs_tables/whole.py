"""The numbers that a share may be a share of, and which of them it certainly is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.label import CLAUSE, claims_of
from nianbao.report.checks.text_vs_tables.number import PIECE, meanings
from nianbao.report.checks.text_vs_tables.proportion import Proportion
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.checks.text_vs_tables.subject import readings
from nianbao.report.checks.text_vs_tables.subset import whole_of
from nianbao.report.regex import regex
from nianbao.report.report import Report

_PLAIN = regex(
    "[两三四五六][类项者种](?:信息)?|全部|所有|整个|全年|本年|当年|同期|比例|比重|[总其该此类数量体的中到了比全约近高达件条份]"
)
_REQUESTS = regex(
    "(?:政府信息|信息|依申请|公开|申请|新收|收到|受理|接收|来件|收件|办结|办理|答复|处理|应办|结果|本年)+"
)
_CLOSED = regex("办结|办理结果|已办|答复")
_OPENS = regex("其中|包括|包含|含|分为|：")
_FIRST = regex("[^，。；：、（）＃％×±]{0,6}，其中，?[^，。；：、（）＃％×±]{1,8}")
_FRAME = regex(
    "＃[^，。；：、（）＃％×±]{0,16}?(?:(?:[中里内]|当中|之中)(?=[，：＃有])|中(?![小心央介标国华级期等学])(?=[^，。；：、（）＃％×±]{1,14}＃))"
)
_BY_NAME = regex(
    "(?:^|[，。；：])(?:在|全部|所有|已)*(?:办结|答复|新收)(?:的?申请|案件|的|件)*[中里]，", "办结|答复|新收"
)
_CHANGED = regex("(?:增加|减少|增长|下降|[多少增减])[了出]?$|[较比在是为]于?上年的?$|相当于上年的?$")
_ALL = regex("办结|办理|答复|新收|收到|受理")
_SOME = regex("不予|无法|部分|予以|其他|维持|纠正|结转")
_FOLLOWS = regex("其中|[按从以][^，。]{1,8}[看分]|分[^，。]{1,6}看|[上前]述|以上|[^，。；：]{2,6}：")
_ASKED = regex(
    "(?:^|[，。；：）])(?:在)?(?:全部|所有|本年|全年|新收|收到)?的?(?:(?:申请人|申请|新收件?|新收申请)(?:当)?中|(?:申请人|申请主体|申请者|提出者|提出人)(?:仍|主要|多|大多)?(?:以|是|为)|申请(?:人|者)?(?:来源)?(?:仍|主要)?以)[^＃；：]*"
)
_CONTENT = regex(
    "(?:[（(]?[0-9一二三四五六七八九十]+[.、）)])?(?:[从按])?(?:新收|本年|所收|收到的)?的?申请(?:所涉|涉及|的|公开)?的?(?:内容|事项|主题|领域|诉求|类型|信息)[^＃，。；]{0,12}[^＃。；]{0,16}＃"
)
_DISPUTES = regex("(?:行政)?(复议|诉讼)(?:案件|申请|案)?")
_TOLD = regex("(?:共|共计|合计|总计|总数(?:为|达)?|一共)$")
_SUM = regex("(?:合计|共计?|相加|之和)(?:为|有|达)?$")
_REST = regex("[，；（]的?(?:其余|余下|剩余|剩下)的?(?:＃|[^，。；：、（）＃％×±]{1,6}＃)")
_COMES = regex(
    "(?:收到|受理|提交|提出|渠道|方式)[^，]{0,8}申请|申请[^，]{0,4}$|收到$|(?:网络|网上|信函|邮寄|当面|现场)"
)
_PEOPLE = ("人", "名", "位")
_ROWS = frozenset(("applicants", "results", "flow"))  # groups of subjects that are parts of all applications
_OUTCOMES = frozenset(("results", "refusals", "unavailable", "unprocessed", "others"))
_OF_KIND = regex("(?:类|情形)?的?(?:答复|申请|案件|件|决定)?(?:总[数量]|数量|件数)?的?$")
RECEIVED, CLOSED = "收到申请", "办结申请"


class Surroundings(NamedTuple):
    """A sentence as the search for wholes needs it; `earlier` goes back to the paragraph before."""

    outline: Outline
    earlier: Sequence[Outline]
    follows: bool  # whether the last of `earlier` stands in the same paragraph
    claims: Sequence[Claim]
    report: Report

    def counts(self, unit: str, stop: int) -> list[Quantity]:
        """The sentence's numbers of a unit before a place of the outline."""
        units = _PEOPLE if unit in _PEOPLE else (unit,)
        return [one for one in self.outline.quantities if one.unit in units and one.mark < stop]

    def claim(self, quantity: Quantity, *, told: bool = False) -> Claim | None:
        """What a number is a claim of, told that the paragraph speaks of applications where it does."""
        inside = (c for c in self.claims if quantity.start <= c.count.start and c.count.end <= quantity.end)
        claim = next(inside, None)
        if claim is None or meanings(claim, self.report):
            return claim
        if not told and not (self.follows and any("申请" in outline.sentence for outline in self.earlier)):
            return claim
        label = CLAUSE.split(self.outline.left(quantity))[-1]
        written = claim.sentence.text[claim.count.start : claim.count.end]
        return next(reversed(claims_of(claim.sentence, f"申请，{label}{written}", self.report)), claim)


def _named_frame(outline: Outline, part: Quantity, near: Surroundings) -> Decimal | None:
    """办结件中，…: the total of applications of which all after it is told; None where there is none."""
    frames = list(_BY_NAME.finditer(outline.text, 0, part.mark))
    claim = near.claim(part) if frames else None
    if claim is None or "requests" not in claim.topics or outline.depth(part.mark):
        return None
    return next(totals(near.report, CLOSED if _CLOSED.search(frames[-1].group()) else RECEIVED), None)


def candidates(proportion: Proportion, part: Quantity, near: Surroundings) -> frozenset[Decimal]:
    """Every number that the share may be a share of."""
    stated, outlined = proportion.stated, near.outline
    if proportion.number is not None:
        return frozenset((proportion.number.value,))
    if (frame := _frame(outlined, part)) is not None and not proportion.whole:
        inner = _opened(outlined, part)
        return frozenset(one.value for one in (frame, inner) if one is not None)
    own = near.counts(part.unit, stated.mark)
    if not proportion.whole and (every := _named_frame(outlined, part, near)):
        parts = (one.value for one in own if one.mark < part.mark and one.value >= part.value)
        return frozenset((every, *(parts if _opened(outlined, part) else ())))
    if not proportion.whole and _begins(outlined, part):  # 收到418件，其中自然人315件，占
        above = [one.value for one in own if one.mark < part.mark and not _CHANGED.search(outlined.left(one))]
        return frozenset((*above, *(first + second for first, second in pairwise(above))))
    if not proportion.whole and len(proportion.parts) == 1 and of_table(part, near):
        before = [one.value for one in own if one.mark < part.mark and one.value >= part.value]
        before += [
            one.value for outline in near.earlier[-1:] for one in outline.quantities if one.unit == part.unit
        ]
        return frozenset((*before, *totals(near.report)))
    if not proportion.whole and (done := whole_of(outlined, part)) is not None:
        return frozenset((done.value,))
    called = [one for one in own if one != part and _is_called(proportion.whole, outlined.left(one))]
    if len(called) == 1 and called[0].value >= part.value:  # 收回192份，…186份，占收回问卷的
        return frozenset((called[0].value,))
    values = set() if _opened(outlined, part) else set(_sums(outlined, part)) - {part.value}
    values |= {one.value for one in own if one != part}
    if proportion.whole and (disputed := list(_disputes(proportion.whole, near.report))):
        return frozenset((*disputed, *(one.value for one in own)))
    if proportion.whole and (rows := tuple(_rows(proportion.whole, part, near))):
        return frozenset(
            (*rows, *(one.value for one in own if _PLAIN.sub("", proportion.whole) in outlined.left(one)))
        )
    if _CLOSED.search(proportion.whole) and near.claim(part, told=True):
        own = [one for one in own if _CLOSED.search(outlined.left(one))]
        return frozenset((*(one.value for one in own), *islice(totals(near.report, CLOSED), 1)))
    if "新收" in proportion.whole and _REQUESTS.fullmatch(_PLAIN.sub("", proportion.whole)):
        claim = near.claim(part, told=True)
        if claim is not None and "requests" in claim.topics:
            return frozenset(islice(totals(near.report, RECEIVED), 1))
    values |= {first.value + second.value for first, second in pairwise(own)}
    beside = any(one.mark < part.mark and one.value > part.value for one in own)
    for outline in near.earlier[-2:] if beside else near.earlier:
        several = [one.value for one in outline.quantities if one.unit == part.unit]
        values |= {*several, *(first + second for first, second in pairwise(several) if not beside)}
    return frozenset(
        values | set(totals(near.report) if _of_requests(part, near) or "申请" in proportion.whole else ())
    )


def _is_called(whole: str, left: str) -> bool:
    """Whether what a share is said to be of begins with just what stands before a number."""
    label = CLAUSE.split(left)[-1]
    return len(label) > 1 and len(whole) > len(label) and whole.startswith(label)


def of_table(part: Quantity, near: Surroundings) -> bool:
    """Whether a number is one of the table of applications, so that its whole is too, or stands before it."""
    claim = near.claim(part)
    if claim is None or claim.subject is None or claim.subject.group not in _ROWS:
        return False
    return any(one.value(near.report) == claim.count.value for one in meanings(claim, near.report))


def _of_requests(part: Quantity, near: Surroundings) -> bool:
    """Whether a number may be a part of all applications, for all that the sentence says."""
    claim = near.claim(part)
    return part.unit == PIECE and (claim is None or not claim.topics <= {"other", "documents", "decisions"})


def certain(proportion: Proportion, part: Quantity, near: Surroundings) -> Decimal | None:
    """The number that the share certainly is a share of; None where nothing says so."""
    outlined = near.outline
    first = proportion.parts[0] if proportion.parts else part
    if proportion.number is not None:
        return proportion.number.value
    whole = _PLAIN.sub("", proportion.whole)
    if not whole and (frame := _frame(outlined, part)) is not None:
        return frame.value
    if not whole and (every := _named_frame(outlined, part, near)):
        return every
    if whole:
        called = [one for one in near.counts(part.unit, part.mark) if _is_called(whole, outlined.left(one))]
        if len(called) == 1:
            return called[0].value
        return _named(whole, proportion.whole, part, near)
    if (opened := _opened(outlined, part)) is not None:
        return opened.value
    claim = near.claim(part)
    if of_table(part, near):
        return next(totals(near.report), None)
    own = near.counts(part.unit, first.mark)
    if (summed := _summed(outlined, part, own)) and all(of_table(one, near) for one in summed):
        return next(totals(near.report), None)
    asked = _ASKED.search(outlined.text[: part.mark].split("；")[-1].split("。")[-1])
    if asked and not own and part.unit == PIECE:
        return next(totals(near.report), None)
    if _CONTENT.match(outlined.text) and part.unit == PIECE and not own:
        return next(totals(near.report), None)  # 申请内容集中在…，三类占83%
    told = [one for one in own if _TOLD.search(outlined.left(one)) and one.value >= part.value and one.exact]
    if told and "；" not in outlined.text[told[-1].mark : first.mark]:
        return told[-1].value
    if claim is not None and "requests" in claim.topics and part.unit == PIECE:
        own_words = CLAUSE.split(outlined.left(part))[-1]
        if _COMES.search(own_words):
            return next(totals(near.report), None)
    if (rest := _with_rest(outlined, part, proportion.stated)) is not None:
        return rest
    if own and own[0].value == max(one.value for one in (*own, part)) and own[0].exact:
        between = outlined.text[own[0].mark : first.mark]
        if "；" not in between and len(own) == 1 and own[0].value > part.value:
            return own[0].value
    if near.follows and _FOLLOWS.match(outlined.text):
        before = [one for one in near.earlier[-1].quantities if one.unit == part.unit and one.exact]
        if len(before) == 1 and before[0].value >= part.value:
            return before[0].value
    return None


def totals(report: Report, *names: str) -> Iterator[Decimal]:
    """The totals of applications of which a sentence may give a share without naming them."""
    for name in names or (RECEIVED, CLOSED):
        for reading in readings(report.mandate.edition.key, name, frozenset()):
            if value := reading.value(report):
                yield Decimal(value)


def _summed(outline: Outline, part: Quantity, own: Sequence[Quantity]) -> Sequence[Quantity]:
    """The two numbers before the part of which it is said to be the sum: 两项合计38件."""
    level = [one for one in own if one.mark < part.mark and not outline.depth(one.mark)][-2:]
    told = _SUM.search(outline.left(part)) and sum(one.value for one in level) == part.value
    return level if told and len(level) > 1 else ()


def _disputes(whole: str, report: Report) -> Iterator[Decimal]:
    """The total of the reviews or lawsuits that the words name: 占复议总量的."""
    named = _DISPUTES.fullmatch(_PLAIN.sub("", whole))
    for reading in readings(report.mandate.edition.key, f"行政{named[1]}", frozenset()) if named else ():
        if value := reading.value(report):
            yield Decimal(value)


def _rows(whole: str, part: Quantity, near: Surroundings) -> Iterator[Decimal]:
    """The outcome of applications that the words name: 占无法提供类的."""
    claim = near.claim(part) if not _REQUESTS.fullmatch(whole) and _SOME.search(whole) else None
    label = _OF_KIND.sub("", whole)
    for row in claims_of(claim.sentence, f"申请，{label}1{PIECE}", near.report) if claim and label else ():
        for reading in meanings(row, near.report) if row.subject and row.subject.group in _OUTCOMES else ():
            if value := reading.value(near.report):
                yield Decimal(value)


def _named(bare: str, whole: str, part: Quantity, near: Surroundings) -> Decimal | None:
    """The whole that the words name: of the table, or of a number beside which they stand."""
    if _REQUESTS.fullmatch(bare):
        claim = near.claim(part, told=True)
        said = "申请" in whole or (part.distributed and "申请" in near.outline.left(part))
        if not said and (claim is None or not _is_outcome(claim)):
            return None
        return next(totals(near.report, *((CLOSED,) if _CLOSED.search(bare) else ())), None)
    if disputed := next(_disputes(whole, near.report), None):
        return disputed
    if row := next(_rows(whole, part, near), None):
        return row
    for outline in (near.outline, *reversed(near.earlier)):
        beside = [
            one
            for one in outline.quantities
            if one.unit == part.unit and one != part and bare in outline.left(one) and one.value >= part.value
        ]
        if len(beside) == 1:
            return beside[0].value
    return None


def _is_outcome(claim: Claim) -> bool:
    """Whether it is told of applications, or what it names only they have."""
    return "requests" in claim.topics or any(one.subject.group in _OUTCOMES for one in claim.meanings)


def _frame(outline: Outline, part: Quantity) -> Quantity | None:
    """办结的80件中，…: the number of which everything after it is a part.

    After a semicolon only a total still is; of 不予公开的48件中 nobody knows where it ends.
    """
    frames = list(_FRAME.finditer(outline.text, 0, part.mark + 1))
    frame = outline.at(frames[-1].start()) if frames else None
    if frame is None or frame.unit != part.unit or not frame.exact:
        return None
    words = outline.left(frame)[-12:] + frames[-1].group()
    after = outline.text[frames[-1].end() : part.mark]
    every = bool(_ALL.search(words)) and not _SOME.search(words)
    return frame if "；" not in after or (every and not re.search("；[^＃]*[中里]", after)) else None


def _opened(outline: Outline, part: Quantity) -> Quantity | None:
    """The number whose parts a 其中 before the part opens; None where there is none, or it is not plain."""
    opens = [match for match in _OPENS.finditer(outline.text, 0, part.mark)]
    if not opens or "；" in outline.text[opens[-1].end() : part.mark]:
        return None
    before = [one for one in outline.quantities[: outline.index(opens[-1].start())] if one.unit == part.unit]
    while len(before) > 1 and _CHANGED.search(outline.left(before[-1])):
        before.pop()  # 418件，比上年的359件增加59件，其中自然人
    if (
        not before
        or _CHANGED.search(outline.left(before[0]))
        or before[-1].rough
        or before[-1].value < part.value
    ):
        return None
    return before[-1]


def _begins(outline: Outline, part: Quantity) -> bool:
    """Whether the part is the first one that a 其中 opens behind a number of its kind."""
    opened = _opened(outline, part)
    return opened is not None and _FIRST.fullmatch(outline.left(part)) is not None


def _with_rest(outline: Outline, part: Quantity, stated: Quantity) -> Decimal | None:
    """What the part and 其余＃ behind its share add up to, where no other number comes between."""
    rest = _REST.match(outline.text, stated.mark + 1)
    other = outline.at(rest.end() - 1) if rest else None
    if other is None or other.unit != part.unit or not (other.exact and part.exact):
        return None
    before = [one.value for one in outline.quantities[: outline.index(part.mark)] if one.unit == part.unit]
    together = part.value + other.value
    return together if not before or before == [together] else None


def _sums(outline: Outline, part: Quantity) -> Iterator[Decimal]:
    """What the list adds up to in which the part stands, with and without its first number."""
    depth = outline.depth(part.mark)
    run = [one for one in outline.quantities if one.unit == part.unit and outline.depth(one.mark) <= depth]
    total = sum((one.value for one in run), start=Decimal(0))
    yield total
    for one in run[:3]:
        total -= one.value
        yield total
