"""The kinds of file that are made of a report. A new one is an entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import charts, pdf_engines
from nianbao.app.generate.job import DOCX, HTML, PDF, Job
from nianbao.media import word
from nianbao.report import Problem, Report

if TYPE_CHECKING:
    from nianbao.media.charts import Drawing
    from nianbao.media.word.html import Page
    from nianbao.report.published import Published

Written = tuple[bytes, tuple[Problem, ...]]


@dataclass
class Merged:
    """A report merged into its Word document: what every kind of file is made of.

    `name` and `content` are those of the file it was read from. What somebody has edited in Word was not
    merged now: then `edited` is the name of that file, and `report` may be the document as it lies there.
    """

    job: Job
    report: Report | Published
    document: bytes
    name: str
    content: bytes
    drawings: tuple[Drawing, ...] = ()
    problems: tuple[Problem, ...] = ()
    edited: str = ""

    @cached_property
    def page(self) -> Page:
        """The document as HTML for paged media, converted once."""
        return pdf_engines.page_of(self.document, self.report, self.edited)


def merge(job: Job, template: word.Template, report: Report, name: str, content: bytes) -> Merged:
    """Merge a report, with its charts where they are asked for. Raises ProblemsFound."""
    document = word.merge(template, report, draft=job.draft)
    if not job.charts:
        return Merged(job, report, document, name, content)
    charted = charts.chart(report, job.earlier, draft=job.draft)
    document = word.illustrate(document, charted.drawings)
    return Merged(job, report, document, name, content, charted.drawings, charted.problems)


@dataclass(frozen=True)
class Output:
    """One kind of file; `write` makes it, and raises ProblemsFound where it cannot be made.

    None is what somebody else makes of the Word document later. `spares` are the codes of errors that
    leave the other files good; `versions` is a word for what the bytes depend on, beside program,
    templates and job.
    """

    write: Callable[[Merged], Written | tuple[None, tuple[Problem, ...]]]
    spares: frozenset[str] = frozenset()
    versions: Callable[[Job], str] = field(default=lambda _: "")


def _html(merged: Merged) -> Written:
    from nianbao.media import webpage

    assert isinstance(merged.report, Report)  # nobody asks for the web page of a document alone
    page = webpage.write(merged.report, merged.drawings, draft=merged.job.draft)
    return page.encode("utf-8"), ()


def _pdf(merged: Merged) -> Written | tuple[None, tuple[Problem, ...]]:
    if not merged.job.printed:
        return None, pdf_engines.warnings_on(merged.job.engine, merged.page, merged.report)
    attached = (Path(merged.name).name, merged.content) if merged.job.attach else None
    return pdf_engines.print_page(merged.page, merged.report, attached)


OUTPUTS = {
    DOCX: Output(lambda merged: (merged.document, ())),
    HTML: Output(_html),
    PDF: Output(
        _pdf,
        pdf_engines.UNAVAILABLE,
        lambda job: f"{job.engine} {int(job.attach)} {pdf_engines.versions(job.engine)}",
    ),
}
