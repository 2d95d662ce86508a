"""Decisions: somebody has looked at a finding and answers for the report as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from nianbao.report.problem import Problem, Severity
from nianbao.report.regex import regex

LAST_YEARS_FAULT = frozenset({"carried-over"})  # errors that may be right: last year's report was wrong
FINGERPRINT = regex(r"[0-9a-f]{16}")
HALF = "decision-unfinished"  # the problem with half a decision; no decision mends it


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers for a finding, why it is right as it stands, and when that was.

    All as written. Without `who` or `why` it does not count. `finding` is what the finding
    said then, so that the decision can be understood when the finding is gone.
    """

    who: str
    why: str
    when: str = ""
    finding: str = ""

    @property
    def complete(self) -> bool:
        """Whether it says both who and why."""
        return bool(self.who and self.why)

    def to_json(self) -> dict[str, str]:
        """The decision as JSON has it."""
        return {"who": self.who, "why": self.why, "when": self.when}


class Settled(NamedTuple):
    """A finding that somebody has answered for."""

    problem: Problem
    decision: Decision


def decidable(problem: Problem) -> bool:
    """Whether a person's word can stand against the finding.

    Warnings and notices; of errors only what last year's report may be to blame for.
    """
    mild = problem.severity is not Severity.ERROR or problem.code in LAST_YEARS_FAULT
    return mild and problem.code != HALF


def settle(
    problems: Iterable[Problem], decisions: Mapping[str, Decision]
) -> tuple[tuple[Problem, ...], tuple[Settled, ...]]:
    """The findings that are open, and those settled by a decision; both in their order.

    `decisions` is by fingerprint: one on other facts, on an error that has to be mended, or
    half filled in does not count.
    """
    still_open: list[Problem] = []
    settled: list[Settled] = []
    for problem in problems:
        decision = decisions.get(problem.fingerprint)
        if decision is not None and decision.complete and decidable(problem):
            settled.append(Settled(problem, decision))
        else:
            still_open.append(problem)
    return tuple(still_open), tuple(settled)


def joined(earlier: Mapping[str, Decision], own: Mapping[str, Decision]) -> dict[str, Decision]:
    """Both, by fingerprint; `own` goes before, unless it is half and the other is not."""
    return {
        **own,
        **{
            fingerprint: decision
            for fingerprint, decision in earlier.items()
            if fingerprint not in own or (decision.complete and not own[fingerprint].complete)
        },
    }
