"""A run of `check`: what is inspected, and what is made beside the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import check, mark
from nianbao.app.check import Asked
from nianbao.app.copies import Copies, outside
from nianbao.app.mark import Marked
from nianbao.app.outcome import DONE, Failure
from nianbao.app.reading import NOTHING, Given
from nianbao.app.roster import read as read_roster
from nianbao.app.sources import Found
from nianbao.app.standing import Standing, standing
from nianbao.mandate import editions, load
from nianbao.report import Problem
from nianbao.report.rollup import Expected

if TYPE_CHECKING:
    from nianbao.app.notes import Sender


@dataclass(frozen=True)
class Wanted:
    """What is asked for beside the findings; `mark` is a folder where there are many files.

    `sender` is who sends the notes, where there are any.
    """

    last_year: Sequence[Path] = ()
    given: Given = NOTHING
    mark: Path | None = None
    roster: Path | None = None
    notes: Path | None = None
    sender: Sender | None = None
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it all: how the organs stand, how many notes were written, what is told of no report."""

    standing: Standing
    notes: int
    problems: tuple[Problem, ...]
    code: int


class Run:
    """The files of a run; raises Usage, ProblemsFound and OSError where it cannot be begun."""

    def __init__(self, sources: Sequence[Path], found: Found, wanted: Wanted) -> None:
        self.found, self.wanted = found, wanted
        self.failures: list[Failure] = []
        self.marked = False
        self._folder = wanted.mark if wanted.mark is not None and mark.is_folder(wanted.mark) else None
        self._copies = mark.copies(sources, found.files, self._folder) if self._folder else {}
        self._copy = wanted.mark if self._folder is None else None
        if wanted.notes is not None:
            outside(wanted.notes, sources, "--notes")
        reports = found.paths
        earlier = mark.earlier(mark.asked(reports, self._copy), self._copy) if self._copy else {}
        self._expected: tuple[Expected, ...] = ()
        self.told = tuple(found.problems)
        if wanted.roster is not None:
            roster = read_roster(wanted.roster, load(editions()[-1]))
            self._expected, self.told = roster.expected, (*self.told, *roster.problems)
        last = check.last_years(wanted.last_year, reports)
        self.asked = Asked(last, earlier, wanted.given, len(reports) == 1)

    def results(self) -> Iterator[Marked]:
        """What came of each file, in their order, with the copies in place where they go to a folder."""
        if self._folder is None:
            yield from (Marked(one, None) for one in check.inspect_files(self.found.paths, self.asked))
            return
        with Copies(self._folder, force=self.wanted.force) as into:
            yield from mark.mark_files(self._copies, self.asked, into)
            self.failures += into.failures

    def finish(self, results: Sequence[Marked]) -> Outcome:
        """Write the one marked copy and the notes, when all files are inspected. Raises as files.put does."""
        inspected = [result.inspected for result in results]
        if self._copy is not None:
            self.marked = mark.put(self.found.paths[0], self._copy, inspected[0], force=self.wanted.force)
        stands = standing(inspected, list(self.found.files.values()), self._expected, self.found.passed)
        problems, placed = [*stands.problems], 0
        if self.wanted.notes is not None and self.wanted.sender is not None:
            from nianbao.app import notes

            marked = [result.copy.name if result.copy and result.bears_marks else "" for result in results]
            with Copies(self.wanted.notes, force=self.wanted.force) as into:
                placed, earlier = notes.put(notes.notes(stands, self.wanted.sender, marked), into)
            self.failures += into.failures
            problems += earlier
        problems += [problem for failure in self.failures for problem in failure.problems]
        codes = (failure.code for failure in self.failures)
        code = max(check.code_of((*self.told, *problems)), *(one.code for one in inspected), *codes, DONE)
        return Outcome(stands, placed, tuple(problems), code)

    def summary(self, results: Sequence[Marked], outcome: Outcome) -> Iterator[str]:
        """The lines that say what came of it all."""
        if not self.asked.alone:
            yield check.summary([result.inspected for result in results])
        if self._folder is not None:
            yield f"标注 {sum(result.copy is not None for result in results)} 份：{self._folder}"
        elif self.marked:
            yield str(self._copy)
        if self.wanted.notes is not None:
            yield f"通知 {outcome.notes} 份：{self.wanted.notes}"

    def page(self, results: Sequence[Marked], outcome: Outcome, output: Path | None) -> str:
        """All findings as one page, which leads to the marked copies from where it will lie."""
        from nianbao.app import check_page

        copies = [self._copy] if self.marked else [result.copy for result in results]
        inspected = [result.inspected for result in results]
        return check_page.write(inspected, outcome.standing, copies, output, self.found.problems)
