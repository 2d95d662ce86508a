"""`template check`: a template held against editions of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nianbao.app import content_kind, files
from nianbao.app.workers.isolation import isolate
from nianbao.mandate import Mandate
from nianbao.media import word
from nianbao.report import Problem


def examine(path: Path, mandates: Sequence[Mandate]) -> Mapping[str, tuple[Problem, ...]]:
    """What is wrong with a template, by edition; raises what opening it raises."""
    return isolate(path.name, held_against, files.read(path), path.name, tuple(mandates))


def held_against(content: bytes, name: str, mandates: Sequence[Mandate]) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with a template, by edition, found by whoever calls; raises what opening it raises."""
    content_kind.require(content, name, content_kind.DOCX)
    template = word.Template(content, name)
    return {mandate.edition.key: word.check(template, mandate) for mandate in mandates}
