"""One report from bytes to bytes: what a worker does, on whatever machine it stands."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from nianbao.app import content_kind, files, reading
from nianbao.app.archive import package
from nianbao.app.archive.manifest import Package
from nianbao.app.findings import findings
from nianbao.app.generate.job import DOCX, HTML, PDF, Job
from nianbao.app.generate.outputs import OUTPUTS, Merged, Written, merge
from nianbao.app.outcome import DONE, FILES, PROBLEMS, Failure, exit_code, problems
from nianbao.app.workers import Limits, Workers, hire, processors
from nianbao.mandate import Mandate
from nianbao.media import word
from nianbao.report import Problem, ProblemsFound, Report, Severity, complete

WORTH = {True: 4, False: 60}  # reports, with PDF or charts or without, for which a second process pays
TASKS = {True: 60, False: 250}  # that one worker is given, with PDFs or without; then a fresh one takes
# its place, so that memory cannot grow: WeasyPrint and Pango keep some 0.2 MB of every report
MAKING = ("nianbao.app.generate.pipeline", "nianbao.media.workbook.read", "nianbao.media.exchange")
Given = Mapping[str, tuple[str, bytes]]  # files that were really published: name and bytes, by suffix
UNCOLLECTED = 20  # reports whose remains may wait in memory: little is left of one, but for its printed pages


@dataclass(frozen=True)
class Artifacts:
    """What came of one file: the files made, by suffix, and every problem found.

    `stem` says where they go, below the output folder and without suffix. `code` is the exit code;
    `name` is the file's in messages. `unsound` where the template is what is wrong, `blameless` where
    at least it is not the file. `package` is what the archive keeps of it, where that was asked for.
    """

    name: str
    stem: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    code: int = DONE
    draft_helps: bool = False  # it was refused for errors that a draft may have
    unsound: bool = False
    blameless: bool = False
    package: Package | None = None

    @classmethod
    def failed(cls, name: str, failure: Failure) -> Artifacts:
        """What came of a file upon which something was raised."""
        return cls(name, problems=failure.problems, code=failure.code, blameless=failure.blameless)


class RenderContext:
    """What the reports of one job share: templates, opened and proved once."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._templates: dict[str, word.Template | ProblemsFound] = {}
        self._made = 0

    def template(self, mandate: Mandate) -> word.Template:
        """The template for one edition; raise ProblemsFound where it is not sound."""
        edition = mandate.edition.key
        if edition not in self._templates:
            self._templates[edition] = _open(*self.job.templates[edition], mandate)
        known = self._templates[edition]
        if isinstance(known, ProblemsFound):
            raise type(known)(known.problems)
        return known

    def doing(self, job: Job) -> RenderContext:
        """The same templates for another job that has them."""
        context = RenderContext(job)
        context._templates = self._templates
        return context

    def clear(self) -> None:
        """Have what holds itself in memory collected, which otherwise is done rarely."""
        self._made += 1
        if self._made % UNCOLLECTED == 0:
            gc.collect()
        elif self.job.printed:
            gc.collect(0)  # WeasyPrint's boxes and styles hold one another, 5 MB of each report


def make(
    context: RenderContext,
    name: str,
    content: bytes,
    *,
    keep: bool = False,
    given: Given | None = None,
) -> Artifacts:
    """Read, check, merge and print one filled-in file; whatever happens is told in what is returned.

    With `keep` also what the archive keeps of it; `given` are files that were really published, by
    suffix with their names: they take the place of those made, a PDF is printed of the Word document
    given, and where they do not agree with what was filled in is told.
    """
    try:
        return _make(context, name, content, keep, given or {})
    except Exception as error:  # a bug with one file is no reason to lose the others
        return Artifacts.failed(name, Failure.of(error, name))
    finally:
        context.clear()


def _make(context: RenderContext, name: str, content: bytes, keep: bool, given: Given) -> Artifacts:
    job = context.job
    report = reading.read_content(content, name)
    found, settled = findings(report)
    if not job.draft and any(_refuses(problem) for problem in found):
        return Artifacts(name, problems=found, code=PROBLEMS, draft_helps=True)
    differing = _differing(report, given) if given else ()
    if any(problem.severity is Severity.ERROR for problem in differing):
        return Artifacts(name, problems=(*found, *differing), code=PROBLEMS)
    try:
        template = None if DOCX in given else context.template(report.mandate)
    except ProblemsFound as caught:
        return Artifacts(name, problems=(*found, *caught.problems), code=exit_code(caught), unsound=True)
    try:
        if template is None:
            file, document = given[DOCX]
            merged = Merged(job, report, document, name, content, edited=file)
        else:
            merged = merge(job, template, report, name, content)
            found = (*found, *(told for told in template.told if told.severity is Severity.WARNING))
        found = (*found, *differing, *merged.problems)
        artifacts = Artifacts(name, files.target(report, draft=job.draft), problems=found)
        for kind in _kinds(job, differing):
            written = (given[kind][1], ()) if kind in given else None
            artifacts = with_output(artifacts, kind, written) if written else write(artifacts, merged, kind)
    except ProblemsFound as caught:
        return Artifacts(name, problems=(*found, *caught.problems), code=exit_code(caught))
    if keep and artifacts.files and artifacts.code == DONE:
        from_template = None if template is None else job.templates[report.mandate.edition.key]
        by = package.made_with(from_template, _families(merged), given)
        kept = package.package(report, name, content, artifacts.files, artifacts.problems, settled, by)
        artifacts = replace(artifacts, package=kept)
    if artifacts.code == DONE and not complete(found):
        return replace(artifacts, code=FILES, blameless=True)
    return artifacts


def _refuses(problem: Problem) -> bool:
    """Whether a finding stops the report: an error in it, not one of ours."""
    return problem.severity is Severity.ERROR and complete([problem])


def _differing(report: Report, given: Given) -> tuple[Problem, ...]:
    """Where the files given do not agree with what was filled in."""
    from nianbao.app import agreement

    return tuple(agreement.of_given(report, [given[kind] for kind in (DOCX, PDF) if kind in given]))


def _kinds(job: Job, differing: Iterable[Problem]) -> Iterator[str]:
    """What is to be made; no web page where what was published differs, for it is of what was filled in."""
    differs = any(problem.severity is not Severity.NOTICE for problem in differing)
    return (kind for kind in job.outputs if not (differs and kind == HTML))


def write(artifacts: Artifacts, merged: Merged, kind: str) -> Artifacts:
    """The artifacts with one kind of file more."""
    if not artifacts.files and artifacts.code != DONE:
        return artifacts
    try:
        content, warnings = OUTPUTS[kind].write(merged)
    except ProblemsFound as caught:
        if merged.job.printed and kind == PDF:
            return with_output(artifacts, kind, caught)
        raise
    told = replace(artifacts, problems=(*artifacts.problems, *warnings))
    return told if content is None else with_output(told, kind, (content, ()))


def _families(merged: Merged) -> tuple[str, ...]:
    """The fonts that the Word document asks for; none of one that could not be printed."""
    try:
        return merged.page.families
    except ProblemsFound:
        return ()


def with_output(artifacts: Artifacts, kind: str, written: Written | Exception) -> Artifacts:
    """The artifacts with a file more, or with what came of making it: the others may be good without."""
    if isinstance(written, tuple):
        content, warnings = written
        made, all_problems = {**artifacts.files, kind: content}, (*artifacts.problems, *warnings)
        return replace(artifacts, files=made, problems=all_problems)
    told = (*artifacts.problems, *problems(written, Path(artifacts.name)))
    if isinstance(written, ProblemsFound):
        errors = {problem.code for problem in written.problems if problem.severity is Severity.ERROR}
        if errors <= OUTPUTS[kind].spares:
            return replace(artifacts, problems=told, code=PROBLEMS)
    return Artifacts(artifacts.name, problems=told, code=exit_code(written))


def _open(name: str, content: bytes, mandate: Mandate) -> word.Template | ProblemsFound:
    try:
        content_kind.require(content, name, content_kind.DOCX)
        template = word.Template(content, name)
        wrong = word.check(template, mandate)
    except ProblemsFound as caught:
        return caught
    errors = [problem for problem in wrong if problem.severity is Severity.ERROR]
    return ProblemsFound(errors) if errors else template


def workers(job: Job, pending: int, jobs: int | None = None, cluster: str = "") -> Workers:
    """Those who make so many reports: a cluster's, or as many processes as are asked for or worth it."""
    if cluster:
        from nianbao.app.generate.cluster import Cluster

        return Cluster(job, cluster)
    from nianbao.media import pdf, word

    printing = ("nianbao.media.word.html", *pdf.PRELOADED) if job.printed else ()
    preload = (*MAKING, *word.PRELOADED, *printing)
    limits = Limits(tasks=TASKS[job.printed])
    context = partial(RenderContext, job)
    return hire(context, jobs or _worth(job, pending), limits=limits, preload=preload, doing="生成")


def _worth(job: Job, pending: int) -> int:
    """How many processes so many reports are worth."""
    return max(1, min(processors(), pending * 2 // WORTH[job.printed or job.charts]))
