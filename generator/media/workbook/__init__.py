"""The clerk's workbook: blank, filled from a report, and read back.

What writes workbooks is imported where one is written: reading needs none of it.
"""

from __future__ import annotations

from generator.media.workbook.blank import Blank
from generator.media.workbook.read import read
from generator.report import Problem, Report

__all__ = ["Blank", "read", "write"]


def write(content: Report | Blank) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook's bytes, and what a workbook cannot hold of the report."""
    from generator.media.workbook import book

    return book.write(content)
