"""Whether the files of one report agree: what was filled in, the Word document as it was edited, the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nianbao.app import reading
from nianbao.media.word.revisions import open_revisions
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, rule
from nianbao.report.comparison.discrepancies import discrepancies

SIGNATURES = {".docx": b"PK\x03\x04", ".pdf": b"%PDF-"}  # without which a file is of another kind
BEGINNING = 1024  # bytes in which a PDF has to say what it is


def between(before: Report, after: Report) -> Iterator[Problem]:
    """Where a printed file says otherwise, and what in it cannot be held against anything."""
    for problem in after.reading:
        if problem.severity is not Severity.NOTICE:
            yield replace(problem, severity=Severity.WARNING)
    yield from discrepancies(before, after)


def of_given(report: Report, given: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    """Where files that were really published, by name, Word before PDF, do not agree with what was filled in.

    A PDF is held against the Word document where there is one. A scan, which we cannot read, is told, and
    so are revisions in Word that nobody has accepted; a file that is of another kind is an error.
    """
    before = report
    for name, content in given:
        try:
            after = reading.read_beside(content, name, report)
        except ProblemsFound as caught:
            if SIGNATURES[Path(name).suffix.lower()] not in content[:BEGINNING]:
                yield from caught.problems
                continue
            what = f"没有与 {before.file} 核对：{caught.problems[0].what}"
            yield rule("not-compared").broken(what, "请对照原件看一遍", (Place(name),))
            continue
        if name.lower().endswith(".docx"):
            yield from open_revisions(content, name)
        yield from between(before, after)
        before = after
