"""What the archive keeps of a report, and whether it lets a report be made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nianbao.app import files, missing_glyphs
from nianbao.app.archive.manifest import REPORT, SOURCE, Kept, digest
from nianbao.app.archive.store import Archive
from nianbao.app.build_id import TEMPLATES, program
from nianbao.media import exchange
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, check, settle

DATA = "报告数据.json"  # the report as exchange JSON


def closed(root: Path, stem: Sequence[str], source: Path, made: Mapping[str, bytes]) -> Problem | None:
    """The problem with making a report of a year that is archived, from another source and with another text.

    `stem` is year, organ and title as file names. Raises what reading the archive raises.
    """
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


def whole(
    report: Report,
    source: str,
    content: bytes,
    made: Mapping[str, bytes],
    found: Iterable[Problem],
    given: Iterable[str] = (),
    template: Path | None = None,
) -> Kept:
    """One report with its source and what was made of it, by suffix."""
    _, folder, stem = files.target(report, draft=False)
    named = {DATA: (REPORT, exchange.write(report).encode("utf-8"))}
    named |= {f"{stem}.{kind}": (kind, made[kind]) for kind in sorted(made)}
    own = files.safe_name(source)
    named[own if own not in named else f"原件-{own}"] = (SOURCE, content)
    _, decided = settle(check(report), report.decisions)
    return Kept(
        organ=report.organ,
        year=report.year,
        title=report.title,
        folder=folder,
        edition=report.mandate.edition.key,
        decree=report.mandate.edition.decree,
        files=named,
        by=_by(report.mandate.edition.key, template, made)
        | {"given": sorted(f"{stem}.{kind}" for kind in given)},
        findings=tuple(problem.to_json() for problem in found),
        decisions={
            one.problem.fingerprint: {**one.decision.to_json(), "finding": str(one.problem)}
            for one in decided
        },
    )


def _by(edition: str, template: Path | None, made: Mapping[str, bytes]) -> dict[str, Any]:
    """What files were made with: the program; the template and the fonts, where there is a Word document."""
    by: dict[str, Any] = {"program": {"version": version("nianbao"), "sha256": program()}}
    if "docx" in made:
        path = template or TEMPLATES / f"{edition}.docx"
        by["template"] = {"name": path.name, "sha256": digest(path.read_bytes())}
        by["fonts"] = _fonts(made["docx"])
    return by


def _fonts(document: bytes) -> list[dict[str, object]]:
    """The fonts that a Word document asks for, and what serves for each here."""
    from nianbao.media import fonts
    from nianbao.media.word import html

    try:
        asked = html.convert(document, "").families
    except ProblemsFound:  # given by hand, and none that could be printed
        return []
    return [missing_glyphs.to_json(one) for one in fonts.substitutions(asked)] if asked else []
