"""What the steps of a self-test share: the samples, a folder that goes with it, and what was made in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from nianbao.app import agreement, reading
from nianbao.app import samples as samples_beside
from nianbao.app.generate.job import DOCX, HTML, PDF, Job
from nianbao.app.generate.pipeline import Artifacts, make, workers
from nianbao.app.workers import Task
from nianbao.media.self_test import State
from nianbao.report import ProblemsFound, Report

Key = TypeVar("Key")
Value = TypeVar("Value")

WORDS = {DOCX: " Word ", HTML: "网页", PDF: " PDF "}  # in a sentence


class Ended(Exception):  # noqa: N818 - a step may end so and all be well
    """How a step has ended otherwise than well: what was seen, and what to do, if anything."""

    def __init__(self, state: State, told: str, mend: str = "") -> None:
        super().__init__(told)
        self.state, self.told, self.mend = state, told, mend


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
        """The sample as exchange JSON; raises Ended where it does not lie beside the program."""
        try:
            return samples_beside.content(self.edition)
        except OSError as error:
            raise Ended(State.FAILS, "程序自带的示例不见了", "程序不完整，请重新安装") from error


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

    def report(self, sample: Sample) -> Report:
        """A sample as it was read; raises Ended where it was not."""
        return _made(self.reports, sample, "示例没有读入")

    def book(self, sample: Sample) -> bytes:
        """A sample's workbook; raises Ended where it was not made."""
        return _made(self.books, sample, "工作簿没有做出来")

    def file(self, sample: Sample, kind: str) -> bytes:
        """A file that was made of a sample; raises Ended where it was not."""
        return _made(self.made, (sample, kind), f"{WORDS[kind]}没有做出来")

    def make(self, sample: Sample, job: Job) -> Artifacts:
        """Make files of a sample in a worker, as `generate` does; raises ProblemsFound, Ended."""
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
        before = self.report(sample)
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


def _made(made: Mapping[Key, Value], key: Key, without: str) -> Value:
    """What an earlier step has made; raises Ended where it has not."""
    if key not in made:
        raise Ended(State.SKIPPED, f"没有做，因为前面的{without}")
    return made[key]
