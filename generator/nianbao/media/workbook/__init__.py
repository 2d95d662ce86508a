"""The clerk's workbook: blank, filled from a report, read back, and with the findings in it.

What writes workbooks is imported where one is written: reading needs none of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.media.workbook.blank import Blank
from nianbao.media.workbook.read import read, read_content
from nianbao.report import Decision, Problem, Report, Settled
from nianbao.report.carried_over import CarriedOver

__all__ = ["Blank", "mark", "read", "read_content", "unmark", "write"]


def write(content: Report | Blank | CarriedOver) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what a workbook cannot hold of the report."""
    from nianbao.media.workbook import writer

    return writer.write(content)


def mark(
    content: bytes,
    problems: Sequence[Problem],
    settled: Sequence[Settled] = (),
    decisions: Mapping[str, Decision] | None = None,
    *,
    file: str,
) -> bytes:
    """A copy of a workbook with the findings in it, and all else as it was; see marks.mark."""
    from nianbao.media.workbook import marks

    return marks.mark(content, problems, settled, decisions, file=file)


def unmark(content: bytes, *, file: str) -> bytes:
    """The workbook without what `mark` has put into it, and without the decisions."""
    from nianbao.media.workbook import marks

    return marks.unmark(content, file=file)
