"""What a sentence says of shares: of which number how many per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.quantity import RATIOS, Outline, Quantity
from nianbao.report.regex import regex

_NO = "[^，。；：、（）＃％×±]"
_VERB = "占(?![用地领据有道线])"
_IS = "(?:的?(?:比例|比重|份额)|[比的为达到了约近高已近超过在])*"
_OF = regex(f"{_VERB}(?P<whole>{_NO}{{0,16}}?){_IS}$")
_OLD = regex("占[^，]{0,8}(?:上年|前年|20[0-9]{2}年)")  # 占比较上年的60%: not this year's share
_OF_NUMBER = regex(f"{_VERB}{_NO}{{0,12}}$")
_SERIES = regex(
    f"(?:(?:分别|依次|各){_VERB}(?P<whole>{_NO}{{0,16}}?){_IS}|{_VERB}(?P<of>{_NO}{{0,16}}?){_IS}(?:分别|依次)[为是占达约]*)$"
)
_RATE = regex("(?P<name>[^，。；：、（）＃％×±]{2,8})(?:率|(?<=满意)度)(?:[为达约是仅]|达到|高达|只有)*$")
_BEFORE = regex(
    f"(?:{_NO}{{0,22}}[，（]|、|)[约共均各仅只才就恰正好刚已大但却仍还也都又竟]*(?:仍然|依然|依旧|大约|已经|几乎)?(?:合计|总共|共计|恰好|正好|一共)?$"
)
_TOGETHER = regex(
    "(?P<first>[前])?(?P<number>[两二三四五六2-6])(?:[项类者种个家地]|部分|单位)(?:合计|共|一共|相加|加起来|情形|申请)*(?:合计|共|一共|总共|合)?[只仅才约已就还]*[，]?$"
)
_NUMBERS = {char: value for value, char in enumerate("零一二三四五六")} | {"两": 2}
_OF_FRAME = regex(f"{_NO}{{0,10}}?(?:[中里]|(?<![年期限日])内|当中|之中)")
_LISTED = regex("[中里]，|其中，?|[为有是](?=[^，。；：、（）＃％×±]{2,8}＃)")
_BY_NAME = regex("的?，(?:其中|有)?")  # 无法提供358件，八成以上系本机关不掌握，计288件
_IN_IT, _WITHIN = regex(f"{_NO}{{0,4}}[中里内]，?占(?:比|了|到)?"), regex(f"，(?:约|已)?在{_NO}{{2,14}}")
_HOW_MANY = regex(f"(?:均|都)?(?:系|是|为|属于?|来自|涉及|因){_NO}{{2,20}}，(?:共计?|计|即|有|合计)＃")
_TOLD_AFTER = regex("，(?:达到?|计|共计?|合计|有|为|即)了?＃(?=件|[，。；、（）]|$)")  # 自然人占79.8%，达75件
_CHANGED = regex(
    "，(?:虽然?|尽管|已|仅)?(?:[较比](?:上年|20[0-9]{2}年)(?:的＃)?|同比)[净同期的]*(?:增加|减少|增长|下降|[多少增减])[了出]?＃"
)
_BY = regex("，净?(?:增加|增长|减少|下降|上升|[多少增减])了?")  # 由1件上升到7件，增加6件，占
_OLD_ONE = regex("，(?:虽然?|尽管|已|仅)?[较比](?:上年|20[0-9]{2}年)的?")  # 30件，虽比上年的33件少，仍占
_BRACKETED = regex(f"(?:的?(?:来自|系|是|为|由|属于?)?{_NO}{{2,10}})?（")  # 56件来自自然人（74.67%）
_IN_NUMBERS = regex("，即(?:有)?＃")  # 差错率0.5%，即3条
_TIMES = frozenset(("工作日", "个工作日", "天", "小时", "分钟"))
_AFTER_RATE = regex("[，。；）（、]|$")


class Proportion(NamedTuple):
    """A share that a sentence states: `stated` of a whole that it calls `whole`, "" where it does not.

    `parts` are the numbers whose sum it is the share of, () where none stands in the sentence; `label`
    is then what the sentence calls the part. `number` is the whole where it stands in the words. Shares
    of one `row` (分别占) have one whole; 0 for a share that stands alone.
    """

    stated: Quantity
    whole: str
    parts: tuple[Quantity, ...] = ()
    label: str = ""
    number: Quantity | None = None
    rate: bool = False
    row: int = 0


def named_in(words: str) -> int:
    """How many things the last clause of some words names: 2 in 收到申请，甲和乙各."""
    return len(re.split("[、和及与]", re.split("[，；：]", words)[-1]))


def proportions(outline: Outline) -> Iterator[Proportion]:
    """Every share that the sentence states, from left to right."""
    series: list[Quantity] = []
    for index, stated in enumerate(outline.quantities):
        if stated.unit != "%":
            continue
        left = outline.left(stated)
        before = outline.quantities[:index]
        if series and left in ("、", "和", "及", "，", "与"):
            continue
        series = []
        if "年" in left and _OLD.search(left):
            continue
        if before and (shown := _IN_NUMBERS.match(outline.text, stated.mark + 1)) and before[-1].exact:
            part = outline.at(shown.end() - 1)
            if (_OF.search(left) or _RATE.search(left)) and part.exact and part.value <= before[-1].value:
                yield Proportion(stated, "", (part,), number=before[-1])
                continue
        row = _row(outline, index)
        told = _TOLD_AFTER.match(outline.text, stated.mark + 1) if len(row) == 1 else None
        if told and (match := _OF.search(left)) and not _BEFORE.fullmatch(left[: match.start()]):
            yield Proportion(stated, match["whole"], (outline.at(told.end() - 1),))
        elif match := _SERIES.search(left) or (_OF.search(left) if len(row) > 1 else None):
            series = row
            parts = _list(outline, before, len(series), left[: match.start()])
            whole = match["whole"] or match.groupdict().get("of") or ""
            for share, part in zip(series, parts or series, strict=True):
                label = "" if parts else re.split("[，。；：（）]", left[: match.start()])[-1]
                yield Proportion(share, whole, (part,) if parts else (), label, row=stated.mark)
        elif before and _IN_IT.fullmatch(left) and _WITHIN.fullmatch(outline.left(before[-1])):
            whole = before[-1]  # 全年8件，在不予处理的14件中占57.14%
            parts = [
                one
                for one in before[:-1]
                if one.unit == whole.unit and one.exact and one.value <= whole.value
            ]
            fits = [
                one
                for one in parts
                if stated.least * whole.value <= one.value * 100 <= stated.most * whole.value
            ]
            if parts and whole.exact:
                yield Proportion(stated, "", ((fits or parts)[0],), number=whole)
        elif match := _OF.search(left):
            yield from _of(outline, stated, before, left[: match.start()], match["whole"])
        elif (
            before
            and (number := before[-1]).unit not in "%倍点"
            and re.fullmatch("的?(?:总数|总量)?[中里]?的", left)
        ):
            wide = outline.left(number)
            if (
                (match := _OF_NUMBER.search(wide))
                and len(before) > 1
                and _BEFORE.match(wide[: match.start()])
            ):
                yield Proportion(stated, "", (_unchanged(outline, before[:-1])[-1],), number=number)
        elif before and _BY_NAME.fullmatch(left) and (told := _HOW_MANY.match(outline.text, stated.mark + 1)):
            yield Proportion(stated, "", (outline.at(told.end() - 1),), number=before[-1])
        elif match := _RATE.search(left):
            if _AFTER_RATE.match(outline.right(stated)):
                frame = before[-1] if before and _OF_FRAME.match(left) else None  # 审结的70件里纠正率为…
                whole = frame if frame and frame.exact else None
                yield Proportion(stated, "", label=match["name"], number=whole, rate=True)
        elif (left == "，" or _BRACKETED.fullmatch(left)) and before and before[-1].unit not in "%倍点":
            right = outline.right(stated)
            if right.startswith("）") if left != "，" else stated.step > 1 and re.match("[，。；]|$", right):
                yield Proportion(stated, "", (before[-1],))


def _row(outline: Outline, index: int) -> list[Quantity]:
    """The shares of a row: 65%、25%和10%."""
    row = [outline.quantities[index]]
    for share in outline.quantities[index + 1 :]:
        if share.unit != "%" or outline.left(share) not in ("、", "和", "及", "，", "与"):
            break
        row.append(share)
    return row


def _list(outline: Outline, before: Sequence[Quantity], number: int, link: str) -> list[Quantity]:
    """The last numbers before a row of shares, as many as there are shares."""
    depth = outline.depth(before[-1].mark + 1 + len(link)) if before else 0
    level = [quantity for quantity in before if outline.depth(quantity.mark) == depth]
    several = level[-number:] if number else []
    units = {quantity.unit for quantity in several}
    apart = link.strip("，；,")
    if len(several) < number or len(units) != 1 or units & {"%", "倍", "点"} or len(apart) > 8:
        return []
    joined = len(level) > number and outline.left(several[0])[:1] in "、和及"
    return [] if joined else several


def _first(outline: Outline, counts: Sequence[Quantity], number: int) -> list[Quantity]:
    """The first numbers of the list that ends a row of counts; none where nothing shows its beginning."""
    opens = max(outline.text.rfind(mark, 0, counts[-1].mark) for mark in "；：") if counts else 0
    frames = [frame.end() for frame in _LISTED.finditer(outline.text, 0, counts[-1].mark)] if counts else []
    start = max([opens + 1, *frames])
    listed = [one for one in counts if one.mark > start and not outline.depth(one.mark)]
    return listed[:number] if start else []


def _joined(outline: Outline, counts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The last numbers where two or more are joined by 、, 和 or 及: 公开71件、部分公开25件."""
    run = list(counts[-1:])
    for one in reversed(counts[:-1]):
        if outline.left(run[0])[:1] not in ("、", "和", "及") or one.unit != run[0].unit:
            break
        run.insert(0, one)
    return tuple(run) if len(run) > 1 else ()


def _unchanged(outline: Outline, before: Sequence[Quantity]) -> Sequence[Quantity]:
    """The numbers without those of a change at their end: 235件，比上年的186件多49件，占…."""
    if len(before) > 1 and _OLD_ONE.fullmatch(outline.left(before[-1])):
        return before[:-1]
    if (
        len(before) > 1
        and _BY.fullmatch(outline.left(before[-1]))
        and outline.left(before[-2])[-1:] in ("到", "至")
    ):
        return before[:-1]
    stop = before[-1].mark + 1
    for number in (1, 2):
        if len(before) > number and _CHANGED.fullmatch(outline.text, before[-number - 1].mark + 1, stop):
            return before[:-number]
    return before


def _of(
    outline: Outline, stated: Quantity, before: Sequence[Quantity], link: str, whole: str
) -> Iterator[Proportion]:
    """A share with 占: its part stands right before it, is several together, or is named."""
    if link.startswith("）") and before:  # 105件（含企业80件），占79.5%
        opened = outline.text.rfind("（", 0, before[-1].mark)
        before = outline.quantities[: outline.index(opened)] if opened >= 0 else ()
        link = (outline.text[before[-1].mark + 1 : opened] if before else "") + link[1:]
    if len(before) > 1 and "，" in link:
        before = _unchanged(outline, before)
    depth = outline.depth(stated.mark)
    counts = [one for one in before if one.unit not in RATIOS and outline.depth(one.mark) <= depth]
    if match := _TOGETHER.search(link):
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        named = re.split("[，；：]", link[: match.start()])[-1]
        if not match["first"] and named_in(named) == number:
            yield Proportion(stated, whole, label=named)  # 自然人和商业企业两类合占
            return
        if match["first"]:
            counts = _first(outline, counts, number)
        if counts and counts[-1].distributed:
            if not match["first"] and named_in(outline.left(counts[-1])) == number:
                yield Proportion(stated, whole, (counts[-1],) * number)
        elif len(counts) >= number:
            yield Proportion(stated, whole, tuple(counts[-number:]))
        return
    if link in ("，合", "，共", "，合计", "，共计", "，一共", "，总共") and (run := _joined(outline, counts)):
        yield Proportion(stated, whole, run)
        return
    last = counts[-1] if counts else None
    if before and last is before[-1] and last.unit in _TIMES:
        last = next((one for one in reversed(counts) if one.unit not in _TIMES), None)  # 9条超过7个工作日，占
    if before and before[-1] in counts and last and _BEFORE.fullmatch(link):
        yield Proportion(stated, whole, (last,))
        return
    label = re.split("[，。；：、（）]", link)[-1]
    if label:
        yield Proportion(stated, whole, label=label)
