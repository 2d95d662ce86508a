"""From filled-in files to official reports: many, whole or not at all, and only what changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from nianbao.app import offices
from nianbao.app.generate.archive import archived
from nianbao.app.generate.job import Job, Options, prepare
from nianbao.app.generate.output_folder import OutputFolder
from nianbao.app.generate.pipeline import Artifacts, already_told, failed, with_pdf
from nianbao.app.generate.workers import Task, Workers
from nianbao.app.outcome import Outcome
from nianbao.app.sources import names as named
from nianbao.report import Problem, Severity

TOGETHER = 100  # reports that LibreOffice prints by one start
WORTH = {True: 4, False: 60}  # reports, with PDF or charts or without, for which a second process pays


def generate_all(sources: Sequence[Path], options: Options) -> Iterator[Outcome]:
    """Make the files of many reports; their outcomes in the sources' order, whatever happens to one.

    What lies there already as it would be made is left alone. Raises OSError where the template
    cannot be read, and ProblemsFound where a cluster cannot be used.
    """
    asked = prepare(options, sources)
    names = dict(zip(sources, named(sources), strict=True))
    store = OutputFolder(options)
    told = _Told()
    try:
        known = {source: _known(source, names[source], asked, store) for source in sources}
        pending = [source for source in sources if known[source] is None]
        keys: dict[Path, str] = {}
        tasks = (_task(source, names[source], asked, keys) for source in pending)
        with _workers(asked, options, len(pending)) as workers:
            products = workers.products(tasks)
            if asked.pdf and not asked.printed:
                products = _printed(products)
            for source in sources:
                outcome = known[source]
                if outcome is None:
                    artifacts = told.artifacts(next(products))  # only now its key is known
                    outcome = store.place(source, keys.get(source, ""), artifacts)
                if options.archive:
                    outcome = archived(outcome, names[source], asked, store, options)
                yield told.outcome(outcome, store.record.trouble)
    finally:
        store.close()


def _known(source: Path, name: str, asked: Job, store: OutputFolder) -> Outcome | None:
    """The outcome of what has not changed; of what cannot even be read, nothing is known."""
    try:
        return store.unchanged(source, asked.key(name, source.read_bytes()))
    except OSError:
        return None


def _task(source: Path, name: str, asked: Job, keys: dict[Path, str]) -> Task | Artifacts:
    try:
        content = source.read_bytes()
    except OSError as error:
        return failed(name, error)
    keys[source] = asked.key(name, content)  # of these bytes, whatever becomes of the file meanwhile
    return Task(name, content)


def _workers(asked: Job, options: Options, pending: int) -> Workers:
    if options.cluster:
        from nianbao.app.generate.workers.cluster import Cluster

        return Cluster(asked, options.cluster)
    jobs = options.jobs or _worth(asked, pending)
    if jobs == 1:
        from nianbao.app.generate.workers.serial import Serial

        return Serial(asked)
    from nianbao.app.generate.workers.pool import Pool

    return Pool(asked, jobs)


def _worth(asked: Job, pending: int) -> int:
    """How many processes so many reports are worth."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, pending * 2 // WORTH[asked.printed or asked.charts]))


def _printed(products: Iterator[Artifacts]) -> Iterator[Artifacts]:
    """The products with their PDFs, printed by LibreOffice many at a time: it takes a second to start."""
    while group := list(islice(products, TOGETHER)):
        made = [one for one in group if one.files]
        pdfs = iter(offices.print_all([(one.name, one.files["docx"]) for one in made]))
        for one in group:
            if not one.files:
                yield one
                continue
            printed = next(pdfs)
            yield with_pdf(
                one, printed if isinstance(printed, Exception) else (printed.pdf, printed.problems)
            )


class _Told:
    """What this run has said already; what holds for all reports is said once."""

    def __init__(self) -> None:
        self._said: set[Problem] = set()
        self._templates: set[tuple[Problem, ...]] = set()

    def artifacts(self, artifacts: Artifacts) -> Artifacts:
        """The artifacts; what is wrong with the template in full for the first report only."""
        if not artifacts.unsound:
            return artifacts
        wrong = tuple(one for one in artifacts.problems if one.severity is Severity.ERROR)
        if wrong not in self._templates:
            self._templates.add(wrong)
            return artifacts
        problem = already_told(wrong[0].places[0].file, len(wrong))
        return Artifacts(artifacts.name, problems=(problem,), code=artifacts.code)

    def outcome(self, outcome: Outcome, trouble: Problem | None) -> Outcome:
        """The outcome without what is about no file and has been said; with the trouble of the run, once."""
        found = [one for one in outcome.problems if one.places or one not in self._said]
        if trouble is not None and trouble not in self._said:
            found.append(trouble)
            self._said.add(trouble)
        self._said.update(one for one in found if not one.places)
        return replace(outcome, problems=tuple(found))
