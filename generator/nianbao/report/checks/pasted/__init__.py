"""What came into a text from elsewhere in the report: headings, table text, title, 署名, notes."""

from nianbao.report.checks.pasted.pasted import pasted

__all__ = ["pasted"]
