"""Averages computed again: 16家医院共更新2304条，平均每家144条; 收到申请1248件，月均104件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.quantity import COUNT, Outline, Quantity, outline
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

_NO = "[^，。；：、（）＃％×±]"
_MEAN = regex(
    "(?P<year>年均|平均每年|每年平均)|(?P<month>月均|平均每个?月|每个?月平均|月平均)|(?P<day>日均|平均每天|每天平均|日平均)|(?P<mean>[期场篇村户家镇县]次?均)"
    "|(?P<average>(?:平均)?每(?P<of>[家期村场次人名位个篇件所镇乡县区户项册部]))|(?P<man>人均)"
)
_SPAN = regex("(20[0-9]{2})年?(?:[—–~～-]+|至|到)(20[0-9]{2})年?")
_LAST_YEARS = regex(
    "近([两三四五六七八九十])年|(?<![〇○零一二三四五六七八九十第每])([两三四五六七八九十])年(?:来|间|共|累计|合计)"
)
_REGULAR = regex(
    f"每个?(?P<of>月|季度|半年)(?:(?!至少|不少|不低){_NO}){{0,10}}(?P<each>＃)[，、](?:全年|一年|年内){_NO}{{0,8}}(?P<total>＃)(?![^，。；]{{0,4}}以上)",
    "每",
)
_A_YEAR = {"月": 12, "季度": 4, "半年": 2}
_TO_COUNT = regex(f"(?P<noun>{_NO}{{0,8}}?)＃")
_BEHIND = regex("，(?:一?共计?|合计|总计|累计)＃")
_BEFORE = regex("[，、（]")
_UNITS = {"人": "人名位", "名": "人名位", "位": "人名位", "场": ("场", "场次"), "次": ("次", "场次")}
_PLACES = frozenset("村镇乡县区")  # counted by 个: 19个村
_WANTED = regex(
    "不少|不低|不超|不多|至少|最多|以上|以内|要求|规定|应当|标准|计划|力争|任务|下达|每[^，。；]*每"
)
_PART_OF_YEAR = regex(  # the number is not one of twelve months
    "[0-9]月|月份|季度|半年|以来|上线|开通|启用|运行|起|截至|试点|年底前|[12]月|上年|20[0-9]{2}年"
)
_JOINED = regex("[^，。；：（）]*[、和及与][^，。；：（）]{0,6}")
_ROUNDED = Decimal("0.999")  # of the last digit: an average that was cut is off by less than one
_WORKDAYS = (240, 254)
_DAYS, _YEAR = (362, 368), 365
_MONTHS = 12
_PERSONS = frozenset(("人", "人次", "名", "位"))
_NOT_PIECES = frozenset(("%", "倍", "点", "元", "天", "小时", "分钟", "工作日", "个工作日", ""))


def averages(sentence: Sentence, year: int) -> Iterator[Problem]:
    """Averages that no total and number of the sentence give."""
    text = sentence.text
    if "均" not in text and "每" not in text:
        return
    outlined = outline(text, year)
    if outlined.text.count(COUNT) < 2:
        return
    yield from _regular(sentence, outlined)
    for match in _MEAN.finditer(outlined.text):
        to = _TO_COUNT.match(outlined.text, match.end())
        if to is None:
            continue
        mean = outlined.at(to.end() - 1)
        if mean.rough == "bound" or mean.unit in _NOT_PIECES or not mean.value or mean.distributed:
            continue
        told = _of_times(outlined, match, mean) if match["month"] or match["day"] else None
        if match["year"]:
            told = _of_years(outlined, match, mean)
        if match["average"] or match["man"] or match["mean"]:
            told = _of_each(outlined, match, to["noun"], mean)
        if told is not None:
            yield _wrong(sentence, mean, *told)


def _of_times(outlined: Outline, match: re.Match[str], mean: Quantity) -> tuple[Decimal, Decimal] | None:
    """The total right before a monthly or daily average of the year, and by what it is to be divided."""
    index = outlined.index(mean.mark)
    total = outlined.quantities[index - 1] if index else None
    if total is None or total.unit != mean.unit or total.mark + 2 != match.start():
        return None
    left = outlined.left(total)
    if left.startswith(("、", "和", "及", "与")) or "其中" in left:
        return None  # 文件类530条、动态类3100条，日均14条: of all of them
    clause = re.split("[；。]", outlined.text[: match.start()])[-1]
    rest = clause.replace(f"{outlined.year}年", "").replace("1至12月", "")
    if (
        not _BEFORE.match(outlined.text[total.mark + 1])
        or _PART_OF_YEAR.search(rest)
        or total.value <= mean.value
    ):
        return None
    spans = ((_MONTHS, _MONTHS),) if match["month"] else (_DAYS, _WORKDAYS)
    if any(_agrees(total.least / most, total.most / least, mean) for least, most in spans):
        return None
    return total.value, Decimal(_MONTHS if match["month"] else _YEAR)


def _of_years(outlined: Outline, match: re.Match[str], mean: Quantity) -> tuple[Decimal, Decimal] | None:
    """The total right before a yearly average, and the years of which the sentence says that it is."""
    index = outlined.index(mean.mark)
    total = outlined.quantities[index - 1] if index else None
    if total is None or total.unit != mean.unit or total.mark + 2 != match.start():
        return None
    before = outlined.sentence[: total.start]
    spans = [int(last) - int(first) + 1 for first, last in _SPAN.findall(before)]
    spans += [chinese(one or other) or 0 for one, other in _LAST_YEARS.findall(before)]
    if len(spans) != 1 or not 1 < spans[0] < _MONTHS:
        return None
    years = Decimal(spans[0])
    return None if _agrees(total.least / years, total.most / years, mean) else (total.value, years)


def _regular(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """How often in the year, beside how often in each month: 每月自查1次，全年12次."""
    for match in _REGULAR.finditer(outlined.text):
        each, total = outlined.at(match.start("each")), outlined.at(match.start("total"))
        times = _A_YEAR[match["of"]]
        if (
            each.value
            and each.unit == total.unit
            and each.exact
            and total.exact
            and total.value % (each.value * times)
        ):
            written = sentence.text[each.start : total.end]
            really = plain(tidy(each.value * times))
            what = f"文中“{quote(written)}”：每{match['of']} {plain(tidy(each.value))}，一年是 {really}"
            about = (sentence.text, written, str(total.start))
            yield rule("prose-average").broken(what, "请核对次数", (sentence.place,), about)


def _of_each(
    outlined: Outline, match: re.Match[str], noun: str, mean: Quantity
) -> tuple[Decimal, Decimal] | None:
    """The total of the sentence and the number of those that it is divided among, where one is plain."""
    if _WANTED.search(outlined.text[max(match.start() - 12, 0) : mean.mark]):
        return None
    if match["mean"] and not _BEFORE.match(outlined.text[match.start() - 1]):
        return None  # 视频篇均
    of = match["of"] or (match["mean"] or "人")[0]
    units = _PERSONS if mean.unit in _PERSONS else {mean.unit}
    divisors = [one for one in outlined.quantities if one is not mean and _counts(outlined, one, of, noun)]
    totals = [
        one for one in outlined.quantities if one.unit in units and one is not mean and one not in divisors
    ]
    behind = _BEHIND.match(outlined.text, mean.mark + 1)
    before = [one for one in totals if one.mark < match.start()]
    if behind:
        total = outlined.at(behind.end() - 1)
    elif before and (
        match["man"] or match["mean"] or "平均" in match.group() or before[-1].mark + 2 == match.start()
    ):
        total = before[-1]
    else:
        return None
    if len(divisors) != 1 or total not in totals or total.value < mean.value:
        return None
    [among] = divisors
    index = outlined.index(among.mark)
    beside = pairwise(outlined.quantities[max(index - 1, 0) : index + 2])
    others = [pair for pair in beside if units.isdisjoint((pair[0].unit, pair[1].unit))]
    if any(_JOINED.fullmatch(outlined.left(other)) for _, other in others):
        return None  # 12个部门、8个镇: of which of them nobody knows
    if among.value <= 1 or "；" in outlined.text[min(among.mark, total.mark) : mean.mark]:
        return None
    spans = [(one.least, one.most) for one in totals]
    spans += [(one[0] + other[0], one[1] + other[1]) for one, other in pairwise(spans)]
    if any(_agrees(least / among.value, most / among.value, mean) for least, most in spans):
        return None
    return total.value, among.value


def _counts(outlined: Outline, one: Quantity, of: str, noun: str) -> bool:
    """Whether a number tells how many there are of what the average is told of: 19个村 of 每村."""
    if one.rough or one.unit in _NOT_PIECES:
        return False
    right = outlined.right(one)
    if of == "个":
        return one.unit in ("个", "家") and bool(noun) and right.startswith(noun[:2])
    if of in _PLACES:
        return one.unit == "个" and right.startswith(of)
    return one.unit in _UNITS.get(of, (of,))


def _agrees(least: Decimal, most: Decimal, mean: Quantity) -> bool:
    """Whether an average that lies between the two may be written so: rounded, cut, or roughly."""
    loose = mean.step * _ROUNDED
    low, high = (mean.least, mean.most) if mean.rough else (mean.value - loose, mean.value + loose)
    return low <= most and least <= high


def _wrong(sentence: Sentence, mean: Quantity, total: Decimal, among: Decimal) -> Problem:
    written = sentence.text[mean.start : mean.end]
    shown = sentence.text[max(0, mean.start - 24) : mean.end]
    right = (total / among).quantize(Decimal(1).scaleb(-max(-int(mean.step.as_tuple().exponent), 1)))
    what = (
        f"文中“{quote(shown)}”：{plain(tidy(total))} 平均到 {plain(tidy(among))} 是 {plain(tidy(right))}，"
        f"不是 {written}"
    )
    about = (sentence.text, written, str(mean.start))
    return rule("prose-average").broken(what, "请核对总数、个数，重新计算平均数", (sentence.place,), about)
