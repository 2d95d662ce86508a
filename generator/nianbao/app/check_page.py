"""`check --format html`: the findings of all files as one page, with the copies that have the marks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from nianbao.app.check import Inspected
from nianbao.app.standing import Standing
from nianbao.media.findings import page
from nianbao.report import Problem
from nianbao.report.notes import overdue


def write(
    inspected: Sequence[Inspected],
    standing: Standing,
    copies: Sequence[Path | None] = (),
    output: Path | None = None,
    passed: Sequence[Problem] = (),
) -> str:
    """The page; `copies` are the marked ones, in the files' order, to which it leads from where it will lie.

    `passed` is what is told of files that were not read.
    """
    folder = (output or Path("page")).absolute().parent
    links = (*(link(copy, folder) if copy else "" for copy in copies), *[""] * len(inspected))
    files = [
        replace(result.found, late=overdue(entry.due, entry.received), link=copy)
        for result, entry, copy in zip(inspected, standing.handed_in, links, strict=False)
    ]
    return page.write(files, standing.awaited, expected=standing.expected, passed=passed)


def link(path: Path, folder: Path) -> str:
    """A file as a page in a folder names it: relatively, but for one on another disk."""
    try:
        return quote(os.fsencode(Path(os.path.relpath(path.absolute(), folder)).as_posix()))
    except ValueError:
        return path.absolute().as_uri()
