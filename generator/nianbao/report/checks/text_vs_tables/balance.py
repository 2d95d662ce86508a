"""Numbers of one sentence that must come out even: 受理318件，办结311件，正在办理7件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.remainder import remainders
from nianbao.report.checks.text_vs_tables.sums import LEAVES_OUT, added, exact, not_whole, slipped
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_NO = "[^，。；：、（）＃％×±]"
_ENDS = "(?=[，。；]|$)"
_OPPOSITES = regex(  # two kinds that leave no third one
    f"(?<=[，：中])(?P<first>(?:其中)?主办＃)[、，](?:协办|会办|分办|协办会办)＃{_ENDS}"
    f"|(?<=[，：中])(?P<second>(?:其中)?(?:经?(?:查实|核实)|属实|查证属实)＃)[、，](?:不属实|查否|不实|查无实据|失实)＃{_ENDS}",
    "主办|查实|核实|属实",
)
_BY_KIND = regex("^(?:其中，?|(?:按|从)[^，。；：＃]{2,10}[分看]，)")
_ATTRIBUTES = regex(
    f"主动公开{_NO}{{0,4}}(?P<all>＃)(?:，占[^，。；]{{1,8}})?[，、；]{_NO}{{0,4}}依申请公开{_NO}{{0,4}}(?P<asked>＃)"
    f"(?:，占[^，。；]{{1,8}})?[，、；和]{_NO}{{0,4}}不予?公开{_NO}{{0,4}}(?P<none>＃)",
    "主动公开",
    "依申请公开",
)
_WITHHELD = regex(  # of all answers some are published, and all others are not
    f"(?P<all>＃){_NO}{{0,2}}(?:均|都|全部){_NO}{{2,10}}[，；]{_NO}{{0,8}}公开(?:了|的)?(?P<open>＃)[，、](?:另(?P<other>[0-9]+)件|(?:另有|其余的?|余下的?)(?P<rest>＃))"
    f"(?=[^。；＃]{{0,20}}(?:[不未][予宜便]?|没有)公开)",
    "公开",
)
_MORE = regex(f"{_NO}{{0,6}}[，；、](?:其余|余下|剩余|另|还有|尚|未)")
_DONE = "(?:办结|办毕|办复|答复|回复|整改完成|整改到位|完成整改|整改|处理|解决|销号|完成|办理)"
_LEFT = (
    "(?:剩余|余下|其余|尚余|还剩|(?:尚|仍|均)?未(?:办结|办毕|办复|答复|回复|整改|处理|解决|销号|完成)"
    "|(?:尚|仍|还)?(?:正在|在)(?:办理|处理|整改)(?:中|之中)?|在办)"
)
_REMAINDER = regex(
    f"(?P<all>＃){_NO}{{0,6}}，(?:其中|目前|截至年底|年内)?(?:已经?|现已)?{_DONE}(?:完毕|的)?(?P<done>＃)，(?:其中)?{_LEFT}的?(?P<left>＃)",
    "剩|余|未|在",
)
_CARRIED = regex("申请|结转|遗留|上年|转入|存量")
_TOTAL = regex(
    f"，(?:共计?|合计|总计)(?P<told>＃){_ENDS}"
    f"|，(?P<all>＃)(?:建议|提案|答复|复文|件)?(?:均已?|都已?|已?全部|皆已?)(?:按[期时]|如期|在[^，。；＃]{{2,8}}内)?(?:办结|办复|答复|办理完毕|回复|面复)"
)
_NOT_PLAIN = regex("其中|[含比较]|同比|上年|结转|每|平均|[至到]＃|占|重复|剔除|去除|达|各")
_PROPOSALS = regex("建议|议案"), regex("提案")
_APART = regex(  # each by a name with its number in brackets, up to the verb
    f"＃{_NO}{{0,3}}?(?:由|来自于?|分别由|分别来自){_NO}{{2,12}}（＃）(?:[、和及与]{_NO}{{2,12}}（＃）)+(?=提[出交]|递交|申请|[，。；])"
)
_BY_HALVES = regex("(?<=，)上半年(?P<verb>完成|办结|整改|建成|销号)＃[，、]下半年(?P=verb)＃(?=[，。；]|$)")
_GRADED = regex(
    f"＃[^，。；：（）＃％×±]{{1,14}}，(?P<good>＃)(?:获?评为?)?(?:优秀|优良|良好|合格|达标)，(?P<rest>＃)(?:获?评为?)?"
    f"(?:良好|合格|基本合格|不合格|不达标|(?:经?限期)?整改后(?:合格|达标)){_ENDS}",
    "优秀|优良|良好|合格|达标",
)


def balances(
    sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    """Parts, remainders and sums of a sentence that its other numbers contradict."""
    if len(outlined.quantities) < 2:
        return
    yield from remainders(sentence, outlined, earlier, report)
    yield from _named_apart(sentence, outlined)
    yield from _halves(sentence, outlined)
    if LEAVES_OUT.search(outlined.text):
        return
    yield from _opposites(sentence, outlined, earlier)
    yield from _remainders(sentence, outlined)
    yield from _totals(sentence, outlined)
    yield from _graded(sentence, outlined)
    yield from _attributes(sentence, outlined, earlier)
    yield from _withheld(sentence, outlined)


def _named_apart(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """A number of whom all are named with their own: 其余84件由企业（40件）、法律服务机构（42件）提出."""
    if "＃）、" not in outlined.text:
        return
    for match in _APART.finditer(outlined.text):
        first = outlined.index(match.start())
        whole, *parts = outlined.quantities[first : first + match.group().count("＃")]
        same = {whole.unit} == {one.unit for one in parts}
        if same and exact(whole, *parts) and added(parts) != whole.value:
            yield not_whole(sentence, whole, parts, whole.value)


def _halves(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """Two halves that are more than the one number before them: 31件，上半年完成16件，下半年完成16件."""
    match = _BY_HALVES.search(outlined.text) if "下半年" in outlined.text else None
    if match is None:
        return
    index = outlined.index(match.end() - 1)
    parts = outlined.quantities[index - 1 : index + 1]
    wholes = [one for one in plain_counts(outlined) if one.mark < match.start()]
    if len(wholes) != 1 or len({one.unit for one in (*wholes, *parts)}) > 1 or not exact(*parts, *wholes):
        return
    if added(parts) > wholes[0].value >= max(one.value for one in parts):
        yield not_whole(sentence, wholes[0], parts, wholes[0].value)


def _opposites(sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence]) -> Iterator[Problem]:
    for match in _OPPOSITES.finditer(outlined.text):
        index = outlined.index(match.start())
        parts = outlined.quantities[index : index + 2]
        counts = plain_counts(outlined)
        wholes = [one for one in counts if one.mark < match.start()]
        if not wholes and _BY_KIND.match(outlined.text):
            before = earlier[-1:] if earlier and earlier[-1].paragraph == sentence.paragraph else ()
            counts = [one for text in before for one in plain_counts(outline(text.text, outlined.year))]
            wholes = list(counts)
        wholes = [one for one in wholes if one.unit == parts[0].unit]
        if not wholes or not exact(*parts, *wholes) or parts[0].unit != parts[1].unit:
            continue
        values = {one.value for one in wholes} | {one.value + other.value for one, other in pairwise(wholes)}
        if added(parts) not in values | {sum(one.value for one in wholes)}:
            yield not_whole(sentence, parts[0], parts, wholes[-1].value)


def _attributes(sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence]) -> Iterator[Problem]:
    """Documents by how they may be made public, which are all of those that were looked at."""
    for match in _ATTRIBUTES.finditer(outlined.text):
        parts = [
            outlined.at(place) for place in (match.start("all"), match.start("asked"), match.start("none"))
        ]
        near = [outline(one.text, outlined.year) for one in earlier if one.paragraph == sentence.paragraph]
        start = outlined.text.rfind("；", 0, match.start())
        own = [one for one in plain_counts(outlined) if start < one.mark < match.start("all")]
        told = [one.value for text in near[-1:] for one in text.quantities]
        told += [one.value + other.value for one, other in pairwise(own)]
        wholes = [one for one in own if one.unit in ("件", "份", "条", "件次", "篇") and one.exact]
        if _MORE.match(outlined.text, match.end()):
            continue
        if wholes and exact(*parts) and added(parts) not in {*told, *(one.value for one in own)}:
            yield not_whole(sentence, wholes[-1], parts, wholes[-1].value)


def _withheld(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """Answers that were published and those that were not, which are all: 公开20件，另2件不宜公开."""
    for match in _WITHHELD.finditer(outlined.text):
        whole, first = (outlined.at(match.start(name)) for name in ("all", "open"))
        digits = match["other"]  # 另2件 counts as 第2件 does elsewhere
        rest = replace(first, value=Decimal(digits)) if digits else outlined.at(match.start("rest"))
        parts = (first, rest)
        same = {whole.unit} == {one.unit for one in parts}
        if same and exact(whole, *parts) and added(parts) != whole.value:
            yield not_whole(sentence, whole, parts, whole.value)


def _remainders(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    for match in _REMAINDER.finditer(outlined.text):
        whole, done, left = (outlined.at(match.start(name)) for name in ("all", "done", "left"))
        start = max(outlined.text.rfind(mark, 0, match.start()) for mark in "；。")
        if _CARRIED.search(outlined.text, start + 1, match.end()) or not exact(whole, done, left):
            continue
        if whole.unit == done.unit == left.unit and done.value + left.value != whole.value >= done.value:
            yield not_whole(sentence, whole, (done, left), whole.value)


def _totals(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    for match in _TOTAL.finditer(outlined.text):
        total = outlined.at(match.start(match.lastgroup or 0))
        start = max(outlined.text.rfind(mark, 0, match.start()) for mark in "；。：")
        parts = [one for one in outlined.quantities if start < one.mark < total.mark]
        words = outlined.text[start + 1 : match.start()]
        if len(parts) < 2 or _NOT_PLAIN.search(words) or "（" in words or not exact(total, *parts):
            continue
        if {one.unit for one in parts} != {total.unit} or not _side_by_side(outlined, parts):
            continue
        if match["all"] and not all(
            kind.search(outlined.left(one)) for kind, one in zip(_PROPOSALS, parts[-2:], strict=True)
        ):
            continue
        sums = set(accumulate(one.value for one in reversed(parts))) | {one.value for one in parts}
        if total.value not in sums:
            yield not_whole(sentence, parts[0], parts, total.value, total)


def _side_by_side(outlined: Outline, parts: Sequence[Quantity]) -> bool:
    """Whether nothing but a name and a comma stands between any two of the parts."""
    gaps = (outlined.text[one.mark + 1 : other.mark] for one, other in pairwise(parts))
    return all(re.fullmatch(f"(?:[、，]|和|及){_NO}{{1,12}}", gap) for gap in gaps)


def _graded(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    for match in _GRADED.finditer(outlined.text):
        whole, good, rest = (
            outlined.at(place) for place in (match.start(), match.start("good"), match.start("rest"))
        )
        one_kind = exact(whole, good, rest) and whole.unit == good.unit == rest.unit
        near = whole.value < good.value + rest.value or slipped([good, rest], whole.value)
        if one_kind and max(good.value, rest.value) <= whole.value and near:
            yield not_whole(sentence, whole, (good, rest), whole.value)
