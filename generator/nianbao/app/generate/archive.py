"""Making and keeping in one go: `generate --archive`, `archive add`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from nianbao.app import reading
from nianbao.app.generate.job import Job, Options, prepare
from nianbao.app.generate.output_folder import OutputFolder
from nianbao.app.generate.pipeline import RenderContext, make
from nianbao.app.outcome import DONE, Outcome, exit_code, problems
from nianbao.report import Place, Problem, ProblemsFound, Severity

if TYPE_CHECKING:
    from nianbao.app.archive.manifest import Kept


def archived(outcome: Outcome, name: str, asked: Job, store: OutputFolder, options: Options) -> Outcome:
    """The outcome with the archive's folder among what was made, or with why nothing was kept."""
    if not outcome.made or outcome.code != DONE:
        return outcome
    try:
        return replace(outcome, made=(*outcome.made, _keep(outcome, name, asked, store, options)))
    except Exception as error:  # the report is made, whatever becomes of the archive
        found = (*outcome.problems, *problems(error, outcome.source))
        return replace(outcome, problems=found, code=exit_code(error))


def _keep(outcome: Outcome, name: str, asked: Job, store: OutputFolder, options: Options) -> Path:
    from nianbao.app.archive.package import whole
    from nianbao.app.archive.store import Archive

    content = outcome.source.read_bytes()
    made = {path.suffix[1:]: path.read_bytes() for path in outcome.made}
    if store.unchanged(outcome.source, asked.key(name, content)) is None:
        what, mend = "填报文件在生成之后又改动过，没有归档", "请重新生成"
        raise ProblemsFound([Problem("source-changed", Severity.ERROR, what, mend, (Place(name),))])
    report = reading.read_content(content, name)
    kept = whole(report, outcome.source.name, content, made, outcome.problems, template=options.template)
    return Archive(options.output / "archive").add(kept, options.reason).folder


def keep(
    source: Path, name: str, given: Mapping[str, bytes] | None = None, template: Path | None = None
) -> tuple[Kept, tuple[Problem, ...]]:
    """What is to be kept of one file: with Word, PDF and web page, made as `generate` makes them.

    `given` are files that were really published, by suffix, in place of those made. A published report
    is kept as it is. Raises ProblemsFound where the report has errors, Unreadable, OSError.
    """
    from nianbao.app.archive.package import whole

    content = source.read_bytes()
    if PurePath(source.name).suffix.lower() in reading.PUBLISHED:
        report = reading.read_content(content, name)
        return whole(report, source.name, content, {}, report.reading), report.reading
    options = Options(Path(), pdf=True, html=True, template=template)
    artifacts = make(RenderContext(prepare(options)), name, content)
    if not artifacts.files:
        raise ProblemsFound(artifacts.problems)
    report = reading.read_content(content, name)
    made = {**artifacts.files, **(given or {})}
    return whole(
        report, source.name, content, made, artifacts.problems, given or {}, template
    ), artifacts.problems
