"""Reports as somebody published them: from lines and tables to what was entered."""

from nianbao.report.published.document import Grid, GridCell, Line, Published

__all__ = ["Grid", "GridCell", "Line", "Published"]
