"""The PDFs of many merged Word documents by LibreOffice, started once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.app import interrupt
from generator.app.lettering import Told, lacking
from generator.report import Problem, ProblemsFound, Report

if TYPE_CHECKING:
    from generator.media.office import Converted


def look(document: bytes, report: Report, told: Told) -> tuple[Problem, ...]:
    """The warnings on a document's fonts that this run has not given before.

    Raises ProblemsFound where a character has no font: LibreOffice prints a box without a word.
    """
    from generator.media import fonts, page

    paged = page.convert(document, f"{report.title}.docx", fonts)
    warnings = told.problems(paged)
    if boxes := lacking(report, paged):
        raise ProblemsFound([*warnings, *boxes])
    return warnings


def print_all(documents: Sequence[tuple[str, bytes]]) -> Sequence[Converted | Exception]:
    """Print documents, each with the name of the file it was made from; Ctrl-C ends LibreOffice too."""
    from generator.media import fonts, office

    try:
        with interrupt.held():
            return office.convert_all(documents, fonts.configure(), waiting=interrupt.heeded)
    except Exception as error:  # a full disk, or a bug: each report has its own way of saying so
        return [error] * len(documents)
