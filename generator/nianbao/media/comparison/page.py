"""One page of HTML with a comparison, for reading and printing; needs no other file and runs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Protocol

from nianbao.media.comparison import look, tables
from nianbao.media.comparison.markup import scroll
from nianbao.report.chart import caption
from nianbao.report.comparison import Comparison, Fate, Run, Section, wording
from nianbao.report.comparison.passages import Turn

WIDE = 4  # reports; of more, paper is turned
TAGS = {Fate.GONE: "del", Fate.NEW: "ins"}


class Drawing(Protocol):
    """A chart to be shown."""

    @property
    def title(self) -> str:
        """The caption, without its number."""

    @property
    def svg(self) -> str:
        """The drawing, which has its own alternative text."""


def write(
    comparison: Comparison,
    drawings: Sequence[Drawing] = (),
    *,
    without: Sequence[str] = (),
    every: bool = False,
) -> str:
    """The page: what differs, or with `every` what is the same too; `without` says which charts it lacks."""
    title = escape(wording.title(comparison))
    parts = {
        "charts": (wording.CHARTS, list(_charts(drawings, without))),
        "figures": (wording.FIGURES, list(_figures(comparison, every=every))),
        "rates": (wording.RATES, list(tables.rates(comparison))),
        "texts": (wording.TEXTS, list(_texts(comparison, every=every))),
    }
    shown = {name: part for name, part in parts.items() if part[1]}
    turned = len(comparison.columns) > WIDE
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{look.STYLE}@page {{ size: A4{' landscape' if turned else ''}; }}\n</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
        f"<p>{escape(wording.summary(comparison))}。</p>",
        *tables.reports(comparison, every=every),
        '<nav aria-label="目录"><ul>',
        *(f'<li><a href="#{name}">{heading}</a></li>' for name, (heading, _) in shown.items()),
        "</ul></nav>",
    ]
    for name, (heading, content) in shown.items():
        lines += [f'<section aria-labelledby="{name}">', f'<h2 id="{name}">{heading}</h2>', *content]
        lines.append("</section>")
    return "\n".join((*lines, "</main>", "</body>", "</html>", ""))


def _charts(drawings: Sequence[Drawing], without: Sequence[str]) -> Iterator[str]:
    for number, one in enumerate(drawings, 1):
        title = caption(number, one.title)
        yield "<figure>"
        yield from scroll(title, [one.svg])
        yield f"<figcaption>{escape(title)}</figcaption>"
        yield "</figure>"
    yield from (f'<p class="note">{escape(one)}</p>' for one in without)


def _figures(comparison: Comparison, *, every: bool) -> Iterator[str]:
    yield '<p class="note">各数下面是与前一份相比的增减；由 0 增加的没有百分比。</p>'
    for section, group in groupby(comparison.lines, key=lambda line: line.item.section):
        lines = list(group)
        shown = [line for line in lines if every or line.changed]
        yield f"<h3>{escape(section)}</h3>"
        if shown:
            yield from tables.figures(comparison, section, shown)
        if left := sum(not line.changed and not line.apart for line in lines if not every):
            yield f'<p class="note">另有 {left} 项各份相同，没有列出。</p>'
        labels = [one.label for one in comparison.columns]
        yield from (f'<p class="note">{escape(one)}</p>' for one in wording.apart(lines, labels))


def _texts(comparison: Comparison, *, every: bool) -> Iterator[str]:
    for section in comparison.sections:
        yield f"<h3>{escape(wording.heading(section))}</h3>"
        yield from _section(comparison, section, every=every)


def _section(comparison: Comparison, section: Section, *, every: bool) -> Iterator[str]:
    for step, one in zip(comparison.steps, section.rewritings, strict=True):
        if step.whole:
            continue
        head = f"<h4>{escape(wording.step(comparison, step))}</h4>　{escape(wording.rewriting(one))}"
        shown = [passage for passage in one.passages if every or passage.turn is not Turn.SAME]
        if not shown:
            yield f"<p>{head}</p>"
            continue
        yield f"<details open><summary>{head}</summary>"
        for passage in shown:
            turn = f"<b>{wording.passage(passage)}</b>"
            yield f'<p class="passage {passage.turn.value}">{turn}{_runs(passage.runs)}</p>'
        yield "</details>"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(
        f"<{tag}>{escape(run.text)}</{tag}>" if (tag := TAGS.get(run.fate)) else escape(run.text)
        for run in runs
    )
