"""From a report, or a file of one, to what the archive keeps of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

from generator.app import files, reading
from generator.app.archive.manifest import REPORT, SOURCE, Kept
from generator.app.generate import Bench, Options, order
from generator.app.generate.making import make
from generator.app.generate.order import TEMPLATES
from generator.app.generate.program import program
from generator.media import exchange
from generator.report import Problem, ProblemsFound, Report, check, settle

DATA = "报告数据.json"  # the report as exchange JSON


def keep(
    source: Path, name: str, given: Mapping[str, bytes] | None = None, template: Path | None = None
) -> tuple[Kept, tuple[Problem, ...]]:
    """What is to be kept of one file: with Word, PDF and web page, made as `generate` makes them.

    `given` are files that were really published, by suffix, in place of those made. A published report
    is kept as it is. Raises ProblemsFound where the report has errors, Unreadable, OSError.
    """
    content = source.read_bytes()
    if PurePath(source.name).suffix.lower() in reading.PUBLISHED:
        report = reading.read_content(content, name)
        return whole(report, source.name, content, {}, report.reading), report.reading
    options = Options(Path(), pdf=True, html=True, template=template)
    product = make(Bench(order(options)), name, content)
    if not product.files:
        raise ProblemsFound(product.problems)
    report = reading.read_content(content, name)
    made = {**product.files, **(given or {})}
    return whole(
        report, source.name, content, made, product.problems, given or {}, template
    ), product.problems


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
        by=_by(report.mandate.edition.key, template) | {"given": sorted(f"{stem}.{kind}" for kind in given)},
        findings=tuple(problem.to_json() for problem in found),
        decisions={
            one.problem.fingerprint: {**one.decision.to_json(), "finding": str(one.problem)}
            for one in decided
        },
    )


def _by(edition: str, template: Path | None) -> dict[str, Any]:
    """What a report was made with: program, template, fonts."""
    path = template or TEMPLATES / f"{edition}.docx"
    return {
        "program": {"version": version("nianbao"), "sha256": program()},
        "template": {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        "fonts": _fonts(),
    }


@cache
def _fonts() -> list[dict[str, object]]:
    """Every font that a report may ask for, and what serves for it here."""
    from generator.app import lettering

    return [lettering.to_json(one) for one in lettering.show().fonts]
