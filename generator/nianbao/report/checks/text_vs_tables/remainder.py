"""A number, what of it was done, and what was left: 214件，办结211件，其余3件; 新增7项、删去2项，净增5项."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.quantity import COUNT, Outline, Quantity, outline
from nianbao.report.checks.text_vs_tables.subject import subjects
from nianbao.report.checks.text_vs_tables.sums import added, exact, not_whole, slipped
from nianbao.report.checks.text_vs_tables.whole import totals
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_MOST = 6  # numbers of which every sum is looked at
_REST = regex(
    "(?:(?P<all>其余|剩余|余下|剩下|尚余|还剩|仅剩|现余|余)|另外?|另有|还有|尚有|仍有)(?:的|为|有|尚有|仍有|下)*$"
)
_RESTS = regex("其余|剩|余|另|[还尚仍]有")
_DONE = regex(
    "办结|办毕|办复|办完|答复|回复|整改|完成|处理|解决|销号|采用|采纳|发布|通过|缴|落实|改正|达标|合格|保留|公开|反馈|办理完毕"
)
_LEFT = regex(
    "其余|剩余|余下|剩下|尚|仍|还|另|未|不予|继续不|不(?=属实|通过|合格|采|符|宜|达标|实)|正在|在办|关停|注销|撤|退稿|落选|取消|跨年|转入|留待|余"
)
_MEAN = regex("均|每[^，]*$")
_ROWS = regex("不予(?:公开|处理)|予以公开|部分公开|无法提供|其他处理")
_MARKS = regex("[，；：。、（）]")
_CARRIED = regex("申请|结转|遗留|上年|转入|存量|复议|诉讼")
_FRAME = regex("＃[^，。；：、（）＃％×±]{0,16}?(?:[中里内]|之中)，")  # 26件里，…
_NO = "[^，。；：、（）＃％×±]"
_NET = regex(
    f"(?:新增|调增|新设|增设|增列|制[发定]|出台|印发|招[聘录])[^，；。：＃％]{{0,10}}(?P<more>＃)[^；。：＃％×±]{{0,4}}?[，、和]?{_NO}{{0,4}}"
    f"(?:取消|废止|失效|删去|删除|删减|删|减少|调减|核减|退出|撤销|移出|下线|离职|调离){_NO}{{0,10}}(?P<less>＃){_NO}{{0,2}}"
    f"，{_NO}{{0,8}}(?:净增加?|净减少?|多|少|增加|减少)了?(?P<net>＃)",
    "新增|调增|新设|增设|增列|制发|制定|出台|印发|招聘|招录",
    "净|多|少|增加",
)
_REDUCED = regex(
    f"(?:[由从对将把]|^|，){_NO}{{0,12}}(?P<old>＃){_NO}{{0,12}}?(?:整合|关停并转|压减|精简|归并|撤并|合并|缩减|优化|清理|归类，?压减)(?:为|至|到|成){_NO}{{0,4}}?(?P<now>＃)"
    f"{_NO}{{0,4}}，(?:共|已|累计|净)?(?:(?P<less>减少)|(?:关[停闭]|注销|撤并|压减|精简|撤销|合并|清理|下线)+)(?:并转|整合)?了?(?P<by>＃)(?![^；。]{{0,6}}[，、][^，；。]{{0,4}}[新增])",
    "整合|关停并转|压减|精简|归并|撤并|合并|缩减|优化|清理|归类",
)


def remainders(
    sentence: Sentence, outlined: Outline, earlier: Sequence[Sentence], report: Report
) -> Iterator[Problem]:
    """What is left of a number where it is not the number without what was done."""
    for rest in outlined.quantities[2:] if _RESTS.search(outlined.text) else ():
        said = _REST.fullmatch(_MARKS.split(outlined.left(rest))[-1])
        row = _before(outlined, rest) if said else ()
        if row and said and (said["all"] or any(_DONE.search(_clause(outlined, one)) for one in row[1:])):
            yield from _balanced(sentence, outlined, row, rest, earlier, report)
    yield from _opposed(sentence, outlined)
    yield from _net(sentence, outlined)


def _before(outlined: Outline, rest: Quantity) -> Sequence[Quantity]:
    """The numbers of the same unit before a rest, from the last semicolon on; () where they are not exact."""
    start = max(outlined.text.rfind(mark, 0, rest.mark) for mark in "；。")
    if outlined.text.startswith("其中", start + 1):
        start = outlined.text.rfind("；", 0, max(start, 0))
    near = [one for one in plain_counts(outlined) if start < one.mark < rest.mark]
    row = [one for one in near if one.unit == rest.unit and not _MEAN.search(outlined.left(one))]
    strange = any(one.unit != rest.unit and row and one.mark > row[0].mark for one in near)
    return row if 2 <= len(row) <= _MOST and exact(rest, *row) and not strange else []


def _balanced(
    sentence: Sentence,
    outlined: Outline,
    row: Sequence[Quantity],
    rest: Quantity,
    earlier: Sequence[Sentence],
    report: Report,
) -> Iterator[Problem]:
    """A rest that no number before it leaves, whichever of those between are taken from it."""
    values = [one.value for one in row]
    wholes = [(values[place], values[place + 1 :]) for place in range(len(values) - 1)]
    wholes += [(one + other, values[place + 2 :]) for place, (one, other) in enumerate(pairwise(values))]
    nested = "其中" in outlined.text[row[0].mark : rest.mark]
    framed = not nested and _FRAME.match(outlined.text, row[0].mark) is not None  # said beside its parts
    wholes = wholes[:1] if framed else wholes
    if outlined.text.startswith("其中") or any(whole - rest.value in _sums(parts) for whole, parts in wholes):
        return  # or its whole stands before, and it is told of as a list
    near = [outline(one.text, outlined.year) for one in earlier if one.paragraph == sentence.paragraph]
    told = [one.value for text in near for one in text.quantities if one.unit == rest.unit]
    told += [one.value for one in outlined.quantities if one.mark > rest.mark and one.unit == rest.unit]
    told += totals(report) if rest.unit in subjects().units else ()
    every, parts = [*row, rest], [*row[1:], rest]
    ends = {rest.value + sum(values[place:], Decimal(0)) for place in range(len(values))}
    if not framed and ends & {*told, *(one + other for one, other in pairwise(told))}:
        return
    if _of_first(outlined, row) or slipped(parts, values[0]):
        yield not_whole(sentence, row[0], parts, values[0])
    elif whole := next((one for one in told if slipped(every, one)), None):
        yield not_whole(sentence, row[0], every, whole)


def _of_first(outlined: Outline, row: Sequence[Quantity]) -> bool:
    """Whether the numbers are said to be of the first of them: 其中, or what was done with it."""
    between = outlined.text[row[0].mark : row[1].mark]
    done = bool(_DONE.search(_clause(outlined, row[1])) or _LEFT.search(_clause(outlined, row[1])))
    framed = _FRAME.match(between) is not None
    return row[0].value == max(one.value for one in row) and (done or framed or "其中" in between)


def _sums(values: Sequence[Decimal]) -> set[Decimal]:
    """Every sum of one or more of the values."""
    return {
        sum(some, Decimal(0)) for size in range(1, len(values) + 1) for some in combinations(values, size)
    }


def _opposed(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """Three numbers between semicolons, the last two of what was done and what was not."""
    if outlined.text.count(COUNT) < 3:
        return
    counts, start = plain_counts(outlined), 0
    for clause in outlined.text.split("；"):
        ends = start + len(clause)
        own = [one for one in counts if start <= one.mark < ends] if clause.count(COUNT) > 2 else []
        start = ends + 1
        if len(own) < 3 or _CARRIED.search(clause):
            continue
        whole = own[0]
        same = [one for one in own if one.unit == whole.unit]
        if len(same) != 3 or not exact(*same):
            continue
        first, second = _clause(outlined, same[1]), _clause(outlined, same[2])
        done = _DONE.search(first) and not _LEFT.search(first) and _LEFT.search(second)
        undone = _LEFT.search(first) and _DONE.search(second) and not _LEFT.search(second)
        if (done or undone) and not _ROWS.search(first + second) and added(same[1:]) != whole.value:
            yield not_whole(sentence, whole, same[1:], whole.value)


def _clause(outlined: Outline, one: Quantity) -> str:
    """The words on either side of a number, up to the next marks."""
    return _MARKS.split(outlined.left(one))[-1] + "＃" + _MARKS.split(outlined.right(one))[0]


def _net(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """What was added without what was taken away."""
    for pattern, names in ((_NET, ("more", "less", "net")), (_REDUCED, ("old", "now", "by"))):
        for match in pattern.finditer(outlined.text):
            if pattern is _REDUCED and match["less"] and re.search("[由从]", match.group()):
                continue  # told as a change
            more, less, net = (outlined.at(match.start(name)) for name in names)
            if (
                exact(more, less, net)
                and more.unit == less.unit == net.unit
                and abs(more.value - less.value) != net.value
            ):
                yield not_whole(sentence, more, (less, net), more.value)
