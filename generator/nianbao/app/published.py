"""`import`: a published report becomes a workbook, or exchange JSON, to go on working with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from nianbao.app import files, reading
from nianbao.app.reading import NOTHING, Given
from nianbao.report import PREFACE, Problem, Report, State
from nianbao.report.checks import completeness
from nianbao.report.checks.inspection import Inspection

SUFFIXES = (".xlsx", ".json")


def take(
    source: Path, output: Path, given: Given = NOTHING, *, force: bool
) -> tuple[Report, tuple[Problem, ...]]:
    """Read one report and write it as the output's suffix says; return it, and what was found.

    That is what reading found, and the sections, tables and rows of which nothing was read.
    Raises Usage, what reading raises, and what `files.put` raises.
    """
    suffix = output.suffix.lower()
    files.require(output, SUFFIXES, f"导入的结果应是 {' 或 '.join(SUFFIXES)}")
    report = reading.read(source, given=given)
    problems: tuple[Problem, ...] = ()
    if suffix == ".json":
        from nianbao.media import exchange

        content = exchange.write(report).encode("utf-8")
    else:
        from nianbao.media import workbook

        content, problems = workbook.write(report)
    files.put({output: content}, force=force)
    return report, (*report.reading, *completeness.parts(Inspection(report)), *problems)


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


def to_json(report: Report, output: Path, problems: tuple[Problem, ...]) -> dict[str, object]:
    """What `import --json` prints: where each figure was found, and as what it was published."""
    return {
        "file": str(output),
        "organ": report.organ,
        "year": report.year,
        "edition": report.mandate.edition.key,
        "figures": {
            key: {"text": figure.text, "state": figure.state.value} | figure.place.to_json()
            for key, figure in report.figures.items()
        },
        "problems": [problem.to_json() for problem in problems],
    }
