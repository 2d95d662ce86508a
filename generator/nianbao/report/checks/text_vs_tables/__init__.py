"""The written sections against the tables: counts, parts, percentages, and what is said of all or none."""

from nianbao.report.checks.text_vs_tables.check import CHECKS

__all__ = ["CHECKS"]
