"""One report from bytes to bytes: what a worker does, on whatever machine it stands."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.app import charts, files, printing, reading
from nianbao.app.generate.job import Job
from nianbao.app.outcome import DONE, PROBLEMS, exit_code, problems
from nianbao.mandate import Mandate
from nianbao.media import word
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, check, settle

HELD = 20  # reports whose remains may wait in memory: little is left of one, but for its printed pages


@dataclass(frozen=True)
class Artifacts:
    """What came of one file: the files made, by suffix, and every problem found.

    `stem` says where they go, below the output folder and without suffix. `code` is the exit code;
    `name` is the file's in messages. `unsound` where the template is what is wrong, `blameless` where
    at least it is not the file.
    """

    name: str
    stem: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    code: int = DONE
    draft_helps: bool = False  # it was refused for errors that a draft may have
    unsound: bool = False
    blameless: bool = False


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

    def clear(self) -> None:
        """Have what holds itself in memory collected, which otherwise is done rarely."""
        self._made += 1
        if self._made % HELD == 0:
            gc.collect()
        elif self.job.printed:
            gc.collect(0)  # WeasyPrint's boxes and styles hold one another, 5 MB of each report


def make(context: RenderContext, name: str, content: bytes) -> Artifacts:
    """Read, check, merge and print one filled-in file; whatever happens is told in what is returned."""
    try:
        return _make(context, name, content)
    except Exception as error:  # a bug with one file is no reason to lose the others
        return failed(name, error)
    finally:
        context.clear()


def failed(name: str, error: Exception) -> Artifacts:
    """What came of a file upon which something was raised."""
    blameless = not isinstance(error, ProblemsFound | OSError)
    return Artifacts(name, problems=problems(error, Path(name)), code=exit_code(error), blameless=blameless)


def _make(context: RenderContext, name: str, content: bytes) -> Artifacts:
    job = context.job
    report = reading.read_content(content, name)
    found, _ = settle(check(report), report.decisions)
    if not job.draft and any(one.severity is Severity.ERROR for one in found):
        return Artifacts(name, problems=found, code=PROBLEMS, draft_helps=True)
    try:
        template = context.template(report.mandate)
    except ProblemsFound as caught:
        return Artifacts(name, problems=(*found, *caught.problems), code=exit_code(caught), unsound=True)
    try:
        document = word.merge(template, report, draft=job.draft)
        charted = charts.chart(report, job.earlier, draft=job.draft) if job.charts else charts.Charted()
        document = word.illustrate(document, charted.drawings)
        found = (*found, *charted.problems)
        made = {"docx": document}
        if job.html:
            from nianbao.media import webpage

            made["html"] = webpage.write(report, charted.drawings, draft=job.draft).encode("utf-8")
        if job.pdf and not job.printed:
            found = (*found, *printing.look(document, report))
    except ProblemsFound as caught:
        return Artifacts(name, problems=(*found, *caught.problems), code=exit_code(caught))
    artifacts = Artifacts(name, files.target(report, draft=job.draft), made, found)
    return _print(context, artifacts, report, content) if job.printed else artifacts


def _print(context: RenderContext, artifacts: Artifacts, report: Report, content: bytes) -> Artifacts:
    attached = (Path(artifacts.name).name, content) if context.job.attach else None
    try:
        printed = printing.print_one(artifacts.files["docx"], report, attached)
    except ProblemsFound as caught:
        return with_pdf(artifacts, caught)
    return with_pdf(artifacts, printed)


def with_pdf(artifacts: Artifacts, printed: tuple[bytes, tuple[Problem, ...]] | Exception) -> Artifacts:
    """The artifacts with its PDF, or with what came of printing it: the Word document may be good without."""
    name, stem, made, found = artifacts.name, artifacts.stem, artifacts.files, artifacts.problems
    if isinstance(printed, tuple):
        pdf, warnings = printed
        return Artifacts(name, stem, {**made, "pdf": pdf}, (*found, *warnings), artifacts.code)
    told = (*found, *problems(printed, Path(name)))
    if isinstance(printed, ProblemsFound):
        errors = {one.code for one in printed.problems if one.severity is Severity.ERROR}
        if errors <= printing.UNAVAILABLE:
            return Artifacts(name, stem, made, told, PROBLEMS)
    return Artifacts(name, problems=told, code=exit_code(printed))


def _open(name: str, content: bytes, mandate: Mandate) -> word.Template | ProblemsFound:
    try:
        template = word.Template(content, name)
        found = word.check(template, mandate)
    except ProblemsFound as caught:
        return caught
    return ProblemsFound(found) if found else template


def already_told(template: str, found: int) -> Problem:
    """What is said of an unsound template from the second report on."""
    what, mend = f"模板不能用，有 {found} 处问题，见前", "请先改好模板"
    return Problem("template-unsound", Severity.ERROR, what, mend, (Place(template),))
