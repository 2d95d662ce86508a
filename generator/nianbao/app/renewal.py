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
    """A workbook as it lies there: its bytes, its report, and its last sum, None where it has had none."""

    content: bytes
    report: Report
    former: Former | None


def previous(path: Path) -> Previous | None:
    """The workbook of ours that lies there; None where nothing does, or another file. Raises OSError."""
    return of_content(files.read(path), path.name) if path.is_file() else None


def of_content(content: bytes, name: str) -> Previous | None:
    """A workbook of ours out of its bytes; None where it is something else."""
    try:
        report = reading.read_content(content, name)
        return Previous(content, report, isolate(name, _former, content, report))
    except ProblemsFound:
        return None


def _former(content: bytes, report: Report) -> Former | None:
    from nianbao.media.workbook.rollup import former

    return former.read(content, report.mandate)


def of_same(there: Previous | None, members: Sequence[Member], organ: str, *, force: bool) -> Previous | None:
    """The workbook there, where the sum of these goes into it: the last roll-up of the same organ and year.

    It may also be one that was begun for the aggregate and has had no sum yet: where it has no figures of its
    own; or with `force`, the organ being named, for a member's own workbook is not to be taken for it.
    """
    if there is None or not members or there.report.year != members[0].year:
        return None
    same = normal(organ) == normal(there.report.organ)
    kind = there.report.reporter
    begun = kind is not None and kind.aggregate
    if there.former is not None or (begun and _has_no_own_figures(there.report)):
        return there if same or not organ else None
    return there if same and force and begun else None


def _has_no_own_figures(report: Report) -> bool:
    """Whether nobody has filled in a figure but those that come from last year's report."""
    carried = {line.value for line in report.mandate.cross_year}
    return all(figure.number is None for key, figure in report.figures.items() if key not in carried)


def renewed(
    there: Previous, rollup: Rollup, *, force: bool
) -> tuple[bytes, Changes | None, tuple[Problem, ...]]:
    """The workbook with the new sum in it, what has changed since the last, and what is to be told.

    Raises ProblemsFound where somebody has typed over a figure, and would not have it given up, and
    where cells are missing.
    """
    from nianbao.media.workbook.rollup.renewal import renew

    if gone := [problem for problem in there.report.reading if problem.code in _GONE]:
        raise ProblemsFound(gone)
    former = there.former
    changed = changes.since(former, rollup, there.report) if former else changes.begun(rollup, there.report)
    told = tuple(changes.told(changed.typed, force=force))
    if any(problem.severity is Severity.ERROR for problem in told):
        raise ProblemsFound(told)
    staying = {typed.slot.key: typed.figure for typed in changed.typed if typed.stays}
    figures = {**rollup.report.figures, **staying}
    report = replace(rollup.report, figures=figures)
    content = renew(there.content, former, rollup, changed, report)
    return content, changed if former else None, told
