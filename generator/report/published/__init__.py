"""Reports as somebody published them: from lines and tables to what was entered."""

from generator.report.published.document import Grid, GridCell, Line, Published
from generator.report.published.enter import enter

__all__ = ["Grid", "GridCell", "Line", "Published", "enter"]
