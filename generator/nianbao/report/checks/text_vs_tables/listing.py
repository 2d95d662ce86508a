"""Lists that open with no word such as 其中: parts of the number before them, or of all applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.enumeration import CHANNELS, OTHERS, kind, label
from nianbao.report.checks.text_vs_tables.label import listed_label
from nianbao.report.checks.text_vs_tables.quantity import COUNT, Outline, Quantity
from nianbao.report.regex import regex

_NO = "[^，。；：、（）＃％×±]"
_JOINT = regex(f"(?:[、，]|{_NO}{{0,6}}[、，])(?:和|及|以及)?{_NO}{{0,16}}")
GRADES = regex(
    "^(?:评为|为|获评|获)?(?:优秀|优|良好|良|合格|基本合格|不合格|达标|不达标|一般|较好|较差|好|中|差)(?:等次|等级|档次|的|有|等)*$"
)
_FAMILIES = (  # names that are told together only as parts of one whole
    regex("^第[一二三四五六七八九十]+[期场次批轮个]"),
    GRADES,
    regex("^(?:其中|在)?[上下]半年"),
    regex("^第?[一二三四]季度"),
)
_ORGANS = regex(
    "^(?:[^，]{0,6}为|由|向)?(?:[省市县区镇乡]?政府|.{0,4}(?:办公室|部门|乡镇|镇街|街道|[省市县区]直.{0,4}|园区))[^，]{0,6}$"
)
_OTHERS = regex(
    "^(?:[^，。；：、]{2,6}[及和])?(?:其他|其它)(?:类|方面|事项|各类|领域|内容|方向|各?项)?(?:的|有|共)?$"
)
_QUARTERS = regex(
    "(?:[四4]个季度|[各分]季度|按季度?|[一1][至到][四4]季度)(?:[来分]?[看计]|统计|划分|分|的?(?:收件|申请|接件|新收)[量数]*)?[，：]?(?:依次|分别)?"
    "(?:新?[收受办][到理件]?)?(?:申请|件)?(?:依次|分别)?(?:为|是|有)?(?P<first>＃)、＃、＃(?:、|和|及)＃"
)
_HALVES = regex(
    "上半年(?:(?:新?[收受接]|新增)[到收理]?)?(?:申请|为|有|的)?(?P<first>＃)[，、和](?:而|其)?下半年(?:(?:新?[收受接]|新增)[到收理]?)?(?:申请|为|有|的)?＃"
)
_ABOUT = "涉及"
_CONTENT = regex("涉及|内容|所[问提]|类$|方面|的$")
_FRAME = regex(f"{_NO}{{0,16}}(?:[中里内]|之中)")
_BRACKETS, _MARKS = regex("（[^（）]*）"), regex("[，。；：、（）]|和|以及|及(?!其他)")
_LEAD = regex("^(?:其中|包括|分别为|含|有|由|为|是|共)+")
_GATE = regex("[当现到][面场]|窗口|第|优|良|合格|达标|季度|半年|其[他它]|部门|[省市县区]直")
_ALL_YEAR = regex("全年|合计|共计")
_PIECES = frozenset(("件", "份", "宗"))


class Listing(NamedTuple):
    """Parts that exhaust their whole: the number before them, None where it is told otherwise."""

    whole: Quantity | None
    parts: tuple[Quantity, ...]
    short: bool  # whether fewer than the whole is a mistake too
    channels: bool = False  # whether it tells how the applications came
    graded: bool = False  # whether it tells how those were graded whose numbers stand before it
    headed: bool = False  # whether only a heading before it can say what it divides: 申请内容。


def listings(outline: Outline) -> Iterator[Listing]:
    """Every list of the kind, from left to right."""
    if "下半年" in outline.text:
        for match in _HALVES.finditer(outline.text):
            index = outline.index(match.start("first"))
            yield Listing(None, outline.quantities[index : index + 2], short=True)
    if outline.text.count(COUNT) < 3 or not _GATE.search(outline.text):
        return
    yield from _quarters(outline)
    level = [one for one in outline.quantities if not outline.depth(one.mark)]
    run: list[Quantity] = []
    for one in level:
        if run and _joined(outline, run[-1], one):
            run.append(one)
            continue
        yield from _listing(outline, run)
        run = [one]
    yield from _listing(outline, run)


def _joined(outline: Outline, before: Quantity, one: Quantity) -> bool:
    gap = _BRACKETS.sub("", outline.text[before.mark + 1 : one.mark])
    return one.unit == before.unit and bool(_JOINT.fullmatch(gap))


def _listing(outline: Outline, run: Sequence[Quantity]) -> Iterator[Listing]:
    if len(run) < 3:
        return
    labels = [_label(outline, one) for one in run]
    if len(run) > len("一二三四") and _ALL_YEAR.match(labels[-1]):
        run, labels = run[:-1], labels[:-1]  # 第一季度…第四季度＃，全年新收＃
    for family in _FAMILIES:
        if not all(family.search(name) for name in labels[1:]):
            continue
        itself = any(family.search(labels[0][start:]) for start in range(len(labels[0])))  # 部门中优秀5个
        if not itself:
            ended = re.match("[；。]|$", outline.right(run[-1])) is not None
            enough = 4 if "季度" in labels[1] else 3
            yield Listing(run[0], tuple(run[1:]), short=ended and len(run) > enough)
            return
        if family is GRADES:
            ended = re.match("[；。]|$", outline.right(run[-1])) is not None
            yield Listing(None, tuple(run), short=ended, graded=True)
            return
        if "一季度" in labels[0] and len(run) == len("一二三四"):
            yield Listing(None, tuple(run), short=True)
            return
    if run[0].unit not in _PIECES or _FRAME.match(outline.text, run[0].mark + 1):
        return
    beside = [listed_label(outline, one) or label(outline, one) for one in run]
    if _by_channel(beside):
        yield Listing(None, tuple(run), short=True, channels=True)
        return
    by_content = bool(_OTHERS.search(labels[-1])) and not any(
        kind(name) for name in labels if not name.startswith(_ABOUT)
    )
    told = _CONTENT.search(outline.left(run[0])) or any(_CONTENT.search(name) for name in labels)
    by_organ = all(_ORGANS.search(name) for name in labels) and any(
        "部门" in name or "直" in name for name in labels
    )
    if by_content or by_organ:
        yield Listing(None, tuple(run), short=True, headed=by_content and not told)


def _by_channel(labels: Sequence[str]) -> bool:
    """Whether a list tells each of the three ways in which applications come, and nothing else."""
    told = [[channel.search(label) is not None for channel in CHANNELS] for label in labels]
    every = all(map(any, zip(*told, strict=True)))
    return every and all(any(one) or OTHERS.search(label) for one, label in zip(told, labels, strict=True))


def _label(outline: Outline, one: Quantity) -> str:
    """What stands before a number, without what stands in brackets: 乡镇（街道）＃."""
    left = _BRACKETS.sub("", outline.left(one))
    return _LEAD.sub("", _MARKS.split(left)[-1]) or label(outline, one)


def _quarters(outline: Outline) -> Iterator[Listing]:
    for match in _QUARTERS.finditer(outline.text):
        index = outline.index(match.start("first"))
        yield Listing(None, outline.quantities[index : index + 4], short=True)
