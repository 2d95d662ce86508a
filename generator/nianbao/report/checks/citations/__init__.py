"""What the report says it is made by: numbers, titles and articles of the documents that are known."""

from nianbao.report.checks.citations.basis import basis

__all__ = ["basis"]
