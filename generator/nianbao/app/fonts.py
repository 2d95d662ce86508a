"""`nianbao fonts`: the families that reports ask for, and what will not print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app.missing_glyphs import SUBSTITUTED, lacking, replacements, unknown
from nianbao.app.pdf_engines import page_of
from nianbao.report import Problem

if TYPE_CHECKING:
    from nianbao.media.fonts import Substitution


def show(
    source: Path | None = None, template: Path | None = None
) -> tuple[tuple[Substitution, ...], tuple[Problem, ...]]:
    """The families that a report asks for, and what will not print; without a report, those of the table.

    Raises ProblemsFound as `generate` does where the report or the template cannot be read.
    """
    from nianbao.media import fonts

    if source is None:
        return fonts.substitutions(), () if fonts.faces() else (unknown(),)
    from nianbao.app import reading
    from nianbao.app.generate import RenderContext, prepare
    from nianbao.media import word

    report = reading.read(source)
    context = RenderContext(prepare(template=template))
    page = page_of(word.merge(context.template(report.mandate), report), report)
    thin = [one for one in replacements(page) if one.code != SUBSTITUTED]  # the table says that
    return fonts.substitutions(page.families), (*thin, *lacking(report, page))


def line(one: Substitution) -> str:
    """One line of the table: asked → found."""
    if one.found is None:
        return f"{one.asked} → 没有可用的字体"
    kind = "原字体" if one.real else "替代字体"
    return f"{one.asked} → {one.shown}（{kind}{'' if one.bold else '，无粗体'}）"
