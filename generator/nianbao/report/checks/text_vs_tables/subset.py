"""Numbers that say what was done of the number before them: 发现42个，整改45个; 收到87条，采纳29条."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.enumeration import plain_counts
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.checks.text_vs_tables.sums import exact
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
    """What was done of more than there was."""
    if not _SIGN.search(sentence.text):
        return
    for part in plain_counts(outlined):
        whole = whole_of(outlined, part)
        if whole is not None and part.value > whole.value:
            done, of = (plain(tidy(one.value)) for one in (part, whole))
            piece = sentence.text[whole.start : part.end]
            what = f"文中“{quote(piece)}”：{done} 是其中的一部分，却大于 {of}"
            about = (sentence.text, of, done)
            yield rule("parts-exceed").broken(what, "请核对这两个数", (sentence.place,), about)
