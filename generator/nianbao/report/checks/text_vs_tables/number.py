"""A count in a sentence against every figure that it may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.basis import (
    agrees,
    known_readings,
    on_one_basis,
    opened_alone,
    readings,
    settled,
)
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.meaning import Meaning
from nianbao.report.checks.text_vs_tables.subject import Reading
from nianbao.report.figure import plain
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.prose import Count, Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

SAID = regex("上一?年|去年|往年|结转(?!下|到下|至下|20)|应办|应当办理|合计|加上")
OWN = regex(
    "本级|本机关(?!.?(?:不|未)掌握)|办公[室厅]|政府办|(?<!民)[省市县区旗]政府(?!信息|系统|各|部门|所属|工作|网|门户|常务|文件|公报|令)"
)
PIECE = "件"  # the unit of the form for applications
_DIGITS = regex("[0-9][0-9,]*")
_CHARGED = regex("处理费[^。；]*元[，（](?:共)?(?:涉及|对应)$")  # the applications that a fee was for
BASES = ("flow", "applicants")  # subjects that people count with or without last year's rest


def meanings(claim: Claim, report: Report) -> tuple[Reading, ...]:
    """The sums of this year's figures that the count may mean, and that are known; none where one is not."""
    if claim.role or not claim.meanings:
        return ()
    return known_readings(claim.meanings[0], claim.meanings[0].listed, report)


def numbers(sentence: Sentence, claims: Sequence[Claim], inspection: Inspection) -> Iterator[Problem]:
    """Counts that agree with none of their readings, and those that agree with an unnamed one."""
    report, last = inspection.report, inspection.last
    bases: list[tuple[Claim, Reading, Reading]] = []
    claims = opened_alone(on_one_basis(claims, report))
    for place, told in enumerate(claims):
        claim = told
        if not claim.meanings or claim.role in ("change", "other"):
            continue
        if claim.role == "either":
            if last is None or last.year != report.year - 1 or _right((replace(claim, role=""),), last):
                continue
            told = claim = replace(claim, role="")
        if claim.role == "before" and not _right(claims[place + 1 : place + 2], report):
            continue
        if claim.role in ("last", "before"):
            if last is not None and last.year == report.year - 1:
                yield from _against(sentence, claim, inspection, last=True)
            continue
        if claim.count.unit == "条":
            yield _unit(sentence, claim)
        if _CHARGED.search(sentence.text, 0, claim.count.start):
            continue  # 收取信息处理费300元，涉及1件申请
        if (read := settled(told, report)) is None:
            continue
        claim = read
        if len(claim.meanings) == 1 and _plainly_right(claim, report):
            continue
        yield from _against(sentence, claim, inspection, last=False)
        known = meanings(claim, report)
        agreeing = [reading for reading in known if agrees(claim, reading, report)]
        based = agreeing and claim.meanings[0].subject.group in BASES and not _concluded(claim, agreeing)
        if based and not _otherwise(claim, report) and set(known[0].keys) < set(agreeing[0].keys):
            bases.append((claim, known[0], agreeing[0]))  # it agrees with more added than was named
    if bases and not SAID.search(sentence.text):
        yield _unsaid(sentence, *bases[0], report)
    yield from _unlike_others(sentence, claims, inspection)


def together(problems: Iterator[Problem]) -> Iterator[Problem]:
    """The problems of one sentence: numbers that are contradicted side by side are corrected together."""
    found = list(problems)
    wrong = [problem for problem in found if problem.code == "prose-number"]
    if not wrong:
        yield from found
        return
    right: tuple[Correction, ...] = ()
    if all(problem.corrections for problem in wrong):
        right = tuple(dict.fromkeys(one for problem in wrong for one in problem.corrections))
    for problem in found:
        yield replace(problem, corrections=right) if problem in wrong else problem


def _unlike_others(sentence: Sentence, claims: Sequence[Claim], inspection: Inspection) -> Iterator[Problem]:
    """Counts after words that are not known, where those beside them show that these restrict nothing.

    A part may by chance be as large as its whole, but not one after the other.
    """
    likely = [claim for claim in claims if claim.likely is not None]
    for after in dict.fromkeys(claim.likely.after for claim in likely if claim.likely):
        right, wrong, weight = 0, [], 0
        for claim in likely:
            if claim.likely is None or claim.likely.after != after:
                continue
            known = known_readings(claim.likely.meaning, claim.likely.meaning.accepted, inspection.report)
            values = [reading.value(inspection.report) or 0 for reading in known]
            if claim.count.value in values:
                right, weight = right + 1, weight + _weight(claim.count)
            elif claim.likely.known and known:
                wrong.append((claim, claim.likely.meaning, known, claim.count.value > max(values)))
        for claim, meaning, known, larger in wrong:
            enough = right >= (2 if larger else 3) and weight >= (4 if larger else 7)
            if enough and len(wrong) < right:
                yield contradicts(sentence, claim, meaning, known, inspection, last=False)


def _weight(count: Count) -> int:
    """How little a number that agrees is likely to do so by chance."""
    return 0 if count.rough or not count.value else 1 if count.value < 3 else 2 if count.value < 10 else 3


def _concluded(claim: Claim, agreeing: Sequence[Reading]) -> bool:
    """Whether a count of applications, no verb said of which, is of those that were concluded: 8件申请中."""
    return claim.meanings[0].subject.role == "all" and any(
        reading.keys == ("requests.outcome_total.total",) for reading in agreeing
    )


def _otherwise(claim: Claim, report: Report) -> bool:
    """Whether the count agrees with one that was named before it: 其余4件结转下年度，其中科研机构1件."""
    meaning = claim.meanings[0]
    others = [written for written in meaning.accepted if written not in meaning.listed]
    return any(agrees(claim, reading, report) for reading in readings(meaning, others, report))


def _right(claims: Sequence[Claim], report: Report) -> bool:
    """Whether these are right, so that what is told beside them is of the same."""
    return bool(claims) and all(
        not claim.role
        and any(agrees(claim, reading, report) for reading in readings(meaning, meaning.accepted, report))
        for claim in claims
        for meaning in claim.meanings
    )


def _plainly_right(claim: Claim, report: Report) -> bool:
    """Whether the count is what it means before all else, and nothing more need be read."""
    first = known_readings(claim.meanings[0], claim.meanings[0].listed[:1], report)
    return bool(first) and first[0].value(report) == claim.count.value


def _against(sentence: Sentence, claim: Claim, inspection: Inspection, *, last: bool) -> Iterator[Problem]:
    """What this or last year's figures say against each thing that the count is said of."""
    report = inspection.last if last and inspection.last is not None else inspection.report
    for meaning in claim.meanings:
        accepted = readings(meaning, meaning.accepted, report)
        known = known_readings(meaning, meaning.listed, report)
        if not known or any(agrees(claim, reading, report) for reading in accepted):
            continue
        if any(reading.unreadable(report) for reading in accepted):
            continue  # it may be the one that is meant
        if not _own(claim, known, report):
            yield contradicts(sentence, claim, meaning, known, inspection, last=last)
            return


def _own(claim: Claim, known: Sequence[Reading], report: Report) -> bool:
    """Whether an aggregate's sentence speaks of the government's own office: a part of the table's sum."""
    most = max(reading.value(report) or 0 for reading in known)
    guided = len(report.kinds) < len(report.mandate.reporters)  # of all kinds nothing is known
    perhaps = guided and any(kind.aggregate for kind in report.kinds)
    return perhaps and bool(OWN.search(claim.sentence.text)) and claim.count.value <= most


def contradicts(
    sentence: Sentence,
    claim: Claim,
    meaning: Meaning,
    known: Sequence[Reading],
    inspection: Inspection,
    *,
    last: bool,
) -> Problem:
    """What is told of a count that is none of the `known` sums: of this year's figures, or of the `last`."""
    report = inspection.last if last and inspection.last is not None else inspection.report
    stated = plain(claim.count.value)
    values = "、".join(f"{reading.name} {plain(reading.value(report) or 0)}" for reading in known)
    against = "上年报告的数" if last else "表中的数"
    hint = "" if last else _hint(claim, known[0], inspection)
    what = f"文中写“{around(claim)}”，{meaning.subject.name}的 {stated} 与{against}不符（{values}{hint}）"
    mend = "请核对文字和表格；口径不同的（例如只指本级）在文中写明"
    if last:
        mend = "请按上年报告核对"
    cells = () if last else known[0].keys
    places = (sentence.place, *(report.figures[key].place for key in cells))
    about = (sentence.text, meaning.subject.name, stated, values)
    meant = {reading.value(report) for reading in readings(meaning, meaning.accepted, report)}
    sole = not last and len(known) == 1 and meant == {known[0].value(report)}
    right = _corrected(claim, known[0].value(report) or 0) if sole else ()
    return rule("prose-number").broken(what, mend, places, about, right)


def _corrected(claim: Claim, value: int | Decimal) -> Iterator[Correction]:
    """The figure's value in place of an exact number of one thing in digits; 0 is said in words."""
    count = claim.count
    written = _DIGITS.match(claim.sentence.text, count.start, count.end)
    if written is None or count.rough or value <= 0 or len(claim.meanings) > 1:
        return
    if claim.sentence.text[written.end() : count.end].lstrip() == count.unit:
        right = f"{value:,}" if "," in written.group() else plain(value)
        yield Correction.of(claim.sentence, *written.span(), right, alone=True)


def _hint(claim: Claim, reading: Reading, inspection: Inspection) -> str:
    """Where else exactly this number stands: in last year's cell, or in the total without one of its rows."""
    report, last, stated = inspection.report, inspection.last, claim.count.value
    if last is not None and reading.value(last) == stated and last.year == report.year - 1:
        return f"；{plain(stated)} 是上年的数"
    value, key = reading.value(report), reading.keys[0]
    if value is None or len(reading.keys) > 1 or not key.startswith("disputes."):
        return ""
    left_out = [
        part
        for part in report.mandate.totals.get(key, ())
        if (amount := report.figures[part].amount) and value - amount == stated
    ]
    if len(left_out) != 1:
        return ""
    return f"；等于总计减去{report.mandate.slots[left_out[0]].name.rpartition('.')[2]}"


def _unit(sentence: Sentence, claim: Claim) -> Problem:
    what = f"文中写“{around(claim)}”，申请以“{claim.count.unit}”计"
    about = (sentence.text, claim.count.unit)
    end = sentence.text.index(claim.count.unit, claim.count.start) + len(claim.count.unit)
    right = [Correction.of(sentence, end - len(claim.count.unit), end, PIECE)]
    return rule("prose-unit").broken(what, f"请改为“{PIECE}”", (sentence.place,), about, right)


def _unsaid(sentence: Sentence, claim: Claim, first: Reading, meant: Reading, report: Report) -> Problem:
    stated = plain(claim.count.value)
    what = (
        f"文中写“{around(claim)}”，是 {meant.name} 的合计 {stated}，"
        f"表中 {first.name} 是 {plain(first.value(report) or 0)}"
    )
    mend = "请在文中写明含上年结转的件数，免得与表格对不上"
    about = (sentence.text, claim.meanings[0].subject.name, stated)
    return rule("prose-basis").broken(what, mend, (sentence.place,), about)


def around(claim: Claim) -> str:
    """The clause with its count, as a message repeats it."""
    count = claim.count
    written = claim.sentence.text[count.start : count.end]
    return quote(claim.clause.strip("、 ").replace("#", written))
