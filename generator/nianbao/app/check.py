"""`check`: read a report, inspect it, and tell what is open and what somebody has answered for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from nianbao.app import reading
from nianbao.app.findings import findings
from nianbao.app.outcome import DONE, FILES, PROBLEMS, Failure
from nianbao.app.reading import NOTHING, Given
from nianbao.app.sources import expand, names
from nianbao.app.workers import READING, Task, hire, processors
from nianbao.media.findings import Findings
from nianbao.report import Decision, Problem, ProblemsFound, Report, Severity, complete
from nianbao.report.decision import joined
from nianbao.report.rollup import Member, whose

FILES_EACH = 20  # for which a process more pays
TEXT, JSON, HTML, SARIF = FORMATS = ("text", "json", "html", "sarif")
SUFFIXES = {HTML: (".html", ".htm"), SARIF: (".sarif", ".json")}  # of a file that it is written to


@dataclass(frozen=True)
class Inspected:
    """What came of inspecting one file: findings, the exit code they mean, all decisions, whose it is.

    `decisions` and `member` are None where the report could not be read.
    """

    found: Findings
    code: int
    decisions: Mapping[str, Decision] | None = None
    member: Member | None = None

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
    whole = (source or report.file, report.title, still_open, settled, report.organ, report.reporter_name)
    return Inspected(Findings(*whole), code_of(still_open), decisions, whose(report, still_open))


def code_of(found: Sequence[Problem]) -> int:
    """The exit code that findings mean."""
    if not complete(found):
        return FILES
    return DONE if all(problem.severity is Severity.NOTICE for problem in found) else PROBLEMS


@dataclass(frozen=True)
class Asked:
    """What files are inspected with: last year's reports, decisions from elsewhere, what files do not state.

    `alone` where there is one file only, and the only report given for last year is taken as its own.
    """

    last: Sequence[Report] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    given: Given = NOTHING
    alone: bool = False


def inspect_files(sources: Sequence[Path], asked: Asked) -> Iterator[Inspected]:
    """Inspect files, in processes with limits; in their order, whatever happens to one."""
    tasks = map(_task, sources, names(sources))
    for source, result in zip(sources, results(tasks, sources, asked), strict=True):
        yield unread(source, result) if isinstance(result, Failure) else result


def results(tasks: Iterable[Task | Failure], sources: Collection[Path], asked: Asked) -> Iterator[Any]:
    """What came of the tasks on these files, each called with what was asked; in their order."""
    with hire(
        partial(_same, asked),
        worth(len(sources)),
        limits=READING,
        preload=reading.readers(sources),
        doing="检查",
        foreign=True,
    ) as crew:
        yield from crew.results(tasks)


def worth(files: int) -> int:
    """How many processes it is worth to read so many files in."""
    return max(1, min(processors(), files // FILES_EACH))


def _same(asked: Asked) -> Asked:
    return asked


def _task(source: Path, name: str) -> Task | Failure:
    try:
        content = reading.content_of(source, name)
        return Task(name, inspect_content, (str(source), *reading.converted(content, name)))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, name)


def inspect_content(
    asked: Asked, name: str, source: str, content: bytes, told: tuple[Problem, ...]
) -> Inspected:
    """Inspect one file, which messages call `name`, with the report of the same organ among last year's."""
    report = reading.read_document(content, told, name, asked.given, nameless=True)
    return inspect_report(asked, report, source, asked.decisions)


def inspect_report(asked: Asked, report: Report, source: str, decisions: Mapping[str, Decision]) -> Inspected:
    """Inspect one report of many."""
    before = asked.last[0] if asked.alone and len(asked.last) == 1 else _own(report, asked.last)
    return inspect(report, before, decisions, source=source)


def unread(source: Path, failure: Failure) -> Inspected:
    """What is told of a file upon which nothing could be inspected."""
    return Inspected(Findings(str(source), "", failure.problems), failure.code)


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


def sarif(inspected: Sequence[Inspected]) -> str:
    """All findings for other programs."""
    from importlib.metadata import version

    from nianbao.media.findings import sarif

    return sarif.write([result.found for result in inspected], version("nianbao"))


def to_json(inspected: Sequence[Inspected], besides: Sequence[Problem] = ()) -> dict[str, object]:
    """All findings as `check --json` prints them; those settled by a decision apart, with it.

    `besides` is what is told of no report: of files that were not read, of organs without a report.
    """
    found = [*besides, *(problem for result in inspected for problem in result.found.open)]
    return {
        "problems": [problem.to_json() for problem in found],
        "settled": [
            problem.to_json() | {"decision": decision.to_json()}
            for result in inspected
            for problem, decision in result.found.settled
        ],
    }
