"""Outcomes that the decree wants to be rare: 其他处理."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import State, plain, total
from nianbao.report.problem import Problem

HIGHEST = 20  # per cent; of 27 published reports one is above, and most are below 10
FEWEST = 10  # such outcomes; below it, a share says nothing


def outcomes(inspection: Inspection) -> Iterator[Problem]:
    """A part of the outcomes that is unusually large for exceptions."""
    report = inspection.report
    share = report.mandate.duties.exceptional
    parts, whole = [report.figures[key] for key in share.parts], report.figures[share.whole]
    if any(figure.state is not State.NUMBER for figure in (*parts, whole)):
        return
    count, all_of_them = total(parts), whole.amount
    if count >= FEWEST and HIGHEST * all_of_them < 100 * count <= 100 * all_of_them:
        percentage = Decimal(100 * count) / Decimal(all_of_them)
        what = (
            f"“{share.name}”共 {plain(count)} 件，占办理结果 {plain(all_of_them)} 件的 "
            f"{percentage.quantize(Decimal('0.1'), ROUND_HALF_UP)}%，超过 {HIGHEST}%"
        )
        mend = "请核对有没有能计入其他各项的；确实如此的，准备好向上级说明"
        about = (*share.parts, plain(count), plain(all_of_them))
        places = [figure.place for figure in (*parts, whole)]
        yield rule("exceptional-outcomes").broken(what, mend, places, about)
