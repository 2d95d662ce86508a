"""`generate --archive`: what was just made is kept; and what is kept is not made anew by accident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.app.generate.order import Options, Order
from generator.app.generate.store import Store
from generator.app.outcome import DONE, Outcome, exit_code, problems
from generator.report import Place, Problem, ProblemsFound, Severity


def closed(root: Path, stem: Sequence[str], source: Path, made: Mapping[str, bytes]) -> Problem | None:
    """The problem with making a report of a year that is archived, from another source and with another text.

    `stem` is year, organ and title as file names. Raises what reading the archive raises.
    """
    from generator.app.archive.manifest import digest
    from generator.app.archive.store import Archive

    last = Archive(root).newest(stem[1], int(stem[0]))
    if last is None:
        return None
    folder, manifest = last
    kept = {said["sha256"] for said in manifest.files.values()}
    if digest(source.read_bytes()) in kept or digest(made["docx"]) in kept:
        return None
    what = (
        f"{manifest.organ} {manifest.year} 年已于 {manifest.when[:10]} 归档为第 {manifest.revision} 版，"
        "内容与这次不同，没有生成"
    )
    mend = "确要更正的，请用 --archive --reason 写明理由；只是试作的，请加 --draft"
    return Problem("year-closed", Severity.ERROR, what, mend, (Place(str(folder)),))


def archived(outcome: Outcome, name: str, asked: Order, store: Store, options: Options) -> Outcome:
    """The outcome with the archive's folder among what was made, or with why nothing was kept."""
    if not outcome.made or outcome.code != DONE:
        return outcome
    try:
        return replace(outcome, made=(*outcome.made, _keep(outcome, name, asked, store, options)))
    except Exception as error:  # the report is made, whatever becomes of the archive
        found = (*outcome.problems, *problems(error, outcome.source))
        return replace(outcome, problems=found, code=exit_code(error))


def _keep(outcome: Outcome, name: str, asked: Order, store: Store, options: Options) -> Path:
    from generator.app import reading
    from generator.app.archive.keeping import whole
    from generator.app.archive.store import Archive

    content = outcome.source.read_bytes()
    made = {path.suffix[1:]: path.read_bytes() for path in outcome.made}
    if store.unchanged(outcome.source, asked.key(name, content)) is None:
        what, mend = "填报文件在生成之后又改动过，没有归档", "请重新生成"
        raise ProblemsFound([Problem("source-changed", Severity.ERROR, what, mend, (Place(name),))])
    report = reading.read_content(content, name)
    kept = whole(report, outcome.source.name, content, made, outcome.problems, template=options.template)
    return Archive(options.output / "archive").add(kept, options.reason).folder
