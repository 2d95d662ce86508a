"""What came of handing out workbooks, as people read it and as `--json` prints it."""

from __future__ import annotations

from nianbao.app.distribution import Outcome, State


def summary(outcome: Outcome) -> str:
    """The line that says what became of all of them."""
    counts = {state: sum(book.state is state for book in outcome.handed) for state in State}
    told = "，".join(f"{state.word} {count} 份" for state, count in counts.items() if count)
    begun = sum(bool(book.last) for book in outcome.handed if book.state is not State.KEPT)
    return f"{outcome.year} 年 {len(outcome.handed)} 个机关：{told}；其中带入上年的 {begun} 份"


def to_json(outcome: Outcome) -> dict[str, object]:
    """What came of it as `--json` prints it."""
    return {
        "year": outcome.year,
        "made": [
            {
                "organ": book.recipient.expected.organ,
                "reporter": book.recipient.reporter.name if book.recipient.reporter else "",
                "superior": book.recipient.superior,
                "due": due.isoformat() if (due := book.recipient.due(outcome.year)) else None,
                "file": str(book.path),
                "state": book.state.value,
                "last_year": book.last or None,
            }
            for book in outcome.handed
        ],
        "count": {state.value: sum(book.state is state for book in outcome.handed) for state in State},
        "problems": [problem.to_json() for problem in outcome.problems],
    }
