"""Lists of numbers in a sentence that are parts of one whole: 共＃，其中甲＃、乙＃."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.quantity import MEASURES, Outline, Quantity
from nianbao.report.regex import regex

_IN_TURN = frozenset(("分别为", "分别是", "分为", "即"))
_BY_PERSON = frozenset(("applicants", "channels", "times"))
_SUM, _NOT_NOW = regex("共|合计|总"), regex("上年|前年|年初|这[两三四五几]|[、和及与]")
_LONGEST = 40  # numbers of a list that are looked at
_NO = "[^，。；：、（）＃％×±]"
_OPENS = regex(
    "[，；（]?(?P<word>其中|包括|包含|分别为|分别是|分为|具体为|具体是|具体有|即|含|涉及|涵盖)(?:了|有)?[，：]?"
    f"|(?P<frame>(?<=＃){_NO}{{0,16}}?(?:(?:[中里内]|当中|之中)(?:，有?|有)(?={_NO}{{0,16}}＃)"
    f"|中(?![小心央介标国华级期等学])(?=(?:(?![和及与]){_NO}){{1,8}}＃)))"
    "|(?P<colon>(?<=＃)：)"
    "|(?P<bracket>（)(?!不含|另|除|同比|较|占|约|上年|含|其中)"
)
_FRAMES = regex(f"{_NO}{{0,16}}(?:[中里内]|当中|之中)[，：＃]")
_STOPS, _MARKS = regex("[（）：。]"), regex("[，。；：、（）]")
_SPLIT = regex("[，；、]|和(?!其他)|以及|及(?!其他)")
_ASIDE = regex("（[^（）]*）|[，（]?占[^，；、（）]*％）?")
_ENDS = regex(
    "其中|[前后]者|(?:[前后上这该此][一两]?[类种项批部]|当|之).{0,6}[中里内]|具体[为是有]|日均|月均|年均|人均|平均|每|包括|共计?|合计|总计|累计|全年|此外|同时|同比|较|比上年|(?<![撤合归兼])并(?!案)|。"
)
_REST = regex("另有?|其余|剩余|余下|尚有|还有|其它的")
_LEAD = regex("^(?:其中|具体|包括|包含|分别为|分别是|即|含|有|由|的|为|是|共|达)+")
OTHERS = regex("其他|其它|其余|剩余|余下")
_NO_ITEM = regex("通过.*转|转发|转载|已|被|获|均|经(?![费济营])|还|又|全部|首次|配套|同步|同比|涉及")
_JOINED = regex("[、；和及]")
KINDS = (
    ("disputes", regex("复议|诉讼|起诉|应诉")),
    ("applicants", regex("自然人|公民|个人|企业|法人|组织|机构(?!信息|职能|设置|概况)|律所|公益|律师")),
    (
        "channels",
        regex(
            "(?:网上|网络|互联网|线上|在线|信函|邮寄|邮政|邮件|信件|当面|现场|窗口|线下|传真|平台|来函|电子邮件)"
            "(?:渠道|方式|途径|提交|递交|寄送|寄递|申请|提出|收到|受理|接收|办理)*$"
        ),
    ),
    ("results", regex("维持|纠正|审结|(?:^|其[他它]|复议|诉讼|审理)结果|驳回|撤销")),
    (
        "outcomes",
        regex("(?:予以?|部分|同意)公开|法提供|予处理|他处理|掌握|现成|另行制作|补正|重复|信访"),
    ),
    ("flow", regex("新收|结转|收到|办结|答复|受理|未办")),
    ("times", regex("上半年|下半年|季度|[0-9]月")),
)
_PAIRS = (  # words that leave no third one
    ("自然人|公民|个人", "法人"),
    ("线上|网", "线下|现场"),
    ("上半年", "下半年"),
    ("省级|市级|本级", "县级|区级|乡级|下级|以下|县（区）|县区"),
    ("中央", "省级|地方"),
    ("县级", "乡级|乡镇|镇级"),
    ("原创", "转载|转发"),
    ("专职", "兼职"),
    ("新建", "改造|改建|扩建|提升"),
    ("微博", "微信"),
    ("微信", "微博|抖音"),
    ("建议", "提案"),
    ("按件", "按量|按页"),
    ("复议", "诉讼"),
    ("民事", "刑事"),
)
CHANNELS = (regex("网|线上|在线|平台"), regex("信函|邮|信件|来函"), regex("当面|现场|窗口|到场"))


class Enumeration(NamedTuple):
    """A list of parts: `word` opens it (其中, 中 for 80件中, ： or （), `whole` is what stands before it.

    `others` are further numbers of which it may be told instead of the whole; `rest` such that may or
    may not belong to the list (另有3件). `ended` where no number follows that might belong to it too.
    """

    word: str
    whole: Quantity | None
    others: tuple[Quantity, ...]
    parts: tuple[Quantity, ...]
    rest: tuple[Quantity, ...]
    start: int
    ended: bool


def kind(words: str) -> str:
    """What a label tells the parts by: applicants, channels, …; "" where that is not known."""
    return next((name for name, pattern in KINDS if pattern.search(words)), "")


def paired(labels: Sequence[str]) -> bool:
    """Whether two labels name kinds that leave no third one: 原创, 转载."""
    return len(labels) == 2 and any(_has(labels[0], one) and _has(labels[1], other) for one, other in _PAIRS)


def _has(words: str, some: str) -> bool:
    """Whether one of some words between bars stands in others."""
    return any(map(words.__contains__, some.split("|")))


def plain_counts(outline: Outline, *, bracketed: bool = False) -> list[Quantity]:
    """The numbers that are no ratio, no change and none of another year, outside brackets or in them."""
    return [
        one
        for one in outline.quantities
        if one.mark in outline.plain and _bracketed(outline, one) == bracketed
    ]


def enumerations(outline: Outline) -> Iterator[Enumeration]:
    """Every list of parts, from left to right."""
    for match in _OPENS.finditer(outline.text):
        word = match["word"] or ("中" if match["frame"] else match.group())
        index = outline.index(match.end())
        if index >= len(outline.quantities):
            continue
        inside = match["bracket"] is not None or match.group().startswith("（")
        stop = outline.index(match.start())
        before = [
            one
            for one in outline.quantities[max(stop - _LONGEST, 0) : stop]
            if one.mark in outline.plain and _bracketed(outline, one) == (outline.depth(match.start()) > 0)
        ]
        for unit in dict.fromkeys(one.unit for one in outline.quantities[index : index + 2]):
            if unit not in MEASURES:
                found = _read(outline, match, word, [one for one in before if one.unit == unit], unit, inside)
                if found is not None:
                    yield found


def _read(
    outline: Outline, match: re.Match[str], word: str, before: Sequence[Quantity], unit: str, inside: bool
) -> Enumeration | None:
    """The list that begins after an opening word, of one unit."""
    text = outline.text
    stop = text.find("）", match.end()) if inside else len(text)
    stop = len(text) if stop < 0 else stop
    whole, others = None, []
    if before:
        whole = before[-1]
        between = text[whole.mark + 1 : match.start()]
        if inside or word in ("中", "："):
            if outline.quantities[outline.index(match.start()) - 1] is not whole or len(between) > 6:
                return None
        elif "；" in between or (word in _IN_TURN and not _is_its_list(outline, whole, between)):
            return None
        else:
            others = [one for one in before[:-1] if "；" not in text[one.mark : match.start()]][-2:]
    elif inside or word in ("中", "："):
        return None
    level = inside or word in _IN_TURN or match.group().endswith("：")
    parts, rest, ended = _items(outline, match.end(), stop, unit, inside, level)
    return (
        Enumeration(word, whole, tuple(others), tuple(parts), tuple(rest), match.start(), ended)
        if parts
        else None
    )


def _is_its_list(outline: Outline, whole: Quantity, between: str) -> bool:
    """Whether what 分别为 opens is of the number before it, and not of things that are named anew."""
    return between.strip("，的") in ("", "其中") or bool(
        _SUM.search(outline.left(whole)) and not _NOT_NOW.search(between)
    )


def list_at(outline: Outline, start: int) -> Enumeration | None:
    """The list that stands at a place of the outline and whose whole was told before."""
    index = outline.index(start)
    if index >= len(outline.quantities):
        return None
    unit = next((one.unit for one in outline.quantities[index:] if one.unit not in MEASURES), "")
    parts, rest, ended = _items(outline, start, len(outline.text), unit, inside=False, level=True)
    return Enumeration("", None, (), tuple(parts), tuple(rest), start, ended) if parts else None


def _items(
    outline: Outline, start: int, stop: int, unit: str, inside: bool, level: bool
) -> tuple[list[Quantity], list[Quantity], bool]:
    """The numbers of one list, those that may be of it, and whether nothing of the kind follows it.

    `level` where a semicolon may stand between its parts: without one after the opening word it ends
    them, unless both sides tell who asked, or how or when.
    """
    text = outline.text
    parts: list[Quantity] = []
    rest: list[Quantity] = []
    position, semicolons, listed = start, False, False
    first = outline.index(start)
    for one in outline.quantities[first : first + _LONGEST]:
        if one.mark >= stop:
            break
        if one.unit != unit or (not inside and _bracketed(outline, one)):
            continue
        if one.mark not in outline.plain:
            position = one.mark + 1
            continue
        if parts and _FRAMES.match(text, one.mark + 1):
            return parts, rest, False
        gap = _ASIDE.sub("", text[position : one.mark])
        if parts and _ends(gap, semicolons, len(parts)):
            if _REST.search(gap) and not _ENDS.search(gap):
                rest.append(one)
                position = one.mark + 1
                continue
            return parts, rest, False
        if parts and "；" in gap and not (level or semicolons):
            kinds = {kind(label(outline, parts[0])), kind(label(outline, one))}
            if len(kinds) > 1 or not kinds <= _BY_PERSON:
                return parts, rest, False
        if not parts and (_ENDS.search(gap) or "；" in gap or len(_SPLIT.split(gap)) > 2):
            return [], [], False
        apart = listed and not _JOINED.search(gap) and not kind(label(outline, one))
        if parts and (not _fits(outline, parts, one, gap) or (apart and not OTHERS.search(gap))):
            return parts, rest, False
        listed = listed or (len(parts) > 0 and "、" in gap)
        semicolons = semicolons or "；" in gap
        parts.append(one)
        position = one.mark + 1
    return parts, rest, len(outline.quantities) <= first + _LONGEST


def _ends(gap: str, semicolons: bool, number: int) -> bool:
    """Whether the words between two numbers show that the second is no further part."""
    if _ENDS.search(gap) or _REST.search(gap):
        return True
    if "；" in gap and not semicolons and number > 1:
        return True
    return len([piece for piece in re.split("[，；]", gap)[1:-1] if piece]) > 0 or gap.count("，") > 1


def _fits(outline: Outline, parts: Sequence[Quantity], one: Quantity, gap: str) -> bool:
    """Whether a number tells its part by the same kind as those before it."""
    own, first = label(outline, one), label(outline, parts[0])
    if OTHERS.search(own) or (len(parts) == 1 and paired((first, own))):
        return True
    kinds = {kind(own), kind(first)}
    if len(kinds) > 1 and ("" not in kinds or "、" not in gap):
        return False
    if "" not in kinds or "、" in gap or "和" in gap or "及" in gap:
        return True
    return len(own) <= 12 and not _NO_ITEM.search(own)


def label(outline: Outline, one: Quantity) -> str:
    """What stands beside a number: right before it, or else after it, or else in the clause before."""
    *_, clause, left = ["", *_SPLIT.split(_STOPS.split(outline.left(one))[-1])]
    left = _LEAD.sub("", left)
    return left or _MARKS.split(outline.right(one))[0] or clause


def _bracketed(outline: Outline, one: Quantity) -> bool:
    return outline.depth(one.mark) > 0
