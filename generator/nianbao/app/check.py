"""`check`: read a report, inspect it, and tell what is open and what somebody has answered for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.app import reading
from nianbao.app.findings import findings
from nianbao.app.outcome import DONE, FILES, PROBLEMS, exit_code, problems
from nianbao.app.reading import NOTHING, Given
from nianbao.app.sources import expand, names
from nianbao.media.findings import Findings
from nianbao.report import Decision, Problem, ProblemsFound, Report, Severity, complete
from nianbao.report.decision import joined

TEXT, JSON, HTML, SARIF = FORMATS = ("text", "json", "html", "sarif")


@dataclass(frozen=True)
class Inspected:
    """What came of inspecting one file: the findings, the exit code they mean, and all decisions.

    `decisions` is None where the report could not be read.
    """

    found: Findings
    code: int
    decisions: Mapping[str, Decision] | None = None

    @property
    def readable(self) -> bool:
        """Whether the file itself could be opened, whatever was found in it."""
        return self.code != FILES or self.decisions is not None


def last_years(paths: Sequence[Path], sources: Sequence[Path]) -> list[Report]:
    """Last year's reports; raises what reading them raises, for all of them at once.

    One with the name of a file that is inspected is called by its folder too.
    """
    given = expand(paths) if paths else []
    called = names([*given, *sources])[: len(given)]
    reports: list[Report] = []
    wrong: list[Problem] = []
    for path, name in zip(given, called, strict=True):
        try:
            reports.append(reading.read(path, name))
        except ProblemsFound as caught:
            wrong += caught.problems
    if wrong:
        raise ProblemsFound(wrong)
    return reports


def inspect(
    report: Report,
    last: Report | None = None,
    decisions: Mapping[str, Decision] | None = None,
    *,
    source: str = "",
) -> Inspected:
    """Inspect a report, with that of the year before where there is one.

    `decisions` are from elsewhere; the report's own go before. `source` is the file it came from.
    """
    decisions = joined(decisions or {}, report.decisions)
    still_open, settled = findings(report, last, decisions)
    found = Findings(source or report.file, report.title, still_open, settled)
    return Inspected(found, code_of(still_open), decisions)


def code_of(found: Sequence[Problem]) -> int:
    """The exit code that findings mean."""
    if not complete(found):
        return FILES
    return DONE if all(problem.severity is Severity.NOTICE for problem in found) else PROBLEMS


def inspect_file(
    source: Path,
    name: str,
    last: Sequence[Report],
    *,
    alone: bool,
    earlier: Mapping[str, Decision] | None = None,
    given: Given = NOTHING,
) -> Inspected:
    """Inspect one file, which messages call `name`, with the report of the same organ among last year's.

    `alone` where it is the only file, and the only report given for last year is taken as its own.
    `earlier` are decisions from elsewhere; `given` is for what the file does not state. Whatever is raised
    becomes findings, so that other files go on.
    """
    try:
        report = reading.read(source, name, given, nameless=True)
        before = last[0] if alone and len(last) == 1 else _own(report, last)
        return inspect(report, before, earlier, source=str(source))
    except Exception as error:  # a bug with one file is no reason to lose the others
        return Inspected(Findings(str(source), "", problems(error, source)), exit_code(error))


def _own(report: Report, last: Sequence[Report]) -> Report | None:
    """The same organ's report of the year before."""
    wanted = (report.organ, report.year - 1)
    return next((earlier for earlier in last if (earlier.organ, earlier.year) == wanted), None)


def summary(inspected: Sequence[Inspected]) -> str:
    """How many files there are, and how many of them are in order."""
    unread = sum(not result.readable for result in inspected)
    erring = (
        any(problem.severity is Severity.ERROR for problem in result.found.open) for result in inspected
    )
    wrong = sum(erring) - unread
    sound = sum(result.code == DONE for result in inspected)
    warned = len(inspected) - unread - wrong - sound
    words = {"没有错误和警告": sound, "只有警告": warned, "有错误": wrong, "读不出": unread}
    told = "，".join(f"{word} {count} 份" for word, count in words.items() if count)
    return f"共 {len(inspected)} 份：{told}。"


def write(inspected: Sequence[Inspected], form: str) -> str:
    """All findings as one document: html or sarif."""
    from importlib.metadata import version

    from nianbao.media import findings

    files = [result.found for result in inspected]
    return findings.page(files) if form == HTML else findings.sarif(files, version("nianbao"))


def to_json(inspected: Sequence[Inspected], passed: Sequence[Problem] = ()) -> dict[str, object]:
    """All findings as `check --json` prints them; those settled by a decision apart, with it.

    `passed` is what is told of files that were not read.
    """
    found = [*passed, *(problem for result in inspected for problem in result.found.open)]
    return {
        "problems": [problem.to_json() for problem in found],
        "settled": [
            problem.to_json() | {"decision": decision.to_json()}
            for result in inspected
            for problem, decision in result.found.settled
        ],
    }
