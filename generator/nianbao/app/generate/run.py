"""From filled-in files to official reports: many, whole or not at all, and only what changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import files, pdf_engines
from nianbao.app.archive import package
from nianbao.app.generate.archive import archived
from nianbao.app.generate.job import DOCX, PDF, Delivery, Job
from nianbao.app.generate.output_folder import OutputFolder
from nianbao.app.generate.pipeline import Artifacts, make, with_output, workers
from nianbao.app.outcome import Failure, Outcome
from nianbao.app.sources import names as names_of
from nianbao.app.workers import Task, task
from nianbao.report import Place, Problem, Severity, rule

if TYPE_CHECKING:
    from nianbao.media.office import Converted

_log = logging.getLogger(__name__)
ALTERED = "template-altered"  # the code of what every report has from its template
TOGETHER = 100  # reports that LibreOffice prints by one start


def generate_all(sources: Sequence[Path], job: Job, delivery: Delivery) -> Iterator[Outcome]:
    """Make the files of many reports; their outcomes in the sources' order, whatever happens to one.

    What lies there already as it would be made is left alone. Raises ProblemsFound where a cluster
    cannot be used.
    """
    names = dict(zip(sources, names_of(sources), strict=True))
    folder = OutputFolder(delivery, draft=job.draft)
    told = Told()
    try:
        known = {source: _known(source, names[source], job, folder) for source in sources}
        pending = [source for source in sources if known[source] is None]
        keys: dict[Path, str] = {}
        tasks = (_task(source, names[source], job, keys, keep=delivery.archive) for source in pending)
        _log.info("%d 份，其中 %d 份没有变，不重做", len(sources), len(sources) - len(pending))
        with workers(job, len(pending), delivery.jobs, delivery.cluster) as crew:
            results = printed(job, artifacts_of(pending, names, crew.results(tasks)))
            for source in sources:
                outcome, kept = known[source], None
                if outcome is None:
                    artifacts = told.artifacts(next(results))  # only now its key is known
                    outcome, kept = folder.place(source, keys.get(source, ""), artifacts), artifacts.package
                if delivery.archive:
                    outcome = archived(outcome, names[source], job, folder, kept)
                yield told.outcome(outcome, folder.record.trouble)
    finally:
        folder.close()


def _known(source: Path, name: str, job: Job, folder: OutputFolder) -> Outcome | None:
    """The outcome of what has not changed; of what cannot even be read, nothing is known."""
    try:
        return folder.unchanged(source, job.key(name, files.read(source)))
    except OSError:
        return None


def _task(source: Path, name: str, job: Job, keys: dict[Path, str], *, keep: bool) -> Task | Failure:
    made = task(source, name, partial(make, keep=keep))
    if isinstance(made, Task):
        keys[source] = job.key(name, *made.args)  # of these bytes, whatever becomes of the file meanwhile
    return made


def artifacts_of(
    pending: Sequence[Path], names: dict[Path, str], results: Iterator[Artifacts | Failure]
) -> Iterator[Artifacts]:
    """What came of each file, also of one upon which something was raised."""
    for source, result in zip(pending, results, strict=True):
        yield Artifacts.failed(names[source], result) if isinstance(result, Failure) else result


def printed(job: Job, made: Iterator[Artifacts]) -> Iterator[Artifacts]:
    """The artifacts with their PDFs, printed by LibreOffice or Word, which are started once for many."""
    if PDF not in job.outputs or job.printed:
        yield from made
        return
    while group := list(islice(made, TOGETHER)):
        documents = [(artifacts.name, artifacts.files[DOCX]) for artifacts in group if artifacts.files]
        pdfs = iter(pdf_engines.print_all(job.engine, documents))
        for artifacts in group:
            yield _with_pdf(artifacts, next(pdfs)) if artifacts.files else artifacts


def _with_pdf(artifacts: Artifacts, printed: Converted | Exception) -> Artifacts:
    written = printed if isinstance(printed, Exception) else (printed.pdf, printed.problems)
    whole = with_output(artifacts, PDF, written)
    if whole.package is None or PDF not in whole.files:
        return whole
    kept = package.completed(whole.package, whole.stem[-1], {PDF: whole.files[PDF]}, whole.problems)
    return replace(whole, package=kept)


class Told:
    """What this run has said already; what holds for all reports is said once."""

    def __init__(self) -> None:
        self._said: set[Problem] = set()
        self._templates: set[tuple[Problem, ...]] = set()

    def artifacts(self, artifacts: Artifacts) -> Artifacts:
        """The artifacts; what is wrong with the template in full for the first report only."""
        if not artifacts.unsound:
            return artifacts
        wrong = tuple(problem for problem in artifacts.problems if problem.severity is Severity.ERROR)
        if wrong not in self._templates:
            self._templates.add(wrong)
            return artifacts
        problem = _already_told(wrong[0].places[0].file, len(wrong))
        return Artifacts(artifacts.name, problems=(problem,), code=artifacts.code)

    def outcome(self, outcome: Outcome, trouble: Problem | None) -> Outcome:
        """The outcome without what holds for all reports and has been said; with the run's trouble, once."""
        told = [problem for problem in outcome.problems if _of_one(problem) or problem not in self._said]
        if trouble is not None and trouble not in self._said:
            told.append(trouble)
            self._said.add(trouble)
        self._said.update(problem for problem in told if not _of_one(problem))
        return replace(outcome, problems=tuple(told))


def _of_one(problem: Problem) -> bool:
    """Whether a problem is one report's own: it is about a file, and that is not the template."""
    return bool(problem.places) and problem.code != ALTERED


def _already_told(template: str, count: int) -> Problem:
    """What is said of an unsound template from the second report on."""
    what, mend = f"模板不能用，有 {count} 处问题，见前", "请先改好模板"
    return rule("template-unsound").broken(what, mend, (Place(template),))
