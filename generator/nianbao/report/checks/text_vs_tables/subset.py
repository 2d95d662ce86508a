"""What was done with a number of things is no more than the number: 发现问题57个，已整改55个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.checks.text_vs_tables.sums import added, exact, not_whole
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_CAME = regex(
    "发现|[查找筛][出找摆]|排查|清查|摸排|梳理|收[到集]|征[集求得]|接[到收]|受理|承办|办理|交办|转办|发放|发出|提出|反馈|指出|应[公整办回答]|列入|部署"
)
_VERB = (
    "(?:整改|改正|解决|销号|纠正|采纳|采用|吸[收纳]|办[结毕复]|[答回]复|收回|回收|公开|完成|落实|处置|化解)"
)
_HOW = (
    "(?:其中|目前|现|年内|当年|截至年底|年底前?|已经?|均已?|都已?|皆已?|全部|全数|按[期时]|及时|如期|共|实际|合计"
    "|累计|当场|可以?|予以|能够?|督促|推动|经?研究|最终|得到|被)*"
)
_ENDING = "(?:完成|完毕|到位|落实|有效|了|的|合理)*"
_NOUN = "[^，。；：、（）＃％×±]{0,6}"
_DONE = regex(
    f"(?:{_HOW}{_VERB}+{_ENDING}＃(?P<thing>{_NOUN})|{_HOW}＃(?P<other>{_NOUN}){_HOW}{_VERB}+{_ENDING})$"
)
_MARK = regex("[，。；：、（）]")
_MAY_BE_MORE = regex(
    "申请|结转|上年|去年|历年|往年|以前|遗留|存量|复议|诉讼|累计|另|每|各|人次|[由从].*[至到]＃|计划|目标|力争|确保|任务"
)


def subsets(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """Numbers of what was done that are larger than all numbers of what there was to do before them."""
    if len(outlined.quantities) < 2 or not _CAME.search(outlined.text):
        return
    counts = plain_counts(outlined)
    for index, part in enumerate(counts[1:], 1):
        start = max(outlined.text.rfind(mark, 0, part.mark) for mark in "；。") + 1
        before = [one for one in counts[:index] if start <= one.mark and one.unit == part.unit]
        done = _DONE.match(_clause(outlined, part))
        if not before or done is None or _MAY_BE_MORE.search(outlined.text, start, part.mark + 2):
            continue
        came = _came(outlined, before)
        thing = (done["thing"] or done["other"] or "").strip("的")
        told = outlined.text[start : part.mark]
        if not came or not exact(part, *came) or (thing and thing[-2:] not in told):
            continue
        if part.value > added(came):
            yield not_whole(sentence, came[0], (part,), added(came))


def _came(outlined: Outline, before: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of what there was to do, without those of its parts; none where the first is no such."""
    came: list[Quantity] = []
    opened = False
    for one in before:
        left = outlined.left(one)
        if not came and not _CAME.search(_clause(outlined, one)):
            return []
        opened = "其中" in left or "包括" in left or (opened and left[:1] in ("、", "和", "及"))
        if not opened:
            came.append(one)
    return came


def _clause(outlined: Outline, one: Quantity) -> str:
    """The words on either side of a number, up to the next marks."""
    return f"{_MARK.split(outlined.left(one))[-1]}＃{_MARK.split(outlined.right(one))[0]}"
