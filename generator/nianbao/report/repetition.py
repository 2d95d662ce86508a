"""The same finding again and again: told once, with all its places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nianbao.report.catalogue import rule
from nianbao.report.groups import grouped
from nianbao.report.problem import Problem

FEWEST = 3  # findings alike, from which on they are told as one


def as_one(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in their order, those together that are one habit: of one such rule, mended in one way."""
    found = list(problems)
    habits = grouped((problem for problem in found if rule(problem.code).habit), _kind)
    many = {kind: alike for kind, alike in habits.items() if len(alike) >= FEWEST}
    if not many:
        return tuple(found)
    return tuple(
        _together(many[kind]) if (kind := _kind(problem)) in many else problem
        for problem in found
        if _kind(problem) not in many or problem is many[_kind(problem)][0]
    )


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.mend


def _together(alike: list[Problem]) -> Problem:
    """The first, which rests on all of them and stands where they do."""
    places = tuple(dict.fromkeys(place for problem in alike for place in problem.places))
    what = f"{alike[0].what}；同样的共 {len(alike)} 处"
    about = tuple(problem.fingerprint for problem in alike)
    return replace(alike[0], what=what, places=places, about=about)
