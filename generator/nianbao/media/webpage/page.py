"""The whole page: title, preface, the mandated sections, signature and date."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.media import pages
from nianbao.report import PREFACE, Report
from nianbao.report.chart import HEADING

LONGEST = 120  # characters of the description that search engines show


def write(report: Report, drawings: Sequence[pages.Drawing] = (), *, draft: bool = False) -> str:
    """One HTML page that needs no other file and runs no script; a draft bears its mark on every screen."""
    return pages.render(
        "webpage/page.html",
        report=report,
        preface=report.narratives.get(PREFACE, ()),
        description=_description(report),
        drawings=drawings,
        charts_heading=HEADING,
        draft=draft,
    )


def _description(report: Report) -> str:
    """The title and how the report begins."""
    paragraphs = (paragraph for section in report.narratives.values() for paragraph in section)
    opening = next((paragraph.text for paragraph in paragraphs if not paragraph.heading), "")
    description = f"{report.title}。{opening}" if opening else report.title
    return description if len(description) <= LONGEST else f"{description[: LONGEST - 1]}…"
