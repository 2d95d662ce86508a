"""The whole page: title, preface, the mandated sections, signature and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Protocol

from nianbao.mandate import Section
from nianbao.media.webpage import tables
from nianbao.media.webpage.look import STYLE
from nianbao.report import PREFACE, Paragraph, Report
from nianbao.report.chart import HEADING, caption

LONGEST = 120  # characters of the description that search engines show
_DRAFT = "草稿"


class Drawing(Protocol):
    """A chart to be shown below the report."""

    @property
    def title(self) -> str:
        """The caption, without its number."""

    @property
    def svg(self) -> str:
        """The drawing, which has its own alternative text."""


def write(report: Report, drawings: Sequence[Drawing] = (), *, draft: bool = False) -> str:
    """One HTML page that needs no other file and runs no script; a draft bears its mark on every screen."""
    title = escape(report.title)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{f'{_DRAFT}：' if draft else ''}{title}</title>",
        f'<meta name="description" content="{escape(_description(report))}">',
        f'<meta name="author" content="{escape(report.organ)}">',
        f'<meta name="subject" content="{escape(report.mandate.edition.decree_title)}">',
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        *([f'<p class="draft">{_DRAFT}</p>'] if draft else []),
        "<main>",
        "<article>",
        f"<h1>{title}</h1>",
        *_narrative(report.narratives.get(PREFACE, ()), 1),
    ]
    for section in report.mandate.sections:
        lines += _section(section, report)
    lines += _signature(report)
    lines += _charts(drawings)
    return "\n".join((*lines, "</article>", "</main>", "</body>", "</html>", ""))


def _section(section: Section, report: Report) -> Iterator[str]:
    name = f"section-{section.key}"
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{escape(section.heading)}</h2>'
    if section.table:
        caption = section.heading.removeprefix(section.number).lstrip("、")
        yield tables.write(report.mandate.tables[section.key], caption, report.figures)
    else:
        yield from _narrative(report.narratives.get(section.key, ()), 2)
    yield "</section>"


def _narrative(paragraphs: Iterable[Paragraph], level: int) -> Iterator[str]:
    """Headings one level at a time, below `level`; a leading sentence stays in its paragraph."""
    for paragraph in paragraphs:
        if paragraph.heading:
            level = min(paragraph.level + 1, level + 1)
            yield f"<h{level}>{escape(paragraph.text)}</h{level}>"
        elif paragraph.lead:
            yield f"<p><strong>{escape(paragraph.lead)}</strong>{escape(paragraph.rest)}</p>"
        else:
            yield f"<p>{escape(paragraph.text)}</p>"


def _signature(report: Report) -> Iterator[str]:
    if not report.issued_by and not report.date_line:
        return
    yield '<footer class="signed">'
    if report.issued_by:
        yield f"<p>{escape(report.issued_by)}</p>"
    if report.date_line:
        day, said = report.date, escape(report.date_line)
        yield f'<p><time datetime="{day.isoformat()}">{said}</time></p>' if day else f"<p>{said}</p>"
    yield "</footer>"


def _charts(drawings: Sequence[Drawing]) -> Iterator[str]:
    """The drawings, which on a phone scroll by themselves: their letters would become too small."""
    if not drawings:
        return
    yield '<section class="charts" aria-labelledby="section-charts">'
    yield f'<h2 id="section-charts">{HEADING}</h2>'
    for number, one in enumerate(drawings, 1):
        title = escape(caption(number, one.title))
        yield "<figure>"
        yield f'<div class="scroll" role="group" aria-label="{title}" tabindex="0">{one.svg}</div>'
        yield f"<figcaption>{title}</figcaption>"
        yield "</figure>"
    yield "</section>"


def _description(report: Report) -> str:
    """The title and how the report begins."""
    written = (paragraph for each in report.narratives.values() for paragraph in each)
    opening = next((paragraph.text for paragraph in written if not paragraph.heading), "")
    said = f"{report.title}。{opening}" if opening else report.title
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
