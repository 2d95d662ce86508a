"""Changes computed again: from both numbers where the sentence has them, else from last year's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.comparison import Comparison, comparisons
from nianbao.report.checks.text_vs_tables.pair import Pair, Range, almost, displaced, pairs, ranged, reported
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_CHANGE = regex("[比较由从与同倍增减降升]|[上去]年|上一年|分别|依次")
_NUMBERED = regex("[0-9]|[一二三四五六七八九十百两]{1,4}[件份起宗成倍]|一半|减半|持平|翻")
_OTHER_YEAR = regex("(20[0-9]{2})年")
_TELLING = 20  # a smaller number may be that of both years
_NEAR = 8  # numbers before it that are looked at
_ADDED = regex("，(?:加上|加|连同|另有|另|以及)")


def changes(sentence: Sentence, claims: Sequence[Claim], inspection: Inspection) -> Iterator[Problem]:
    """Changes that no pair of numbers of which they may be told gives."""
    text = sentence.text
    if not _NUMBERED.search(text) or not (_CHANGE.search(text) or f"{inspection.report.year - 1}年" in text):
        return
    outlined = outline(text, inspection.report.year)
    if not outlined.quantities:
        return
    broken = -1
    for comparison in comparisons(outlined):
        if comparison.start == broken:
            continue  # said of several numbers at once, and told already
        if comparison.now is not None and comparison.now.unit == "位":
            continue  # of ranks the smaller is the higher
        told = pairs(sentence, outlined, comparison, claims, inspection)
        if "20" in comparison.since:
            yield from _of_year(sentence, outlined, comparison, claims, inspection)
        if real := almost(sentence, outlined, comparison, inspection):
            yield _wrong(sentence, outlined, comparison, real)
            continue
        if any(_agrees(comparison, pair) for pair in told):
            real = None
            if comparison.begins:
                real = _another(sentence, outlined, comparison, claims, inspection) or displaced(
                    sentence, outlined, comparison, claims, inspection
                )
            if real:
                yield _wrong(sentence, outlined, comparison, real)
            continue
        of_whole = (  # 复议3件，维持2件，其他结果1件，比上年的7件少4件: 3 of 7
            _agrees(whole, pair)
            for whole in _of_wholes(outlined, comparison)
            for pair in pairs(sentence, outlined, whole, claims, inspection)
            if pair.change() is not None
        )
        if not any(of_whole):
            broken = comparison.start
            yield _wrong(sentence, outlined, comparison, told[0])


def _another(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> Pair | None:
    """What last year's report has in place of the number that a change begins with: 由16件增至15件."""
    old = comparison.old
    before = [claim for claim in claims if claim.role == "before" and claim.meanings]
    if old and any(old.start <= claim.count.start < old.end for claim in before):
        return None  # told as a count of last year's
    told = reported(sentence, outlined, comparison, claims, inspection)
    if old is None or any(pair.old and pair.old.meets(ranged(old)) for pair in told):
        return None
    return next(iter(told), None)


def _of_year(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> Iterator[Problem]:
    """Last year's number that is said to be an earlier year's: 比2023年的272件减少151件."""
    old, year, last = comparison.old, _OTHER_YEAR.match(comparison.since), inspection.report.year - 1
    if old is None or year is None or int(year[1]) >= last or not old.exact or old.value < _TELLING:
        return
    told = reported(sentence, outlined, comparison, claims, inspection)
    if any(pair.old and pair.old.value == old.value for pair in told):
        piece = outlined.said(comparison.start, comparison.end)
        what = f"文中写“{quote(piece)}”；{_plain(ranged(old), old.unit)} 是 {last} 年的数"
        about = (sentence.text, piece, str(last))
        yield rule("prose-growth").broken(what, "请核对年份", (sentence.place,), about)


def _of_wholes(outlined: Outline, comparison: Comparison) -> Iterator[Comparison]:
    """The same change of what its own number may be a part of: larger ones before it, the sum of its row."""
    now = comparison.now
    if now is None or not now.exact:
        return
    total, row = now.value, now
    for one in reversed(
        outlined.quantities[: outlined.index(now.mark)]
    ):  # 复议5件、诉讼2件，比上年的9件少2件
        gap = outlined.left(row)
        if one.unit != now.unit or not (gap[:1] in ("、", "和", "及") or _ADDED.match(gap)):
            break
        total, row = total + one.value, one
        yield replace(comparison, now=replace(now, value=total))
    index = outlined.index(now.mark)
    for one in outlined.quantities[max(index - _NEAR, 0) : index]:
        larger = one.unit == now.unit and one.value > now.value and one.exact
        if larger and "；" not in outlined.text[one.mark : now.mark]:
            yield replace(comparison, now=one)


def _agrees(comparison: Comparison, pair: Pair) -> bool:
    """Whether everything that is said of the change fits these numbers, or cannot be computed."""
    if len({way for way, _ in comparison.by} | ({comparison.way} if comparison.way else set())) > 1:
        return False
    pair = _completed(comparison, pair)
    if pair.old is not None and pair.old.most < 0 and comparison.certain:
        return False  # it cannot have grown by more than it is
    change, ratio = pair.change(), pair.ratio()
    if change is None:
        return not pair.reported
    if comparison.same and not (change.least <= 0 <= change.most):
        return False
    if comparison.way and change.value * comparison.way <= 0 and not (change.least < 0 < change.most):
        return False
    if ratio is not None:
        if comparison.half and not 40 <= ratio.value <= 60:
            return False
        if comparison.double and not _turned(ratio, comparison):
            return False
        if comparison.times and not ratio.meets(
            ranged(comparison.times).scaled(100 if comparison.times.unit == "倍" else 1)
        ):
            return False
    exact = any(change.value == by.value * way for way, by in comparison.by)
    return all(_step_agrees(way, by, pair.unit, change, ratio, exact) for way, by in comparison.by)


def _turned(ratio: Range, comparison: Comparison) -> bool:
    """Whether it is as many times as much as 翻一番 says, or more than that (翻一番多)."""
    turns = comparison.double * 100
    if comparison.beyond:
        return ratio.most >= turns
    return (0.75 if comparison.nearly else 0.9) <= ratio.value / turns <= 1.15


def _step_agrees(way: int, by: Quantity, unit: str, change: Range, ratio: Range | None, exact: bool) -> bool:
    stated = ranged(by).scaled(way)
    if by.unit == "点":
        slack = by.step / 2
        return unit != "%" or Range(change.value, change.least - slack, change.most + slack).meets(stated)
    if by.unit in ("%", "倍"):
        if change.value * way < 0 and not change.least <= 0 <= change.most:
            return False
        if ratio is None:
            return True
        grown = Range(ratio.value - 100, ratio.least - 100, ratio.most - 100)
        if exact:  # 25万元比20万元多5万元: they are not rounded, or hardly
            slack = max(abs(grown.value) / 10, Decimal(1))
            least, most = grown.value - slack, grown.value + slack
            grown = Range(grown.value, max(grown.least, least), min(grown.most, most))
        stated = stated.scaled(100) if by.unit == "倍" else stated
        loosely = by.unit == "倍" and by.step >= Decimal("0.5")  # 增长2倍 may be twice as much
        return grown.meets(stated) or (loosely and ratio.meets(stated))
    return by.unit != unit or change.meets(stated)


def _completed(comparison: Comparison, pair: Pair) -> Pair:
    """The pair with a number that the sentence leaves out and that follows from the difference."""
    for way, by in comparison.by:
        if by.unit in ("%", "倍", "点") or (pair.unit and by.unit != pair.unit):
            continue
        difference = ranged(by).scaled(way)
        if pair.old is None and pair.now is not None:
            return pair._replace(old=pair.now.minus(difference))
        if pair.now is None and pair.old is not None and not pair.reported:
            return pair._replace(now=pair.old.minus(difference.scaled(-1)))
    return pair


def _wrong(sentence: Sentence, outlined: Outline, comparison: Comparison, pair: Pair) -> Problem:
    first = comparison.now
    start = comparison.start if first is None else min(comparison.start, first.mark)
    piece = outlined.said(start, comparison.end)
    known = pair.old
    pair = _completed(comparison, pair)
    if pair.old is None:
        what = f"文中写“{quote(piece)}”，增减的方向前后不一"
    elif pair.old.value < 0:
        what = f"文中写“{quote(piece)}”，增加的比现在的总数还多"
    elif pair.reported and known is not None:
        really = _real(comparison, pair, "，实际")
        what = f"文中写“{quote(piece)}”；上年报告是 {_plain(pair.old, pair.unit)}{really}"
    else:
        numbers = [_plain(number, pair.unit) for number in (pair.old, pair.now) if number]
        what = f"文中写“{quote(piece)}”；由 {' 到 '.join(numbers)}{_real(comparison, pair, '，是')}"
    mend = "请按上年报告重新计算" if pair.reported else "请核对这几个数，重新计算"
    about = (sentence.text, outlined.said(comparison.start, comparison.end), _plain(pair.old, pair.unit))
    return rule("prose-growth").broken(what, mend, (sentence.place,), about)


def _real(comparison: Comparison, pair: Pair, lead: str) -> str:
    """The change as it comes out: 减少 7（7.7%）, 1.5 倍."""
    change, ratio = pair.change(), pair.ratio()
    if change is None:
        return ""
    if comparison.times and comparison.times.unit == "%" and ratio:
        return f"{lead} {plain(_rounded(ratio.value.quantize(Decimal('0.1'))))}%"
    if comparison.times and ratio:
        return f"{lead.removesuffix('是')}是 {plain(tidy((ratio.value / 100).quantize(Decimal('0.01'))))} 倍"
    if not change.value:
        return f"{lead}没有增减"
    way = "减少" if change.value < 0 else "增加"
    if pair.unit == "%":
        return f"{lead}{way} {plain(_rounded(abs(change.value)))} 个百分点"
    rate = ""
    if ratio is not None:
        places = max([-int(by.step.as_tuple().exponent) for _, by in comparison.by if by.unit == "%"] + [1])
        rate = f"（{plain(abs(ratio.value - 100).quantize(Decimal(1).scaleb(-places)))}%）"
    return f"{lead}{way} {_plain(change.scaled(-1) if change.value < 0 else change, pair.unit)}{rate}"


def _plain(number: Range | None, unit: str) -> str:
    if number is None:
        return ""
    myriads = abs(number.value) >= 10_000 and (unit == "元" or number.value % 1_000 == 0)
    value = plain(_rounded(number.value / 10_000 if myriads else number.value))
    return value + {"元": " 万元" if myriads else " 元", "%": "%"}.get(unit, " 万" if myriads else "")


def _rounded(number: Decimal) -> int | Decimal:
    """The number with as many places as a reader needs."""
    return tidy(number if -int(number.as_tuple().exponent) <= 6 else number.quantize(Decimal("0.01")))
