"""The PDF of a merged Word document, by either engine, and what there is to say about it."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from pathlib import Path

from generator.app.lettering import Told, lacking, located
from generator.report import Problem, ProblemsFound, Report

WEASYPRINT, LIBREOFFICE = "weasyprint", "libreoffice"
ENGINES = (WEASYPRINT, LIBREOFFICE)
UNAVAILABLE = frozenset({"pdf-unavailable", "office-missing"})  # errors that leave the Word document good
HELD = 20  # documents whose remains may wait in memory; mostly `pdf` has let go of all of them


@dataclass
class Press:
    """What prints the reports of one run; what holds for all of them it says once."""

    engine: str = WEASYPRINT
    told: Told = field(default_factory=Told)
    printed: int = 0

    def print(
        self, document: bytes, report: Report, source: Path | None = None
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """Print a document; return the PDF with the warnings that this run has not given before.

        `source` is attached, where given: for the archive, the filled-in file stays with its report.
        Raises ProblemsFound; where a character has no font, with every cell it stands in.
        """
        from generator.media import fonts, page

        paged = page.convert(document, f"{report.title}.docx", fonts)
        warnings = self.told.problems(paged)
        if self.engine == LIBREOFFICE:
            from generator.media import office

            if boxes := lacking(report, paged):  # LibreOffice prints them without a word
                raise ProblemsFound([*warnings, *boxes])
            converted = office.convert(document, report.file, fonts.configure())
            return converted.pdf, (*warnings, *converted.problems)
        from generator.media import pdf

        try:
            attached = [pdf.Attachment(source.name, source.read_bytes(), "填报文件")] if source else []
            content = pdf.write(paged.html, report.file, fonts.configure(), attachments=attached)
        except ProblemsFound as caught:
            raise ProblemsFound([*warnings, *located(caught, report).problems]) from caught
        self._clear()
        return content, (*warnings, *paged.problems)

    def _clear(self) -> None:
        """Where printing failed, pages hold one another, and the command line collects such things rarely."""
        self.printed += 1
        if self.printed % HELD == 0:
            gc.collect()
