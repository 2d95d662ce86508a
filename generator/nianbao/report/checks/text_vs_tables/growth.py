"""Changes computed again: from both numbers where the sentence has them, else from last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.comparison import Comparison, comparisons
from nianbao.report.checks.text_vs_tables.label import CLAUSE, claims_of
from nianbao.report.checks.text_vs_tables.number import PIECE, meanings
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity, outline
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import Report

TRIGGERS = ("比", "较", "由", "从", "上年", "去年", "上一年", "与", "同", "分别", "依次", "倍")
_PLAN = re.compile("力争|计划|目标|预计|拟|争取|确保|年均|月均|日均|累计")
_DECISION = re.compile("(?:全年|共|作出|行政)*(许可|处罚|强制)(?:决定|事项|案件)?")
_AMOUNT = re.compile("(?:数量|总量|总数|件数|[数量])$")
_FEE = "disclosure.fees.amount"
_NAMED = re.compile(
    "(?:全年|今年|本年度?|20[0-9]{2}年度?|共|总共|全[省市县区州镇乡]|我[省市县区州镇乡局委厅办]|本[省市县区州镇乡局委厅]|本机关|各级|行政机关"
    "|新收|收到|受理|接收|登记|收办|承办|办结|办理|答复|作出|新?制发|的|政府|信息|公开|依申请|依法|申请|案件|案|决定|件数?|行政|复议"
    "|诉讼|许可|处罚|强制|规范性|文件|现行|有效|数量|总量|总数|[数量])+"
)


@dataclass(frozen=True, slots=True)
class Range:
    """A number, and where it lies if it was rounded."""

    value: Decimal
    least: Decimal
    most: Decimal

    def meets(self, other: Range) -> bool:
        """Whether one number lies in both."""
        return self.least <= other.most and other.least <= self.most

    def minus(self, other: Range) -> Range:
        """The difference of the two."""
        return Range(self.value - other.value, self.least - other.most, self.most - other.least)

    def scaled(self, factor: int) -> Range:
        """The number that many times; -1 turns its sign."""
        ends = sorted((self.least * factor, self.most * factor))
        return Range(self.value * factor, *ends)


@dataclass(frozen=True, slots=True)
class Pair:
    """This year's number and the old one, as far as known; `reported` where from last year's report."""

    now: Range | None
    old: Range | None
    unit: str
    reported: bool = False

    def change(self) -> Range | None:
        """By how many pieces, yuan or points it changed."""
        return self.now.minus(self.old) if self.now and self.old else None

    def ratio(self) -> Range | None:
        """This year's number in per cent of the old one; None where there is none or it may be 0."""
        if self.now is None or self.old is None or self.old.least <= 0:
            return None
        return Range(
            self.now.value * 100 / self.old.value,
            self.now.least * 100 / self.old.most,
            self.now.most * 100 / self.old.least,
        )


def changes(sentence: Sentence, claims: Sequence[Claim], inspection: Inspection) -> Iterator[Problem]:
    """Changes that no pair of numbers of which they may be told gives."""
    text = sentence.text
    if not any(word in text for word in (*TRIGGERS, f"{inspection.report.year - 1}年")):
        return
    outlined = outline(text, inspection.report.year)
    if not outlined.quantities:
        return
    for comparison in comparisons(outlined):
        pairs = _pairs(sentence, outlined, comparison, claims, inspection)
        if not any(_agrees(comparison, pair) for pair in pairs):
            yield _wrong(sentence, outlined, comparison, pairs[0])


def _pairs(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> list[Pair]:
    """What the change may be told of: never empty, the likeliest first."""
    now, old = comparison.now, comparison.old
    unit = now.unit if now else old.unit if old else ""
    stated = Pair(_range(now), _range(old), unit)
    last = inspection.last
    if not comparison.last or last is None or last.year != inspection.report.year - 1:
        return [stated]
    if _PLAN.search(outlined.text[: comparison.start]) or f"{inspection.report.year + 1}年" in sentence.text:
        return [stated]
    reported = list(_reported(sentence, outlined, comparison, claims, inspection.report, last))
    if old is None or stated.old is None:
        return reported or [stated]
    same = [pair for pair in reported if pair.old and pair.old.meets(stated.old)]
    if reported and not same:
        return [replace(pair, now=None) for pair in reported]
    return [stated] if now else same or [stated]


def _reported(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    report: Report,
    last: Report,
) -> Iterator[Pair]:
    """This and last year's figures of every reading that fits what the sentence says of this year."""
    now = comparison.now
    if now is not None:
        if (
            now.unit == "元"
            and "收费" in outlined.left(now)
            and _FEE in report.figures
            and _FEE in last.figures
        ):
            fee, old = (_known(edition.figures[_FEE].amount * 10_000) for edition in (report, last))
            if fee.meets(_ranged(now)):
                yield Pair(fee, old, "元", True)
        if not now.exact:
            return
        own = [claim for claim in claims if now.start <= claim.count.start and claim.count.end <= now.end]
        label = CLAUSE.split(outlined.left(now))[-1]
        if "申请" in label and _NAMED.fullmatch(label):
            own += claims_of(
                sentence, f"收到申请{plain(tidy(now.value))}{PIECE}", report
            )  # 收办申请案件147件
        for claim in (*own, *_decisions(sentence, label, report)):
            yield from (pair for pair in _readings(claim, report, last) if pair.now == _known(now.value))
    elif comparison.label and _NAMED.fullmatch(comparison.label):
        label = _AMOUNT.sub("", comparison.label)
        claims = claims_of(sentence, f"申请，{label}1{PIECE}", report)
        for claim in (*claims, *_decisions(sentence, label, report)):
            yield from _readings(claim, report, last)


def _decisions(sentence: Sentence, label: str, report: Report) -> tuple[Claim, ...]:
    """What a label says that names a kind of decision without its verb: 处罚108件."""
    named = _DECISION.fullmatch(label)
    return claims_of(sentence, f"作出行政{named[1]}决定1{PIECE}", report) if named else ()


def _readings(claim: Claim, report: Report, last: Report) -> Iterator[Pair]:
    for reading in meanings(claim, report):
        now, old = reading.value(report), None
        if all(key in last.figures for key in reading.keys):
            old = reading.value(last)
        if now is not None and old is not None:
            yield Pair(_known(now), _known(old), claim.count.unit, True)


def _agrees(comparison: Comparison, pair: Pair) -> bool:
    """Whether everything that is said of the change fits these numbers, or cannot be computed."""
    if len({way for way, _ in comparison.by} | ({comparison.way} if comparison.way else set())) > 1:
        return False
    pair = _completed(comparison, pair)
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
        if comparison.double and not 180 <= ratio.value <= 230:
            return False
        if comparison.times and not ratio.meets(_ranged(comparison.times).scaled(100)):
            return False
    exact = any(change.value == by.value * way for way, by in comparison.by)
    return all(_step_agrees(way, by, pair.unit, change, ratio, exact) for way, by in comparison.by)


def _step_agrees(way: int, by: Quantity, unit: str, change: Range, ratio: Range | None, exact: bool) -> bool:
    stated = _ranged(by).scaled(way)
    if by.unit == "点":
        slack = by.step / 2
        return unit != "%" or Range(change.value, change.least - slack, change.most + slack).meets(stated)
    if by.unit in ("%", "倍"):
        if change.value * way < 0 and not change.least <= 0 <= change.most:
            return False
        if ratio is None or (unit == "%" and change.meets(stated)):
            return True
        grown = Range(ratio.value - 100, ratio.least - 100, ratio.most - 100)
        if exact:  # 25万元比20万元多5万元: they are not rounded, or hardly
            slack = max(abs(grown.value) / 10, Decimal(1))
            least, most = grown.value - slack, grown.value + slack
            grown = Range(grown.value, max(grown.least, least), min(grown.most, most))
        stated = stated.scaled(100) if by.unit == "倍" else stated
        return grown.meets(stated) or (by.unit == "倍" and ratio.meets(stated))
    return by.unit != unit or change.meets(stated)


def _completed(comparison: Comparison, pair: Pair) -> Pair:
    """The pair with a number that the sentence leaves out and that follows from the difference."""
    for way, by in comparison.by:
        if by.unit in ("%", "倍", "点") or (pair.unit and by.unit != pair.unit):
            continue
        difference = _ranged(by).scaled(way)
        if pair.old is None and pair.now is not None:
            return replace(pair, old=pair.now.minus(difference))
        if pair.now is None and pair.old is not None and not pair.reported:
            return replace(pair, now=pair.old.minus(difference.scaled(-1)))
    return pair


def _ranged(quantity: Quantity) -> Range:
    return Range(quantity.value, quantity.least, quantity.most)


def _range(quantity: Quantity | None) -> Range | None:
    return _ranged(quantity) if quantity else None


def _known(value: int | Decimal) -> Range:
    return Range(Decimal(value), Decimal(value), Decimal(value))


def _wrong(sentence: Sentence, outlined: Outline, comparison: Comparison, pair: Pair) -> Problem:
    first = comparison.now
    start = comparison.start if first is None else min(comparison.start, first.mark)
    piece = outlined.said(start, comparison.end)
    reported = pair.old
    pair = _completed(comparison, pair)
    if pair.old is None:
        what = f"文中写“{quote(piece)}”，增减的方向前后不一"
    elif pair.reported and reported is not None:
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
    if comparison.times and ratio:
        return f"{lead.removesuffix('是')}是 {plain(tidy((ratio.value / 100).quantize(Decimal('0.01'))))} 倍"
    if not change.value:
        return f"{lead}没有增减"
    way = "减少" if change.value < 0 else "增加"
    if pair.unit == "%":
        return f"{lead}{way} {plain(tidy(abs(change.value)))} 个百分点"
    rate = ""
    if ratio is not None:
        places = max([-int(by.step.as_tuple().exponent) for _, by in comparison.by if by.unit == "%"] + [1])
        rate = f"（{plain(abs(ratio.value - 100).quantize(Decimal(1).scaleb(-places)))}%）"
    return f"{lead}{way} {_plain(change.scaled(-1) if change.value < 0 else change, pair.unit)}{rate}"


def _plain(number: Range | None, unit: str) -> str:
    if number is None:
        return ""
    myriads = abs(number.value) >= 10_000 and (unit == "元" or number.value % 1_000 == 0)
    value = plain(tidy(number.value / 10_000 if myriads else number.value))
    return value + {"元": " 万元" if myriads else " 元", "%": "%"}.get(unit, " 万" if myriads else "")
