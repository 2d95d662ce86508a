"""What the archive keeps of a report, and whether it lets a report be made anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nianbao.app import files, missing_glyphs
from nianbao.app.archive.manifest import DATA, MANIFEST, REPORT, SOURCE, Package, digest, local
from nianbao.app.archive.store import Archive
from nianbao.app.build_id import program
from nianbao.media import exchange
from nianbao.report import Place, Problem, ProblemsFound, Report, Settled, rule


def closed(archive: Archive, stem: Sequence[str], source: bytes, document: bytes) -> Problem | None:
    """The problem with making a report of a year that is archived, from another source and with another text.

    `stem` is year, organ and title as file names. Raises what reading the archive raises.
    """
    last = archive.newest(stem[1], int(stem[0]))
    if last is None:
        return None
    folder, manifest = last
    kept = {file["sha256"] for file in manifest.files.values()}
    if digest(source) in kept or digest(document) in kept:
        return None
    day = local(manifest.when)[:10]
    what = (
        f"{manifest.organ} {manifest.year} 年已于 {day} 归档为第 {manifest.revision} 版，"
        "内容与这次不同，没有生成"
    )
    mend = "确要更正的，请用 --archive --reason 写明理由；只是试作的，请加 --draft"
    return rule("year-closed").broken(what, mend, (Place(str(folder)),))


def package(
    report: Report,
    source: str,
    content: bytes,
    made: Mapping[str, bytes],
    problems: Iterable[Problem],
    settled: Iterable[Settled] = (),
    by: Mapping[str, Any] | None = None,
) -> Package:
    """One report with its source and what was made of it, by suffix; `by` is what `made_with` returns."""
    _, folder, stem = files.target(report, draft=False)
    by = dict(by or made_with())
    named = {DATA: (REPORT, exchange.write(report).encode("utf-8"))}
    named |= {f"{stem}.{kind}": (kind, made[kind]) for kind in sorted(made)}
    own = files.safe_name(Path(source).name)
    taken = {name.casefold() for name in (*named, MANIFEST)}  # what some systems take for the same name
    named[own if own.casefold() not in taken else f"原件-{own}"] = (SOURCE, content)
    return Package(
        organ=report.organ,
        year=report.year,
        title=report.title,
        folder=folder,
        edition=report.mandate.edition.key,
        decree=report.mandate.edition.decree,
        files=named,
        by=by | {"given": sorted(f"{stem}.{kind}" for kind in by.get("given", ()))},
        findings=_findings(problems),
        decisions={
            finding.problem.fingerprint: {
                **finding.decision.to_json(),
                "finding": str(_without_folders(finding.problem)),
            }
            for finding in settled
        },
    )


def completed(kept: Package, stem: str, made: Mapping[str, bytes], problems: Iterable[Problem]) -> Package:
    """The package with what was made, and found, after it was put together."""
    named = {f"{stem}.{kind}": (kind, content) for kind, content in made.items()}
    return replace(kept, files={**kept.files, **named}, findings=_findings(problems))


def _findings(problems: Iterable[Problem]) -> tuple[dict[str, object], ...]:
    return tuple(_without_folders(problem).to_json() for problem in problems)


def _without_folders(problem: Problem) -> Problem:
    """A problem with the bare names of files: where they lay on this machine is no part of the report."""
    texts, places = [problem.what, problem.mend], []
    for place in problem.places:
        folder, name = os.path.split(place.file)
        places.append(replace(place, file=name or place.file))
        if folder.strip("./\\"):
            texts = [text.replace(place.file, name) for text in texts]
    return replace(problem, what=texts[0], mend=texts[1], places=tuple(places))


def made_with(
    template: tuple[str, bytes] | None = None, asked: Iterable[str] = (), given: Iterable[str] = ()
) -> dict[str, Any]:
    """What files were made with: the program; the template of a Word document that it has made, name and
    bytes; the fonts that the document asks for with what serves for each here. `given` are the kinds that
    were given by hand.
    """
    by: dict[str, Any] = {"program": {"version": version("nianbao"), "sha256": program()}}
    if template is not None:
        by["template"] = {"name": template[0], "sha256": digest(template[1])}
    if template is not None or asked:
        by["fonts"] = _fonts(asked)
    return by | {"given": sorted(given)}


def families(document: bytes) -> tuple[str, ...]:
    """The fonts that a Word document asks for; none of one that could not be printed."""
    from nianbao.media.word import html

    try:
        return html.convert(document, "").families
    except ProblemsFound:
        return ()


def _fonts(asked: Iterable[str]) -> list[dict[str, object]]:
    from nianbao.media import fonts

    asked = tuple(asked)
    return [missing_glyphs.to_json(font) for font in fonts.substitutions(asked)] if asked else []
