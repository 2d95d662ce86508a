"""The written sections against the tables: counts, parts, percentages, and what is said of all or none."""

from nianbao.report.checks.stated.check import stated

__all__ = ["stated"]
