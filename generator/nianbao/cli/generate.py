"""`generate` as people see it: each report's files and problems as they come, and a summary of all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from nianbao.app.generate import Delivery, Job, generate_all
from nianbao.app.outcome import Outcome, State, overall
from nianbao.cli import messages
from nianbao.report import Severity

MOST_WHAT = 60  # characters of the first error that the summary repeats


def generate(
    files: Sequence[Path], named: Sequence[Path], job: Job, delivery: Delivery, *, as_json: bool
) -> int:
    """Make the reports of files, tell what became of each, and return the exit code; `named` were given.

    A file that cannot be read is what its folder was asked for: a problem found in it. One that was
    named could not be read, as asked.
    """
    start = time.monotonic()
    outcomes = []
    for outcome in messages.progress(generate_all(files, job, delivery), "生成", len(files)):
        outcomes.append(outcome)
        if not as_json:
            _tell(outcome)
    if as_json:
        messages.document(_document(outcomes))
    elif len(outcomes) > 1:
        for line in _summary(outcomes, time.monotonic() - start):
            typer.echo(line, err=True)
    return overall(outcomes, named)


def _tell(outcome: Outcome) -> None:
    messages.tell(outcome.problems)
    for path in outcome.made:
        typer.echo(str(path))
    if not outcome.made:
        typer.echo(messages.refused(outcome), err=True)


def _summary(reports: Sequence[Outcome], seconds: float) -> Iterator[str]:
    """What became of all of them, and, once more, of those that were not made."""
    count = Counter(one.state for one in reports)
    words = "，".join(f"{state.word} {count[state]} 份" for state in State if count[state])
    rate = count[State.MADE] / seconds if seconds else 0
    speed = f"，用时 {_time(seconds)}" + (f"（每秒 {rate:.1f} 份）" if count[State.MADE] else "")
    yield f"共 {len(reports)} 份：{words}{speed}。"
    left = [one for one in reports if not one.made]
    if left and len(reports) > messages.FEWEST:
        yield "未生成的："
        for one in left:
            errors = [problem for problem in one.problems if problem.severity is Severity.ERROR]
            first = errors[0].what if errors else ""
            short = first if len(first) <= MOST_WHAT else first[:MOST_WHAT] + "…"
            more = f"等 {len(errors)} 个错误" if len(errors) > 1 else ""
            yield f"  {one.source}：{short}{more}"


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} 秒"
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {left} 秒"


def _document(outcomes: Sequence[Outcome]) -> dict[str, object]:
    count = Counter(one.state for one in outcomes)
    return {
        "made": [
            {"source": str(one.source), "state": one.state.value, "files": [str(path) for path in one.made]}
            for one in outcomes
        ],
        "count": {state.value: count[state] for state in State},
        "problems": [problem.to_json() for one in outcomes for problem in one.problems],
    }
