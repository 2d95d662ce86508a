"""What reports are made by, and where they go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nianbao.app import charts, files, pdf_engines
from nianbao.app.build_id import TEMPLATES, program
from nianbao.app.charts import Earlier
from nianbao.mandate import editions

DOCX, HTML, PDF = "docx", "html", "pdf"  # keys of OUTPUTS, and suffixes


@dataclass(frozen=True)
class Job:
    """What every report of a run is made by: values and no paths, so that it can be sent to another machine.

    `outputs` are keys of OUTPUTS, `templates` are by edition: the file's name, and its bytes. `earlier`
    has the counts of the years before, for the charts.
    """

    templates: Mapping[str, tuple[str, bytes]]
    outputs: tuple[str, ...] = (DOCX,)
    draft: bool = False
    engine: str = pdf_engines.WEASYPRINT
    attach: bool = False  # the file the report was made from, into its PDF
    charts: bool = False  # 图解 behind the report
    earlier: Earlier = field(default_factory=dict)

    @property
    def printed(self) -> bool:
        """Whether the worker prints the PDF; LibreOffice is started once for many reports, elsewhere."""
        return PDF in self.outputs and self.engine == pdf_engines.WEASYPRINT

    @cached_property
    def digest(self) -> str:
        """A word for all that the output depends on, beside the filled-in file: also program and fonts."""
        from nianbao.app.generate.outputs import OUTPUTS

        words = [program(), str(int(self.draft))]
        words += [f"{kind} {OUTPUTS[kind].versions(self)}" for kind in self.outputs]
        for edition, (name, content) in sorted(self.templates.items()):
            words += [edition, name, hashlib.sha256(content).hexdigest()]
        if self.charts:
            words += [charts.versions(), repr(sorted(self.earlier.items()))]
        return hashlib.sha256("\0".join(words).encode()).hexdigest()

    def key(self, name: str, content: bytes) -> str:
        """A word for one report's output: the same wherever the same would be made."""
        told = name if self.attach else ""  # the PDF has the file's name only where it has the file
        return hashlib.sha256(f"{self.digest}\0{told}\0".encode() + content).hexdigest()


@dataclass(frozen=True)
class Delivery:
    """Where what is made goes, and who makes it."""

    output: Path
    force: bool = False
    jobs: int | None = None  # processes; None: as many as are worth their start
    cluster: str = ""  # the address of a Dask scheduler
    archive: bool = False  # keep what is made
    reason: str = ""  # why what is kept already is corrected


def prepare(
    *outputs: str,
    template: Path | None = None,
    earlier: Iterable[Path] = (),
    sources: Sequence[Path] = (),
    **choices: Any,
) -> Job:
    """The job that makes these outputs (without any, the Word document) of `sources`.

    `template` takes the place of those of every edition; `earlier` are reports of the years before, for
    the charts; `choices` are fields of Job. Raises OSError where a template cannot be read; for charts,
    what reading earlier reports raises, and ProblemsFound where nothing can draw them.
    """
    if choices.get("charts"):
        from nianbao.app import check

        charts.require()
        reports = check.last_years(tuple(earlier), sources)
        choices["earlier"] = charts.by_organ(reports, alone=len(sources) == 1)
    paths = {edition: template or TEMPLATES / f"{edition}.docx" for edition in editions()}
    templates = {edition: (path.name, files.read(path)) for edition, path in paths.items()}
    return Job(templates, tuple(dict.fromkeys((DOCX, *outputs))), **choices)
