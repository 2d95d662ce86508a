"""Decisions that go from a page into a workbook and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nianbao.app import reading
from nianbao.app.check import inspect
from nianbao.media import workbook
from nianbao.report import Decision, Problem, Report, check
from nianbao.report.groups import grouped
from nianbao.report.targets import Target, Targets


def written(content: bytes, name: str, report: Report) -> bytes:
    """The workbook marked as by `check --mark`, with the page's decisions; untouched where it has them."""
    filled = reading.read_content(content, name, nameless=True)
    own = carried(report.decisions, report, filled)
    if own == filled.decisions:
        return content
    found = inspect(replace(filled, decisions={}), None, own).found
    return workbook.mark(content, found.open, found.settled, own, file=filled.file)


def carried(decisions: Mapping[str, Decision], given: Report, other: Report) -> dict[str, Decision]:
    """The decisions on one medium's findings as decisions on those of another one with the same content.

    A finding that rests on nothing but its place has another fingerprint there: it is known by its targets.
    """
    if not decisions:
        return {}
    here, there = _at_spots(given), _at_spots(other)
    known = {problem.fingerprint for problems in there.values() for problem in problems}
    moved = {
        problem.fingerprint: there[spot][0].fingerprint
        for spot, problems in here.items()
        for problem in problems
        if len(problems) == 1 == len(there.get(spot, ()))
    }
    return {
        (fingerprint if fingerprint in known else moved.get(fingerprint, fingerprint)): decision
        for fingerprint, decision in decisions.items()
    }


def _at_spots(report: Report) -> dict[tuple[str, tuple[Target, ...]], list[Problem]]:
    targets = Targets(report)
    return grouped(check(report), lambda problem: (problem.code, targets.of(problem)))
