"""Across years: last year's report against this one's, figure by figure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from nianbao.mandate import CrossYear, Kind, Slot, load
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import Figure, State, plain, tidy, total
from nianbao.report.groups import grouped
from nianbao.report.problem import Place, Problem
from nianbao.report.report import Report

JUMP = 10  # times more or fewer than last year is worth a word
FEWEST = 50  # pieces; below it, nothing is said of a jump
MYRIADS, MYRIAD = "万元", 10_000  # the unit of fees, in 元
NEARLY = 3  # times more or fewer than that: fees change from year to year
ALIKE = 5  # cells that are not 0; a table with fewer may well be the same again


def years(inspection: Inspection) -> Iterator[Problem]:
    """Everything that last year's figures contradict or put in doubt."""
    last = inspection.last
    if last is None:
        return
    report = inspection.report
    if last.year != report.year - 1:
        what = f"给出的上年报告是 {last.year} 年的，本报告是 {report.year} 年的"
        mend = f"请给出 {report.year - 1} 年的报告；这次没有做跨年的核对"
        yield rule("not-last-year").broken(what, mend, (last.place("year"),), (last.year,))
        return
    if _bare(last.organ) != _bare(report.organ):
        what = f"上年报告是“{last.organ}”的，本报告是“{report.organ}”的"
        mend = "请核对是否给错了文件；机关改过名称的，确认后不必理会"
        yield rule("other-organ").broken(what, mend, (last.place("organ"),), (last.organ,))
    yield from _relations(report, last)
    yield from _alike(report, last)
    yield from _jumps(report, last)


def _bare(organ: str) -> str:
    """A name as far as it tells organs apart: without brackets and blanks."""
    return organ.partition("（")[0].partition("(")[0].replace(" ", "")


def _relations(report: Report, last: Report) -> Iterator[Problem]:
    """The mandate's relations between two years; what breaks in several columns is one finding."""
    slots = report.mandate.slots
    rows = grouped(report.mandate.cross_year, lambda relation: (relation.code, slots[relation.value].row))
    for (code, _), relations in rows.items():
        compared = (_compare(relation, report, last) for relation in relations)
        broken = [difference for difference in compared if difference]
        if broken:
            first = relations[0]
            what = f"{'；'.join(wrong for wrong, _, _ in broken)}（{first.rule}）"
            mend = "请与上年报告核对；上年填错或另有清理的，在文字部分说明"
            places = [place for _, cells, _ in broken for place in cells]
            about = tuple(fact for _, _, facts in broken for fact in facts)
            yield rule(code).broken(what, mend, places, about)


def _compare(relation: CrossYear, report: Report, last: Report) -> tuple[str, list[Place], list[str]] | None:
    """What is wrong, where, and the facts; None where it holds or where a part is no number."""
    value = report.figures[relation.value]
    if any(key not in last.figures for key in relation.last):
        return None  # last year's edition had no such figure
    before = [last.figures[key] for key in relation.last]
    more = [report.figures[key] for key in relation.add]
    fewer = [report.figures[key] for key in relation.subtract]
    parts = (value, *before, *more, *fewer)
    if any(figure.state is not State.NUMBER for figure in parts):
        return None
    expected = total(before) + total(more) - total(fewer)
    if expected == value.amount:
        return None
    sums = "".join([
        "+".join(plain(figure.amount) for figure in before),
        *(f"+{plain(figure.amount)}" for figure in more),
        *(f"−{plain(figure.amount)}" for figure in fewer),
    ])  # fmt: skip
    known = f"{sums}={plain(expected)}" if len(parts) > 2 else plain(expected)
    what = f"{relation.where}：按上年报告应为 {known}，现为 {plain(value.amount)}"
    places = [figure.place for figure in (value, *more, *fewer, *before)]
    return what, places, [relation.value, *(plain(figure.amount) for figure in parts)]


def _alike(report: Report, last: Report) -> Iterator[Problem]:
    """A whole table with the same figures as last year: copied rather than counted."""
    for table in report.mandate.tables.values():
        keys = [slot.key for slot in table.slots if slot.key in last.figures]
        now = [report.figures[key].text for key in keys]
        if len(keys) < len(table.slots) or now != [last.figures[key].text for key in keys]:
            continue
        busy = [key for key in keys if report.figures[key].amount]
        if len(busy) >= ALIKE:
            heading = report.mandate.section(table.key).heading
            what = f"“{heading}”的数字与上年报告完全相同，其中 {len(busy)} 格不是 0"
            mend = "请核对是否沿用了上年的表"
            yield rule("same-table").broken(what, mend, (report.place(table.key),), (table.key, *now))


def _jumps(report: Report, last: Report) -> Iterator[Problem]:
    """Figures many times greater or smaller than last year; of a row or column, its total only."""
    for slot in _telling(report.mandate.edition.key):
        before, now = last.figures.get(slot.key), report.figures[slot.key]
        if before is None or not before.number or not now.number:
            continue
        in_yuan = slot.unit == MYRIADS and 1 / NEARLY <= now.number / before.number / MYRIAD <= NEARLY
        if not in_yuan and not _jumped(now, before):
            continue
        about = (slot.key, plain(before.number), plain(now.number))
        both, places = f"{slot.label}：上年 {about[1]}，今年 {about[2]}", (now.place, before.place)
        if in_yuan:
            what = f"{both}，约为上年的一万倍，像是把元填在{MYRIADS}栏里"
            mend = f"请核对单位；{about[2]} 是元的，改填 {plain(tidy(Decimal(now.number).scaleb(-4)))}"
            yield rule("unit-jump").broken(what, mend, places, about)
        else:
            mend = "请核对有没有多输或少输一位、单位是否一致；确实如此的不必改"
            yield rule("jump").broken(f"{both}，变化很大", mend, places, about)


@cache
def _telling(edition: str) -> tuple[Slot, ...]:
    """The figures that stand for themselves: totals, and whatever has none in its row."""
    mandate = load(edition)
    summed = {(slot.table, slot.row) for slot in mandate.slots.values() if slot.key in mandate.totals}
    return tuple(
        slot
        for slot in mandate.slots.values()
        if slot.kind is not Kind.SIGNED
        and (slot.key in mandate.totals or (slot.table, slot.row) not in summed)
    )


def _jumped(now: Figure, before: Figure) -> bool:
    a, b = float(now.amount), float(before.amount)
    return max(a, b) >= FEWEST and min(a, b) > 0 and abs(math.log(a / b)) >= math.log(JUMP)
