"""What was found in one file."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.report import Problem
from nianbao.report.decision import Settled
from nianbao.report.problem import tally


@dataclass(frozen=True)
class Findings:
    """The findings of one file: `open` ones, and those settled by a decision.

    `file` is its path as given; `title` the report's title, `organ` whose it is, and `kind` what kind of
    organ, "" where that is not known; `late` by how many days it came too late, `link` where the copy with
    the marks lies, as the page names it.
    """

    file: str
    title: str
    open: tuple[Problem, ...]
    settled: tuple[Settled, ...] = ()
    organ: str = ""
    kind: str = ""
    late: int = 0
    link: str = ""

    def count(self) -> str:
        """How many there are, in words."""
        return tally(self.open, len(self.settled))
