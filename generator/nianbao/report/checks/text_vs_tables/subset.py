"""Numbers that say what was done of the number before them: 发现42个，整改45个; 收到87条，采纳29条."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.checks.text_vs_tables.sums import added, exact
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_NO = "[^，。；：、（）＃％×±]"
_ALREADY = "(?:其中|目前|年内|均|已|共|实际|最终|按期|按时|全部|完成)*"
_PAIRS = tuple(  # what came, and what was done of it; 办结 may also be of what was left from before
    (regex(f"{came}{_NO}{{0,12}}$"), regex(f"^，?{_ALREADY}(?:{done})"))
    for came, done in (
        ("(?:发放|发出|投放|寄出)", "收回|回收"),
        ("(?:收回|回收)", f"(?:其中)?(?:表示)?(?:非常|基本|比较)?满意|{_NO}{{0,4}}有效"),
        ("(?:发现|查出|排查出?|指出|反馈|通报|梳理出?)", "整改|改正|纠正|销号|解决"),
        ("(?:收到|征集到?|收集到?|征求到?|提出)", "采纳|采用|吸收"),
        ("(?:检查|抽查|抽检|考核|测评|评估)", "合格|达标|不合格|不达标|优秀"),
        (
            "(?:共计?|合计|建议|提案)",
            "(?:全文)?公开(?:复文|答复|办理结果)|(?:复文|答复|办理结果)(?:全文)?公开",
        ),
    )
)
_SIGN = regex("收回|回收|满意|有效|改正|整改|纠正|销号|解决|采纳|采用|吸收|合格|达标|优秀|公开")
_BEFORE = regex("结转|上年|遗留|往年|历年|加上|连同|累计|另")

_CAME = regex(
    "发现|[查找筛][出找摆]|排查|清查|摸排|梳理|收[到集]|征[集求得]|接[到收]|受理|承办|办理|交办|转办|发放|发出|提出"
    "|反馈|指出|应[公整办回答]|列入|部署"
)
_VERB = (
    "(?:整改|改正|解决|销号|纠正|采纳|采用|吸[收纳]|办[结毕复]|[答回]复|收回|回收|公开|完成|落实|处置|化解)"
)
_HOW = (
    "(?:其中|目前|现|年内|当年|截至年底|年底前?|已经?|均已?|都已?|皆已?|全部|全数|按[期时]|及时|如期|共|实际|合计"
    "|累计|当场|可以?|予以|能够?|督促|推动|经?研究|最终|得到|被)*"
)
_ENDING = "(?:完成|完毕|到位|落实|有效|了|的|合理)*"
_NOUN = f"{_NO}{{0,6}}"
_DONE = regex(
    f"(?:{_HOW}{_VERB}+{_ENDING}＃(?P<thing>{_NOUN})|{_HOW}＃(?P<other>{_NOUN}){_HOW}{_VERB}+{_ENDING})$"
)
_MARK = regex("[，。；：、（）]")
_MAY_BE_MORE = regex(
    "申请|结转|上年|去年|历年|往年|以前|遗留|存量|复议|诉讼|累计|另|每|各|人次|[由从].*[至到]＃|计划|目标|力争|确保|任务"
)


def whole_of(outlined: Outline, part: Quantity) -> Quantity | None:
    """The number right before a part of which the words say that it was done; None where they do not."""
    left = outlined.left(part)
    if not left.startswith("，") or _BEFORE.search(left) or not _SIGN.search(left):
        return None
    index = outlined.index(part.mark)
    before = outlined.quantities[index - 1] if index else None
    if before is None or before.unit != part.unit or not exact(before, part):
        return None
    label = outlined.left(before)
    told = any(came.search(label) and done.search(left) for came, done in _PAIRS)
    return before if told and not _BEFORE.search(label) else None


def exceeding(sentence: Sentence, outlined: Outline) -> Iterator[Problem]:
    """What was done of more than there was, by the number right before it or by all before it."""
    counts = plain_counts(outlined) if len(outlined.quantities) > 1 else ()
    for index, part in enumerate(counts):
        right_before = whole_of(outlined, part)
        came = (right_before,) if right_before else _there_was(outlined, part, counts[:index])
        if came and part.value > added(came):
            yield _problem(sentence, came[0], part, added(came))


def _problem(sentence: Sentence, first: Quantity, part: Quantity, whole: Decimal) -> Problem:
    done, of = plain(tidy(part.value)), plain(tidy(whole))
    piece = sentence.text[first.start : part.end]
    what = f"文中“{quote(piece)}”：{done} 是其中的一部分，却大于 {of}"
    return rule("parts-exceed").broken(what, "请核对这两个数", (sentence.place,), (sentence.text, of, done))


def _there_was(outlined: Outline, part: Quantity, earlier: Sequence[Quantity]) -> Sequence[Quantity]:
    """All numbers before a part of what there was to do, where it says what was done; none elsewhere."""
    start = max(outlined.text.rfind(mark, 0, part.mark) for mark in "；。") + 1
    before = [one for one in earlier if start <= one.mark and one.unit == part.unit]
    if not before or not _CAME.search(outlined.text, start, part.mark):
        return ()
    done = _DONE.match(_clause(outlined, part))
    if done is None or _MAY_BE_MORE.search(outlined.text, start, part.mark + 2):
        return ()
    came = _came(outlined, before)
    thing = (done["thing"] or done["other"] or "").strip("的")
    told = outlined.text[start : part.mark]
    return came if exact(part, *came) and (not thing or thing[-2:] in told) else ()


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
