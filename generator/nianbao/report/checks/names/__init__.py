"""Names: who signs, whose report the title says it is, who 我局 is, how the organ can be reached."""

from nianbao.report.checks.names.contact import contacts
from nianbao.report.checks.names.organ import organ
from nianbao.report.checks.names.speaker import speaker

__all__ = ["contacts", "organ", "speaker"]
