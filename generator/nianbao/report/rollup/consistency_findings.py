"""How a published sum differs from its organs', in words, and why a report may be no sum of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.mandate import Slot
from nianbao.report.catalogue import rule
from nianbao.report.figure import plain
from nianbao.report.problem import Place, Problem, Severity, quote
from nianbao.report.report import Report
from nianbao.report.rollup.changes import number
from nianbao.report.rollup.consistency import Consistency, Difference, Explanation, Whole, Why
from nianbao.report.rollup.member import Member
from nianbao.report.rollup.refusals import listed

SHOWN = 3  # explanations that a message names
MOST_SINGLE = 20  # figures that are told one by one; of more, small numbers explain some by chance


def findings(held: Consistency) -> Iterator[Problem]:
    """The differences: those that one organ as a whole explains as one, each other one by itself.

    Very many have one cause: those that nothing explains are told as one, and of the others what
    explains them is told as a possibility only.
    """
    by_key = {difference.slot.key: difference for difference in held.differences}
    for whole in held.wholes:
        yield _of_organ(whole, [by_key.pop(key) for key in whole.keys if key in by_key], held.members)
    unexplained = [difference for difference in by_key.values() if not difference.explanations]
    many = len(by_key) > MOST_SINGLE
    for difference in by_key.values():
        if difference.explanations or not many:
            yield _single(difference, held.members, likely=not many)
    if unexplained and many:
        names = listed([difference.slot.name for difference in unexplained])
        what = f"有 {len(unexplained)} 项不等于 {held.members} 个单位之和，没有一个单位的数能说明：{names}"
        mend = "多半是几个单位没有计入，或各单位的报告不全；各项的数见 --json"
        places = [difference.figure.place for difference in unexplained]
        yield rule("sum-differs").broken(
            what, mend, places, [difference.slot.key for difference in unexplained]
        )
    if held.rounded:
        yield _rounded(held.rounded, held.report)


def _of_organ(whole: Whole, differences: Sequence[Difference], members: int) -> Problem:
    how = {Why.MISSING: "没有计入", Why.TWICE: "计了两次"}.get(whole.why, "计入了，这次没有计入")
    step = "少" if whole.why is Why.MISSING else "多"
    what = f"像是“{quote(whole.organ)}”整个{how}：公布的有 {len(differences)} 项正好{step}它的数"
    what += f"，例如 {_says(differences[0], members)}" if differences else ""
    mend = {
        Why.MISSING: "请核对汇总时是不是漏了它；撤并了的，说明从哪一年起不计",
        Why.TWICE: "请核对它是不是既单独计入，又随上级计入",
    }.get(whole.why, "请核对它的报告是不是该计入")
    places = [difference.figure.place for difference in differences]
    return rule("sum-differs").broken(what, mend, places, (whole.why.value, whole.organ, *whole.keys))


def _single(difference: Difference, members: int, *, likely: bool) -> Problem:
    why = "；".join(map(_words, difference.explanations[:SHOWN]))
    count = len(difference.explanations)
    more = f" 等 {count} 种可能" if count > SHOWN else ""
    what = _says(difference, members) + (
        f"：{'像是' if count == 1 and likely else '可能是'}{why}{more}" if why else ""
    )
    about = (difference.slot.key, number(difference.sum), difference.figure.text)
    mend = "请与该单位的报告核对" if why else "请逐个单位核对这一项"
    return rule("sum-differs").broken(what, mend, (difference.figure.place,), about)


def _rounded(slots: Sequence[Slot], published: Report) -> Problem:
    names = listed([slot.name for slot in slots])
    what = f"另有 {len(slots)} 项只差四舍五入，算作相符：{names}"
    problem = rule("sum-differs").broken(what, "知道就行", [Place(published.file)])
    return replace(problem, severity=Severity.NOTICE)


def _words(explanation: Explanation) -> str:
    organ, count = f"“{quote(explanation.organ)}”", plain(explanation.number)
    return {
        Why.MISSING: f"没有计入{organ}的 {count}",
        Why.TWICE: f"把{organ}的 {count} 计了两次",
        Why.LEFT_OUT: f"计入了{organ}的 {count}，这次没有计入",
        Why.LAST_YEAR: f"{organ}用了上年的 {count}" if explanation.organ else f"用了上年的合计 {count}",
        Why.UNIT: "以元填报，大了一万倍",
    }[explanation.why]


def _says(difference: Difference, members: int) -> str:
    step = difference.step
    what = f"“{difference.slot.name}”公布的是 {difference.figure.text or '空白'}"
    what += f"，{members} 个单位之和是 {number(difference.sum)}"
    return f"{what}，{'多' if step > 0 else '少'} {plain(Decimal(step).copy_abs())}" if step else what


def unfit(published: Report, members: Sequence[Member]) -> Iterator[Problem]:
    """Why a published report cannot be the sum of these members, or most likely is not."""
    year = members[0].year
    if published.year != year:
        what = f"这是 {published.year} 年的报告，各单位的是 {year} 年的"
        yield rule("another-sum").broken(what, f"请给出 {year} 年已公布的汇总", (published.place("year"),))
    elif published.reporter is not None and not published.reporter.aggregate:
        what = f"这是“{published.reporter.name}”的报告，不是汇总的"
        problem = rule("another-sum").broken(what, "请核对是不是这个文件", (published.place("reporter"),))
        yield replace(problem, severity=Severity.WARNING)
