"""Parts and their whole within one sentence: 共 10 件，其中甲 6 件、乙 5 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.figure import plain, tidy
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence

OPENS = re.compile("其中|包括|分别为|涉及|涵盖|分为")
AGAIN = re.compile("其中|包括|共计|累计|全年|合计|另|此外")
LEAVES_OUT = re.compile("等|其余|其它的|主要|不含|除外|含|另")
NESTED = re.compile("[（(][^）)]*$")


def wholes(sentence: Sentence, claims: Sequence[Claim]) -> Iterator[Problem]:
    """Parts that add up to more than their whole, and such that seem complete and add up to less."""
    index = 0
    while index < len(claims) - 1:
        whole = claims[index]
        run = _parts(sentence.text, claims, index)
        if len(run) >= 2:
            yield from _judge(sentence, whole, run)
            index += len(run)
        index += 1


def _parts(text: str, claims: Sequence[Claim], index: int) -> list[Claim]:
    """The counts after claims[index] that are parts of it: same unit, one group, no whole anew."""
    whole, first = claims[index], claims[index + 1]
    between = text[whole.count.end : first.count.start]
    if not OPENS.search(between) or "；" in between:
        return []
    run: list[Claim] = []
    for claim in claims[index + 1 :]:
        if claim.count.unit != whole.count.unit or claim.count.rough or whole.count.rough:
            break
        if NESTED.search(text[: claim.count.start]):
            continue
        if run and _group(claim) != _group(run[0]):
            break
        gap = text[(run[-1] if run else whole).count.end : claim.count.start]
        if run and AGAIN.search(gap):
            break
        run.append(claim)
    return run


def _group(claim: Claim) -> str:
    return claim.subject.group if claim.subject else ""


def _judge(sentence: Sentence, whole: Claim, run: Sequence[Claim]) -> Iterator[Problem]:
    total, parts = whole.count.value, [claim.count.value for claim in run]
    together = sum(map(Decimal, parts), start=Decimal(0))
    sums = f"{'+'.join(map(plain, parts))}={plain(tidy(together))}"
    about = (sentence.text, plain(total), *map(plain, parts))
    end = run[-1].count.end
    piece, with_next = (sentence.text[whole.count.start : stop] for stop in (end, end + 3))
    if together > total:
        what = f"文中“{quote(piece)}”：各部分之和 {sums}，大于总数 {plain(total)}"
        yield rule("parts-exceed").broken(what, "请核对总数和各部分", (sentence.place,), about)
    elif together < total and len(run) >= 3 and not LEAVES_OUT.search(with_next):
        what = f"文中“{quote(piece)}”：各部分之和 {sums}，少于总数 {plain(total)}"
        mend = "请核对有没有漏写；没有列全的，写明“等”"
        yield rule("parts-short").broken(what, mend, (sentence.place,), about)
