"""The roll-up that lies where one is to be written: what it was, and the same workbook with the new sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.app import files, reading
from nianbao.app.workers.isolation import isolate
from nianbao.report import Problem, ProblemsFound, Report, Severity
from nianbao.report.rollup import Changes, Former, Member, Rollup, changes, normal

_GONE = ("key-missing", "sheet-missing")  # cells into which nothing can be written


@dataclass(frozen=True)
class Previous:
    """A roll-up's workbook as it lies there: its bytes, its report, and what its last sum was."""

    content: bytes
    report: Report
    former: Former


def previous(path: Path) -> Previous | None:
    """The roll-up that lies there; None where nothing does, or another file. Raises OSError."""
    if not path.is_file():
        return None
    content = files.read(path)
    try:
        report = reading.read_content(content, path.name)
        former = isolate(path.name, _former, content, report)
    except ProblemsFound:
        return None
    return None if former is None else Previous(content, report, former)


def _former(content: bytes, report: Report) -> Former | None:
    from nianbao.media.workbook.rollup import former

    return former.read(content, report.mandate)


def of_same(there: Previous | None, members: Sequence[Member], organ: str) -> Previous | None:
    """The last roll-up where it is one of the same year and, if one is named, the same organ."""
    if there is None or not members or there.report.year != members[0].year:
        return None
    return there if not organ or normal(organ) == normal(there.report.organ) else None


def renewed(there: Previous, rollup: Rollup, *, force: bool) -> tuple[bytes, Changes, tuple[Problem, ...]]:
    """The workbook with the new sum in it, what has changed, and what is to be told of it.

    Raises ProblemsFound where somebody has typed over a figure, and would not have it given up, and
    where cells are missing.
    """
    from nianbao.media.workbook.rollup.renewal import renew

    if gone := [problem for problem in there.report.reading if problem.code in _GONE]:
        raise ProblemsFound(gone)
    changed = changes.since(there.former, rollup, there.report)
    told = tuple(changes.told(changed.typed, force=force))
    if any(problem.severity is Severity.ERROR for problem in told):
        raise ProblemsFound(told)
    staying = {one.slot.key: one.figure for one in changed.typed if one.stays}
    figures = {**rollup.report.figures, **staying}
    report = replace(rollup.report, figures=figures)
    return renew(there.content, there.former, rollup, changed, report), changed, told
