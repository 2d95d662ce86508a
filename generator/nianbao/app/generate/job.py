"""What a run of `generate` is asked for, and what of it a worker must know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nianbao.app import charts, printing
from nianbao.app.build_id import TEMPLATES, program
from nianbao.app.charts import Earlier
from nianbao.mandate import editions


@dataclass(frozen=True)
class Options:
    """What to make, where, and by whom."""

    output: Path
    pdf: bool = False
    template: Path | None = None
    draft: bool = False
    force: bool = False
    engine: str = printing.WEASYPRINT
    html: bool = False
    attach: bool = False  # the file the report was made from, into its PDF
    jobs: int | None = None  # processes; None: as many as are worth their start
    cluster: str = ""  # the address of a Dask scheduler
    archive: bool = False  # keep what is made
    reason: str = ""  # why what is kept already is corrected
    charts: bool = False  # 图解 behind the report
    earlier: tuple[Path, ...] = ()  # reports of the years before, for the charts


@dataclass(frozen=True)
class Job:
    """What every report of a run is made by: no paths, so that it can be sent to another machine.

    `templates` are by edition: the file's name, and its bytes. `earlier` has the counts of the years before.
    """

    templates: Mapping[str, tuple[str, bytes]]
    draft: bool = False
    html: bool = False
    pdf: bool = False
    engine: str = printing.WEASYPRINT
    attach: bool = False
    charts: bool = False
    earlier: Earlier = field(default_factory=dict)

    @property
    def printed(self) -> bool:
        """Whether the worker prints the PDF; LibreOffice is started once for many reports, elsewhere."""
        return self.pdf and self.engine == printing.WEASYPRINT

    @cached_property
    def digest(self) -> str:
        """A word for all that the output depends on, beside the filled-in file: also program and fonts."""
        words = [
            program(),
            self.engine if self.pdf else "",
            printing.versions(self.engine) if self.pdf else "",
        ]
        words += [str(int(one)) for one in (self.draft, self.html, self.pdf, self.attach)]
        for edition, (name, content) in sorted(self.templates.items()):
            words += [edition, name, hashlib.sha256(content).hexdigest()]
        if self.charts:
            words += [charts.versions(), repr(sorted(self.earlier.items()))]
        return hashlib.sha256("\0".join(words).encode()).hexdigest()

    def key(self, name: str, content: bytes) -> str:
        """A word for one report's output: the same wherever the same would be made."""
        told = name if self.attach else ""  # the PDF has the file's name only where it has the file
        return hashlib.sha256(f"{self.digest}\0{told}\0".encode() + content).hexdigest()


def prepare(options: Options, sources: Sequence[Path] = ()) -> Job:
    """What workers must know of the options, for these sources.

    Raises OSError where a template cannot be read; for charts, what reading earlier reports raises, and
    ProblemsFound where nothing can draw them.
    """
    earlier: Earlier = {}
    if options.charts:
        from nianbao.app import check

        charts.require()
        reports = check.last_years(options.earlier, sources)
        earlier = charts.by_organ(reports, alone=len(sources) == 1)
    paths = {edition: options.template or TEMPLATES / f"{edition}.docx" for edition in editions()}
    return Job(
        {edition: (path.name, path.read_bytes()) for edition, path in paths.items()},
        options.draft,
        options.html,
        options.pdf,
        options.engine,
        options.attach,
        options.charts,
        earlier,
    )
