"""Making and keeping in one go: `generate --archive`, `archive add`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from nianbao.app import reading
from nianbao.app.archive import package
from nianbao.app.archive.manifest import Package
from nianbao.app.archive.store import Added, Archive
from nianbao.app.findings import findings
from nianbao.app.generate.job import Job
from nianbao.app.generate.output_folder import OutputFolder
from nianbao.app.generate.pipeline import Artifacts, Given, RenderContext, make, workers
from nianbao.app.outcome import PROBLEMS, Failure, Outcome, exit_code, problems
from nianbao.app.workers import Task, task
from nianbao.report import Place, Problem, ProblemsFound, rule


def archived(
    outcome: Outcome, name: str, job: Job, folder: OutputFolder, kept: Package | None = None
) -> Outcome:
    """The outcome with the archive's folder among what was made, or with why nothing was kept.

    `kept` was put together when the report was made; of one that lies there unchanged it is done now.
    """
    if not outcome.made or outcome.code == PROBLEMS:
        return outcome
    try:
        added = folder.archive.add(kept or _as_it_lies(outcome, name, job, folder), folder.delivery.reason)
        return replace(outcome, made=(*outcome.made, added.folder))
    except Exception as error:  # the report is made, whatever becomes of the archive
        all_problems = (*outcome.problems, *problems(error, outcome.source))
        return replace(outcome, problems=all_problems, code=exit_code(error))


def _as_it_lies(outcome: Outcome, name: str, job: Job, folder: OutputFolder) -> Package:
    """What is to be kept of a report that was made in an earlier run and has not changed."""
    content = outcome.source.read_bytes()
    made = {path.suffix[1:]: path.read_bytes() for path in outcome.made}
    if folder.unchanged(outcome.source, job.key(name, content)) is None:
        what, mend = "填报文件在生成之后又改动过，没有归档", "请重新生成"
        raise ProblemsFound([rule("source-changed").broken(what, mend, (Place(name),))])
    report = reading.read_content(content, name)
    _, settled = findings(report) if report.decisions else ((), ())
    by = package.made_with(job.templates[report.mandate.edition.key], package.families(made["docx"]))
    return package.package(report, outcome.source.name, content, made, outcome.problems, settled, by)


@dataclass(frozen=True)
class Kept(Outcome):
    """What came of keeping one file: where it lies now, if it was kept."""

    added: Added | None = None


def keep_all(
    sources: Sequence[Path],
    archive: Archive,
    job: Job,
    *,
    reason: str = "",
    given: Given | None = None,
    jobs: int | None = None,
) -> Iterator[Kept]:
    """Keep files in the archive, with Word, PDF and web page, made as `generate` makes them.

    `given` are files that were really published, by suffix with their names, in place of those made;
    where they differ from what was filled in is told, and kept with them. A published report is kept as
    it is. What came of each is told in the sources' order.
    """
    called = {source: str(source) if len(sources) > 1 else source.name for source in sources}
    with workers(job, len(sources), jobs) as crew:
        results = crew.results(_task(source, called[source], given or {}) for source in sources)
        for source, result in zip(sources, results, strict=True):
            yield _kept(source, archive, result, reason)


def _task(source: Path, name: str, given: Given) -> Task | Failure:
    if source.suffix.lower() not in reading.PUBLISHED:
        return task(source, name, partial(make, keep=True, given=given))
    try:
        content = source.read_bytes()
        return Task(name, as_published, (content, *reading.converted(content, name)))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, name)


def as_published(
    _: RenderContext, name: str, content: bytes, document: bytes, told: tuple[Problem, ...]
) -> Artifacts:
    """What is to be kept of a published report: the file itself, and what was read in it.

    `document` is what can be read of it, with what is to be told of that.
    """
    report = reading.read_document(document, told, name)
    kept = package.package(report, name, content, {}, report.reading)
    return Artifacts(name, problems=report.reading, package=kept)


def _kept(source: Path, archive: Archive, result: Artifacts | Failure, reason: str) -> Kept:
    if isinstance(result, Failure) or result.package is None:
        return Kept(source, result.problems, result.code, blameless=result.blameless)
    try:
        return Kept(source, result.problems, result.code, added=archive.add(result.package, reason))
    except Exception as error:  # a full disk, or a bug: the others go on
        all_problems = (*result.problems, *problems(error, source))
        return Kept(source, all_problems, exit_code(error), blameless=True)
