"""A count in a sentence against every figure that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.subject import Reading, readings
from nianbao.report.figure import plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import Report

YEAR = re.compile("(20[0-9]{2})年")
SAID = re.compile("上一?年|去年|往年|含结转|连同结转")
OWN = re.compile("本级|本机关|办公[室厅]|政府办")
PIECE = "件"  # the unit of the form for applications
BASES = ("flow", "applicants")  # subjects that people count with or without last year's rest


def meanings(claim: Claim, report: Report) -> tuple[Reading, ...]:
    """The sums of figures that the count may mean, and that are known; none where one cannot be read."""
    if claim.subject is None:
        return ()
    candidates = readings(report.mandate.edition.key, claim.subject.name, claim.topics)
    if any(reading.unreadable(report) for reading in candidates):
        return ()
    return tuple(reading for reading in candidates if reading.value(report) is not None)


def numbers(sentence: Sentence, claims: Sequence[Claim], report: Report) -> Iterator[Problem]:
    """Counts that agree with none of their readings, and those that agree with an unnamed one."""
    bases: list[tuple[Claim, Reading, Reading]] = []
    for claim in claims:
        known = meanings(claim, report)
        if not known or claim.count.rough or claim.subject is None or _elsewhen(claim, report):
            continue
        if claim.count.unit == "条":
            yield _unit(sentence, claim)
        agreeing = [reading for reading in known if claim.count.value in set(reading.values(report))]
        if not agreeing and not _own(claim, known, report):
            yield _contradicts(sentence, claim, known, report)
        elif agreeing and claim.subject.group in BASES and set(known[0].keys) < set(agreeing[0].keys):
            bases.append((claim, known[0], agreeing[0]))  # it agrees with more added than was named
    if bases and not SAID.search(sentence.text):
        yield _unsaid(sentence, *bases[0], report)


def _elsewhen(claim: Claim, report: Report) -> bool:
    """Whether the sentence speaks of another year before it comes to the count: 与2023年收到88件相比."""
    if claim.subject is not None and claim.subject.any_year:
        return False
    years = YEAR.findall(claim.sentence.text[: claim.count.start])
    return bool(years) and int(years[-1]) != report.year


def _own(claim: Claim, known: Sequence[Reading], report: Report) -> bool:
    """Whether an aggregate's sentence speaks of the government's own office: a part of the table's sum."""
    most = max(reading.value(report) or 0 for reading in known)
    guided = len(report.kinds) < len(report.mandate.reporters)  # of all kinds nothing is known
    perhaps = guided and any(kind.aggregate for kind in report.kinds)
    return perhaps and bool(OWN.search(claim.sentence.text)) and claim.count.value <= most


def _contradicts(sentence: Sentence, claim: Claim, known: Sequence[Reading], report: Report) -> Problem:
    assert claim.subject is not None
    stated = plain(claim.count.value)
    values = "、".join(f"{reading.name} {plain(reading.value(report) or 0)}" for reading in known)
    what = f"文中写“{around(claim)}”，{claim.subject.name}的 {stated} 与表中的数不符（{values}）"
    mend = "请核对文字和表格；口径不同的（例如只指本级）在文中写明"
    places = (sentence.place, *(report.figures[key].place for reading in known[:1] for key in reading.keys))
    about = (sentence.text, claim.subject.name, stated, values)
    return rule("prose-number").broken(what, mend, places, about)


def _unit(sentence: Sentence, claim: Claim) -> Problem:
    what = f"文中写“{around(claim)}”，申请以“{claim.count.unit}”计"
    about = (sentence.text, claim.count.unit)
    return rule("prose-unit").broken(what, f"请改为“{PIECE}”", (sentence.place,), about)


def _unsaid(sentence: Sentence, claim: Claim, first: Reading, meant: Reading, report: Report) -> Problem:
    assert claim.subject is not None
    stated = plain(claim.count.value)
    what = (
        f"文中写“{around(claim)}”，是 {meant.name} 的合计 {stated}，"
        f"表中 {first.name} 是 {plain(first.value(report) or 0)}"
    )
    mend = "请在文中写明含上年结转的件数，免得与表格对不上"
    about = (sentence.text, claim.subject.name, stated)
    return rule("prose-basis").broken(what, mend, (sentence.place,), about)


def around(claim: Claim) -> str:
    """The clause with its count, as a message repeats it."""
    count = claim.count
    written = claim.sentence.text[count.start : count.end]
    return quote(claim.clause.strip("、 ").replace("#", written))
