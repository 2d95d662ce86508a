"""`import`: a published report becomes a workbook, or exchange JSON, to go on working with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from nianbao.app import files, reading
from nianbao.app.outcome import DONE, PROBLEMS, Usage, exit_code, problems
from nianbao.app.reading import NOTHING, Given
from nianbao.report import PREFACE, Problem, ProblemsFound, Report, Severity, State
from nianbao.report.checks import completeness
from nianbao.report.checks.inspection import Inspection

SUFFIXES = (".xlsx", ".json")


class Taken(NamedTuple):
    """What came of an import: the report, where one could be read, what was found, and the exit code.

    That is what reading found, the sections, tables and rows of which nothing was read, and what kept the
    result from being written; `made` where it was.
    """

    report: Report | None
    problems: tuple[Problem, ...]
    code: int
    made: bool


def take(source: Path, output: Path, given: Given = NOTHING, *, force: bool) -> Taken:
    """Read one report and write it as the output's suffix says.

    Raises Usage; whatever else is raised is in the outcome.
    """
    files.require(output, SUFFIXES, f"导入的结果应是 {' 或 '.join(SUFFIXES)}")
    report: Report | None = None
    found: tuple[Problem, ...] = ()
    try:
        report = reading.read(source, given=given, nameless=True)
        if not report.organ:
            raise ProblemsFound(report.reading)
        found = (*report.reading, *completeness.parts(Inspection(report)))
        found += _write(report, output, force=force)
    except Usage:
        raise
    except Exception as error:
        return Taken(report, (*found, *problems(error, source)), exit_code(error), made=False)
    wrong = any(problem.severity is Severity.ERROR for problem in found)
    return Taken(report, found, PROBLEMS if wrong else DONE, made=True)


def _write(report: Report, output: Path, *, force: bool) -> tuple[Problem, ...]:
    """Write the report; return what could not be written into it."""
    lost: tuple[Problem, ...] = ()
    if output.suffix.lower() == ".json":
        from nianbao.media import exchange

        content = exchange.write(report).encode("utf-8")
    else:
        from nianbao.media import workbook

        content, lost = workbook.write(report)
    files.put({output: content}, force=force)
    return lost


def summary(report: Report) -> str:
    """How much was read, in one line."""
    states = Counter(figure.state for figure in report.figures.values())
    paragraphs = sum(map(len, report.narratives.values())) - len(report.narratives[PREFACE])
    words = [
        f"{report.organ} {report.year} 年（{report.mandate.edition.key} 版）",
        f"机关类型{'：' if report.reporter else '看不出'}{report.reporter_name}",
        f"数据 {len(report.figures)} 格，读出数字 {states[State.NUMBER]} 格",
    ]
    others = {
        State.BLANK: "空白",
        State.NOT_APPLICABLE: "填“/”等",
        State.TEXT: "文字",
        State.UNREADABLE: "读不出",
    }
    words += [f"{word} {states[state]} 格" for state, word in others.items() if states[state]]
    return "，".join((*words, f"文字 {paragraphs} 段"))


def to_json(taken: Taken, output: Path) -> dict[str, object]:
    """What `import --json` prints: where each figure was found, and as what it was published.

    Of what could not be read, or not be written, its problems all the same.
    """
    report = taken.report
    figures = report.figures if report else {}
    return {
        "file": str(output) if taken.made else "",
        "organ": report.organ if report else "",
        "year": report.year if report else None,
        "edition": report.mandate.edition.key if report else "",
        "figures": {
            key: {"text": figure.text, "state": figure.state.value} | figure.place.to_json()
            for key, figure in figures.items()
        },
        "problems": [problem.to_json() for problem in taken.problems],
    }
