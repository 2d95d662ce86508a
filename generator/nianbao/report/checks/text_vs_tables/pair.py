"""What a change may be told of: this year's number and the old one, of the sentence or of both reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.comparison import Comparison
from nianbao.report.checks.text_vs_tables.label import CLAUSE, claims_of, listed_label, stocks
from nianbao.report.checks.text_vs_tables.number import PIECE, meanings
from nianbao.report.checks.text_vs_tables.proportion import proportions
from nianbao.report.checks.text_vs_tables.quantity import Outline, Quantity
from nianbao.report.checks.text_vs_tables.subject import Reading, readings
from nianbao.report.checks.text_vs_tables.sums import written_alike
from nianbao.report.checks.text_vs_tables.whole import CLOSED, RECEIVED
from nianbao.report.figure import plain, tidy
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

_PLAN = regex("力争|计划|目标|预计|拟|争取|确保")
_CARRIED_ON = regex("转[入至到]?20[0-9]{2}年")
_AVERAGE = regex("年均|月均|日均|累计")
_SHARE = regex("的?(?:占比|比重|比例)$")
_FIRST_TWO = regex("[前上以这]?(?:述|面)?两[类项者](?:合计|共计?|相加)?$")
_OPENED = regex(
    "(?:予以|准予|依法)?公开(?:[（、和与及或]|以及)(?:含|包括|包含)?(?:予以)?部分公开(?:的|类)?）?(?:合计|共计?)?$"
)
_OPEN = ("予以公开", "部分公开")
_DECISION = regex(
    "(?:全年|共|依法|作出|公布|公示|公开|办理|办结|实施|行政)*(许可|处罚|强制)(?:决定|事项|案件)?"
)
_DECIDED = regex("行政(许可|处罚|强制)(?:决定|事项|案件)?$")
_TELLING = 100  # a number of fewer digits may be written like another by chance
_FEW = 3  # a smaller difference is often the same by chance
_AMOUNT = regex("(?:数量|总量|总数|件数|[数量])$")
_FEE, _ISSUED = "disclosure.fees.amount", "disclosure.normative_documents.issued"
_NAMED = regex(
    "(?:全年|今年|本年度?|20[0-9]{2}年度?|共|总共|全[省市县区州镇乡]|我[省市县区州镇乡局委厅办]|本[省市县区州镇乡局委厅]|本机关|各级|行政机关"
    "|新收|收到|受理|接收|登记|收办|承办|办结|办理|答复|作出|新?制发|的|政府|信息|公开|依申请|依法|申请|案件|案|决定|件数?|行政|复议"
    "|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理|诉讼|许可|处罚|强制|规范性|文件|现行|有效|数量|总量|总数|[数量])+"
)


class Range(NamedTuple):
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


class Pair(NamedTuple):
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


def pairs(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> list[Pair]:
    """What the change may be told of: never empty, the likeliest first."""
    now, old = comparison.now, comparison.old
    unit = now.unit if now else old.unit if old else ""
    stated = Pair(_ranges(now), _ranges(old), unit)
    told = reported(sentence, outlined, comparison, claims, inspection) if comparison.last else []
    if old is None or stated.old is None:
        return told or [stated]
    same = [pair for pair in told if pair.old and pair.old.meets(stated.old)]
    if told and not same and unit == "元":  # counts that are said of last year are judged as such
        return [pair._replace(now=None) for pair in told]
    return [stated] if now else same or [stated]


def reported(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> list[Pair]:
    """What this and last year's report have of what changed; nothing where it is not known or planned."""
    report, last = inspection.report, inspection.last
    if last is None or last.year != report.year - 1:
        return []
    before = outlined.text[: comparison.start].split("；")[-1]
    average = _AVERAGE.search("，".join(before.split("，")[-3:]))
    told = _CARRIED_ON.sub("", outlined.text[: comparison.end])
    if average or _PLAN.search(before) or f"{report.year + 1}年" in told:
        return []
    return list(_reported(sentence, outlined, comparison, claims, report, last))


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
            if fee.meets(ranged(now)):
                yield Pair(fee, old, "元", True)
        if now.unit == "%" and any(by.unit == "点" for _, by in comparison.by):
            yield from _shares(now, outlined, claims, report, last)
        if not now.exact:
            return
        own = [claim for claim in claims if now.start <= claim.count.start and claim.count.end <= now.end]
        named = comparison.old if comparison.begins and comparison.old else now  # 结转申请由6件增至15件
        label = CLAUSE.split(outlined.left(named))[-1].removesuffix("由" if comparison.begins else "")
        if "申请" in label and _NAMED.fullmatch(label):
            own += claims_of(
                sentence, f"收到申请{plain(tidy(now.value))}{PIECE}", report
            )  # 收办申请案件147件
        own += _decisions(sentence, label or listed_label(outlined, now), report)
        if not any(meanings(claim, report) for claim in own):
            own += stocks(outlined, replace(named, value=now.value), sentence, report)
        for claim in own:
            fitting = [pair for pair in _readings(claim, report, last) if pair.now == _known(now.value)]
            yield from fitting[:1] if "新收" in label and "结转" not in label else fitting
    elif comparison.label and (share := _SHARE.search(comparison.label)):
        if not any(by.unit == "点" for _, by in comparison.by):
            return
        for claim in claims_of(sentence, f"申请，{comparison.label[: share.start()]}1{PIECE}", report)[:1]:
            for part in meanings(claim, report):
                results = claim.subject is not None and claim.subject.group == "results"
                names = (CLOSED, RECEIVED) if results else (RECEIVED, CLOSED)
                yield from _of_all((part,), names, report, last)
    elif comparison.label and _NAMED.fullmatch(comparison.label):
        label = _AMOUNT.sub("", comparison.label)
        claims = claims_of(sentence, f"申请，{label}1{PIECE}", report)
        for claim in (*claims, *_decisions(sentence, label, report)):
            yield from _readings(claim, report, last)


def _decisions(sentence: Sentence, label: str, report: Report) -> tuple[Claim, ...]:
    """What a label says that names a kind of decision without its verb: 处罚108件."""
    named = _DECISION.fullmatch(label)
    return claims_of(sentence, f"作出行政{named[1]}决定1{PIECE}", report) if named else ()


def almost(
    sentence: Sentence, outlined: Outline, comparison: Comparison, inspection: Inspection
) -> Pair | None:
    """The figures of both reports where only one thing that is said of a change differs from them.

    公开行政许可1001件，同比减少327件: the difference is theirs, the number is not. 以县政府名义制发文件
    4件，比上年多3件: only the direction is not. So they are spoken of, whatever the verb.
    """
    now, last = comparison.now, inspection.last
    if now is None or not now.exact or len(comparison.by) != 1 or not comparison.last or last is None:
        return None
    [(way, by)] = comparison.by
    subject = _subject(outlined.left(now), inspection.report)
    rate = by.unit == "%" and not by.rough and by.step < 1 and now.value >= _TELLING
    if not subject or not (rate or (by.exact and by.unit == now.unit and min(by.value, now.value) >= _FEW)):
        return None
    for claim in claims_of(sentence, f"{subject}1{PIECE}", inspection.report):
        for pair in _readings(claim, inspection.report, last):
            change, ratio = pair.change(), pair.ratio()
            if rate and pair.now and ratio and written_alike(now.value, pair.now.value, digit=True):
                grown = ratio.value - 100  # 行政许可决定1761件，增长66.9%: so did 1671
                if abs(grown * way - by.value) < by.step:
                    return pair
            if rate or pair.now is None or change is None or abs(change.value) != by.value:
                continue
            same_way, same_number = change.value == by.value * way, pair.now.value == now.value
            if same_way != same_number:
                return pair
    return None


def displaced(
    sentence: Sentence,
    outlined: Outline,
    comparison: Comparison,
    claims: Sequence[Claim],
    inspection: Inspection,
) -> Pair | None:
    """Both reports' figures where a change begins with last year's and ends elsewhere, or is turned round.

    逾期不补正由7件减到3件: it was 7, and is 5.
    """
    old, now, last = comparison.old, comparison.now, inspection.last
    if old is None or now is None or last is None or not (old.exact and now.exact) or old.unit != now.unit:
        return None
    if any(claim.meanings for claim in claims if now.start <= claim.count.start < now.end):
        return None  # told as a count
    label = CLAUSE.split(outlined.left(old))[-1].rstrip("由从仍又已则")
    named = stocks(outlined, replace(old, value=Decimal(1)), sentence, inspection.report)
    if not named and label:
        named = claims_of(sentence, f"申请，{label}1{PIECE}", inspection.report)
    several = [pair for claim in named for pair in _readings(claim, inspection.report, last)]
    if any(pair.now and pair.now.value == now.value for pair in several):
        return None
    for pair in several:
        values = [one.value for one in (pair.old, pair.now) if one]
        if old.value == values[0] and (values == [old.value, old.value] or now.value != values[1]):
            return pair
        if values == [now.value, old.value]:
            return pair
    return None


def _subject(left: str, report: Report) -> str:
    """What the words before a number count, under the usual verb; "" for others, and in the form of 2019."""
    issued = report.mandate.slots.get(_ISSUED)
    if issued is None:
        return ""
    if decided := _DECIDED.search(left):
        return f"作出行政{decided[1]}决定"
    names = (issued.row, issued.row.removeprefix("行政"))
    endings = tuple(f"制{verb}{name}" for verb in "发定" for name in names)
    return f"制发{issued.row}" if left.endswith(endings) else ""


def _readings(claim: Claim, report: Report, last: Report) -> Iterator[Pair]:
    for reading in meanings(claim, report):
        now, old = reading.value(report), None
        if all(key in last.figures for key in reading.keys):
            old = reading.value(last)
        if now is not None and old is not None:
            yield Pair(_known(now), _known(old), claim.count.unit, True)


def _shares(
    now: Quantity, outlined: Outline, claims: Sequence[Claim], report: Report, last: Report
) -> Iterator[Pair]:
    """占42.9%，比上年提高4.9个百分点: the share of every part and whole that give it this year."""
    parts = next((share.parts for share in proportions(outlined) if share.stated == now), ())
    several = list(_parts(parts, claims, report))
    label = outlined.left(parts[0] if len(parts) == 1 else now).removesuffix("占")
    if not several and (_FIRST_TWO.search(label) or _OPENED.search(label)):
        edition = report.mandate.edition.key
        several = [tuple(readings(edition, name, frozenset())[0] for name in _OPEN)]
    for part in several:
        for pair in _of_all(part, (RECEIVED, CLOSED), report, last):
            if pair.now and pair.now.meets(ranged(now)):
                yield pair


def _of_all(part: Sequence[Reading], names: Sequence[str], report: Report, last: Report) -> Iterator[Pair]:
    """This and last year's share of a part in every total of applications that the names tell."""
    edition = report.mandate.edition.key
    wholes = [whole for name in names for whole in readings(edition, name, frozenset())]
    for whole in dict.fromkeys(wholes):
        shares = [_share(part, whole, one) for one in (report, last)]
        if shares[0] and shares[1]:
            yield Pair(shares[0], shares[1], "%", True)


def _parts(
    parts: Sequence[Quantity], claims: Sequence[Claim], report: Report
) -> Iterator[tuple[Reading, ...]]:
    """The readings whose sum a number is: its own, or those of the two or three counts before it."""
    if len(parts) != 1:
        return
    [part] = parts
    own = [claim for claim in claims if part.start <= claim.count.start < part.end]
    before = [claim for claim in claims if claim.count.end <= part.start]
    for run in (own, before[-2:], before[-3:]):
        known = [meanings(claim, report) for claim in run]
        if known and all(known) and sum(claim.count.value for claim in run) == part.value:
            yield tuple(first for first, *_ in known)


def _share(part: Sequence[Reading], whole: Reading, report: Report) -> Range | None:
    values = [reading.value(report) if set(reading.keys) <= set(report.figures) else None for reading in part]
    total = whole.value(report) if set(whole.keys) <= set(report.figures) else None
    if not total or any(value is None for value in values):
        return None
    return _known(sum(Decimal(value or 0) for value in values) * 100 / Decimal(total))


def ranged(quantity: Quantity) -> Range:
    """The number as it is written, and where it may lie."""
    return Range(quantity.value, quantity.least, quantity.most)


def _ranges(quantity: Quantity | None) -> Range | None:
    return ranged(quantity) if quantity else None


def _known(value: int | Decimal) -> Range:
    return Range(Decimal(value), Decimal(value), Decimal(value))
