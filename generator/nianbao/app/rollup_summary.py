"""What came of a roll-up, as people read it and as `--json` prints it."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.app import consistency
from nianbao.app.consistency import plain
from nianbao.app.rollup import Outcome
from nianbao.report.rollup import Change, Changes, Rollup
from nianbao.report.rollup.changes import number
from nianbao.report.rollup.consistency_findings import findings

MOST_SHOWN = 8  # organs and figures that the summary names


def summary(result: Rollup) -> str:
    """The line that says what was added up."""
    late = sum(line.late for line in result.lines)
    missing = sum(problem.code in ("not-reported", "own-office-missing") for problem in result.problems)
    parts = [f"汇总 {len(result.members)} 个单位"]
    parts += [f"没有计入 {_left(result)} 个"] if _left(result) else []
    parts += [f"没有报送 {missing} 个"] if result.rostered else []
    parts += [f"逾期 {late} 个"] if late else []
    return f"{result.report.organ} {result.report.year} 年：{'，'.join(parts)}"


def changes_summary(changed: Changes) -> list[str]:
    """The lines that say what has changed since the last roll-up; none where nothing has."""
    if not changed:
        return []
    words = [
        _organs("新增", changed.new),
        _organs("减少", changed.gone),
        _organs("改报", [anew.organ for anew in changed.anew]),
        f"合计变动 {len(changed.sums)} 项" if changed.sums else "",
        f"人工改过 {len(changed.typed)} 格" if changed.typed else "",
    ]
    lines = [f"与上一次汇总相比：{'；'.join(filter(None, words))}（都在“变动”表）"]
    lines += [
        f"  {change.slot.label}：{number(change.before)} → {number(change.after)}"
        for change in changed.sums[:MOST_SHOWN]
    ]
    more = len(changed.sums) - MOST_SHOWN
    return [*lines, f"  等 {len(changed.sums)} 项"] if more > 0 else lines


def _organs(word: str, organs: Sequence[str]) -> str:
    named = "、".join(organs[:MOST_SHOWN]) + ("…" if len(organs) > MOST_SHOWN else "")
    return f"{word} {len(organs)} 个单位（{named}）" if organs else ""


def _left(result: Rollup) -> int:
    return sum(problem.code == "left-out" for problem in result.problems)


def to_json(outcome: Outcome) -> dict[str, object]:
    """What came of it as `--json` prints it."""
    result = outcome.found
    held = outcome.held
    problems = (*outcome.problems, *(findings(held) if held is not None else ()))
    document: dict[str, object] = {
        "made": [str(path) for path in outcome.made],
        "problems": [problem.to_json() for problem in problems],
    }
    if held is not None:
        document["against"] = consistency.to_json(held)
    if result is not None:
        document |= {
            "organ": result.report.organ,
            "year": result.report.year,
            "reporter": result.report.reporter_name,
            "members": [
                {"organ": member.organ, "file": member.file, "aggregate": member.aggregate}
                for member in result.members
            ],
            "figures": {total.slot.key: plain(total.number) for total in result.totals},
        }
    if outcome.changes is not None:
        document["changes"] = _changes(outcome.changes)
    return document


def _changes(changed: Changes) -> dict[str, object]:
    return {
        "new": list(changed.new),
        "gone": list(changed.gone),
        "changed": [
            {"organ": anew.organ, "figures": list(map(_change, anew.figures))} for anew in changed.anew
        ],
        "figures": list(map(_change, changed.sums)),
        "typed_over": [
            {
                "key": typed.slot.key,
                "from": plain(typed.before),
                "typed": typed.figure.text,
                "to": plain(typed.figure.number if typed.stays else typed.after),
            }
            for typed in changed.typed
        ],
    }


def _change(change: Change) -> dict[str, object]:
    return {"key": change.slot.key, "from": plain(change.before), "to": plain(change.after)}
