"""Reports as somebody published them: from lines and tables to what was entered."""

from generator.report.published.document import Grid, GridCell, Line, Published

__all__ = ["Grid", "GridCell", "Line", "Published"]
