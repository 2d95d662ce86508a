"""One page of HTML with the findings of all files, for reading and printing; needs no other file.

Of many files a table comes first, with jumps to each; which of them are shown is chosen without a script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nianbao.media import pages
from nianbao.media.findings.findings import Findings
from nianbao.report import Problem, Rule, Severity, rule
from nianbao.report.dates import write_date
from nianbao.report.groups import grouped
from nianbao.report.notes import Awaited
from nianbao.report.problem import SETTLED, in_order

SENTENCE = 12  # characters; what a finding rests on is shown from this length on
MOST_KINDS, MOST_FILES = 20, 8  # of findings that are frequent, and of the files named with each
STATES = {"unread": "读不出", "wrong": "有错误", "doubtful": "只有警告", "sound": "没有错误和警告"}


class Row(NamedTuple):
    """One finding as the table has it; `kind` is its severity, or settled."""

    problem: Problem
    kind: str
    word: str
    mend: str
    sentences: tuple[str, ...] = ()  # whole, where the message only quotes from them


@dataclass(frozen=True)
class State:
    """How many files are so."""

    key: str
    word: str
    count: int


@dataclass(frozen=True)
class Kind:
    """What several findings break: how many they are, and the numbers of their files on the page, from 1."""

    rule: Rule
    count: int
    files: list[int]


def write(
    files: Sequence[Findings],
    awaited: Sequence[Awaited] = (),
    *,
    expected: int = 0,
    passed: Sequence[Problem] = (),
) -> str:
    """The page; errors first within each file, what is settled last, with who answers for it and why.

    Of many files those with most errors come first. `awaited` are the organs without a report, of so many
    `expected` by the roster, `passed` is what is told of files that were not read.
    """
    ordered = sorted(files, key=lambda file: tuple(-number for number in _numbers(file)[:3]))
    states = grouped(ordered, _state)
    return pages.render(
        "findings/page.html",
        files=ordered,
        many=len(files) > 1 or expected > 0,
        states=[State(key, word, len(states[key])) for key, word in STATES.items() if key in states],
        frequent=_frequent(ordered) if len(files) > 1 else [],
        awaited=awaited,
        expected=expected,
        passed=passed,
        most=MOST_FILES,
        rows=_rows,
        where=_where,
        state_of=_state,
        numbers=_numbers,
        rule_of=rule,
        date=write_date,
    )


def _state(file: Findings) -> str:
    """Which of the STATES a file is in."""
    errors, warnings, *_ = _numbers(file)
    return "unread" if not file.title else "wrong" if errors else "doubtful" if warnings else "sound"


def _numbers(file: Findings) -> tuple[int, int, int, int]:
    """How many errors, warnings, notices and settled findings a file has."""
    severities = [problem.severity for problem in file.open]
    errors, warnings, notices = (severities.count(severity) for severity in Severity)
    return errors, warnings, notices, len(file.settled)


def _frequent(files: Sequence[Findings]) -> list[Kind]:
    """What several files have, that of most files first."""
    found = [(problem.code, number) for number, file in enumerate(files, 1) for problem in file.open]
    kinds = [
        Kind(rule(code), len(pairs), list(dict.fromkeys(number for _, number in pairs)))
        for code, pairs in grouped(found, lambda pair: pair[0]).items()
    ]
    kinds.sort(key=lambda kind: (-len(kind.files), -kind.count))
    return [kind for kind in kinds if len(kind.files) > 1][:MOST_KINDS]


def _rows(file: Findings) -> Iterator[Row]:
    for problem in in_order(file.open):
        whole = (text for text in problem.about if len(text) >= SENTENCE and text not in problem.what)
        yield Row(problem, problem.severity.value, problem.severity.word, problem.mend, tuple(whole))
    for problem, decision in file.settled:
        answer = "，".join(part for part in (decision.who, decision.when) if part)
        yield Row(problem, "settled", SETTLED, f"{decision.why}（{answer}）")


def _where(problem: Problem) -> str:
    """The places without the file's name, which stands above the table."""
    return problem.inside or (problem.places[0].file if problem.places else "")
