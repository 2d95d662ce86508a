"""Whether the files of one report agree: what was filled in, the Word document as it was edited, the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nianbao.app import reading
from nianbao.media.word.revisions import open_revisions
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, rule
from nianbao.report.comparison.discrepancies import discrepancies

UNUSABLE = ("damaged", "wrong-file", "protected")  # nobody can read such a file: it was not published


def between(before: Report, after: Report) -> Iterator[Problem]:
    """Where a printed file says otherwise, and what in it cannot be held against anything."""
    for problem in after.reading:
        if problem.severity is not Severity.NOTICE:
            yield replace(problem, severity=Severity.WARNING)
    yield from discrepancies(before, after)


def of_given(report: Report, given: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    """Where files that were really published, by name, Word before PDF, do not agree with what was filled in.

    A PDF is held against the Word document where there is one. A scan, which we cannot read, is told, and
    so are revisions in Word that nobody has accepted; what nobody can read is an error.
    """
    before = report
    for name, content in given:
        try:
            after = reading.read_beside(reading.look(content, name), report)
        except ProblemsFound as caught:
            if any(problem.code in UNUSABLE for problem in caught.problems):
                yield from caught.problems
                continue
            what = f"没有与 {before.file} 核对：{caught.problems[0].what}"
            yield rule("not-compared").broken(what, "请对照原件看一遍", (Place(name),))
            continue
        if name.lower().endswith(".docx"):
            yield from open_revisions(content, name)
        yield from between(before, after)
        before = after
