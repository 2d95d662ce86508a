"""What the steps of a self-test share: the samples, a folder that goes with it, and what was made in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.app import agreement, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.app.generate.job import DOCX, Job
from nianbao.app.generate.pipeline import Artifacts, make, workers
from nianbao.app.workers import Task
from nianbao.report import ProblemsFound, Report

PACKAGED, CHECKED_OUT = TEMPLATES.with_name("samples"), TEMPLATES.parent / "data" / "sources"


class Absent(Exception):  # noqa: N818 - as the page says it, nothing has gone wrong
    """Something optional that is not installed; `told` and what to do, if anything."""

    def __init__(self, told: str, mend: str = "") -> None:
        super().__init__(told)
        self.mend = mend


class Broken(Exception):  # noqa: N818 - what does not work, not what the program has raised
    """Something needed that does not work, and what to do."""

    def __init__(self, told: str, mend: str) -> None:
        super().__init__(told)
        self.mend = mend


class NotDone(Exception):  # noqa: N818 - the step before it is what has failed
    """A step that needs what an earlier one has not made."""


@dataclass(frozen=True)
class Sample:
    """One of the samples, told by its edition."""

    edition: str

    @property
    def name(self) -> str:
        """What messages call its workbook."""
        return f"示例-{self.edition}.xlsx"

    @property
    def content(self) -> bytes:
        """The sample as exchange JSON; raises Broken where it does not lie beside the program."""
        folder = PACKAGED if PACKAGED.is_dir() else CHECKED_OUT
        try:
            return (folder / f"示例-{self.edition}.json").read_bytes()
        except OSError as error:
            raise Broken("程序自带的示例不见了", "程序不完整，请重新安装") from error


@dataclass
class Bench:
    """What was made so far, by sample: the report, its workbook, and the files made of that by suffix."""

    reports: dict[Sample, Report] = field(default_factory=dict)
    books: dict[Sample, bytes] = field(default_factory=dict)
    made: dict[tuple[Sample, str], bytes] = field(default_factory=dict)

    @cached_property
    def _room(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True)

    @property
    def folder(self) -> Path:
        """A folder for what is made, taken away in the end; raises OSError."""
        return Path(self._room.name)

    def clear(self) -> None:
        """Take away what was made."""
        if "_room" in vars(self):
            self._room.cleanup()

    def book(self, sample: Sample) -> bytes:
        """A sample's workbook; raises NotDone where it was not made."""
        if sample not in self.books:
            raise NotDone("前面的工作簿没有做出来")
        return self.books[sample]

    def file(self, sample: Sample, kind: str) -> bytes:
        """A file that was made of a sample; raises NotDone where it was not."""
        if (sample, kind) not in self.made:
            raise NotDone(f"前面的{_WORDS.get(kind, kind)}没有做出来")
        return self.made[sample, kind]

    def make(self, sample: Sample, job: Job) -> Artifacts:
        """Make files of a sample in a worker, as `generate` does; raises ProblemsFound, NotDone."""
        task = Task(sample.name, make, (self.book(sample),))
        with workers(job, 1, 1) as crew:
            [artifacts] = crew.results([task])
        if not isinstance(artifacts, Artifacts):
            raise artifacts.error()
        if artifacts.code:
            raise ProblemsFound(artifacts.problems)
        self.made |= {(sample, kind): content for kind, content in artifacts.files.items()}
        return artifacts

    def read_back(self, sample: Sample, kind: str) -> str:
        """Read a made file back, in the process for files from outside; raises where anything differs."""
        before = self.reports[sample]
        after = reading.read_beside(self.file(sample, kind), f"{Path(sample.name).stem}.{kind}", before)
        if differing := list(agreement.between(before, after)):
            raise ProblemsFound(differing)
        return same(after)


def same(report: Report) -> str:
    """What is said of a file in which everything is as it was before."""
    numbers = sum(figure.number is not None for figure in report.figures.values())
    paragraphs = sum(map(len, report.narratives.values()))
    return f"读回 {numbers} 个数、{paragraphs} 段文字，全部相同"


def samples() -> Sequence[Sample]:
    """The samples, of the newest edition first."""
    from nianbao.mandate import editions

    return [Sample(edition) for edition in sorted(editions(), reverse=True)]


_WORDS = {DOCX: " Word ", "pdf": " PDF ", "html": "网页"}
