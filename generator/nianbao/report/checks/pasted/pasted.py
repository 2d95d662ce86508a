"""One pass over the written sections; each kind of foreign text has its own judge."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.pasted import headings, marks, notes, signature, table_text
from nianbao.report.problem import Problem


def pasted(inspection: Inspection) -> Iterator[Problem]:
    """Words that the report prints elsewhere, and would print twice; and paragraphs without a word."""
    report = inspection.report
    for section, paragraphs in report.narratives.items():
        if paragraphs:
            text = "\n".join(paragraph.text for paragraph in paragraphs)
            yield from headings.headings(section, paragraphs, text, report)
            yield from table_text.table_text(paragraphs, text, report.mandate)
            yield from notes.notes(paragraphs, text, report.mandate)
            yield from signature.signatures(paragraphs, report)
            yield from marks.marks(paragraphs)
