"""What of last year's report this year's begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.mandate import CrossYear, Mandate
from nianbao.report.catalogue import rule
from nianbao.report.figure import Figure, State, plain, total
from nianbao.report.problem import Place, Problem, ProblemsFound
from nianbao.report.report import Report

_MEND = "请按上年报告核对后填写"


@dataclass(frozen=True)
class CarriedOver:
    """What is carried into the report of `year`, by figure key: `filled` figures, and `notes` beside cells.

    `organ` is the name given; `last` is the report that it comes from. `reporter` is the name of this
    year's kind, where it is not simply last year's.
    """

    mandate: Mandate
    year: int
    organ: str
    last: Report
    filled: Mapping[str, Figure]
    notes: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    reporter: str = ""


def carry_over(last: Report, mandate: Mandate, year: int, organ: str = "") -> CarriedOver:
    """Carry a report into the next year, by the relations that the mandate has between years.

    A figure that is the same as one of last year is filled in; where this year's own figures come into
    it, last year's is noted. What is no number fills nothing. Raises ProblemsFound where the report is
    not that of the year before.
    """
    if last.year != year - 1:
        what = f"这是 {last.year} 年的报告，不是 {year} 年的上一年（{year - 1} 年）"
        mend = f"请给出 {year - 1} 年的报告，或把 --year 改为 {last.year + 1}"
        raise ProblemsFound([rule("not-last-year").broken(what, mend, (last.place("year"),))])
    problems: list[Problem] = []
    if organ and organ != last.organ:
        what = f"上年报告的机关是“{last.organ}”，本年是“{organ}”，已按本年的名称建工作簿"
        mend = "机关改过名称的不必处理；不是同一机关的，请核对文件"
        problems.append(rule("other-organ").broken(what, mend, (last.place("organ"),)))
    notes = {
        key: [f"上年（{last.year} 年）：{_said(last.figures[key])}"]
        for key in mandate.slots
        if key in last.figures
    }
    filled: dict[str, Figure] = {}
    for relation in mandate.cross_year:
        if not set(relation.last) <= last.figures.keys():
            continue
        if relation.add or relation.subtract:
            base = [last.figures[key] for key in relation.last]
            if all(figure.number is not None for figure in base):
                notes.setdefault(relation.value, []).append(f"{relation.rule}；上年末 {plain(total(base))}")
        else:
            _fill(relation, last, filled, problems)
    beside = {key: tuple(lines) for key, lines in notes.items()}
    return CarriedOver(mandate, year, organ or last.organ, last, filled, beside, tuple(problems))


def _fill(relation: CrossYear, last: Report, filled: dict[str, Figure], problems: list[Problem]) -> None:
    base = [last.figures[key] for key in relation.last]
    if wrong := [figure for figure in base if figure.number is None]:
        what = f"{relation.where}：上年的数（{relation.rule}）是“{_said(wrong[0])}”，不是数字，没有带过来"
        problems.append(rule("not-carried").broken(what, _MEND, tuple(figure.place for figure in wrong)))
        filled[relation.value] = Figure(State.BLANK, "", None, Place(last.file))
        return
    number = total(base)
    filled[relation.value] = Figure(State.NUMBER, plain(number), number, base[0].place)


def _said(figure: Figure) -> str:
    """What stood in a cell, in a word."""
    if figure.state is State.UNREADABLE:
        return "读不出"
    return figure.text or "空白"
