"""Word: build a template from the mandate, prove it, merge a report into it, read it back.

What a template proved before does not need is imported where it is needed: it takes as long as
the merging.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.mandate import Mandate
from nianbao.media.word import cache
from nianbao.media.word.merge import Template, merge
from nianbao.report import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nianbao.media.word.illustrations import Drawing

PRELOADED = ("nianbao.media.word.merge", "docxtpl")  # modules that take a while to import

__all__ = ["PRELOADED", "Template", "build", "check", "fields", "illustrate", "merge"]


def build(mandate: Mandate) -> bytes:
    """The template of one edition in the layout of GB/T 9704."""
    from nianbao.media.word import template

    return template.build(mandate)


def check(template: Template, mandate: Mandate) -> tuple[Problem, ...]:
    """Everything that keeps a template from printing this edition of the form: errors.

    Of a template without any, what of it does not go into its reports: warnings where that shows, else a
    notice. That there is no error is remembered for this very template, edition and program. Raises
    Unreadable for a document without a body.
    """
    proof = f"{template.digest}-{mandate.edition.key}-{cache.versions()}.proof"
    if cache.read(proof) is not None:
        return template.told
    from nianbao.media.word.lint import examine

    errors = examine(template, mandate)
    if not errors:
        cache.keep(proof, b"")
    return errors or template.told


def illustrate(document: bytes, drawings: Sequence[Drawing]) -> bytes:
    """The document with drawings on pages of their own behind it."""
    from nianbao.media.word import illustrations

    return illustrations.illustrate(document, drawings)


def fields(mandate: Mandate) -> list[tuple[str, str]]:
    """Every tag that a template may use, with its meaning."""
    from nianbao.media.word.context import leaves, schema

    return list(leaves(schema(mandate)))
