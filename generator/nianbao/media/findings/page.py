"""One page of HTML with the findings of all files, for reading and printing; needs no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.media import pages
from nianbao.media.findings.findings import Findings
from nianbao.report import Problem, rule
from nianbao.report.problem import SEPARATOR, SETTLED, in_order

SENTENCE = 12  # characters; what a finding rests on is shown from this length on


class Row(NamedTuple):
    """One finding as the table has it; `kind` is its severity, or settled."""

    problem: Problem
    kind: str
    word: str
    mend: str
    sentences: tuple[str, ...] = ()  # whole, where the message only quotes from them


def write(files: Sequence[Findings]) -> str:
    """The page; errors first within each file, what is settled last, with who answers for it and why."""
    return pages.render("findings/page.html", files=files, rows=_rows, where=_where, rule_of=rule)


def _rows(file: Findings) -> Iterator[Row]:
    for problem in in_order(file.open):
        whole = (text for text in problem.about if len(text) >= SENTENCE and text not in problem.what)
        yield Row(problem, problem.severity.value, problem.severity.word, problem.mend, tuple(whole))
    for problem, decision in file.settled:
        answer = "，".join(part for part in (decision.who, decision.when) if part)
        yield Row(problem, "settled", SETTLED, f"{decision.why}（{answer}）")


def _where(problem: Problem) -> str:
    """The places without the file's name, which stands above the table."""
    name = problem.places[0].file if problem.places else ""
    return problem.where.removeprefix(name).removeprefix(SEPARATOR) or name
