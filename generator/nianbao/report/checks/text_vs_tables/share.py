"""Shares computed again: 予以公开 42 件，占 51.85%."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.enumeration import kind
from nianbao.report.checks.text_vs_tables.label import claims_of, labelled
from nianbao.report.checks.text_vs_tables.number import PIECE, meanings
from nianbao.report.checks.text_vs_tables.proportion import Proportion, named_in, proportions
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.rate import rated
from nianbao.report.checks.text_vs_tables.whole import (
    CLOSED,
    Surroundings,
    candidates,
    certain,
    of_table,
    totals,
)
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_ON_TIME = regex("按时|按期|及时|限时|提前|网上|一次|综合|法定|知晓|覆盖|达标|响应|同比|环比")
_DUE_AND_DONE = regex(
    "(?:(?P<must>应办|应当办理|需办|待办|应办理|应办结|共需办理)|受理|收到)[^，。；：、（）＃％×±]{0,8}(?P<due>＃)，(?:其中|年内|全年|当年|实际)?已?(?:办结|办毕|答复|办理完毕)了?(?P<done>＃)"
)
_DONE = frozenset(("办结", "申请办结", "总办结", "总体办结", "综合办结"))
_AT_MOST_ALL = regex("(?:满意|办结|回复|答复|公开|合格|整改|办复|回收|优秀|及时|准确)$")
_APART = regex("[；：中]|其中|＃[^（）]*＃[^（]")
_UNDONE = regex("(?:仍|还|尚)?(?:没有?|未|未能|没能|不)(?!足)[^，。；：、（）＃％×±]{2,6}")
_OF = regex("占[^，。；：、（）＃％×±]{0,20}$")
_SHARE = regex("[%成半]|分之")
_ALSO = {
    "回收": ("收回",),
    "办结": ("办毕", "答复", "办复", "办理完毕"),
    "办复": ("答复",),
    "答复": ("办复",),
    "整改": ("改正",),
    "合格": ("达标",),
    "纠错": ("纠正",),
    "差错": ("错漏",),
    "回复": ("答复",),
}
_ADDED = regex("，(?:[两三四五六][项类者种])?(?:合计|共计?|一共|相加|加起来)占")
_RETURNED = regex("(?:收回|回收|有效)[^，。；]{0,8}$")
_ASIDE = regex("其中|而|由|来自|申请|提出|答复|的|件")


class _Judged(NamedTuple):
    """A share with the numbers that it may be told of; `sure` tells a whole that it certainly has."""

    proportion: Proportion
    parts: tuple[Decimal, ...]
    wholes: frozenset[Decimal]
    sure: Callable[[], Decimal | None]
    half: Decimal = Decimal(0)  # by how much part and whole may be rounded

    def agreeing(self) -> set[Decimal]:
        """The wholes of which one of the parts is the stated share."""
        stated = self.proportion.stated
        return {
            whole
            for whole in self.wholes
            for part in self.parts
            if 0 < whole >= part
            and (part - self.half) * 100 / (whole + self.half) <= stated.most
            and stated.least * (whole - self.half) <= (part + self.half) * 100
        }


def shares(
    sentence: Sentence, claims: Sequence[Claim], earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    """Shares that no part and whole of which they may be told give.

    `earlier` are the sentences before it from the paragraph before on: the whole may stand there.
    """
    if not _SHARE.search(sentence.text):
        return
    outlined = outline(sentence.text, report.year)
    if not any(quantity.unit == "%" for quantity in outlined.quantities):
        return
    stated = list(proportions(outlined))
    if not stated:
        return
    near = Surroundings(
        outlined,
        [outline(before.text, report.year) for before in earlier],
        bool(earlier) and earlier[-1].paragraph == sentence.paragraph,
        claims,
        report,
    )
    yield from _over(sentence, outlined, stated)
    yield from _unfinished(sentence, outlined, stated)
    stated = [one for one in stated if one.stated.value <= 101]
    judged = [share for proportion in stated if (share := _judge(proportion, sentence, near)) is not None]
    agreeing = [share.agreeing() for share in judged]
    together = sum((share.proportion.stated.value for share in judged), start=Decimal(0))
    enough = 1 if len(judged) > 1 and abs(together - 100) <= 1 else 2  # shares that have a whole in common
    shared = Counter(whole for several in agreeing for whole in several)
    split = _split(judged, agreeing)
    listed = _listed(judged, agreeing, near)
    for share, wholes in zip(judged, agreeing, strict=True):
        row = [one for one in judged if one.proportion.row and one.proportion.row == share.proportion.row]
        common = [whole for whole, times in shared.items() if times == len(row) - 1 and whole not in wholes]
        every = sum((one.parts[0] for one in row), start=Decimal(0))
        if len(row) == len(judged) == 2 and common == [every]:
            yield _wrong(sentence, share.proportion, share.parts[0], every)
        elif len(row) > 2 and len(row) == len(judged) and common and len(judged) not in shared.values():
            yield _wrong(sentence, share.proportion, share.parts[0], common[0])
        elif split and split not in wholes:
            yield _wrong(sentence, share.proportion, share.parts[0], split)
        elif listed and listed not in wholes:
            yield _wrong(sentence, share.proportion, share.parts[0], listed)
        elif not wholes:
            sure = share.sure()
            if sure is None:  # several others have one whole: it is this one's too
                several = (whole for whole, times in shared.items() if times >= enough)
                sure = next((whole for whole in several if whole >= share.parts[0]), None)
            if sure is None and len(row) > 1 and len(row) == len(judged) and abs(together - 100) <= 1:
                sure = sum((one.parts[0] for one in row), start=Decimal(0))
            if sure:
                yield _wrong(sentence, share.proportion, share.parts[0], sure)


def _split(judged: Sequence[_Judged], agreeing: Sequence[set[Decimal]]) -> Decimal | None:
    """The sum of all parts of a sentence, where all but one of three shares or more are shares of it."""
    together = sum((share.parts[0] for share in judged), start=Decimal(0))
    apart = sum(together not in wholes for wholes in agreeing)
    alone = all(len(share.proportion.parts) == 1 for share in judged)
    return together if alone and len(judged) > 2 and apart == 1 else None


def _listed(
    judged: Sequence[_Judged], agreeing: Sequence[set[Decimal]], near: Surroundings
) -> Decimal | None:
    """The total of applications that shares in the brackets of a list have, where none is common to all."""
    several, outlined = [share.proportion for share in judged], near.outline
    if len(judged) < 2 or not all(agreeing) or set.intersection(*agreeing):
        return None
    if any(one.rate or outlined.left(one.stated) != "（" for one in several):
        return None
    if _APART.search(outlined.text, several[0].parts[0].mark + 1, several[-1].parts[0].mark):
        return None
    every = list(totals(near.report))
    if not all(wholes.intersection(every) for wholes in agreeing):
        return None
    return next(whole for whole in every if any(whole in wholes for wholes in agreeing))


def _over(sentence: Sentence, outlined: Outline, stated: Sequence[Proportion]) -> Iterator[Problem]:
    """Shares that are more than the whole, by themselves or those of one row together."""
    rows = {
        one.row: [other.stated for other in stated if other.row == one.row]
        for one in stated
        if one.row and not one.parts and kind(one.label)
    }
    rows |= {
        -number: [one.stated]
        for number, one in enumerate(stated, 1)
        if one.stated.value > 100
        and (_OF.search(outlined.left(one.stated)) or _AT_MOST_ALL.search(one.label))
    }
    for shares in rows.values():
        together = sum((share.value for share in shares), start=Decimal(0))
        if together > 101 and not any(share.rough for share in shares):
            piece = sentence.text[shares[0].start : shares[-1].end]
            what = f"文中“{quote(piece)}”：合起来是 {plain(tidy(together))}%，部分不会多于全部"
            about = (sentence.text, piece, str(shares[0].start))
            yield rule("prose-share").broken(what, "请重新计算百分比", (sentence.place,), about)


def _unfinished(sentence: Sentence, outlined: Outline, stated: Sequence[Proportion]) -> Iterator[Problem]:
    """All said to be done beside how much was to be done and how much was done."""
    for rate in (one for one in stated if one.rate and one.stated.value == 100 and one.label in _DONE):
        start = outlined.text.rfind("；", 0, rate.stated.mark) + 1
        told = _DUE_AND_DONE.search(outlined.text, start, rate.stated.mark)
        if told is None:
            continue
        due, done = outlined.at(told.start("due")), outlined.at(told.start("done"))
        if due.unit == done.unit and due.exact and done.exact and done.value < due.value:
            yield _wrong(sentence, rate, done.value, due.value)


def _judge(proportion: Proportion, sentence: Sentence, near: Surroundings) -> _Judged | None:
    """The share with its parts and wholes; None where the text does not say of what it is told."""
    found = _parts(proportion, near)
    if not found and near.follows and not proportion.rate:
        ahead = near.earlier[-1]  # 制作信息510条，其中公开198条。公开的占38.8%。
        before = near._replace(outline=ahead, earlier=near.earlier[:-1], follows=False, claims=())
        moved = proportion._replace(stated=replace(proportion.stated, mark=len(ahead.text)))
        if found := _parts(moved, before):
            near, proportion = before, moved
    if not found:
        if proportion.rate:
            return _of_rate(proportion, near)
        return None if not proportion.label else _of_table(proportion, sentence, near)
    part = found[-1]
    several = len(found) > 1 and found[0] is part  # 甲、乙各2件，合计占
    times = _names_before(near.outline, part) if len(found) == 1 and part.distributed else 0
    if any(quantity.rough or (quantity.distributed and not (several or times)) for quantity in found):
        return None
    half = Decimal(0) if part.exact else part.step / 2
    values = [sum((quantity.value for quantity in found), start=Decimal(0)) * max(times, 1)]
    if proportion.rate and (due := _beside(proportion, part, near.outline)):
        return _Judged(proportion, (part.value,), frozenset((due,)), lambda: due)
    if len(found) == 1 and not proportion.rate:
        summed = _ADDED.match(near.outline.text, part.mark + 1)  # 甲3件，乙2件，合计占
        loosely = proportion.stated.rough or proportion.stated.step > 1
        joined, joints = part, "、和及，" if summed or not loosely else "、和及"
        for quantity in reversed(near.counts(part.unit, part.mark)):  # 甲3件、乙2件，占…: of both
            if near.outline.left(joined)[:1] not in joints:
                break
            values.append(values[-1] + quantity.value)
            joined = quantity
        if summed and len(values) > 1:
            values = [*values[1:], values[0]]
    wholes = candidates(proportion, part, near)
    if proportion.rate and proportion.number is not None:
        whole = proportion.number.value
        return _Judged(proportion, tuple(values), wholes, lambda: whole if whole >= values[0] else None)
    if proportion.rate:
        own = [quantity.value for quantity in near.counts(part.unit, part.mark)]
        every = [quantity.value for quantity in near.counts(part.unit, proportion.stated.mark)]
        near_by = [one.value for outlined in near.earlier[-1:] for one in outlined.quantities]
        wholes = frozenset(
            (
                *(wholes if of_table(part, near) else near_by),
                *own,
                *(one - other for one in own for other in every if one > other),
            )
        )
        beside = near.counts(part.unit, proportion.stated.mark)
        if proportion.label not in _DONE:
            values += [values[0] + one.value for one in beside if one.mark > part.mark]  # 满意, with 基本满意
            values += accumulate(reversed(own), initial=values[0])  # 合格, with 优秀 before it
        larger = [value for value in own if value >= values[0]]
        asked = near.counts(part.unit, part.mark) if proportion.label == "满意" else ()
        if back := [one.value for one in asked if _RETURNED.search(near.outline.left(one))]:
            wholes, larger = frozenset(back), back[-1:]  # of those that were asked nobody knows
        if _UNDONE.match(near.outline.right(part)) and larger:  # 37条，仍有4条没有回复，回复率
            values = [one - values[0] for one in larger]
        due = _due(part, near) if not larger and proportion.label in _DONE else None
        return _Judged(proportion, tuple(values), wholes, lambda: larger[0] if larger else due)

    def sure() -> Decimal | None:
        whole = certain(proportion, part, near)
        return whole if whole and whole >= values[0] else None

    return _Judged(proportion, tuple(values), wholes, sure, half)


def _names_before(outlined: Outline, part: Quantity) -> int:
    """Of how many things the number before a 合计占 is said: 甲和乙各10件，合计占; 0 for one."""
    if not _ADDED.match(outlined.text, part.mark + 1):
        return 0
    names = named_in(outlined.left(part))
    return names if names > 1 else 0


def _beside(proportion: Proportion, part: Quantity, outlined: Outline) -> Decimal | None:
    """What there was to do, where that and what was done stand before the rate: 应办90件，已办结80件."""
    if proportion.label not in _DONE:
        return None
    for told in _DUE_AND_DONE.finditer(outlined.text, 0, part.mark + 1):
        due = outlined.at(told.start("due"))
        if told.start("done") == part.mark and told["must"] and due.exact and due.value >= part.value:
            return due.value
    return None


def _due(part: Quantity, near: Surroundings) -> Decimal | None:
    """What there was to conclude of applications, where the number is that of all that were concluded."""
    closed, received = list(totals(near.report, CLOSED)), list(totals(near.report))
    return received[1] if part.value in closed[:1] and len(received) > 1 and part.unit == PIECE else None


def _parts(proportion: Proportion, near: Surroundings) -> tuple[Quantity, ...]:
    """The numbers whose sum the share is told of; () where they are not in this or the last sentence."""
    if proportion.parts:
        return proportion.parts
    if proportion.rate:
        if proportion.stated.value == 100:
            return ()
        name = proportion.label if _ON_TIME.search(proportion.label) else proportion.label[-2:]
        names = (name, *_ALSO.get(name, ()))
        found = (labelled(near.outline, name, proportion.stated.mark) for name in names)
        part = next(filter(None, found), None)
        return (part,) if part and part.unit != "%" and part != proportion.number else ()
    labels = re.split("[和与及、]", proportion.label)
    named = [labelled(near.outline, label, proportion.stated.mark) for label in labels]
    if any(quantity is None or quantity.unit == "%" for quantity in named):
        return ()
    return tuple(quantity for quantity in named if quantity)


def _of_rate(proportion: Proportion, near: Surroundings) -> _Judged | None:
    """办结率 and its like without the number of which it is told."""
    if proportion.number is not None or proportion.stated.value == 100 or proportion.stated.rough:
        return None
    parts, wholes = rated(proportion, near)
    if not parts or not wholes:
        return None
    return _Judged(proportion, parts, frozenset(wholes), lambda: wholes[0])


def _of_table(proportion: Proportion, sentence: Sentence, near: Surroundings) -> _Judged | None:
    """自然人占65.5%: a share of which only the table has the part."""
    label = _ASIDE.sub("", proportion.label)
    if len(label) < 2 or near.outline.text.count("中"):
        return None
    for claim in claims_of(sentence, f"申请中，{label}1{PIECE}", near.report):
        if claim.subject is None or claim.subject.name != label:
            return None
        parts = [Decimal(reading.value(near.report) or 0) for reading in meanings(claim, near.report)]
        wholes = tuple(totals(near.report))
        if not parts or not wholes:
            return None
        return _Judged(proportion, tuple(parts), frozenset(wholes), partial(next, iter(wholes)))
    return None


def _wrong(sentence: Sentence, proportion: Proportion, part: Decimal, whole: Decimal) -> Problem:
    stated = proportion.stated
    places = max(-int(stated.step.as_tuple().exponent), 1)
    right = (part * 100 / whole).quantize(Decimal(1).scaleb(-places))
    written = sentence.text[stated.start : stated.end]
    start = max(0, stated.start - 24)
    what = (
        f"文中“{quote(sentence.text[start : stated.end])}”：{plain(tidy(part))} 占 "
        f"{plain(tidy(whole))} 的 {plain(right)}%，"
        + (f"与“{written}”不合" if stated.rough else f"不是 {written}")
    )
    about = (sentence.text, written, str(stated.start))
    return rule("prose-share").broken(what, "请重新计算百分比", (sentence.place,), about)
