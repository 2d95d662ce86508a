"""What would be told more than once: the same finding again and again, one mistake seen by two checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nianbao.report.catalogue import rule
from nianbao.report.groups import grouped
from nianbao.report.problem import Problem

SENTENCE = 8  # characters; what a finding rests on is a sentence from this length on
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


def uncovered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems in their order, without those that another covers which rests on the same sentence."""
    found = list(problems)
    covering = [(problem, covers) for problem in found if (covers := rule(problem.code).covers)]
    return [
        problem
        for problem in found
        if not any(problem.code in codes and _same_sentence(problem, other) for other, codes in covering)
    ]


def _same_sentence(problem: Problem, other: Problem) -> bool:
    """Whether both rest on one sentence, though one may have it cut off at a semicolon."""
    ours, theirs = ([text for text in one.about if len(text) >= SENTENCE] for one in (problem, other))
    return any(one in another or another in one for one in ours for another in theirs)


def _kind(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.mend


def _together(alike: list[Problem]) -> Problem:
    """The first, which rests on all of them and stands where they do."""
    places = tuple(dict.fromkeys(place for problem in alike for place in problem.places))
    what = f"{alike[0].what}；同样的共 {len(alike)} 处"
    about = tuple(problem.fingerprint for problem in alike)
    corrections = tuple(right for problem in alike for right in problem.corrections)
    return replace(alike[0], what=what, places=places, about=about, corrections=corrections)
